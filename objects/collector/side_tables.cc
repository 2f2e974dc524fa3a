#include "objects/collector/side_tables.h"

#include <cstring>

#include "memory/heap.h"
#include "memory/raw_memory.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// What an object takes on average, with what its slab has free. A smaller guess is more memory.
constexpr std::size_t kGuessedBytes = 64;

}  // namespace

SideTables::~SideTables() {
  if (words_ == nullptr) return;
  g_laid_out = false;
  raw_memory::release(words_);
}

bool SideTables::have(std::size_t words) noexcept {
  if (words <= capacity_) return true;
  auto* const memory = static_cast<std::uint32_t*>(raw_memory::allocate(words * sizeof(*words_)));
  if (memory == nullptr) return false;
  std::memset(memory, 0, words * sizeof(*words_));  // touches it, too
  raw_memory::release(words_);
  words_ = memory;
  capacity_ = words;
  return true;
}

void SideTables::reserve() noexcept {
  const std::size_t words = heap::bytes_taken() / kGuessedBytes;
  static_cast<void>(have(words));
}

bool SideTables::lay_out_stopped() noexcept {
  std::size_t words = 0;
  heap::for_each_slab_stopped([&](const Slab& slab) { words += slab.blocks; });
  if (words == 0 || !have(words)) return words == 0;
  std::uint32_t* next = words_;
  heap::for_each_slab_stopped([&](Slab& slab) {
    slab.side = next;
    next += slab.blocks;
  });
  g_laid_out = true;
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN
