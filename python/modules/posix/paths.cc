// What is done with files and folders by their names.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "objects/model/error.h"
#include "objects/types/float.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/io/path.h"
#include "python/modules/native_type.h"
#include "python/modules/numbers.h"
#include "python/modules/posix/arguments.h"
#include "python/modules/posix/parts.h"

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

// --- One path, and the folder that it is relative to. ---

struct Place {
  PathArgument path;
  int folder = AT_FDCWD;

  [[nodiscard]] Status take(Value path_value, Value folder_value,
                            const PathArgument::Rules& rules) noexcept {
    return failed(path.take(path_value, rules)) ? kRaised : read_folder(folder_value, folder);
  }
};

Ref<> make_folder(const Value* arguments) noexcept {
  Place place;
  int mode = 0;
  if (failed(place.take(arguments[0], arguments[2], {.function = "mkdir"})) ||
      failed(read_c_int(arguments[1], mode)))
    return kRaised;
  return none_of(
      [&] { return ::mkdirat(place.folder, place.path.text(), static_cast<mode_t>(mode)); },
      place.path.given());
}

Ref<> make_fifo(const Value* arguments) noexcept {
  Place place;
  int mode = 0;
  if (failed(place.take(arguments[0], arguments[2], {.function = "mkfifo"})) ||
      failed(read_c_int(arguments[1], mode)))
    return kRaised;
  return none_of(
      [&] { return ::mkfifoat(place.folder, place.path.text(), static_cast<mode_t>(mode)); },
      place.path.given());
}

[[nodiscard]] Ref<> remove_at(const Value* arguments, std::string_view function,
                              int flags) noexcept {
  Place place;
  if (failed(place.take(arguments[0], arguments[1], {.function = function}))) return kRaised;
  return none_of([&] { return ::unlinkat(place.folder, place.path.text(), flags); },
                 place.path.given());
}

Ref<> remove_folder(const Value* arguments) noexcept {
  return remove_at(arguments, "rmdir", AT_REMOVEDIR);
}
Ref<> unlink_path(const Value* arguments) noexcept { return remove_at(arguments, "unlink", 0); }
Ref<> remove_path(const Value* arguments) noexcept { return remove_at(arguments, "remove", 0); }

Ref<> read_link(const Value* arguments) noexcept {
  Place place;
  if (failed(place.take(arguments[0], arguments[1], {.function = "readlink"}))) return kRaised;
  std::array<char, 4097> target;
  const SystemResult got = call_blocking(
      [&] { return ::readlinkat(place.folder, place.path.text(), target.data(), target.size()); });
  if (got.has_failed()) return raise_failed(got, Ref<>::of(place.path.given()));
  return path_result({target.data(), static_cast<std::size_t>(got.value)}, place.path.is_bytes());
}

// --- Two paths. ---

template <class Call>
[[nodiscard]] Ref<> none_of_two(const PathArgument& from, const PathArgument& to,
                                Call call) noexcept {
  const SystemResult result = call_blocking(call);
  if (!result.has_failed()) return Special::kNone;
  if (result.is_refused) return kRaised;
  return raise_about_two(result.error, from.given(), to.given());
}

[[nodiscard]] Ref<> rename_as(const Value* arguments, std::string_view function) noexcept {
  Place from;
  Place to;
  if (failed(from.take(arguments[0], arguments[2], {.function = function, .name = "src"})) ||
      failed(to.take(arguments[1], arguments[3], {.function = function, .name = "dst"})))
    return kRaised;
  return none_of_two(from.path, to.path, [&] {
    return ::renameat(from.folder, from.path.text(), to.folder, to.path.text());
  });
}

Ref<> rename_path(const Value* arguments) noexcept { return rename_as(arguments, "rename"); }
Ref<> replace_path(const Value* arguments) noexcept { return rename_as(arguments, "replace"); }

Ref<> link_path(const Value* arguments) noexcept {
  Place from;
  Place to;
  bool follows = true;
  if (failed(from.take(arguments[0], arguments[2], {.function = "link", .name = "src"})) ||
      failed(to.take(arguments[1], arguments[3], {.function = "link", .name = "dst"})) ||
      failed(read_flag(arguments[4], follows)))
    return kRaised;
  // As link() does, which does not follow, unless a folder was given: so CPython's.
  const bool has_folder = from.folder != AT_FDCWD || to.folder != AT_FDCWD;
  const int flags = follows && has_folder ? AT_SYMLINK_FOLLOW : 0;
  return none_of_two(from.path, to.path, [&] {
    return ::linkat(from.folder, from.path.text(), to.folder, to.path.text(), flags);
  });
}

