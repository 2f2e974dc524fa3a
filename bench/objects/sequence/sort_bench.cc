// What sorting 100 000 integers costs, in random order, sorted, and sorted with a hundred new ones
// at the end. The peer is std::stable_sort, whose comparison cannot fail.
//
//   bench_objects --benchmark_filter=Sort --benchmark_repetitions=9
#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "objects/sequence/sort.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Items = std::vector<std::int64_t>;

Items items_of(const benchmark::State& state) {
  Items items(100'000);
  std::iota(items.begin(), items.end(), 0);
  std::mt19937_64 random{1};
  if (state.range(0) == 0) std::shuffle(items.begin(), items.end(), random);
  if (state.range(0) == 2)
    for (std::size_t i = items.size() - 100; i < items.size(); ++i)
      items[i] = static_cast<std::int64_t>(random() % items.size());
  return items;
}

void SortOurs(benchmark::State& state) {
  const Items before = items_of(state);
  Items scratch(sort_scratch(before.size()));
  Items items = before;
  for (auto _ : state) {
    std::copy(before.begin(), before.end(), items.begin());
    const bool sorted = stable_sort(
        std::span{items}, std::span{scratch},
        [](std::int64_t a, std::int64_t b) { return a < b ? Answer::kYes : Answer::kNo; });
    benchmark::DoNotOptimize(sorted);
  }
}
BENCHMARK(SortOurs)->ArgName("kind")->DenseRange(0, 2)->Unit(benchmark::kMicrosecond);

void SortStandard(benchmark::State& state) {
  const Items before = items_of(state);
  Items items = before;
  for (auto _ : state) {
    std::copy(before.begin(), before.end(), items.begin());
    std::stable_sort(items.begin(), items.end());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(SortStandard)->ArgName("kind")->DenseRange(0, 2)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
