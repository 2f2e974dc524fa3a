#include "memory/memory_watch.h"

#include <utility>

#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// relaxed, all accesses: sums, and nothing hangs on when they are seen. Below zero while one
// account has reported what it gave back, and another not yet what it took.
constinit SysAtomic<std::int64_t> g_bytes{0};
constinit SysAtomic<std::int64_t> g_limit{static_cast<std::int64_t>(MemoryWatch::kNoLimit)};

}  // namespace

std::size_t MemoryWatch::bytes() noexcept {
  const std::int64_t bytes = g_bytes.load(kRelaxed);
  return bytes < 0 ? 0 : static_cast<std::size_t>(bytes);
}

std::size_t MemoryWatch::limit() noexcept {
  return static_cast<std::size_t>(g_limit.load(kRelaxed));
}

void MemoryWatch::set_limit(std::size_t bytes) noexcept {
  g_limit.store(static_cast<std::int64_t>(bytes < kNoLimit ? bytes : kNoLimit), kRelaxed);
}

void MemoryWatch::report(std::int64_t change) noexcept {
  const std::int64_t bytes = g_bytes.fetch_add(change, kRelaxed) + change;
  if (change < 0 || bytes <= g_limit.load(kRelaxed)) return;
  if (Slot* const slot = current().slot) slot->ask(Breaker::kMemory);
}

void MemoryAccount::report() noexcept { MemoryWatch::report(std::exchange(unreported_, 0)); }

}  // namespace orochi::inline OROCHI_DESIGN
