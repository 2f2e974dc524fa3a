#include "python/modules/sys/command_line.h"

#include <unistd.h>

#include <array>
#include <climits>

#include "objects/types/list.h"
#include "python/importing/file_name.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status add(List& list, std::string_view text) noexcept {
  Ref<Str> str = str_of_file_name(text);
  return str ? list.append(std::move(str)) : Status::kFailed;
}

[[nodiscard]] Status add_all(List& list, std::span<char* const> texts) noexcept {
  for (const char* const text : texts) {
    if (failed(add(list, text))) return kRaised;
  }
  return Status::kDone;
}

// The file that this process runs; empty if the system does not say.
[[nodiscard]] Ref<Str> executable() noexcept {
  std::array<char, PATH_MAX> path;
  const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
  return str_of_file_name({path.data(), size < 0 ? 0 : static_cast<std::size_t>(size)});
}

}  // namespace

Status set_command_line(const CommandLine& line) noexcept {
  Ref<List> arguments = List::make();
  Ref<List> original = List::make();
  const Ref<Str> program = executable();
  if (!arguments || !original || !program || failed(add(*arguments, line.first)) ||
      failed(add_all(*arguments, line.rest)) || failed(add_all(*original, line.original)) ||
      failed(add_value(sys_module(), "argv", std::move(arguments))) ||
      failed(add_value(sys_module(), "orig_argv", std::move(original))) ||
      failed(add_value(sys_module(), "_base_executable", program.share())))
    return kRaised;
  return add_value(sys_module(), "executable", program.share());
}

}  // namespace orochi::inline OROCHI_DESIGN
