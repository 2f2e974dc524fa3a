#include "objects/types/str_builder.h"

#include <algorithm>

#include "memory/buffer.h"
#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {

StrBuilder::~StrBuilder() { free_buffer(units_); }

// What is there moves to a buffer that is larger, or of wider units, or both.
bool StrBuilder::make_room(std::size_t more, text::Repertoire repertoire) noexcept {
  const std::size_t width = text::bytes_per_point(repertoire);
  if (more <= room_ - size_ && width == view().width) return true;
  constexpr std::size_t kLeast = 32;
  if (more > PTRDIFF_MAX / sizeof(text::CodePoint) - size_) return false;
  const std::size_t room = size_ + std::max({more, size_ / 2, kLeast});
  void* const units = allocate_buffer(room * width);
  if (units == nullptr) return false;
  text::copy_points(units, width, view());
  free_buffer(units_);
  units_ = units;
  room_ = room;
  return true;
}

Status StrBuilder::add(text::View part, text::Repertoire repertoire) noexcept {
  const text::Repertoire widest = std::max(repertoire, repertoire_);
  if (!make_room(part.size, widest)) return raise_memory_error();
  repertoire_ = widest;
  const std::size_t width = view().width;
  text::copy_points(static_cast<std::uint8_t*>(units_) + size_ * width, width, part);
  size_ += part.size;
  return Status::kDone;
}

Ref<Str> StrBuilder::finish() const noexcept {
  if (size_ == 0) return Str::empty();
  if (size_ == 1) return Str::of_character(view()[0]);
  Ref<Str> str = Str::make_blank(size_, repertoire_);
  if (!str) return kRaised;
  text::copy_points(str->writable(), str->width(), view());
  return str;
}

}  // namespace orochi::inline OROCHI_DESIGN
