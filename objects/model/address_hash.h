// objects/model/address_hash.h: a hash of an object's address, for tables whose keys are objects.
//
// Any thread; reads nothing.
#pragma once

#include <cstddef>
#include <cstdint>

namespace orochi::inline OROCHI_DESIGN {

// 32 bits. Blocks are 16 bytes apart; Fibonacci hashing spreads them.
[[nodiscard]] inline std::size_t address_hash(const void* object) noexcept {
  return (reinterpret_cast<std::uintptr_t>(object) >> 4) * std::size_t{0x9E37'79B9'7F4A'7C15} >> 32;
}

}  // namespace orochi::inline OROCHI_DESIGN
