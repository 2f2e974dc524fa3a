#include "python/importing/library_path.h"

#include <sys/stat.h>

#include <cstdlib>

#include "objects/model/error.h"
#include "objects/types/list.h"
#include "objects/types/utf8_text.h"
#include "python/importing/file_name.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::string_view kLibrary = "/lib/python3.11";
// A file that the library has and nobody else.
constexpr std::string_view kLandmark = "/os.py";
constexpr std::string_view kPrefixes[] = {"/usr", "/usr/local"};
constexpr std::string_view kPackages[] = {"/usr/local/lib/python3.11/dist-packages",
                                          "/usr/lib/python3/dist-packages"};

[[nodiscard]] bool exists(std::initializer_list<std::string_view> parts) noexcept {
  const Ref<Str> path = str_of(parts);
  if (!path) {
    clear_error();
    return false;
  }
  struct stat info {};
  return stat(FileName(*path).c_str(), &info) == 0;
}

[[nodiscard]] std::string_view variable(const char* name, const PathOptions& options) noexcept {
  const char* const value = options.reads_environment ? std::getenv(name) : nullptr;
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// PYTHONHOME may name two places; the first has the library.
[[nodiscard]] std::string_view find_prefix(const PathOptions& options) noexcept {
  const std::string_view home = variable("PYTHONHOME", options);
  if (!home.empty()) return home.substr(0, home.find(':'));
  for (const std::string_view prefix : kPrefixes) {
    if (exists({prefix, kLibrary, kLandmark})) return prefix;
  }
  return kPrefixes[0];
}

[[nodiscard]] Status add(List& path, std::string_view entry) noexcept {
  Ref<Str> text = str_of_file_name(entry);
  return text ? path.append(std::move(text)) : Status::kFailed;
}

[[nodiscard]] Status add_python_path(List& path, std::string_view entries) noexcept {
  while (!entries.empty()) {
    const std::size_t end = entries.find(':');
    const std::string_view entry = entries.substr(0, end);
    if (!entry.empty() && failed(add(path, entry))) return kRaised;
    entries = end == std::string_view::npos ? std::string_view() : entries.substr(end + 1);
  }
  return Status::kDone;
}

[[nodiscard]] Status add_library(List& path, std::string_view prefix) noexcept {
  Ref<Str> library = str_of({prefix, kLibrary});
  if (!library || failed(path.append(std::move(library)))) return kRaised;
  for (const std::string_view folder : kPackages) {
    if (exists({folder}) && failed(add(path, folder))) return kRaised;
  }
  return Status::kDone;
}

[[nodiscard]] Status set_prefixes(std::string_view prefix) noexcept {
  constexpr std::string_view kNames[] = {"prefix", "exec_prefix", "base_prefix",
                                         "base_exec_prefix"};
  for (const std::string_view name : kNames) {
    if (failed(add_str(sys_module(), name, prefix))) return kRaised;
  }
  return add_value(sys_module(), "_stdlib_dir", str_of({prefix, kLibrary}));
}

}  // namespace

Status set_library_path(const PathOptions& options) noexcept {
  const std::string_view prefix = find_prefix(options);
  Ref<List> path = List::make();
  if (!path || (options.has_first && failed(add(*path, options.first))) ||
      failed(add_python_path(*path, variable("PYTHONPATH", options))) ||
      failed(add_library(*path, prefix)) || failed(set_prefixes(prefix)))
    return kRaised;
  return add_value(sys_module(), "path", std::move(path));
}

}  // namespace orochi::inline OROCHI_DESIGN
