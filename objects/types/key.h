// objects/types/key.h: what hash tables ask about keys without calling anybody.
//
// A lookup that runs no code of others needs no lock, and is one step for all who watch. So here
// stands which keys can be hashed and compared in that way; whoever adds such a type adds it to
// both functions. All other keys are asked by their own protocols, outside of the table's lock
// (objects/types/key_search.h).
//
// Both may be called with keys that nobody counts, inside a section that reads without counting
// (rule 9): they look at constant parts of objects alone.
//
// Attached threads.
// Tests: tests/objects/types/key_test.cc
#pragma once

#include <cstdint>

#include "objects/model/status.h"
#include "objects/model/value.h"

namespace orochi::inline OROCHI_DESIGN {

using KeyHash = std::int64_t;

// What a lookup wants. Borrowed: the caller counts the key for the length of the call.
struct WantedKey {
  Value key;
  KeyHash hash;
};

enum class Sameness : std::uint8_t { kSame, kDifferent, kAsk };

namespace detail {
[[nodiscard]] Status hash_other_key(Value key, KeyHash& hash) noexcept;
[[nodiscard]] Sameness compare_other_keys(Value a, Value b) noexcept;
}  // namespace detail

// As objects/model/operations.h does, and short for integers. May run any code.
[[nodiscard]] inline Status hash_key(Value key, KeyHash& hash) noexcept {
  // An integer's hash is its residue modulo 2^61 - 1, which for nearly all of them is itself.
  if (key.is_int() && key.as_int() > -1 && key.as_int() < Value::kMaxInt) [[likely]] {
    hash = key.as_int();
    return Status::kDone;
  }
  return detail::hash_other_key(key, hash);
}

// Of two values that are not the same word, whatever their hashes. kAsk: their protocols decide.
[[nodiscard]] inline Sameness compare_keys(Value a, Value b) noexcept {
  if (a.is_int() && b.is_int()) return Sameness::kDifferent;
  return detail::compare_other_keys(a, b);
}

}  // namespace orochi::inline OROCHI_DESIGN
