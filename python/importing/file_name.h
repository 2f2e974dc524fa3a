// python/importing/file_name.h: names of files as texts of a program: UTF-8, and bytes that are no
// UTF-8 as lone surrogates (PEP 383).
//
// Making one: attached threads. Reading it: also detached ones, as it is a copy.
// Tests: tests/python/importing/path_search_test.cc
#pragma once

#include <array>
#include <climits>
#include <string_view>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class FileName {
 public:
  explicit FileName(const Str& name) noexcept;

  // False: no file can have this name; nothing is pending.
  [[nodiscard]] bool is_good() const noexcept { return is_good_; }
  [[nodiscard]] const char* c_str() const noexcept { return text_.data(); }
  [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), size_}; }

 private:
  std::array<char, PATH_MAX> text_;
  std::size_t size_ = 0;
  bool is_good_ = false;
};

[[nodiscard]] Ref<Str> str_of_file_name(std::string_view bytes) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