Ref<> link_symbolically(const Value* arguments) noexcept {
  PathArgument target;
  Place place;
  if (failed(target.take(arguments[0], {.function = "symlink", .name = "src"})) ||
      failed(place.take(arguments[1], arguments[3], {.function = "symlink", .name = "dst"})))
    return kRaised;
  return none_of_two(target, place.path,
                     [&] { return ::symlinkat(target.text(), place.folder, place.path.text()); });
}

// --- Rights and owners. ---

Ref<> access_path(const Value* arguments) noexcept {
  Place place;
  int mode = 0;
  bool effective = false;
  bool follows = true;
  if (failed(place.take(arguments[0], arguments[2], {.function = "access"})) ||
      failed(read_c_int(arguments[1], mode)) || failed(read_flag(arguments[3], effective)) ||
      failed(read_flag(arguments[4], follows)))
    return kRaised;
  const int flags = (effective ? AT_EACCESS : 0) | (follows ? 0 : AT_SYMLINK_NOFOLLOW);
  const SystemResult result =
      call_blocking([&] { return ::faccessat(place.folder, place.path.text(), mode, flags); });
  return result.is_refused ? Ref<>() : truth_value(!result.has_failed());
}

Ref<> change_mode(const Value* arguments) noexcept {
  Place place;
  int mode = 0;
  bool follows = true;
  if (failed(place.take(arguments[0], arguments[2], {.function = "chmod", .may_be_file = true})) ||
      failed(read_c_int(arguments[1], mode)) || failed(read_flag(arguments[3], follows)))
    return kRaised;
  const auto bits = static_cast<mode_t>(mode);
  const PathArgument& path = place.path;
  return none_of(
      [&] {
        return path.is_file()
                   ? ::fchmod(path.file(), bits)
                   : ::fchmodat(place.folder, path.text(), bits, follows ? 0 : AT_SYMLINK_NOFOLLOW);
      },
      path.given());
}

Ref<> change_mode_of_file(const Value* arguments) noexcept {
  int file = -1;
  int mode = 0;
  if (failed(read_c_int(arguments[0], file)) || failed(read_c_int(arguments[1], mode)))
    return kRaised;
  return none_of([&] { return ::fchmod(file, static_cast<mode_t>(mode)); });
}

struct Owner {
  std::int64_t user = -1;
  std::int64_t group = -1;

  [[nodiscard]] Status take(Value user_value, Value group_value) noexcept {
    return failed(read_integer(user_value, "C long", user))
               ? kRaised
               : read_integer(group_value, "C long", group);
  }
  [[nodiscard]] uid_t uid() const noexcept { return static_cast<uid_t>(user); }
  [[nodiscard]] gid_t gid() const noexcept { return static_cast<gid_t>(group); }
};

Ref<> change_owner(const Value* arguments) noexcept {
  Place place;
  Owner owner;
  bool follows = true;
  if (failed(place.take(arguments[0], arguments[3], {.function = "chown", .may_be_file = true})) ||
      failed(owner.take(arguments[1], arguments[2])) || failed(read_flag(arguments[4], follows)))
    return kRaised;
  const PathArgument& path = place.path;
  return none_of(
      [&] {
        return path.is_file() ? ::fchown(path.file(), owner.uid(), owner.gid())
                              : ::fchownat(place.folder, path.text(), owner.uid(), owner.gid(),
                                           follows ? 0 : AT_SYMLINK_NOFOLLOW);
      },
      path.given());
}

Ref<> change_owner_of_file(const Value* arguments) noexcept {
  int file = -1;
  Owner owner;
  if (failed(read_c_int(arguments[0], file)) || failed(owner.take(arguments[1], arguments[2])))
    return kRaised;
  return none_of([&] { return ::fchown(file, owner.uid(), owner.gid()); });
}

Ref<> change_owner_of_link(const Value* arguments) noexcept {
  PathArgument path;
  Owner owner;
  if (failed(path.take(arguments[0], {.function = "lchown"})) ||
      failed(owner.take(arguments[1], arguments[2])))
    return kRaised;
  return none_of([&] { return ::lchown(path.text(), owner.uid(), owner.gid()); }, path.given());
}

Ref<> set_umask(const Value* arguments) noexcept {
  int mask = 0;
  if (failed(read_c_int(arguments[0], mask))) return kRaised;
  return make_int(::umask(static_cast<mode_t>(mask)));
}

// --- Times. ---

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

[[nodiscard]] timespec time_of(std::int64_t nanoseconds) noexcept {
  std::int64_t rest = nanoseconds % kNanosPerSecond;
  if (rest < 0) rest += kNanosPerSecond;
  return {.tv_sec = (nanoseconds - rest) / kNanosPerSecond, .tv_nsec = rest};
}

