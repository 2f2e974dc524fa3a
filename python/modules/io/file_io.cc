#include "python/modules/io/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/exception_os.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/path.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr mode_t kNewFile = 0666;
// The most that Linux transfers at once.
constexpr std::size_t kMostBytes = 0x7ffff000;

}  // namespace

// --- Opening. ---

Status FileIo::open(const FileOpening& opening) noexcept {
  if (!is_closed() && failed(close_descriptor())) return kRaised;
  set_mode(opening.mode);
  closes_.store(opening.closes, kRelaxed);
  seekable_.store(Seekable::kUnknown, kRelaxed);
  bool is_own = false;
  if (failed(open_descriptor(opening, is_own))) return kRaised;
  if (!failed(inspect(opening))) return Status::kDone;
  // What was given to us and did not serve is not ours to close.
  const int fd = fd_.exchange(-1, kRelaxed);
  if (is_own && may_go_on()) static_cast<void>(::close(fd));
  return kRaised;
}

// relaxed: as in the header.
void FileIo::set_mode(const FileMode& mode) noexcept {
  reads_.store(mode.reads, kRelaxed);
  writes_.store(mode.writes, kRelaxed);
  creates_.store(mode.creates, kRelaxed);
  appends_.store(mode.appends, kRelaxed);
}

Status FileIo::open_descriptor(const FileOpening& opening, bool& is_own) noexcept {
  Ref<> number;
  if (failed(find_index(opening.name, number))) return kRaised;
  if (number) {
    int fd = 0;
    if (failed(read_int_argument(number.value(), fd))) return kRaised;
    if (fd < 0) return raise(ErrorKind::kValue, {"negative file descriptor"});
    set_descriptor(fd);
    return Status::kDone;
  }
  is_own = true;
  return open_path(opening);
}

Status FileIo::open_path(const FileOpening& opening) noexcept {
  const Ref<Bytes> path = system_path_of(opening.name);
  if (!path) return kRaised;
  if (!opening.closes) return raise(ErrorKind::kValue, {"Cannot use closefd=False with file name"});
  if (!opening.opener.is_empty() && !opening.opener.is_none()) return ask_opener(opening);
  const auto* const name = reinterpret_cast<const char*>(path->span().data());
  const SystemResult opened =
      call_blocking([&] { return ::open(name, opening.mode.flags(), kNewFile); });
  if (opened.has_failed()) return raise_failed(opened, Ref<>::of(opening.name));
  set_descriptor(static_cast<int>(opened.value));
  return Status::kDone;
}

Status FileIo::ask_opener(const FileOpening& opening) noexcept {
  const Value values[] = {opening.name, Value::of_int(opening.mode.flags())};
  const Ref<> answer = call(opening.opener, {values, std::size(values), nullptr});
  if (!answer) return kRaised;
  Ref<> number;
  if (failed(find_index(answer.value(), number))) return kRaised;
  if (!number) return raise(ErrorKind::kType, {"expected integer from opener"});
  int fd = 0;
  if (failed(read_int_argument(number.value(), fd))) return kRaised;
  if (fd < 0)
    return raise(ErrorKind::kValue,
                 {"opener returned -", Digits(static_cast<std::size_t>(-std::int64_t{fd})).text()});
  set_descriptor(fd);
  // Not for programs that this one starts; where it cannot be said it is not said.
  const int flags = ::fcntl(fd, F_GETFD);
  if (flags >= 0) static_cast<void>(::fcntl(fd, F_SETFD, flags | FD_CLOEXEC));
  return Status::kDone;
}

Status FileIo::inspect(const FileOpening& opening) noexcept {
  struct stat about {};
  const SystemResult seen = call_system([&] { return ::fstat(descriptor(), &about); });
  if (seen.has_failed() && (seen.is_refused || seen.error == EBADF)) return raise_failed(seen);
  if (!seen.has_failed() && S_ISDIR(about.st_mode))
    return raise_os_error(EISDIR, Ref<>::of(opening.name));
  const bool says_size = !seen.has_failed() && about.st_blksize > 1;
  block_size_.store(says_size ? about.st_blksize : std::int64_t{kDefaultBufferSize}, kRelaxed);
  if (failed(set_attribute(Value(this), *io_names().name, Ref<>::of(opening.name)))) return kRaised;
  if (!opening.mode.appends) return Status::kDone;
  const SystemResult end = seek(0, SEEK_END);
  if (end.has_failed() && (end.is_refused || end.error != ESPIPE)) return raise_failed(end);
  return Status::kDone;
}

// --- Closing. ---

Status FileIo::close_descriptor() noexcept {
  const int fd = fd_.exchange(-1, kRelaxed);
  if (fd < 0 || !closes()) return Status::kDone;
  // Once: on Linux the number is free again even if a signal came in between.
  const SystemResult result = call_once([=] { return ::close(fd); });
  if (!result.has_failed() || result.was_interrupted()) return Status::kDone;
  return raise_failed(result);
}

Status FileIo::close() noexcept {
  const Status flushed = close_plainly(*this);
  if (!may_go_on()) return kRaised;
  Error first = failed(flushed) ? Error::take() : Error();
  const Status closed = close_descriptor();
  if (!may_go_on()) return kRaised;
  return chain_errors(std::move(first), closed);
}

// --- System calls. ---

SystemResult FileIo::read(std::uint8_t* room, std::size_t size) noexcept {
  const int fd = descriptor();
  return call_blocking([=] { return ::read(fd, room, std::min(size, kMostBytes)); });
}

SystemResult FileIo::write(const std::uint8_t* bytes, std::size_t size) noexcept {
  const int fd = descriptor();
  return call_blocking([=] { return ::write(fd, bytes, std::min(size, kMostBytes)); });
}

SystemResult FileIo::seek(std::int64_t offset, int whence) noexcept {
  const int fd = descriptor();
  return call_system([=] { return ::lseek(fd, offset, whence); });
}

SystemResult FileIo::truncate(std::int64_t size) noexcept {
  const int fd = descriptor();
  return call_blocking([=] { return ::ftruncate(fd, size); });
}

SystemResult FileIo::isatty() noexcept {
  const int fd = descriptor();
  return call_system([=] { return ::isatty(fd); });
}

std::int64_t FileIo::bytes_left() noexcept {
  struct stat about {};
  const int fd = descriptor();
  off_t place = -1;
  const SystemResult seen = call_system([&] {
    place = ::lseek(fd, 0, SEEK_CUR);
    return place < 0 ? -1 : ::fstat(fd, &about);
  });
  return seen.has_failed() || about.st_size < place ? -1 : about.st_size - place;
}

bool FileIo::is_seekable() noexcept {
  const Seekable known = seekable_.load(kRelaxed);
  if (known != Seekable::kUnknown) return known == Seekable::kYes;
  const SystemResult place = seek(0, SEEK_CUR);
  seekable_.store(place.has_failed() ? Seekable::kNo : Seekable::kYes, kRelaxed);
  return !place.has_failed();
}

// --- Checks. ---

Status FileIo::check_open() const noexcept {
  if (!is_closed()) return Status::kDone;
  return raise(ErrorKind::kValue, {"I/O operation on closed file"});
}

Status FileIo::check_readable() const noexcept {
  if (failed(check_open())) return kRaised;
  return mode().reads ? Status::kDone : Status{raise_unsupported("File not open for reading")};
}

Status FileIo::check_writable() const noexcept {
  if (failed(check_open())) return kRaised;
  return mode().writes ? Status::kDone : Status{raise_unsupported("File not open for writing")};
}

}  // namespace orochi::inline OROCHI_DESIGN
