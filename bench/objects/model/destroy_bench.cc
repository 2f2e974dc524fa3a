// What the life of an object costs, from its making to its end: alone, with children, and in a
// chain that no stack could recurse through.
//
//   bench_objects --benchmark_filter=Life --benchmark_repetitions=15
//                 --benchmark_enable_random_interleaving=true
//
// Time is for one object. The same in bench_objects_gil.
#include <benchmark/benchmark.h>

#include "objects/types/cell.h"
#include "objects/types/start.h"
#include "objects/types/tuple.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool begin() {
  if (Thread::start() != Attach::kDone || failed(start_types())) return false;
  safepoint();
  return true;
}

void cell(benchmark::State& state) {
  if (!begin()) return state.SkipWithError("no start");
  for (auto _ : state) benchmark::DoNotOptimize(Cell::make(Special::kNone).get());
  Thread::exit();
}
BENCHMARK(cell)->Name("Life/cell");

void pair_of_cells(benchmark::State& state) {
  if (!begin()) return state.SkipWithError("no start");
  for (auto _ : state) {
    const Ref<Tuple> pair = Tuple::of(Cell::make({}), Cell::make({}));
    benchmark::DoNotOptimize(pair.get());
  }
  state.SetItemsProcessed(state.iterations() * 3);
  Thread::exit();
}
BENCHMARK(pair_of_cells)->Name("Life/pair_of_cells");

// As many levels as the argument says. Up to 64 the destructions nest; beyond, one in 64 objects is
// left to the outermost.
void chain(benchmark::State& state) {
  if (!begin()) return state.SkipWithError("no start");
  for (auto _ : state) {
    Ref<> inner;
    for (std::int64_t i = 0; i < state.range(0); ++i) inner = Tuple::of(std::move(inner));
    benchmark::DoNotOptimize(inner.value());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  Thread::exit();
}
BENCHMARK(chain)->Name("Life/chain")->Arg(50)->Arg(1'000)->Arg(1'000'000);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
