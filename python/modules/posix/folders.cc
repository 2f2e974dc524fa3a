// Folders: what is in them, and the one that the process is in.

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/generic_alias.h"
#include "objects/types/index.h"
#include "objects/types/list.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "python/modules/native_type.h"
#include "python/modules/posix/arguments.h"
#include "python/modules/posix/parts.h"

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

// Written by add_folders.
constinit Type* g_entry_type = nullptr;
constinit Type* g_scan_type = nullptr;

// --- Going through a folder. ---

// An open one; it is closed at the end.
class Folder {
 public:
  Folder() noexcept = default;
  ~Folder() {
    if (stream_ != nullptr) ::closedir(stream_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] Status open(const PathArgument& path) noexcept {
    const SystemResult result = call_blocking([&] {
      stream_ = path.is_file() ? open_copy(path.file()) : ::opendir(path.text());
      return stream_ == nullptr ? -1 : 0;
    });
    if (!result.has_failed()) return Status::kDone;
    return raise_failed(result, Ref<>::of(path.given()));
  }

  // Done and null: there are no more.
  [[nodiscard]] Status next(const PathArgument& path, const dirent*& entry) noexcept {
    const SystemResult result = call_blocking([&] {
      errno = 0;
      entry = ::readdir(stream_);
      return entry == nullptr && errno != 0 ? -1 : 0;
    });
    if (!result.has_failed()) return Status::kDone;
    return raise_failed(result, Ref<>::of(path.given()));
  }

 private:
  // The program's own number stays open, and is at the beginning again.
  [[nodiscard]] static DIR* open_copy(int file) noexcept {
    const int copy = ::fcntl(file, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return nullptr;
    DIR* const stream = ::fdopendir(copy);
    if (stream == nullptr) {
      ::close(copy);
    } else {
      ::rewinddir(stream);
    }
    return stream;
  }

  DIR* stream_ = nullptr;
};

[[nodiscard]] bool is_self_or_parent(const char* name) noexcept {
  return std::strcmp(name, ".") == 0 || std::strcmp(name, "..") == 0;
}

// act(const dirent&) for each, which fails with an exception.
template <class Act>
[[nodiscard]] Status for_each_entry(const PathArgument& path, Act act) noexcept {
  Folder folder;
  if (failed(folder.open(path))) return kRaised;
  for (const dirent* entry = nullptr;;) {
    if (failed(folder.next(path, entry))) return kRaised;
    if (entry == nullptr) return Status::kDone;
    if (!is_self_or_parent(entry->d_name) && failed(act(*entry))) return kRaised;
  }
}

Ref<> list_folder(const Value* arguments) noexcept {
  PathArgument path;
  if (failed(path.take(arguments[0],
                       {.function = "listdir", .may_be_file = true, .may_be_none = true})))
    return kRaised;
  Ref<List> names = List::make();
  if (!names) return kRaised;
  const Status done = for_each_entry(path, [&](const dirent& entry) noexcept {
    Ref<> name = path_result(entry.d_name, path.is_bytes());
    return name ? names->append(std::move(name)) : Status::kFailed;
  });
  return failed(done) ? Ref<List>() : std::move(names);
}

// --- What scandir gives. ---

class DirEntry : public Object {
 public:
  struct Parts {
    Ref<> name;
    Ref<> path;
    int folder;  // -1: the path says where it is
    std::uint64_t inode;
    unsigned char kind;
  };
  DirEntry(ShapeIndex shape, Parts parts) noexcept
      : Object(shape),
        name_(std::move(parts.name)),
        path_(std::move(parts.path)),
        folder_(parts.folder),
        inode_(parts.inode),
        kind_(parts.kind) {}

  [[nodiscard]] Value name() const noexcept { return name_.get(); }
  [[nodiscard]] Value path() const noexcept { return path_.get(); }
  [[nodiscard]] std::uint64_t inode() const noexcept { return inode_; }
  [[nodiscard]] unsigned char kind() const noexcept { return kind_; }

  // os.stat_result. What it says once it says for good.
  [[nodiscard]] Ref<> stat(bool follows) noexcept {
    Field& known = follows ? followed_ : itself_;
    Ref<> result = known.load(*this);
    if (!result) result = ask(follows);
    if (result) known.store(*this, result.share());
    return result;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(name_));
    visit(Children::of(path_));
    visit(Children::of(followed_));
    visit(Children::of(itself_));
  }

 private:
  [[nodiscard]] Ref<> ask(bool follows) noexcept {
    PathArgument place;
    if (failed(place.take(folder_ < 0 ? path() : name(), {.function = "stat"}))) return kRaised;
    return stat_of(place, folder_ < 0 ? AT_FDCWD : folder_, follows);
  }

  const ConstField name_;
  const ConstField path_;
  Field followed_;
  Field itself_;
  const int folder_;
  const std::uint64_t inode_;
  const unsigned char kind_;  // as readdir says it
};

[[nodiscard]] DirEntry& entry_of(Value value) noexcept { return object_of<DirEntry>(value); }

Ref<> entry_name(Value self) noexcept { return ref_of(entry_of(self).name()); }
Ref<> entry_path(Value self) noexcept { return ref_of(entry_of(self).path()); }
Ref<> entry_fspath(const Value* arguments) noexcept { return entry_path(arguments[0]); }
Ref<> entry_inode(const Value* arguments) noexcept {
  return make_size(entry_of(arguments[0]).inode());
}

Ref<> entry_stat(const Value* arguments) noexcept {
  bool follows = true;
  if (failed(read_flag(arguments[1], follows))) return kRaised;
  return entry_of(arguments[0]).stat(follows);
}

Ref<> entry_is_symlink(const Value* arguments) noexcept {
  return truth_value(entry_of(arguments[0]).kind() == DT_LNK);
}

// By its mode; what is not there any more is of no kind.
[[nodiscard]] Ref<> has_mode(DirEntry& entry, bool follows, mode_t kind) noexcept {
  const Ref<> stat = entry.stat(follows);
  if (!stat && is_pending(exception_type(BuiltinException::kFileNotFoundError))) {
    clear_error();
    return Special::kFalse;
  }
  if (!stat) return kRaised;
  const auto mode = static_cast<mode_t>(index_of(object_of<Tuple>(stat.value())[0]).number);
  return truth_value((mode & S_IFMT) == kind);
}

[[nodiscard]] Ref<> is_of_kind(const Value* arguments, unsigned char kind, mode_t mode) noexcept {
  DirEntry& entry = entry_of(arguments[0]);
  bool follows = true;
  if (failed(read_flag(arguments[1], follows))) return kRaised;
  const bool must_ask = entry.kind() == DT_UNKNOWN || (entry.kind() == DT_LNK && follows);
  return must_ask ? has_mode(entry, follows, mode) : truth_value(entry.kind() == kind);
}

Ref<> entry_is_dir(const Value* arguments) noexcept {
  return is_of_kind(arguments, DT_DIR, S_IFDIR);
}
Ref<> entry_is_file(const Value* arguments) noexcept {
  return is_of_kind(arguments, DT_REG, S_IFREG);
}

Ref<> entry_repr(Value self) noexcept {
  StrBuilder out;
  out.add("<DirEntry ");
  if (failed(out.add_repr(entry_of(self).name()))) return kRaised;
  out.add(">");
  return out.finish();
}

constexpr NativeSpec kEntryMethods[] = {
    {"is_dir(self, /, *, follow_symlinks=True)", entry_is_dir, "Whether it is a directory."},
    {"is_file(self, /, *, follow_symlinks=True)", entry_is_file, "Whether it is a file."},
    {"is_symlink(self, /)", entry_is_symlink, "Whether it is a symbolic link."},
    {"stat(self, /, *, follow_symlinks=True)", entry_stat, "What the system says of it."},
    {"inode(self, /)", entry_inode, "Its inode."},
    {"__fspath__(self, /)", entry_fspath, "Its path."},
};
constexpr NativeSpec kEntryClassMethods[] = {
    {"__class_getitem__(cls, item, /)", class_with_arguments, "See PEP 585"}};
constexpr AttributeSpec kEntryAttributes[] = {
    {.name = "name", .get = entry_name, .doc = "Its name in the folder."},
    {.name = "path", .get = entry_path, .doc = "The name behind the path given to scandir."},
};

// --- Scanning. ---

// All entries are read at once, so an end of the loop before theirs leaves nothing open.
class Scan : public Object {
 public:
  Scan(ShapeIndex shape, Ref<List> entries) noexcept
      : Object(shape), entries_(std::move(entries)) {}

