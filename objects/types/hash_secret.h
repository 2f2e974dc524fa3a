// objects/types/hash_secret.h: how this process hashes texts and bytes.
//
// The key is drawn once, when the first text is hashed, or made from a seed before that. Any
// thread, attached or not.
// Tests: tests/objects/types/hash_secret_test.cc
#pragma once

#include <cstdint>
#include <span>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

// The same hashes in every run, as PYTHONHASHSEED=seed. Before the first hash, by one thread:
// those who hashed before would look for their keys elsewhere.
void set_hash_seed(std::uint32_t seed) noexcept;

// Never -1; of nothing: 0.
[[nodiscard]] std::int64_t hash_of_bytes(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
