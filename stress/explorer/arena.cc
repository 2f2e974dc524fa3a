#include "stress/explorer/arena.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace orochi::explorer::arena {
namespace {

constexpr std::uintptr_t kBase = 0x2000'0000'0000;  // addresses that nothing else asks for
constexpr std::uintptr_t kStacks = 0x2100'0000'0000;
constexpr std::size_t kBytes = std::size_t{256} << 20;
constexpr std::size_t kGranule = 16;
constexpr std::uint64_t kPattern = 0xA5A5'A5A5'A5A5'A5A5;

struct Header {
  std::size_t bytes;
  std::size_t unused;
};
static_assert(sizeof(Header) == kGranule);

char* g_base = nullptr;
std::uint64_t* g_freed = nullptr;  // a bit a granule
std::size_t g_used = 0;
std::size_t g_freed_to = 0;  // no bit is set from here on
bool g_open = false;

char* map(std::uintptr_t address, std::size_t bytes) noexcept {
  void* const memory =
      mmap(reinterpret_cast<void*>(address), bytes, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (memory != reinterpret_cast<void*>(address)) {
    std::perror("explorer: cannot have its addresses");
    std::abort();
  }
  return static_cast<char*>(memory);
}

std::size_t granule_of(const void* address) noexcept {
  return static_cast<std::size_t>(static_cast<const char*>(address) - g_base) / kGranule;
}

Header* header_of(const void* block) noexcept {
  return reinterpret_cast<Header*>(reinterpret_cast<std::uintptr_t>(block) - sizeof(Header));
}

}  // namespace

void open() noexcept {
  if (g_base == nullptr) {
    g_base = map(kBase, kBytes);
    g_freed = reinterpret_cast<std::uint64_t*>(map(kBase + 2 * kBytes, kBytes / kGranule / 8));
  }
  std::memset(g_freed, 0, g_freed_to / 64 * 8 + 8);
  g_freed_to = 0;
  g_used = 0;
  g_open = true;
}

void close() noexcept { g_open = false; }
bool is_open() noexcept { return g_open; }

void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
  if (alignment < kGranule) alignment = kGranule;
  const std::size_t start = (g_used + sizeof(Header) + alignment - 1) & ~(alignment - 1);
  const std::size_t whole = (bytes + kGranule - 1) & ~(kGranule - 1);
  if (start > kBytes || whole > kBytes - start) return nullptr;
  g_used = start + whole;
  char* const block = g_base + start;
  header_of(block)->bytes = bytes;
  // What a schedule finds in new memory must not depend on the schedule before it.
  if (bytes <= 4096) std::memset(block, static_cast<int>(kPattern & 0xFF), bytes);
  return block;
}

void free(void* block) noexcept {
  if (block == nullptr) return;
  const std::size_t first = granule_of(block);
  const std::size_t end = first + (header_of(block)->bytes + kGranule - 1) / kGranule;
  for (std::size_t i = first; i < end; ++i) g_freed[i / 64] |= std::uint64_t{1} << (i % 64);
  if (end > g_freed_to) g_freed_to = end;
}

std::size_t size_of(const void* block) noexcept { return header_of(block)->bytes; }

bool contains(const void* address) noexcept {
  const auto offset = reinterpret_cast<std::uintptr_t>(address) - kBase;
  return offset < kBytes;
}

bool is_freed(const void* address) noexcept {
  const std::size_t granule = granule_of(address);
  return (g_freed[granule / 64] >> (granule % 64) & 1) != 0;
}

char* reserve_stacks(std::size_t bytes) noexcept { return map(kStacks, bytes); }

}  // namespace orochi::explorer::arena

// The program's allocations. Blocks know where they came from by their address.

namespace {

void* get(std::size_t bytes, std::size_t alignment) noexcept {
  namespace arena = orochi::explorer::arena;
  if (arena::is_open()) return arena::allocate(bytes, alignment);
  if (alignment <= alignof(std::max_align_t)) return std::malloc(bytes == 0 ? 1 : bytes);
  return std::aligned_alloc(alignment, (bytes + alignment - 1) & ~(alignment - 1));
}

void* get_or_die(std::size_t bytes, std::size_t alignment) noexcept {
  void* const block = get(bytes, alignment);
  if (block == nullptr) std::abort();
  return block;
}

void give(void* block) noexcept {
  namespace arena = orochi::explorer::arena;
  if (!arena::contains(block)) return std::free(block);
  if (arena::is_open()) arena::free(block);
}

constexpr std::size_t kDefault = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t bytes) { return get_or_die(bytes, kDefault); }
void* operator new[](std::size_t bytes) { return get_or_die(bytes, kDefault); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return get_or_die(bytes, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return get_or_die(bytes, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  return get(bytes, kDefault);
}
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept {
  return get(bytes, kDefault);
}
void* operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return get(bytes, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t bytes, std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
  return get(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* block) noexcept { give(block); }
void operator delete[](void* block) noexcept { give(block); }
void operator delete(void* block, std::size_t) noexcept { give(block); }
void operator delete[](void* block, std::size_t) noexcept { give(block); }
void operator delete(void* block, std::align_val_t) noexcept { give(block); }
void operator delete[](void* block, std::align_val_t) noexcept { give(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { give(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { give(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { give(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { give(block); }
void operator delete(void* block, std::align_val_t, const std::nothrow_t&) noexcept { give(block); }
void operator delete[](void* block, std::align_val_t, const std::nothrow_t&) noexcept {
  give(block);
}