  // Empty: there are no more.
  [[nodiscard]] Ref<> next() noexcept {
    Ref<> entry;
    const Locked lock(*this);
    if (list().get(static_cast<std::int64_t>(place_), entry)) ++place_;
    return entry;
  }
  void close() noexcept { list().clear(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(entries_));
  }

 private:
  [[nodiscard]] List& list() const noexcept { return static_cast<List&>(*entries_.get().object()); }

  const ConstField entries_;
  std::size_t place_ = 0;  // with the lock
};

// The folder's path, with what separates it from names.
[[nodiscard]] Ref<> path_in(const PathArgument& folder, std::string_view name) noexcept {
  if (folder.is_file()) return path_result(name, false);
  StrBuilder out;
  const std::string_view before = folder.text();
  const Ref<Str> front = decode_path(before);
  const Ref<Str> back = decode_path(name);
  if (!front || !back) return kRaised;
  out.add(*front);
  if (!before.ends_with('/')) out.add("/");
  out.add(*back);
  Ref<Str> path = out.finish();
  if (!path || !folder.is_bytes()) return path;
  PathArgument encoded;
  if (failed(encoded.take(path.value(), {.function = "scandir"}))) return kRaised;
  return path_result(encoded.text(), true);
}

[[nodiscard]] Ref<> entry_in(const PathArgument& folder, const dirent& found) noexcept {
  Ref<> name = path_result(found.d_name, folder.is_bytes());
  Ref<> path = name ? path_in(folder, found.d_name) : Ref<>();
  if (!path) return kRaised;
  return new_object<DirEntry>(*g_entry_type,
                              DirEntry::Parts{.name = std::move(name),
                                              .path = std::move(path),
                                              .folder = folder.is_file() ? folder.file() : -1,
                                              .inode = found.d_ino,
                                              .kind = found.d_type});
}

Ref<> scan_folder(const Value* arguments) noexcept {
  PathArgument path;
  if (failed(path.take(arguments[0],
                       {.function = "scandir", .may_be_file = true, .may_be_none = true})))
    return kRaised;
  Ref<List> entries = List::make();
  if (!entries) return kRaised;
  const Status done = for_each_entry(path, [&](const dirent& found) noexcept {
    Ref<> entry = entry_in(path, found);
    return entry ? entries->append(std::move(entry)) : Status::kFailed;
  });
  return failed(done) ? Ref<Scan>() : new_object<Scan>(*g_scan_type, std::move(entries));
}

Ref<> scan_iterate(Value self) noexcept { return ref_of(self); }
Status scan_next(Value self, Ref<>& item) noexcept {
  item = object_of<Scan>(self).next();
  return Status::kDone;
}
Ref<> scan_enter(const Value* arguments) noexcept { return ref_of(arguments[0]); }
Ref<> scan_close(const Value* arguments) noexcept {
  object_of<Scan>(arguments[0]).close();
  return Special::kNone;
}

constexpr NativeSpec kScanMethods[] = {
    {"__enter__(self, /)", scan_enter},
    {"__exit__(self, /, *args)", scan_close},
    {"close(self, /)", scan_close},
};

// --- Where the process is. ---

[[nodiscard]] Ref<> working_folder(bool as_bytes) noexcept {
  char* path = nullptr;
  const SystemResult result = call_blocking([&] {
    path = ::getcwd(nullptr, 0);
    return path == nullptr ? -1 : 0;
  });
  if (result.has_failed()) return raise_failed(result);
  Ref<> text = path_result(path, as_bytes);
  std::free(path);
  return text;
}

Ref<> get_working_folder(const Value*) noexcept { return working_folder(false); }
Ref<> get_working_folder_bytes(const Value*) noexcept { return working_folder(true); }

Ref<> enter_folder(const Value* arguments) noexcept {
  PathArgument path;
  if (failed(path.take(arguments[0], {.function = "chdir", .may_be_file = true}))) return kRaised;
  return none_of([&] { return path.is_file() ? ::fchdir(path.file()) : ::chdir(path.text()); },
                 path.given());
}

Ref<> enter_open_folder(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_file(arguments[0], file))) return kRaised;
  return none_of([&] { return ::fchdir(file); });
}

constexpr NativeSpec kFunctions[] = {
    {"listdir(path=None)", list_folder,
     "Return a list containing the names of the files in the directory."},
    {"scandir(path=None)", scan_folder, "Return an iterator of DirEntry objects for given path."},
    {"getcwd()", get_working_folder, "The current working directory."},
    {"getcwdb()", get_working_folder_bytes, "The current working directory, as bytes."},
    {"chdir(path)", enter_folder, "Change the current working directory to the specified path."},
    {"fchdir(fd)", enter_open_folder, "Change to the directory of the given file descriptor."},
};

}  // namespace

Status add_folders(Module& module) noexcept {
  Protocols entry_slots;
  entry_slots.repr = entry_repr;
  g_entry_type = add_native_type(module, {.name = "posix.DirEntry",
                                          .layout = &layout_of<DirEntry>,
                                          .slots = entry_slots,
                                          .methods = kEntryMethods,
                                          .class_methods = kEntryClassMethods,
                                          .attributes = kEntryAttributes});
  Protocols scan_slots;
  scan_slots.iter = scan_iterate;
  scan_slots.next = scan_next;
  g_scan_type = make_native_type({.name = "posix.ScandirIterator",
                                  .layout = &layout_of<Scan>,
                                  .slots = scan_slots,
                                  .methods = kScanMethods});
  if (g_entry_type == nullptr || g_scan_type == nullptr) return kRaised;
  return add_functions(module, kFunctions);
}

}  // namespace orochi::inline OROCHI_DESIGN::posix
