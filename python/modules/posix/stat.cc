// What the system says of files: stat and its kin.

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <array>

#include "objects/model/error.h"
#include "objects/types/float.h"
#include "python/modules/arguments.h"
#include "python/modules/native_type.h"
#include "python/modules/posix/arguments.h"
#include "python/modules/posix/parts.h"
#include "python/modules/struct_sequence.h"

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

constexpr StructField kStatFields[] = {
    {"st_mode", "protection bits"},
    {"st_ino", "inode"},
    {"st_dev", "device"},
    {"st_nlink", "number of hard links"},
    {"st_uid", "user ID of owner"},
    {"st_gid", "group ID of owner"},
    {"st_size", "total size, in bytes"},
    {"", "integer time of last access"},
    {"", "integer time of last modification"},
    {"", "integer time of last change"},
    {"st_atime", "time of last access"},
    {"st_mtime", "time of last modification"},
    {"st_ctime", "time of last change"},
    {"st_atime_ns", "time of last access in nanoseconds"},
    {"st_mtime_ns", "time of last modification in nanoseconds"},
    {"st_ctime_ns", "time of last change in nanoseconds"},
    {"st_blksize", "blocksize for filesystem I/O"},
    {"st_blocks", "number of blocks allocated"},
    {"st_rdev", "device type (if inode device)"},
};
constexpr StructSequenceSpec kStatSpec{.module = "os",
                                       .name = "stat_result",
                                       .doc = "What the system says of a file.",
                                       .fields = kStatFields,
                                       .shown = 10};

constexpr StructField kStatvfsFields[] = {
    {"f_bsize"}, {"f_frsize"}, {"f_blocks"}, {"f_bfree"},   {"f_bavail"}, {"f_files"},
    {"f_ffree"}, {"f_favail"}, {"f_flag"},   {"f_namemax"}, {"f_fsid"},
};
constexpr StructSequenceSpec kStatvfsSpec{.module = "os",
                                          .name = "statvfs_result",
                                          .doc = "What the system says of a file system.",
                                          .fields = kStatvfsFields,
                                          .shown = 10};

// Written by add_stat.
constinit Type* g_stat_result = nullptr;
constinit Type* g_statvfs_result = nullptr;

[[nodiscard]] std::int64_t nanoseconds(const timespec& time) noexcept {
  return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec;
}
[[nodiscard]] double seconds(const timespec& time) noexcept {
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

[[nodiscard]] Ref<> result_of(const struct stat& got) noexcept {
  std::array values{
      make_int(got.st_mode),
      make_size(got.st_ino),
      make_size(got.st_dev),
      make_size(got.st_nlink),
      make_int(got.st_uid),
      make_int(got.st_gid),
      make_int(got.st_size),
      make_int(got.st_atim.tv_sec),
      make_int(got.st_mtim.tv_sec),
      make_int(got.st_ctim.tv_sec),
      make_float(seconds(got.st_atim)),
      make_float(seconds(got.st_mtim)),
      make_float(seconds(got.st_ctim)),
      make_int(nanoseconds(got.st_atim)),
      make_int(nanoseconds(got.st_mtim)),
      make_int(nanoseconds(got.st_ctim)),
      make_int(got.st_blksize),
      make_int(got.st_blocks),
      make_size(got.st_rdev),
  };
  return make_struct_sequence(*g_stat_result, values);
}

[[nodiscard]] Ref<> result_of(const struct statvfs& got) noexcept {
  std::array values{make_size(got.f_bsize),   make_size(got.f_frsize), make_size(got.f_blocks),
                    make_size(got.f_bfree),   make_size(got.f_bavail), make_size(got.f_files),
                    make_size(got.f_ffree),   make_size(got.f_favail), make_size(got.f_flag),
                    make_size(got.f_namemax), make_size(got.f_fsid)};
  return make_struct_sequence(*g_statvfs_result, values);
}

Ref<> stat_path(const Value* arguments) noexcept {
  PathArgument path;
  int folder = AT_FDCWD;
  bool follows = true;
  if (failed(path.take(arguments[0], {.function = "stat", .may_be_file = true})) ||
      failed(read_folder(arguments[1], folder)) || failed(read_flag(arguments[2], follows)))
    return kRaised;
  if (path.is_file() && folder != AT_FDCWD)
    return raise(ErrorKind::kValue, {"stat: can't specify dir_fd without matching path"});
  if (path.is_file() && !follows)
    return raise(ErrorKind::kValue, {"stat: cannot use fd and follow_symlinks together"});
  return stat_of(path, folder, follows);
}

Ref<> lstat_path(const Value* arguments) noexcept {
  PathArgument path;
  int folder = AT_FDCWD;
  if (failed(path.take(arguments[0], {.function = "lstat"})) ||
      failed(read_folder(arguments[1], folder)))
    return kRaised;
  return stat_of(path, folder, false);
}

Ref<> fstat_file(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_c_int(arguments[0], file))) return kRaised;
  struct stat got {};
  const SystemResult result = call_blocking([&] { return ::fstat(file, &got); });
  return result.has_failed() ? Ref<>(raise_failed(result)) : result_of(got);
}

Ref<> statvfs_path(const Value* arguments) noexcept {
  PathArgument path;
  if (failed(path.take(arguments[0], {.function = "statvfs", .may_be_file = true}))) return kRaised;
  struct statvfs got {};
  const SystemResult result = call_blocking([&] {
    return path.is_file() ? ::fstatvfs(path.file(), &got) : ::statvfs(path.text(), &got);
  });
  if (result.has_failed()) return raise_failed(result, Ref<>::of(path.given()));
  return result_of(got);
}

Ref<> fstatvfs_file(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_c_int(arguments[0], file))) return kRaised;
  struct statvfs got {};
  const SystemResult result = call_blocking([&] { return ::fstatvfs(file, &got); });
  return result.has_failed() ? Ref<>(raise_failed(result)) : result_of(got);
}

constexpr NativeSpec kFunctions[] = {
    {"stat(path, *, dir_fd=None, follow_symlinks=True)", stat_path,
     "Perform a stat system call on the given path."},
    {"lstat(path, *, dir_fd=None)", lstat_path,
     "Perform a stat system call on the given path, without following symbolic links."},
    {"fstat(fd)", fstat_file, "Perform a stat system call on the given file descriptor."},
    {"statvfs(path)", statvfs_path, "Perform a statvfs system call on the given path."},
    {"fstatvfs(fd, /)", fstatvfs_file, "Perform an fstatvfs system call on the given fd."},
};

}  // namespace

Ref<> stat_of(const PathArgument& path, int folder, bool follows) noexcept {
  struct stat got {};
  const SystemResult result = call_blocking([&] {
    return path.is_file() ? ::fstat(path.file(), &got)
                          : ::fstatat(folder, path.text(), &got, follows ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  if (result.has_failed()) return raise_failed(result, Ref<>::of(path.given()));
  return result_of(got);
}

Status add_stat(Module& module) noexcept {
  g_stat_result = make_struct_sequence_type(kStatSpec);
  g_statvfs_result = make_struct_sequence_type(kStatvfsSpec);
  if (g_stat_result == nullptr || g_statvfs_result == nullptr ||
      failed(add_type(module, *g_stat_result)) || failed(add_type(module, *g_statvfs_result)))
    return kRaised;
  return add_functions(module, kFunctions);
}

}  // namespace orochi::inline OROCHI_DESIGN::posix
