// Open files, by their numbers.

#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/bytes_like.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/native_type.h"
#include "python/modules/posix/arguments.h"
#include "python/modules/posix/parts.h"

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

Ref<> open_path(const Value* arguments) noexcept {
  PathArgument path;
  int flags = 0;
  int mode = 0;
  int folder = AT_FDCWD;
  if (failed(path.take(arguments[0], {.function = "open"})) ||
      failed(read_c_int(arguments[1], flags)) || failed(read_c_int(arguments[2], mode)) ||
      failed(read_folder(arguments[3], folder)))
    return kRaised;
  return number_of([&] { return ::openat(folder, path.text(), flags | O_CLOEXEC, mode); },
                   path.given());
}

// A file whose closing was interrupted is closed.
Ref<> close_file(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_c_int(arguments[0], file))) return kRaised;
  return none_of([&] {
    const int done = ::close(file);
    return done < 0 && errno == EINTR ? 0 : done;
  });
}

Ref<> close_range(const Value* arguments) noexcept {
  int first = 0;
  int end = 0;
  if (failed(read_c_int(arguments[0], first)) || failed(read_c_int(arguments[1], end)))
    return kRaised;
  return none_of([&] {
    for (int file = std::max(first, 0); file < end; ++file) ::close(file);
    return 0;
  });
}

// --- Reading and writing. ---

// `read(room, size)` fills a buffer that becomes bytes.
template <class Read>
[[nodiscard]] Ref<> bytes_from(std::int64_t size, Read read) noexcept {
  if (size < 0) {
    errno = EINVAL;
    return raise_failed({.error = EINVAL});
  }
  Ref<Bytes> room = Bytes::make_blank(static_cast<std::size_t>(size));
  if (!room) return kRaised;
  const SystemResult got = call_blocking([&] { return read(room->writable(), room->size()); });
  if (got.has_failed()) return raise_failed(got);
  if (got.value == size) return room;
  return Bytes::of(room->span().first(static_cast<std::size_t>(got.value)));
}

Ref<> read_bytes(const Value* arguments) noexcept {
  int file = -1;
  std::int64_t size = 0;
  if (failed(read_c_int(arguments[0], file)) || failed(read_number(arguments[1], size)))
    return kRaised;
  return bytes_from(size,
                    [file](void* room, std::size_t most) { return ::read(file, room, most); });
}

Ref<> pread_bytes(const Value* arguments) noexcept {
  int file = -1;
  std::int64_t size = 0;
  std::int64_t place = 0;
  if (failed(read_c_int(arguments[0], file)) || failed(read_number(arguments[1], size)) ||
      failed(read_number(arguments[2], place)))
    return kRaised;
  return bytes_from(size,
                    [=](void* room, std::size_t most) { return ::pread(file, room, most, place); });
}

Ref<> write_bytes(const Value* arguments) noexcept {
  int file = -1;
  BytesLike bytes;
  if (failed(read_c_int(arguments[0], file)) || failed(bytes.take(arguments[1]))) return kRaised;
  const ByteSpan span = bytes.span();
  return number_of([&] { return ::write(file, span.data(), span.size()); });
}

Ref<> pwrite_bytes(const Value* arguments) noexcept {
  int file = -1;
  BytesLike bytes;
  std::int64_t place = 0;
  if (failed(read_c_int(arguments[0], file)) || failed(bytes.take(arguments[1])) ||
      failed(read_number(arguments[2], place)))
    return kRaised;
  const ByteSpan span = bytes.span();
  return number_of([&] { return ::pwrite(file, span.data(), span.size(), place); });
}

Ref<> send_file(const Value* arguments) noexcept {
  int out = -1;
  int in = -1;
  std::int64_t place = 0;
  std::int64_t count = 0;
  if (failed(read_c_int(arguments[0], out)) || failed(read_c_int(arguments[1], in)) ||
      failed(read_number(arguments[3], count)))
    return kRaised;
  const bool has_place = !arguments[2].is_none();
  if (has_place && failed(read_number(arguments[2], place))) return kRaised;
  return number_of([&] {
    return ::sendfile(out, in, has_place ? &place : nullptr, static_cast<std::size_t>(count));
  });
}

// --- Places and sizes. ---

Ref<> seek(const Value* arguments) noexcept {
  int file = -1;
  std::int64_t place = 0;
  int whence = 0;
  if (failed(read_c_int(arguments[0], file)) || failed(read_number(arguments[1], place)) ||
      failed(read_c_int(arguments[2], whence)))
    return kRaised;
  return number_of([&] { return ::lseek(file, place, whence); });
}

Ref<> truncate_file(const Value* arguments) noexcept {
  int file = -1;
  std::int64_t size = 0;
  if (failed(read_c_int(arguments[0], file)) || failed(read_number(arguments[1], size)))
    return kRaised;
  return none_of([&] { return ::ftruncate(file, size); });
}

Ref<> truncate_path(const Value* arguments) noexcept {
  PathArgument path;
  std::int64_t size = 0;
  if (failed(path.take(arguments[0], {.function = "truncate", .may_be_file = true})) ||
      failed(read_number(arguments[1], size)))
    return kRaised;
  return none_of(
      [&] {
        return path.is_file() ? ::ftruncate(path.file(), size) : ::truncate(path.text(), size);
      },
      path.given());
}

Ref<> sync_file(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_file(arguments[0], file))) return kRaised;
  return none_of([&] { return ::fsync(file); });
}

Ref<> sync_data(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_file(arguments[0], file))) return kRaised;
  return none_of([&] { return ::fdatasync(file); });
}

Ref<> sync_all(const Value*) noexcept {
  return none_of([] {
    ::sync();
    return 0;
  });
}

