#include "objects/types/str.h"

#include <array>
#include <cstring>
#include <memory>

#include "objects/model/new_object.h"
#include "objects/text/utf8.h"
#include "objects/types/codec_errors.h"
#include "objects/types/hash_secret.h"
#include "objects/types/intern.h"
#include "objects/types/str_iterator.h"
#include "objects/types/str_protocols.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using text::CodePoint;
using text::Repertoire;

// Written by make_str_type, before there are others.
constinit Type* g_str_type = nullptr;
constexpr std::size_t kCharacters = 256;
constinit std::array<Str*, kCharacters> g_characters{};
constinit Str* g_empty = nullptr;

// Three objects in four come from here where a program walks over its texts.
[[nodiscard]] Ref<Str> known_character(CodePoint point) noexcept {
  return Ref<Str>::of(*g_characters[point]);
}

[[nodiscard]] std::span<const std::uint8_t> bytes_of(std::string_view chars) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(chars.data()), chars.size()};
}

// Of units that are as narrow as can be.
[[nodiscard]] Ref<Str> copied(text::View points, Repertoire repertoire) noexcept {
  if (points.size == 0) return Str::empty();
  if (points.size == 1 && repertoire <= Repertoire::kLatin1) return known_character(points[0]);
  Ref<Str> made = Str::make_blank(points.size, repertoire);
  if (made) text::copy_points(made->writable(), made->width(), points);
  return made;
}

// --- Those that exist once. ---

// Immortal from the first, so that no thread ever counts it.
[[nodiscard]] Str* make_immortal(std::size_t size, Repertoire repertoire) noexcept {
  void* const block = heap::allocate(sizeof(Str) + size);
  if (block == nullptr) return nullptr;
  Str* const made = new (block) Str(str_type().root().index(), size, repertoire);
  made->begin_immortal_life();
  return made;
}

[[nodiscard]] bool make_known_characters() noexcept {
  if (g_empty == nullptr) g_empty = make_immortal(0, Repertoire::kAscii);
  if (g_empty == nullptr) return false;
  for (CodePoint point = 0; point < kCharacters; ++point) {
    if (g_characters[point] != nullptr) continue;
    Str* const character = make_immortal(1, text::repertoire_of(point));
    if (character == nullptr) return false;
    *character->writable<std::uint8_t>() = static_cast<std::uint8_t>(point);
    g_characters[point] = character;
  }
  return true;
}

}  // namespace

// --- The type. ---

Type& str_type() noexcept { return *g_str_type; }

const Str* as_exact_str(Value value) noexcept {
  const bool is_one = value.is_object() && &type_of(*value.object()) == g_str_type;
  return is_one ? static_cast<const Str*>(value.object()) : nullptr;
}

// Aligned for what a subtype has behind it.
static std::size_t end_of_text(const Object& object) noexcept {
  const std::size_t bytes = static_cast<const Str&>(object).bytes().size();
  return sizeof(Str) + ((bytes + alignof(Str) - 1) & ~(alignof(Str) - 1));
}

Status make_str_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  if (g_str_type == nullptr)
    g_str_type = Type::make({.name = "str",
                             .layout = &layout_of<Str>,
                             .ancestors = ancestors,
                             .protocols = str_protocols(),
                             .native_end = end_of_text});
  if (g_str_type == nullptr || failed(make_str_iterator_types())) return kRaised;
  return make_known_characters() ? Status::kDone : Status{raise_memory_error()};
}

// --- Making. ---

Ref<Str> Str::make_blank(std::size_t size, Repertoire repertoire) noexcept {
  constexpr std::size_t kMost = PTRDIFF_MAX / sizeof(CodePoint);
  if (size > kMost) return raise_memory_error();
  const std::size_t bytes = size * text::bytes_per_point(repertoire);
  return new_object_with_trailing<Str>(str_type(), bytes, size, repertoire);
}

Ref<Str> Str::empty() noexcept { return Ref<Str>::of(*g_empty); }

Ref<Str> Str::of(text::View points) noexcept { return copied(points, text::repertoire_of(points)); }

Ref<Str> Str::of_character(CodePoint point) noexcept {
  if (point < kCharacters) return known_character(point);
  return copied({&point, 1, sizeof point}, text::repertoire_of(point));
}

Ref<Str> Str::of_latin1(std::span<const std::uint8_t> bytes) noexcept {
  return copied(text::view_of(bytes),
                text::is_ascii(bytes) ? Repertoire::kAscii : Repertoire::kLatin1);
}

Ref<Str> Str::of_ascii(std::string_view ascii) noexcept {
  assert(text::is_ascii(bytes_of(ascii)));
  return copied(text::view_of(bytes_of(ascii)), Repertoire::kAscii);
}

Ref<Str> Str::of_utf8(std::string_view utf8) noexcept {
  const std::span<const std::uint8_t> bytes = bytes_of(utf8);
  const text::Utf8Measure measure = text::measure_utf8(bytes, text::DecodeErrors::kStrict);
  if (measure.fault.reason != nullptr) return raise_cannot_decode("utf-8", bytes, measure.fault);
  if (measure.repertoire == Repertoire::kAscii) return of_ascii(utf8);
  Ref<Str> made = make_blank(measure.size, measure.repertoire);
  if (made) text::decode_utf8(made->writable(), measure, bytes, text::DecodeErrors::kStrict);
  return made;
}

// --- Hash and equality. ---

std::int64_t Str::compute_hash() const noexcept {
  const std::int64_t hash = hash_of_bytes(bytes());
  hash_.store(hash, kRelaxed);  // relaxed: I2
  return hash;
}

bool Str::has_equal_text(const Str& other) const noexcept {
  constexpr std::uint64_t kAboutText = ~kInternedBit;
  if (((about() ^ other.about()) & kAboutText) != 0) return false;
  const std::int64_t mine = hash_.load(kRelaxed);  // relaxed: a hint, the texts decide
  const std::int64_t theirs = other.hash_.load(kRelaxed);
  if (mine != theirs && mine != kNoHash && theirs != kNoHash) return false;
  const std::span<const std::uint8_t> text = bytes();
  return std::memcmp(text.data(), other.bytes().data(), text.size()) == 0;  // I1
}

// --- The end. ---

void Str::give_back(const Remains&) noexcept {
  if (is_interned()) InternTable::forget(*this);
}

}  // namespace orochi::inline OROCHI_DESIGN
