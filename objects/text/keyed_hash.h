// objects/text/keyed_hash.h: a hash of bytes that nobody can predict who does not know its key.
//
// Who can choose the keys of a dict must not be able to choose that they collide. So texts are
// hashed by SipHash (Aumasson and Bernstein, 2012) with one round a word and three at the end, the
// variant for hash tables: cheap for the ten bytes that most names have, and no collisions are
// known that do not need the key.
//
// Pure functions; any thread. Tests: tests/objects/text/keyed_hash_test.cc
#pragma once

#include <cstdint>
#include <span>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::text {

struct HashKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

// The key that PYTHONHASHSEED=seed stands for, as in Python, so that hashes are the same. Of 0: all
// bits 0.
[[nodiscard]] HashKey key_of_seed(std::uint32_t seed) noexcept;

[[nodiscard]] std::uint64_t keyed_hash(HashKey key, std::span<const std::uint8_t> bytes) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
