// memory/size_class.h: which sizes of blocks there are.
//
// Up to 512 bytes every multiple of 16 is a class, from 32 on. Above, a class is what is left when
// a slab is divided into a whole number of blocks, each class about an eighth larger than the one
// before: so a slab loses less than 16 bytes a block, and steps grow only where few blocks fit.
// What is larger than half a slab gets slabs of its own.
//
// Tests: tests/memory/size_class_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

using SizeClass = std::uint8_t;

namespace detail {

inline constexpr std::size_t kLastEvenSize = 512;
inline constexpr std::size_t kUsableSlabBytes = kSlabBytes - kGranule;  // offset 0 is no block

constexpr std::size_t granules_of(std::size_t bytes) noexcept {
  return (bytes + kGranule - 1) / kGranule;
}

// The size of the class after the one of `bytes`; 0 after the last.
constexpr std::size_t next_class_bytes(std::size_t bytes) noexcept {
  if (bytes < kLastEvenSize) return bytes + kGranule;
  const std::size_t per_slab = kUsableSlabBytes / bytes;
  if (per_slab <= 2) return 0;
  const std::size_t wanted = kUsableSlabBytes / (bytes + bytes / 8);
  const std::size_t fewer = wanted < per_slab ? wanted : per_slab - 1;
  return kUsableSlabBytes / (fewer < 2 ? 2 : fewer) / kGranule * kGranule;
}

constexpr std::size_t count_classes() noexcept {
  std::size_t count = 0;
  for (std::size_t bytes = kMinBlockBytes; bytes != 0; bytes = next_class_bytes(bytes)) ++count;
  return count;
}

}  // namespace detail

inline constexpr std::size_t kSizeClasses = detail::count_classes();
static_assert(kSizeClasses < 0xFF, "a class fits in a byte, and so does the one for no class");
// A block that has slabs of its own.
inline constexpr SizeClass kNoSizeClass = 0xFF;

namespace detail {

inline constexpr auto kClassBytes = [] {
  std::array<std::uint16_t, kSizeClasses> table{};
  std::size_t bytes = kMinBlockBytes;
  for (std::uint16_t& entry : table) {
    entry = static_cast<std::uint16_t>(bytes);
    bytes = next_class_bytes(bytes);
  }
  return table;
}();

}  // namespace detail

// The largest size that has a class.
inline constexpr std::size_t kMaxClassBytes = detail::kClassBytes.back();

namespace detail {

// By granules.
inline constexpr auto kClassOf = [] {
  std::array<SizeClass, kMaxClassBytes / kGranule + 1> table{};
  SizeClass size_class = 0;
  for (std::size_t granules = 0; granules < table.size(); ++granules) {
    if (granules * kGranule > kClassBytes[size_class]) ++size_class;
    table[granules] = size_class;
  }
  return table;
}();

}  // namespace detail

[[nodiscard]] constexpr std::uint32_t bytes_of_class(SizeClass size_class) noexcept {
  return detail::kClassBytes[size_class];
}

// The smallest class that holds `bytes`. Requires: bytes <= kMaxClassBytes.
[[nodiscard]] constexpr SizeClass size_class_of(std::size_t bytes) noexcept {
  return detail::kClassOf[detail::granules_of(bytes)];
}

}  // namespace orochi::inline OROCHI_DESIGN
