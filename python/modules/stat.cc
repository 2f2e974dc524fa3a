// _stat: what the bits of a file's mode mean.

#include <sys/stat.h>

#include <array>

#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/str.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct Constant {
  std::string_view name;
  std::int64_t number;
};

// Those of other systems too, as the library has them.
constexpr Constant kConstants[] = {
    {"S_IFDIR", S_IFDIR},
    {"S_IFCHR", S_IFCHR},
    {"S_IFBLK", S_IFBLK},
    {"S_IFREG", S_IFREG},
    {"S_IFIFO", S_IFIFO},
    {"S_IFLNK", S_IFLNK},
    {"S_IFSOCK", S_IFSOCK},
    {"S_IFDOOR", 0},
    {"S_IFPORT", 0},
    {"S_IFWHT", 0},
    {"S_ISUID", S_ISUID},
    {"S_ISGID", S_ISGID},
    {"S_ISVTX", S_ISVTX},
    {"S_ENFMT", S_ISGID},
    {"S_IREAD", S_IRUSR},
    {"S_IWRITE", S_IWUSR},
    {"S_IEXEC", S_IXUSR},
    {"S_IRWXU", S_IRWXU},
    {"S_IRUSR", S_IRUSR},
    {"S_IWUSR", S_IWUSR},
    {"S_IXUSR", S_IXUSR},
    {"S_IRWXG", S_IRWXG},
    {"S_IRGRP", S_IRGRP},
    {"S_IWGRP", S_IWGRP},
    {"S_IXGRP", S_IXGRP},
    {"S_IRWXO", S_IRWXO},
    {"S_IROTH", S_IROTH},
    {"S_IWOTH", S_IWOTH},
    {"S_IXOTH", S_IXOTH},
    {"UF_NODUMP", 0x00000001},
    {"UF_IMMUTABLE", 0x00000002},
    {"UF_APPEND", 0x00000004},
    {"UF_OPAQUE", 0x00000008},
    {"UF_NOUNLINK", 0x00000010},
    {"UF_COMPRESSED", 0x00000020},
    {"UF_HIDDEN", 0x00008000},
    {"SF_ARCHIVED", 0x00010000},
    {"SF_IMMUTABLE", 0x00020000},
    {"SF_APPEND", 0x00040000},
    {"SF_NOUNLINK", 0x00100000},
    {"SF_SNAPSHOT", 0x00200000},
    {"ST_MODE", 0},
    {"ST_INO", 1},
    {"ST_DEV", 2},
    {"ST_NLINK", 3},
    {"ST_UID", 4},
    {"ST_GID", 5},
    {"ST_SIZE", 6},
    {"ST_ATIME", 7},
    {"ST_MTIME", 8},
    {"ST_CTIME", 9},
};

constexpr std::int64_t kLargestMode = 0xFFFFFFFF;

[[nodiscard]] Status read_mode(Value value, mode_t& mode) noexcept {
  if (!is_int(value)) return raise(ErrorKind::kType, {"an integer is required"});
  const auto [kind, number] = index_of(value);
  if (kind == IndexKind::kTooLarge && number > 0)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to C unsigned long"});
  if (number < 0)
    return raise(ErrorKind::kOverflow, {"can't convert negative value to unsigned int"});
  if (number > kLargestMode) return raise(ErrorKind::kOverflow, {"mode out of range"});
  mode = static_cast<mode_t>(number);
  return Status::kDone;
}

// With 0 as kind: files of a kind that this system does not have.
template <mode_t kKind>
Ref<> is_of_kind(const Value* arguments) noexcept {
  mode_t mode = 0;
  if (failed(read_mode(arguments[0], mode))) return kRaised;
  return truth_value(kKind != 0 && (mode & S_IFMT) == kKind);
}

constexpr mode_t kPermissions = S_ISUID | S_ISGID | S_ISVTX | S_IRWXU | S_IRWXG | S_IRWXO;

