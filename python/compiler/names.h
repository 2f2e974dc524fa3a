// python/compiler/names.h: the identifiers of one compilation, each known by a number.
//
// One thread. The texts live as long as what they were interned from.
// Tests: tests/python/compiler/names_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "python/compiler/arena.h"
#include "python/compiler/growing_array.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

using NameId = std::uint32_t;
inline constexpr NameId kNoName = 0xFFFFFFFF;

class Names {
 public:
  Names() noexcept = default;
  ~Names();
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  // kNoName: no memory.
  [[nodiscard]] NameId intern(std::string_view text) noexcept;
  // Empty for kNoName.
  [[nodiscard]] std::string_view text(NameId name) const noexcept {
    return name == kNoName ? std::string_view() : texts_[name];
  }

 private:
  [[nodiscard]] bool grow() noexcept;
  [[nodiscard]] std::uint32_t* slot_of(std::string_view text, std::uint32_t hash) noexcept;

  GrowingArray<std::string_view> texts_;
  GrowingArray<std::uint32_t> hashes_;
  std::uint32_t* slots_ = nullptr;  // a power of two of them: name + 1, or 0
  std::uint32_t capacity_ = 0;
};

// `name` as it is called inside of the class: __x becomes _Class__x. Empty: no memory.
[[nodiscard]] std::string_view mangle(std::string_view class_name, std::string_view name,
                                      Arena& arena) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
