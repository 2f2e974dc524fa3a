// The workloads of slab_heap_bench.cc with the C library's malloc. A program of its own, because
// one that is linked with libmimalloc.so has no other malloc.
#include <cstdlib>

#include "bench/memory/alloc_workloads.h"

namespace orochi::bench {
namespace {

struct Malloc {
  struct [[maybe_unused]] Thread {};
  [[gnu::always_inline]] static void* allocate(std::size_t bytes) { return std::malloc(bytes); }
  [[gnu::always_inline]] static void free(void* block) { std::free(block); }
};

[[maybe_unused]] const bool g_registered = [] {
  register_alloc_benchmarks<Malloc>("malloc", bench::Threads::kSideBySide);
  return true;
}();

}  // namespace
}  // namespace orochi::bench