template <mode_t kMask>
Ref<> masked(const Value* arguments) noexcept {
  mode_t mode = 0;
  if (failed(read_mode(arguments[0], mode))) return kRaised;
  return make_int(std::int64_t{mode & kMask});
}

// --- "-rwxr-xr-x" ---

[[nodiscard]] char letter_of_kind(mode_t mode) noexcept {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return '-';
    case S_IFDIR:
      return 'd';
    case S_IFLNK:
      return 'l';
    case S_IFBLK:
      return 'b';
    case S_IFCHR:
      return 'c';
    case S_IFIFO:
      return 'p';
    case S_IFSOCK:
      return 's';
    default:
      return '?';
  }
}

// What stands for execution: another bit shows there too.
[[nodiscard]] char letter_of_execution(bool executes, bool is_special, char special) noexcept {
  if (!is_special) return executes ? 'x' : '-';
  return executes ? special : static_cast<char>(special - 'a' + 'A');
}

Ref<> filemode(const Value* arguments) noexcept {
  mode_t mode = 0;
  if (failed(read_mode(arguments[0], mode))) return kRaised;
  const auto letter = [&](mode_t bit, char shown) { return (mode & bit) != 0 ? shown : '-'; };
  const auto execution = [&](mode_t bit, mode_t special, char shown) {
    return letter_of_execution((mode & bit) != 0, (mode & special) != 0, shown);
  };
  const std::array<char, 10> text{letter_of_kind(mode),
                                  letter(S_IRUSR, 'r'),
                                  letter(S_IWUSR, 'w'),
                                  execution(S_IXUSR, S_ISUID, 's'),
                                  letter(S_IRGRP, 'r'),
                                  letter(S_IWGRP, 'w'),
                                  execution(S_IXGRP, S_ISGID, 's'),
                                  letter(S_IROTH, 'r'),
                                  letter(S_IWOTH, 'w'),
                                  execution(S_IXOTH, S_ISVTX, 't')};
  return Str::of_ascii({text.data(), text.size()});
}

constexpr NativeSpec kFunctions[] = {
    {"S_ISDIR(mode, /)", is_of_kind<S_IFDIR>, "Return True if mode is from a directory."},
    {"S_ISCHR(mode, /)", is_of_kind<S_IFCHR>,
     "Return True if mode is from a character special device file."},
    {"S_ISBLK(mode, /)", is_of_kind<S_IFBLK>,
     "Return True if mode is from a block special device file."},
    {"S_ISREG(mode, /)", is_of_kind<S_IFREG>, "Return True if mode is from a regular file."},
    {"S_ISFIFO(mode, /)", is_of_kind<S_IFIFO>, "Return True if mode is from a FIFO (named pipe)."},
    {"S_ISLNK(mode, /)", is_of_kind<S_IFLNK>, "Return True if mode is from a symbolic link."},
    {"S_ISSOCK(mode, /)", is_of_kind<S_IFSOCK>, "Return True if mode is from a socket."},
    {"S_ISDOOR(mode, /)", is_of_kind<0>, "Return True if mode is from a door."},
    {"S_ISPORT(mode, /)", is_of_kind<0>, "Return True if mode is from an event port."},
    {"S_ISWHT(mode, /)", is_of_kind<0>, "Return True if mode is from a whiteout."},
    {"S_IMODE(mode, /)", masked<kPermissions>,
     "Return the portion of the file's mode that can be set by os.chmod()."},
    {"S_IFMT(mode, /)", masked<S_IFMT>,
     "Return the portion of the file's mode that describes the file type."},
    {"filemode(mode, /)", filemode, "Convert a file's mode to a string of the form '-rwxrwxrwx'"},
};

Status complete(Module& module) noexcept {
  for (const Constant& constant : kConstants)
    if (failed(add_int(module, constant.name, constant.number))) return kRaised;
  return Status::kDone;
}

}  // namespace

extern constinit const NativeModule kStatModule{
    "_stat", "S_IFMT_: file type bits, and functions that ask for them.", kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
