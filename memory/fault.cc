#include "memory/fault.h"

#include "memory/heap.h"

namespace orochi::inline OROCHI_DESIGN::fault {
namespace {

// Written while nobody allocates, read by all.
constinit std::uint64_t g_first = 0;
constinit std::uint64_t g_last = 0;
constinit SysAtomic<std::uint64_t> g_seen{0};

}  // namespace

bool detail::count_and_decide() noexcept {
  const std::uint64_t number = g_seen.fetch_add(1U, kRelaxed);  // relaxed: a count of its own
  return number >= g_first && number < g_last;
}

Injection::Injection(std::uint64_t first, std::uint64_t last) noexcept {
  g_first = first;
  g_last = last;
  g_seen.store(0, kRelaxed);  // relaxed, here and below: nobody else allocates
  detail::g_armed.store(true, kRelaxed);
  heap::park_all();
}

Injection::~Injection() { detail::g_armed.store(false, kRelaxed); }

std::uint64_t Injection::allocations() const noexcept {
  return g_seen.load(kRelaxed);  // relaxed: exact when those who allocate are done
}

}  // namespace orochi::inline OROCHI_DESIGN::fault
