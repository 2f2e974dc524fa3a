#include "python/cli/source_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "memory/buffer.h"

namespace orochi::inline OROCHI_DESIGN::cli {

SourceFile::~SourceFile() { free_buffer(data_); }

bool SourceFile::grow() noexcept {
  const std::size_t room = room_ == 0 ? std::size_t{1} << 14 : room_ * 2;
  void* const grown = reallocate_buffer(data_, room);
  if (grown == nullptr) {
    errno = ENOMEM;
    return false;
  }
  data_ = static_cast<char*>(grown);
  room_ = room;
  return true;
}

bool SourceFile::read(std::FILE* file) noexcept {
  for (;;) {
    if (size_ == room_ && !grow()) return false;
    const std::size_t got = std::fread(data_ + size_, 1, room_ - size_, file);
    size_ += got;
    if (got == 0) return std::ferror(file) == 0;
  }
}

bool SourceFile::open(std::string_view path) noexcept {
  char name[4096];
  if (path.size() >= sizeof name) {
    errno = ENAMETOOLONG;
    return false;
  }
  std::memcpy(name, path.data(), path.size());
  name[path.size()] = '\0';
  std::FILE* const file = std::fopen(name, "rbe");
  if (file == nullptr) return false;
  const bool done = read(file);
  const int error = errno;
  std::fclose(file);
  errno = error;
  return done;
}

}  // namespace orochi::inline OROCHI_DESIGN::cli
