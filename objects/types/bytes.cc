#include "objects/types/bytes.h"

#include <algorithm>
#include <array>

#include "objects/model/new_object.h"
#include "objects/types/bytes_iterator.h"
#include "objects/types/bytes_protocols.h"
#include "objects/types/hash_secret.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_bytes_type, before there are others.
constinit Type* g_bytes_type = nullptr;
constexpr std::size_t kBytes = 256;
constinit std::array<Bytes*, kBytes> g_single{};
constinit Bytes* g_empty = nullptr;

[[nodiscard]] std::size_t end_of_bytes(const Object& object) noexcept {
  const std::size_t size = static_cast<const Bytes&>(object).size();
  return sizeof(Bytes) + ((size + alignof(Bytes) - 1) & ~(alignof(Bytes) - 1));
}

// Immortal from the first, so that no thread ever counts it.
[[nodiscard]] Bytes* make_immortal(std::size_t size) noexcept {
  void* const block = heap::allocate(sizeof(Bytes) + size);
  if (block == nullptr) return nullptr;
  Bytes* const made = new (block) Bytes(bytes_type().root().index(), size);
  made->begin_immortal_life();
  return made;
}

[[nodiscard]] bool make_known_ones() noexcept {
  if (g_empty == nullptr) g_empty = make_immortal(0);
  if (g_empty == nullptr) return false;
  for (std::size_t byte = 0; byte < kBytes; ++byte) {
    if (g_single[byte] != nullptr) continue;
    Bytes* const single = make_immortal(1);
    if (single == nullptr) return false;
    *single->writable() = static_cast<std::uint8_t>(byte);
    g_single[byte] = single;
  }
  return true;
}

}  // namespace

// --- The type. ---

Type& bytes_type() noexcept { return *g_bytes_type; }

const Bytes* as_exact_bytes(Value value) noexcept {
  const bool is_one = value.is_object() && &type_of(*value.object()) == g_bytes_type;
  return is_one ? static_cast<const Bytes*>(value.object()) : nullptr;
}

Bytes* as_bytes(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type& type = type_of(*value.object());
  const bool is_one = &type == g_bytes_type || type.is_subtype_of(*g_bytes_type);
  return is_one ? static_cast<Bytes*>(value.object()) : nullptr;
}

Status make_bytes_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  if (g_bytes_type == nullptr)
    g_bytes_type = Type::make({.name = "bytes",
                               .layout = &layout_of<Bytes>,
                               .ancestors = ancestors,
                               .protocols = bytes_protocols(),
                               .native_end = end_of_bytes});
  if (g_bytes_type == nullptr) return kRaised;
  if (!make_known_ones()) return raise_memory_error();
  return make_bytes_iterator_types();
}

// --- Making. ---

Ref<Bytes> Bytes::make_blank(std::size_t size) noexcept {
  if (size == 0) return empty();
  if (size > PTRDIFF_MAX) return raise_memory_error();
  return new_object_with_trailing<Bytes>(bytes_type(), size, size);
}

Ref<Bytes> Bytes::empty() noexcept { return Ref<Bytes>::of(*g_empty); }

Ref<Bytes> Bytes::of_byte(std::uint8_t byte) noexcept { return Ref<Bytes>::of(*g_single[byte]); }

Ref<Bytes> Bytes::of(ByteSpan bytes) noexcept {
  if (bytes.size() == 1) return of_byte(bytes[0]);
  Ref<Bytes> made = make_blank(bytes.size());
  if (made) std::ranges::copy(bytes, made->writable());
  return made;
}

Ref<Bytes> Bytes::of(ByteSpan bytes, Type& type) noexcept {
  if (&type == g_bytes_type) return of(bytes);
  Ref<Bytes> made = new_object_with_trailing<Bytes>(type, bytes.size(), bytes.size());
  if (made) std::ranges::copy(bytes, made->writable());
  return made;
}

// --- Hash and equality. ---

std::int64_t Bytes::compute_hash() const noexcept {
  const std::int64_t hash = hash_of_bytes(span());
  hash_.store(hash, kRelaxed);  // relaxed: I1
  return hash;
}

bool Bytes::has_equal_bytes(const Bytes& other) const noexcept {
  const std::int64_t mine = hash_.load(kRelaxed);  // relaxed: a hint, the bytes decide
  const std::int64_t theirs = other.hash_.load(kRelaxed);
  if (mine != theirs && mine != kNoHash && theirs != kNoHash) return false;
  return std::ranges::equal(span(), other.span());
}

}  // namespace orochi::inline OROCHI_DESIGN
