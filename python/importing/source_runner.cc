#include "python/importing/source_runner.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "memory/atomic.h"
#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/types/exception_os.h"
#include "python/importing/file_name.h"
#include "python/vm/execute.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status run_by_machine(std::string_view source, Str& file, Dict& globals) noexcept {
  const Ref<CodeObject> code = compile_source(source, Ref<Str>::of(file), {});
  return code && execute(*code, globals, globals) ? Status::kDone : Status::kFailed;
}

constinit Atomic<SourceRunner> g_runner{run_by_machine};

// The bytes of a file, read by a detached thread: touches no object.
class FileBytes {
 public:
  FileBytes() noexcept = default;
  ~FileBytes() { free_buffer(bytes_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  // 0, or an errno.
  [[nodiscard]] int read(const char* path) noexcept {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno;
    const int error = read_all(file);
    static_cast<void>(close(file));
    return error;
  }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }

 private:
  [[nodiscard]] int read_all(int file) noexcept {
    struct stat info {};
    if (fstat(file, &info) != 0) return errno;
    const auto room = static_cast<std::size_t>(info.st_size);
    bytes_ = static_cast<char*>(allocate_buffer(room + 1));
    if (bytes_ == nullptr) return ENOMEM;
    while (size_ < room) {
      const ssize_t got = ::read(file, bytes_ + size_, room - size_);
      if (got < 0 && errno != EINTR) return errno;
      if (got == 0) break;
      if (got > 0) size_ += static_cast<std::size_t>(got);
    }
    return 0;
  }

  char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace

// release, acquire: who calls it sees what it was made with.
void set_source_runner(SourceRunner runner) noexcept {
  g_runner.store(runner == nullptr ? run_by_machine : runner, kRelease);
}

Status run_source(std::string_view source, Str& file, Dict& globals) noexcept {
  return g_runner.load(kAcquire)(source, file, globals);
}

Status run_file(Str& file, Dict& globals) noexcept {
  const FileName path(file);
  FileBytes bytes;
  Thread& me = *Thread::current();
  me.detach_to_wait();
  const int error = path.is_good() ? bytes.read(path.c_str()) : EINVAL;
  me.attach_after_wait();
  if (error == ENOMEM) return raise_memory_error();
  if (error != 0) return raise_os_error(error, Ref<>::of(Value(&file)));
  return run_source(bytes.view(), file, globals);
}

}  // namespace orochi::inline OROCHI_DESIGN
