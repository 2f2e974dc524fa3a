#include "objects/types/str_builder.h"

#include <algorithm>
#include <charconv>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/utf8.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using text::Repertoire;

[[nodiscard]] std::span<const std::uint8_t> bytes_of(std::string_view chars) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(chars.data()), chars.size()};
}

}  // namespace

StrBuilder::~StrBuilder() { free_buffer(buffer_); }

// --- Room. ---

// Of `size` more of that repertoire. False without memory.
bool StrBuilder::make_room(std::size_t size, Repertoire repertoire) noexcept {
  const std::size_t wider = text::bytes_per_point(repertoire);
  std::size_t bytes = 0;
  if (__builtin_add_overflow(size_, size, &bytes) || __builtin_mul_overflow(bytes, wider, &bytes))
    return false;
  if (bytes <= bytes_ && (wider == width() || size_ == 0)) return true;
  bytes = std::max(bytes, bytes_ <= SIZE_MAX / 4 ? bytes_ * 2 : bytes);
  auto* const buffer = static_cast<std::uint8_t*>(allocate_buffer(bytes));
  if (buffer == nullptr) return false;
  text::copy_points(buffer, wider, view());
  free_buffer(buffer_);
  buffer_ = buffer;
  bytes_ = bytes;
  return true;
}

void* StrBuilder::extend(std::size_t size, Repertoire repertoire) noexcept {
  const Repertoire widest = std::max(repertoire, repertoire_);
  has_memory_ = has_memory_ && make_room(size, widest);
  if (!has_memory_) return nullptr;
  repertoire_ = widest;
  size_ += size;
  return points() + (size_ - size) * width();
}

// --- Adding. ---

void StrBuilder::add(text::View points, Repertoire repertoire) noexcept {
  if (points.size == 0) return;
  if (void* const out = extend(points.size, repertoire)) text::copy_points(out, width(), points);
}

void StrBuilder::add(std::string_view ascii) noexcept {
  add(text::view_of(bytes_of(ascii)), Repertoire::kAscii);
}

void StrBuilder::add(text::CodePoint point, std::size_t times) noexcept {
  void* const out = extend(times, text::repertoire_of(point));
  if (out == nullptr) return;
  text::with_units({out, times, width()}, [&](auto units) {
    using Unit = typename decltype(units)::value_type;
    std::fill_n(static_cast<Unit*>(out), times, static_cast<Unit>(point));
  });
}

void StrBuilder::add_number(std::int64_t number) noexcept {
  std::array<char, 24> text;
  const char* const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  add(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
}

void StrBuilder::add_hex(std::uint32_t number, unsigned digits) noexcept {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (unsigned left = digits; left-- > 0;)
    add(text::CodePoint{static_cast<unsigned char>(kDigits[number >> 4 * left & 0xF])});
}

void StrBuilder::add_escape(text::CodePoint point) noexcept {
  if (point < 0x100) {
    add("\\x");
    add_hex(point, 2);
  } else if (point < 0x10000) {
    add("\\u");
    add_hex(point, 4);
  } else {
    add("\\U");
    add_hex(point, 8);
  }
}

void StrBuilder::add_utf8(std::string_view utf8) noexcept {
  constexpr text::DecodeErrors kErrors = text::DecodeErrors::kReplace;
  const text::Utf8Measure measure = text::measure_utf8(bytes_of(utf8), kErrors);
  void* const out = extend(measure.size, measure.repertoire);
  if (out == nullptr) return;
  // The builder may be wider than what is added.
  const text::Utf8Measure here{measure.size, std::max(measure.repertoire, repertoire_),
                               measure.well_formed, measure.fault};
  text::decode_utf8(out, here, bytes_of(utf8), kErrors);
}

// What a __str__ or __repr__ returned, which may be anything.
Status StrBuilder::add_shown(const Ref<>& shown, std::string_view method) noexcept {
  if (!shown) return kRaised;
  const Str* const str = as_str(shown.value());
  if (str == nullptr)
    return raise(ErrorKind::kType,
                 {method, " returned non-string (type ", type_of(shown.value()).name(), ")"});
  add(*str);
  return Status::kDone;
}

Status StrBuilder::add_str(Value value) noexcept { return add_shown(str(value), "__str__"); }

Status StrBuilder::add_repr(Value value) noexcept { return add_shown(repr(value), "__repr__"); }

Ref<Str> StrBuilder::finish() const noexcept {
  if (!has_memory_) return raise_memory_error();
  return Str::of(view());
}

Raised raise(ErrorKind kind, const StrBuilder& text) noexcept {
  Ref<Str> message = text.finish();
  if (!message) return kRaised;
  return raise_value(kind, std::move(message));
}

}  // namespace orochi::inline OROCHI_DESIGN
