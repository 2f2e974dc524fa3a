// python/modules/io/file_io.h: a file of the operating system, without a buffer.
//
//     fd_   -1: closed, or never opened.   Whoever closes takes it out first, so it is closed once
//
// Reading and writing take no lock: the system has the position, and makes one step of each call.
// A file that is closed while another thread is in a system call with it: that call ends as the
// system says, and the number may belong to another file by then. Whoever shares a file between
// threads closes it when they are done.
//
// What it says of itself (mode, closefd, seekable) is written when it is opened.
//
// Attached threads, detached for the system calls.
// Tests: tests/python/modules/io/file_io_test.cc
#pragma once

#include <cstdint>

#include "python/modules/io/file_mode.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/system_call.h"

namespace orochi::inline OROCHI_DESIGN {

struct FileOpening {
  Value name;  // a path, or a descriptor
  FileMode mode;
  bool closes = true;  // the descriptor, when the file is closed
  Value opener;        // or None
};

class FileIo : public IoBase {
 public:
  explicit FileIo(ShapeIndex shape) noexcept : IoBase(shape) {}

  // What __init__ does.
  [[nodiscard]] Status open(const FileOpening& opening) noexcept;
  // Flushes, by its method; then closes the descriptor, if it is to.
  [[nodiscard]] Status close() noexcept;

  // relaxed, all: a number, through which no memory is reached.
  [[nodiscard]] int descriptor() const noexcept { return fd_.load(kRelaxed); }
  [[nodiscard]] bool is_closed() const noexcept { return descriptor() < 0; }
  [[nodiscard]] FileMode mode() const noexcept {
    return {.reads = reads_.load(kRelaxed),
            .writes = writes_.load(kRelaxed),
            .creates = creates_.load(kRelaxed),
            .appends = appends_.load(kRelaxed)};
  }
  [[nodiscard]] bool closes() const noexcept { return closes_.load(kRelaxed); }
  [[nodiscard]] std::int64_t block_size() const noexcept { return block_size_.load(kRelaxed); }

  // --- System calls, made again after signals. Requires: open (an old number fails by EBADF). ---

  [[nodiscard]] SystemResult read(std::uint8_t* room, std::size_t size) noexcept;
  [[nodiscard]] SystemResult write(const std::uint8_t* bytes, std::size_t size) noexcept;
  [[nodiscard]] SystemResult seek(std::int64_t offset, int whence) noexcept;
  [[nodiscard]] SystemResult truncate(std::int64_t size) noexcept;
  [[nodiscard]] SystemResult isatty() noexcept;
  // How many bytes lie between the position and the end; -1: nobody knows.
  [[nodiscard]] std::int64_t bytes_left() noexcept;

  // Asked once, and remembered. Nothing is raised; false also after a refusal.
  [[nodiscard]] bool is_seekable() noexcept;

  // ValueError, and io.UnsupportedOperation.
  [[nodiscard]] Status check_open() const noexcept;
  [[nodiscard]] Status check_readable() const noexcept;
  [[nodiscard]] Status check_writable() const noexcept;

 private:
  enum class Seekable : std::uint8_t { kUnknown, kNo, kYes };

  [[nodiscard]] Status open_descriptor(const FileOpening& opening, bool& is_own) noexcept;
  [[nodiscard]] Status open_path(const FileOpening& opening) noexcept;
  [[nodiscard]] Status ask_opener(const FileOpening& opening) noexcept;
  [[nodiscard]] Status inspect(const FileOpening& opening) noexcept;
  [[nodiscard]] Status close_descriptor() noexcept;
  void set_mode(const FileMode& mode) noexcept;
  void set_descriptor(int fd) noexcept { fd_.store(fd, kRelaxed); }

  Atomic<int> fd_{-1};
  Atomic<bool> reads_{false};
  Atomic<bool> writes_{false};
  Atomic<bool> creates_{false};
  Atomic<bool> appends_{false};
  Atomic<bool> closes_{true};
  Atomic<Seekable> seekable_{Seekable::kUnknown};
  Atomic<std::int64_t> block_size_{kDefaultBufferSize};
};

[[nodiscard]] Type& file_io_type() noexcept;
[[nodiscard]] Status make_file_io_type() noexcept;
// Null: it is none, or of a subtype, whose methods may be its own.
[[nodiscard]] FileIo* as_exact_file_io(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
