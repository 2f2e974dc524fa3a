// objects/types/utf8_text.h: a str as UTF-8, for messages; a str from pieces of UTF-8.
//
//     return raise(ErrorKind::kName, {"name '", Utf8Text(name).view(), "' is not defined"});
//
// Surrogates, which UTF-8 has none of, are written as \udc80. Without memory the text is "?".
//
// Attached threads. The str is borrowed for as long as this lives.
#pragma once

#include <initializer_list>
#include <string_view>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class Utf8Text {
 public:
  explicit Utf8Text(const Str& str) noexcept;
  Utf8Text(const Utf8Text&) = delete;
  Utf8Text& operator=(const Utf8Text&) = delete;
  ~Utf8Text();

  [[nodiscard]] std::string_view view() const noexcept { return view_; }

 private:
  void* buffer_ = nullptr;
  std::string_view view_;
};

// The str of all parts, one after another.
[[nodiscard]] Ref<Str> str_of(std::initializer_list<std::string_view> parts) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
