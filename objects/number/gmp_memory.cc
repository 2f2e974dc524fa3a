#include "objects/number/gmp_memory.h"

#include <gmp.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace orochi::inline OROCHI_DESIGN::integer::gmp {
namespace {

constexpr std::size_t kAlignment = 16;

// A stack of blocks: GMP frees in the reverse order, or leaves it to the end.
struct Stack {
  std::byte* begin = nullptr;  // null: no Arena
  std::byte* top = nullptr;
  std::byte* end = nullptr;

  [[nodiscard]] bool has(const void* block) const noexcept {
    return begin != nullptr && block >= begin && block < end;
  }
};

constinit thread_local Stack t_stack;
constinit thread_local Requests t_requests;

constexpr std::size_t rounded(std::size_t bytes) noexcept {
  return (bytes + kAlignment - 1) & ~(kAlignment - 1);
}

[[noreturn]] void give_up(std::size_t bytes) noexcept {
  std::fprintf(stderr, "orochi: out of memory: GMP needs %zu bytes more than were reserved\n",
               bytes);
  std::abort();
}

void* or_give_up(void* block, std::size_t bytes) noexcept {
  if (block == nullptr) give_up(bytes);
  return block;
}

void* take(std::size_t bytes) noexcept {
  Stack& stack = t_stack;
  if (stack.begin != nullptr && rounded(bytes) <= static_cast<std::size_t>(stack.end - stack.top)) {
    std::byte* const block = stack.top;
    stack.top += rounded(bytes);
    t_requests.peak_bytes =
        std::max(t_requests.peak_bytes, static_cast<std::size_t>(stack.top - stack.begin));
    return block;
  }
  ++t_requests.past_the_arena;
  return or_give_up(std::malloc(bytes), bytes);
}

void give_back(void* block, std::size_t bytes) noexcept {
  Stack& stack = t_stack;
  if (!stack.has(block)) {
    std::free(block);
  } else if (static_cast<std::byte*>(block) + rounded(bytes) == stack.top) {
    stack.top = static_cast<std::byte*>(block);
  }
}

void* resize(void* block, std::size_t old_bytes, std::size_t bytes) noexcept {
  if (!t_stack.has(block)) return or_give_up(std::realloc(block, bytes), bytes);
  void* const moved = take(bytes);
  std::memcpy(moved, block, std::min(old_bytes, bytes));
  return moved;
}

// Before main, when nobody can be in the middle of a call. Blocks that GMP has from its own
// functions already are malloc's, which is where G2 sends them back to.
[[maybe_unused]] const bool g_installed = [] {
  mp_set_memory_functions(take, resize, give_back);
  return true;
}();

}  // namespace

Arena::Arena(std::span<std::uint64_t> memory) noexcept {
  if (memory.empty()) return;
  const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
  std::byte* const begin =
      reinterpret_cast<std::byte*>(memory.data()) + (rounded(address) - address);
  std::byte* const end = reinterpret_cast<std::byte*>(memory.data() + memory.size());
  if (begin < end) t_stack = {begin, begin, end};
}

Arena::~Arena() { t_stack = {}; }

Requests requests() noexcept { return t_requests; }
void forget_requests() noexcept { t_requests = {}; }

}  // namespace orochi::inline OROCHI_DESIGN::integer::gmp
