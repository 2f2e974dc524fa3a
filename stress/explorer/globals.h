// stress/explorer/globals.h: the static objects of the product, put back before each schedule, and
// its thread-local ones, of which each fiber has its own.
//
// They are found in the program's own symbol table, by the namespace of the design, so the product
// need not know of it. The explorer's own objects and those of the test framework stay as they are.
#pragma once

#include <array>
#include <cstddef>

namespace orochi::explorer::globals {

// Remembers the static objects as they are now.
void remember() noexcept;
// Makes them what they were.
void restore() noexcept;

// What the product declares thread_local, as the bytes of one thread. All threads of a scenario run
// on one OS thread, so who switches them saves and loads these.
class Own {
 public:
  void save() noexcept;
  void load() const noexcept;
  static constexpr std::size_t kBytes = 2048;

 private:
  std::array<char, kBytes> bytes_{};
};
[[nodiscard]] bool is_own(const void* address) noexcept;

}  // namespace orochi::explorer::globals