// --- Numbers for the same file. ---

Ref<> duplicate(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_c_int(arguments[0], file))) return kRaised;
  return number_of([&] { return ::fcntl(file, F_DUPFD_CLOEXEC, 0); });
}

Ref<> duplicate_to(const Value* arguments) noexcept {
  int file = -1;
  int other = -1;
  bool inherits = true;
  if (failed(read_c_int(arguments[0], file)) || failed(read_c_int(arguments[1], other)) ||
      failed(read_flag(arguments[2], inherits)))
    return kRaised;
  return number_of([&] {
    return inherits || file == other ? ::dup2(file, other) : ::dup3(file, other, O_CLOEXEC);
  });
}

[[nodiscard]] Ref<> pipe_with(int flags) noexcept {
  int ends[2] = {-1, -1};
  const SystemResult result = call_blocking([&] { return ::pipe2(ends, flags); });
  if (result.has_failed()) return raise_failed(result);
  return Tuple::of(make_int(ends[0]), make_int(ends[1]));
}

Ref<> make_pipe(const Value*) noexcept { return pipe_with(O_CLOEXEC); }

Ref<> make_pipe_with(const Value* arguments) noexcept {
  int flags = 0;
  return failed(read_c_int(arguments[0], flags)) ? Ref<>() : pipe_with(flags);
}

// --- Flags. ---

[[nodiscard]] Ref<> has_flag(Value file_value, int question, int flag, bool wanted) noexcept {
  int file = -1;
  if (failed(read_c_int(file_value, file))) return kRaised;
  const SystemResult flags = call_blocking([&] { return ::fcntl(file, question); });
  if (flags.has_failed()) return raise_failed(flags);
  return truth_value(((flags.value & flag) != 0) == wanted);
}

[[nodiscard]] int change_flag(int file, int question, int command, int flag, bool wanted) noexcept {
  const int flags = ::fcntl(file, question);
  if (flags < 0) return flags;
  return ::fcntl(file, command, wanted ? flags | flag : flags & ~flag);
}

[[nodiscard]] Status read_file_and_flag(const Value* arguments, int& file, bool& flag) noexcept {
  return failed(read_c_int(arguments[0], file)) ? kRaised : read_flag(arguments[1], flag);
}

Ref<> get_inheritable(const Value* arguments) noexcept {
  return has_flag(arguments[0], F_GETFD, FD_CLOEXEC, false);
}
Ref<> set_inheritable(const Value* arguments) noexcept {
  int file = -1;
  bool inherits = false;
  if (failed(read_file_and_flag(arguments, file, inherits))) return kRaised;
  return none_of([&] { return change_flag(file, F_GETFD, F_SETFD, FD_CLOEXEC, !inherits); });
}
Ref<> get_blocking(const Value* arguments) noexcept {
  return has_flag(arguments[0], F_GETFL, O_NONBLOCK, false);
}
Ref<> set_blocking(const Value* arguments) noexcept {
  int file = -1;
  bool blocks = false;
  if (failed(read_file_and_flag(arguments, file, blocks))) return kRaised;
  return none_of([&] { return change_flag(file, F_GETFL, F_SETFL, O_NONBLOCK, !blocks); });
}

Ref<> is_terminal(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_c_int(arguments[0], file))) return kRaised;
  return truth_value(::isatty(file) == 1);
}

constexpr NativeSpec kFunctions[] = {
    {"open(path, flags, mode=511, *, dir_fd=None)", open_path,
     "Open a file for low level IO.  Returns a file descriptor (integer)."},
    {"close(fd)", close_file, "Close a file descriptor."},
    {"closerange(fd_low, fd_high, /)", close_range, "Closes all of fd_low to before fd_high."},
    {"read(fd, length, /)", read_bytes, "Read from a file descriptor.  Returns a bytes object."},
    {"pread(fd, length, offset, /)", pread_bytes, "Reads bytes at a place of a file."},
    {"write(fd, data, /)", write_bytes, "Write a bytes object to a file descriptor."},
    {"pwrite(fd, buffer, offset, /)", pwrite_bytes, "Writes bytes at a place of a file."},
    {"sendfile(out_fd, in_fd, offset, count)", send_file, "Copies from one file to another."},
    {"lseek(fd, position, whence, /)", seek, "Set the position of a file descriptor."},
    {"ftruncate(fd, length, /)", truncate_file, "Gives an open file a size."},
    {"truncate(path, length)", truncate_path, "Gives a file a size."},
    {"fsync(fd)", sync_file, "Force write of fd to disk."},
    {"fdatasync(fd)", sync_data, "Force write of fd to disk without forcing update of metadata."},
    {"sync()", sync_all, "Force write of everything to disk."},
    {"dup(fd, /)", duplicate, "Return a duplicate of a file descriptor."},
    {"dup2(fd, fd2, inheritable=True)", duplicate_to, "Duplicate file descriptor."},
    {"pipe()", make_pipe, "Returns a tuple of two file descriptors: (read_fd, write_fd)."},
    {"pipe2(flags, /)", make_pipe_with, "As pipe, with flags for both."},
    {"get_inheritable(fd, /)", get_inheritable, "Whether new programs have the file too."},
    {"set_inheritable(fd, inheritable, /)", set_inheritable, "Set the inheritable flag."},
    {"get_blocking(fd, /)", get_blocking, "Whether reading and writing wait."},
    {"set_blocking(fd, blocking, /)", set_blocking, "Set the blocking mode."},
    {"isatty(fd, /)", is_terminal, "Return True if the fd is connected to a terminal."},
};

}  // namespace

Status add_files(Module& module) noexcept { return add_functions(module, kFunctions); }

}  // namespace orochi::inline OROCHI_DESIGN::posix
