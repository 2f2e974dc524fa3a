#include "python/importing/path_search.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <string_view>

#include "objects/model/error.h"
#include "objects/types/each_item.h"
#include "python/importing/file_name.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

enum class PathKind : std::uint8_t { kNothing, kFile, kFolder };

[[nodiscard]] PathKind kind_of(const char* path) noexcept {
  struct stat info {};
  if (stat(path, &info) != 0) return PathKind::kNothing;
  if (S_ISREG(info.st_mode)) return PathKind::kFile;
  return S_ISDIR(info.st_mode) ? PathKind::kFolder : PathKind::kNothing;
}

// A folder, a slash, a name, and what stands behind that.
class Candidate {
 public:
  // False: it is longer than paths can be.
  [[nodiscard]] bool begin(std::string_view folder, std::string_view name) noexcept {
    size_ = 0;
    const bool needs_slash = !folder.ends_with('/');
    if (!add(folder) || (needs_slash && !add("/")) || !add(name)) return false;
    stem_ = size_;
    return true;
  }
  [[nodiscard]] const char* with(std::string_view end) noexcept {
    size_ = stem_;
    return add(end) ? text_.data() : "";
  }
  [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), size_}; }

 private:
  [[nodiscard]] bool add(std::string_view part) noexcept {
    if (size_ + part.size() >= text_.size()) return false;
    part.copy(text_.data() + size_, part.size());
    size_ += part.size();
    text_[size_] = '\0';
    return true;
  }

  std::array<char, PATH_MAX> text_;
  std::size_t size_ = 0;
  std::size_t stem_ = 0;
};

// What a folder has; by a detached thread.
[[nodiscard]] FoundKind look_in(Candidate& at) noexcept {
  const PathKind itself = kind_of(at.with(""));
  const bool is_folder = itself == PathKind::kFolder;
  if (is_folder && kind_of(at.with("/__init__.py")) == PathKind::kFile) return FoundKind::kPackage;
  if (kind_of(at.with(".py")) == PathKind::kFile) return FoundKind::kModule;
  static_cast<void>(at.with(""));
  return is_folder ? FoundKind::kNamespace : FoundKind::kNothing;
}

class PathSearch {
 public:
  PathSearch(const Str& name, FoundSource& found) noexcept : name_(name), found_(found) {}

  // True: the search is over.
  [[nodiscard]] Truth try_entry(Value entry) noexcept {
    const Str* const folder = as_str(entry);
    if (folder == nullptr || !name_.is_good()) return Truth::kFalse;
    const FileName text(*folder);
    if (!text.is_good()) return Truth::kFalse;
    return look(text);
  }

 private:
  [[nodiscard]] Truth look(const FileName& folder) noexcept {
    Thread& me = *Thread::current();
    me.detach_to_wait();  // the system may take its time, and no stop is to wait for it
    const FoundKind kind = ask_system(folder.view().empty() ? "." : folder.c_str());
    me.attach_after_wait();
    return note(kind);
  }

  // Touches no object. Of the current folder the whole path, as it may be another one soon.
  [[nodiscard]] FoundKind ask_system(const char* folder) noexcept {
    std::array<char, PATH_MAX> here;
    if (std::string_view(folder) == "." && getcwd(here.data(), here.size()) != nullptr)
      folder = here.data();
    const PathKind entry = kind_of(folder);
    if (entry == PathKind::kFile) return FoundKind::kElsewhere;
    const bool fits = entry == PathKind::kFolder && at_.begin(folder, name_.view());
    return fits ? look_in(at_) : FoundKind::kNothing;
  }

  [[nodiscard]] Truth note(FoundKind kind) noexcept {
    if (kind == FoundKind::kNothing) return Truth::kFalse;
    if (kind == FoundKind::kNamespace) return add_part();
    found_.kind = kind;
    found_.folders = Ref<List>();
    if (kind == FoundKind::kElsewhere) return Truth::kTrue;
    found_.file = str_of_file_name(at_.view());
    if (!found_.file) return kRaised;
    return kind == FoundKind::kPackage ? add_folder() : Truth::kTrue;
  }

  // The folder of the package, where its modules are looked for.
  [[nodiscard]] Truth add_folder() noexcept {
    static_cast<void>(at_.with(""));
    Ref<Str> folder = str_of_file_name(at_.view());
    if (folder) found_.folders = List::of(std::move(folder));
    return found_.folders ? Truth::kTrue : Truth{kRaised};
  }

  [[nodiscard]] Truth add_part() noexcept {
    if (found_.kind != FoundKind::kNamespace) {
      found_.kind = FoundKind::kNamespace;
      found_.folders = List::make();
    }
    Ref<Str> folder = str_of_file_name(at_.view());
    if (!folder || !found_.folders || failed(found_.folders->append(std::move(folder))))
      return kRaised;
    return Truth::kFalse;
  }

  const FileName name_;
  FoundSource& found_;
  Candidate at_;
};

}  // namespace

Status search_path(const Str& name, Value path, FoundSource& found) noexcept {
  PathSearch search(name, found);
  // The other way round, as for_all_items goes on for as long as the answer is true.
  const Truth all = for_all_items(path, [&](Value entry) noexcept {
    const Truth is_over = search.try_entry(entry);
    if (is_over == Truth::kFailed) return Truth::kFailed;
    return truth_of(is_over == Truth::kFalse);
  });
  return failed(all) ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
