// What a collection costs, beside much that lives: a million objects, and a hundred thousand dead
// cycles.
//
//   bench_objects --benchmark_filter=Collect --benchmark_repetitions=15
//                 --benchmark_enable_random_interleaving=true
//
// Time is for one whole collection, finalizers and frees included. Counters: pauses (how long the
// others wait, in microseconds), what the parts of the pause take for each object that is looked
// at, and how many cycles were left (none).
#include <benchmark/benchmark.h>

#include <chrono>
#include <vector>

#include "objects/collector/collector.h"
#include "objects/types/cell.h"
#include "objects/types/start.h"
#include "objects/types/tuple.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool begin() {
  if (Thread::start() != Attach::kDone || failed(start_types())) return false;
  Collector::disable();
  return true;
}

// `objects` of them: tuples of ten cells, in a tuple.
[[nodiscard]] Ref<Tuple> make_live(std::size_t objects) {
  std::vector<Ref<>> tuples;
  for (std::size_t made = 0; made < objects; made += 11) {
    std::vector<Ref<>> cells;
    for (int i = 0; i < 10; ++i) cells.push_back(Cell::make(Ref<>(Special::kNone)));
    tuples.push_back(Tuple::make(cells));
  }
  return Tuple::make(tuples);
}

// Each a cell and a tuple.
void make_dead(std::int64_t cycles) {
  for (std::int64_t i = 0; i < cycles; ++i) {
    const Ref<Cell> cell = Cell::make({});
    cell->set(Tuple::of(cell.share()));
  }
}

void report(benchmark::State& state, std::size_t left) {
  const CollectorStatistics seen = Collector::statistics();
  const auto scanned = static_cast<double>(seen.last_scanned);
  state.counters["pause_p50_us"] = static_cast<double>(seen.median_pause) / 1e3;
  state.counters["pause_max_us"] = static_cast<double>(seen.longest_pause) / 1e3;
  state.counters["count_ns"] = static_cast<double>(seen.last_times.count) / scanned;
  state.counters["mark_ns"] = static_cast<double>(seen.last_times.mark) / scanned;
  state.counters["list_ns"] = static_cast<double>(seen.last_times.list) / scanned;
  state.counters["lay_out_us"] = static_cast<double>(seen.last_times.lay_out) / 1e3;
  state.counters["claim_us"] = static_cast<double>(seen.last_times.claim) / 1e3;
  state.counters["scanned"] = scanned;
  state.counters["left"] = static_cast<double>(left);
}

// Arguments: objects that live, cycles that do not.
void collect(benchmark::State& state) {
  if (!begin()) return state.SkipWithError("no start");
  {
    const Ref<Tuple> live = make_live(static_cast<std::size_t>(state.range(0)));
    static_cast<void>(Collector::collect());
    StatisticsKeeper::reset();
    std::size_t wanted = 0, found = 0;
    for (auto _ : state) {
      make_dead(state.range(1));
      wanted += static_cast<std::size_t>(state.range(1)) * 2;
      const auto began = std::chrono::steady_clock::now();
      found += Collector::collect().found;
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
      state.SetIterationTime(took.count());
    }
    report(state, wanted - found);
  }
  Collector::enable();
  Thread::exit();
}
BENCHMARK(collect)
    ->Name("Collect")
    ->Args({1'000'000, 100'000})
    ->Args({1'000'000, 0})
    ->Args({0, 100'000})
    ->Args({10'000, 1'000})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