// Seconds: an int, or a float, of which what is below a nanosecond is cut off.
[[nodiscard]] Status read_seconds(Value value, timespec& time) noexcept {
  if (is_int(value)) {
    std::int64_t seconds = 0;
    if (failed(read_number(value, seconds))) return kRaised;
    time = {.tv_sec = seconds, .tv_nsec = 0};
    return Status::kDone;
  }
  double seconds = 0;
  if (failed(read_double(value, seconds))) return kRaised;
  const double whole = __builtin_floor(seconds);
  time = {.tv_sec = static_cast<time_t>(whole),
          .tv_nsec = static_cast<long>((seconds - whole) * 1e9)};
  return Status::kDone;
}

[[nodiscard]] Status read_nanoseconds(Value value, timespec& time) noexcept {
  std::int64_t nanoseconds = 0;
  if (failed(read_number(value, nanoseconds))) return kRaised;
  time = time_of(nanoseconds);
  return Status::kDone;
}

using Times = std::array<timespec, 2>;

[[nodiscard]] Status read_times(Value seconds, Value nanoseconds, Times& times) noexcept {
  const bool has_seconds = !seconds.is_none();
  if (has_seconds && nanoseconds)
    return raise(ErrorKind::kValue, {"utime: you may specify either 'times' or 'ns' but not both"});
  times.fill({.tv_sec = 0, .tv_nsec = UTIME_NOW});
  if (!has_seconds && !nanoseconds) return Status::kDone;
  const Tuple* const given = as_tuple(has_seconds ? seconds : nanoseconds);
  if (given == nullptr || given->size() != 2)
    return raise(ErrorKind::kType,
                 {has_seconds ? "utime: 'times' must be either a tuple of two ints or None"
                              : "utime: 'ns' must be a tuple of two ints"});
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Status read =
        has_seconds ? read_seconds((*given)[i], times[i]) : read_nanoseconds((*given)[i], times[i]);
    if (failed(read)) return kRaised;
  }
  return Status::kDone;
}

Ref<> set_times(const Value* arguments) noexcept {
  Place place;
  Times times;
  bool follows = true;
  if (failed(place.take(arguments[0], arguments[3], {.function = "utime", .may_be_file = true})) ||
      failed(read_times(arguments[1], arguments[2], times)) ||
      failed(read_flag(arguments[4], follows)))
    return kRaised;
  const PathArgument& path = place.path;
  return none_of(
      [&] {
        return path.is_file() ? ::futimens(path.file(), times.data())
                              : ::utimensat(place.folder, path.text(), times.data(),
                                            follows ? 0 : AT_SYMLINK_NOFOLLOW);
      },
      path.given());
}

// --- Names themselves. ---

Ref<> file_system_path(const Value* arguments) noexcept { return path_of(arguments[0]); }

constexpr NativeSpec kFunctions[] = {
    {"mkdir(path, mode=511, *, dir_fd=None)", make_folder, "Create a directory."},
    {"mkfifo(path, mode=438, *, dir_fd=None)", make_fifo, "Create a FIFO (a named pipe)."},
    {"rmdir(path, *, dir_fd=None)", remove_folder, "Remove a directory."},
    {"unlink(path, *, dir_fd=None)", unlink_path, "Remove a file (same as remove())."},
    {"remove(path, *, dir_fd=None)", remove_path, "Remove a file (same as unlink())."},
    {"readlink(path, *, dir_fd=None)", read_link, "The path to which a symbolic link points."},
    {"rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", rename_path,
     "Rename a file or directory."},
    {"replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", replace_path,
     "Rename a file or directory, overwriting the destination."},
    {"link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)", link_path,
     "Create a hard link to a file."},
    {"symlink(src, dst, target_is_directory=False, *, dir_fd=None)", link_symbolically,
     "Create a symbolic link pointing to src named dst."},
    {"access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", access_path,
     "Use the real uid/gid to test for access to a path."},
    {"chmod(path, mode, *, dir_fd=None, follow_symlinks=True)", change_mode,
     "Change the access permissions of a file."},
    {"fchmod(fd, mode)", change_mode_of_file, "Change the access permissions of an open file."},
    {"chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)", change_owner,
     "Change the owner and group id of path to the numeric uid and gid."},
    {"fchown(fd, uid, gid)", change_owner_of_file, "Change the owner of an open file."},
    {"lchown(path, uid, gid)", change_owner_of_link, "Change the owner, of links themselves."},
    {"umask(mask, /)", set_umask, "Set the current numeric umask and return the previous one."},
    {"utime(path, times=None, *, ns=<none>, dir_fd=None, follow_symlinks=True)", set_times,
     "Set the access and modified time of path."},
    {"fspath(path)", file_system_path, "Return the file system path representation."},
};

}  // namespace

Status add_paths(Module& module) noexcept { return add_functions(module, kFunctions); }

}  // namespace orochi::inline OROCHI_DESIGN::posix
