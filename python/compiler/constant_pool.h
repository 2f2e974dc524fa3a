// python/compiler/constant_pool.h: the constants of one code object, each but once.
//
// Constants are the same if no program could tell them apart: 1, 1.0 and True are three, 0.0 and
// -0.0 are two.
//
// One thread. The texts and items of constants are not copied; the list is, by `finish`.
// Tests: tests/python/compiler/constant_pool_test.cc
#pragma once

#include <cstdint>
#include <span>

#include "python/bytecode/code.h"
#include "python/compiler/arena.h"
#include "python/compiler/growing_array.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class ConstantPool {
 public:
  // False: no memory.
  [[nodiscard]] bool add(const bytecode::Constant& constant, std::uint32_t& number) noexcept;
  [[nodiscard]] bool finish(Arena& arena, std::span<const bytecode::Constant>& list) noexcept;

 private:
  [[nodiscard]] bool grow() noexcept;

  GrowingArray<bytecode::Constant> constants_;
  GrowingArray<std::uint32_t> slots_;  // a power of two of them: number + 1, or 0
};

[[nodiscard]] bool same(const bytecode::Constant& one, const bytecode::Constant& other) noexcept;

// Copies what was gathered to where it stays. False: no memory.
template <class T>
[[nodiscard]] bool copy_to(Arena& arena, const GrowingArray<T>& from,
                           std::span<const T>& to) noexcept {
  if (from.empty()) return true;
  T* const items = arena.allocate_array<T>(from.size());
  if (items == nullptr) return false;
  for (std::size_t i = 0; i < from.size(); ++i) items[i] = from[i];
  to = {items, from.size()};
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
