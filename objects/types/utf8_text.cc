#include "objects/types/utf8_text.h"

#include <algorithm>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/text/utf8.h"

namespace orochi::inline OROCHI_DESIGN {

Utf8Text::Utf8Text(const Str& str) noexcept {
  if (str.is_ascii()) {
    view_ = str.ascii();
    return;
  }
  constexpr auto kErrors = text::EncodeErrors::kBackslashReplace;
  const std::size_t bytes = text::measure_encoded(str.view(), kErrors).bytes;
  buffer_ = allocate_buffer(bytes);
  if (buffer_ == nullptr) {
    view_ = "?";
    return;
  }
  text::encode_utf8(static_cast<std::uint8_t*>(buffer_), str.view(), kErrors);
  view_ = {static_cast<const char*>(buffer_), bytes};
}

Utf8Text::~Utf8Text() { free_buffer(buffer_); }

Ref<Str> str_of(std::initializer_list<std::string_view> parts) noexcept {
  std::size_t total = 0;
  for (const std::string_view part : parts) total += part.size();
  auto* const text = static_cast<char*>(allocate_buffer(total + 1));
  if (text == nullptr) return raise_memory_error();
  char* end = text;
  for (const std::string_view part : parts) end = std::ranges::copy(part, end).out;
  Ref<Str> str = Str::of_utf8({text, total});
  free_buffer(text);
  return str;
}

}  // namespace orochi::inline OROCHI_DESIGN
