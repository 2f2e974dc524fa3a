// The object heap beside mimalloc. Ratios of one run, medians:
//
//   bench_memory --benchmark_filter='Alloc|CrossThreadFree' --benchmark_repetitions=15
//                --benchmark_enable_random_interleaving=true
//
// Inlined: heap::allocate and heap::free up to their slow paths, as in the product. mimalloc's
// functions are called in libmimalloc.so. Its peer outside is bench_malloc: a program linked with
// libmimalloc.so has no other malloc.
#include <benchmark/benchmark.h>
#include <mimalloc.h>

#include <vector>

#include "bench/memory/alloc_workloads.h"
#include "memory/heap.h"
#include "tests/memory/attached_slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct Slabs {
  using Thread = AttachedSlot;
  [[gnu::always_inline]] static void* allocate(std::size_t bytes) { return heap::allocate(bytes); }
  [[gnu::always_inline]] static void free(void* block) { heap::free(block); }
};

struct Mimalloc {
  struct [[maybe_unused]] Thread {};
  [[gnu::always_inline]] static void* allocate(std::size_t bytes) { return mi_malloc(bytes); }
  [[gnu::always_inline]] static void free(void* block) { mi_free(block); }
};

// What a stopped world pays to find 100 000 live objects, each third one of which is free.
void Enumerate(benchmark::State& state) {
  constexpr std::size_t kBlocks = 150'000;
  const AttachedSlot me;
  std::vector<void*> blocks(kBlocks);
  for (std::size_t i = 0; i < kBlocks; ++i)
    blocks[i] = new (heap::allocate(32 + i * 16 % 128)) Refcount(me.id());
  for (std::size_t i = 0; i < kBlocks; i += 3) heap::free(blocks[i]);
  std::size_t found = 0;
  for (auto _ : state) heap::for_each_live_stopped([&found](void*) { ++found; });
  benchmark::DoNotOptimize(found);
  state.SetItemsProcessed(static_cast<std::int64_t>(found));
  for (std::size_t i = 0; i < kBlocks; ++i)
    if (i % 3 != 0) heap::free(blocks[i]);
}
BENCHMARK(Enumerate);

[[maybe_unused]] const bool g_registered = [] {
  using enum bench::Threads;
  bench::register_alloc_benchmarks<Slabs>("slab", kPolicy.parallel ? kSideBySide : kOneAtATime);
  bench::register_alloc_benchmarks<Mimalloc>("mimalloc", kSideBySide);
  return true;
}();

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
