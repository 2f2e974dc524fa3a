// python/cli/source_file.h: the whole of a file, as bytes.
//
// One thread. Tests: tests/python/cli
#pragma once

#include <cstddef>
#include <cstdio>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::cli {

class SourceFile {
 public:
  SourceFile() noexcept = default;
  ~SourceFile();
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  // False, both: errno says why.
  [[nodiscard]] bool open(std::string_view path) noexcept;
  [[nodiscard]] bool read(std::FILE* file) noexcept;

  [[nodiscard]] std::string_view text() const noexcept { return {data_, size_}; }

 private:
  [[nodiscard]] bool grow() noexcept;

  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t room_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::cli
