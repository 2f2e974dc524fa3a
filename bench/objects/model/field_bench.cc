// What a field costs: reading and writing a counted reference in an object, by its owner, before
// and after the object was marked shared.
//
//   bench_objects --benchmark_filter=Field --benchmark_repetitions=15
//                 --benchmark_enable_random_interleaving=true
//
// The same in bench_objects_gil, where a read is an addition to memory: the difference is what the
// marks, the tries and the locks cost.
#include <benchmark/benchmark.h>

#include "objects/types/cell.h"
#include "objects/types/start.h"
#include "objects/types/tuple.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Known to the runtime, alone, in single-thread mode; with the types.
class Bench {
 public:
  explicit Bench(benchmark::State& state) {
    if (Thread::start() != Attach::kDone || failed(start_types())) state.SkipWithError("no start");
    safepoint();
  }
  ~Bench() { Thread::exit(); }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
};

enum class Holder { kOwn, kShared };

Ref<Cell> make_cell(Holder holder, Ref<> content) {
  Ref<Cell> cell = Cell::make(std::move(content));
  if (holder == Holder::kShared) cell->mark_shared();
  return cell;
}

void load(benchmark::State& state, Holder holder) {
  const Bench bench(state);
  const Ref<Cell> cell = make_cell(holder, Tuple::of());
  for (auto _ : state) {
    const Ref<> found = cell->get();
    benchmark::DoNotOptimize(found.value());
    benchmark::ClobberMemory();
  }
}
BENCHMARK_CAPTURE(load, own, Holder::kOwn)->Name("FieldLoad/own");
BENCHMARK_CAPTURE(load, shared, Holder::kShared)->Name("FieldLoad/shared");

void load_immediate(benchmark::State& state) {
  const Bench bench(state);
  const Ref<Cell> cell = make_cell(Holder::kOwn, Special::kNone);
  for (auto _ : state) {
    const Ref<> found = cell->get();
    benchmark::DoNotOptimize(found.value());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(load_immediate)->Name("FieldLoad/immediate");

// The same two objects, in turns.
void store(benchmark::State& state, Holder holder) {
  const Bench bench(state);
  const Ref<Cell> cell = make_cell(holder, {});
  const Ref<Tuple> objects[] = {Tuple::of(), Tuple::of()};
  unsigned turn = 0;
  for (auto _ : state) cell->set(objects[turn++ % 2].share());
}
BENCHMARK_CAPTURE(store, own, Holder::kOwn)->Name("FieldStore/own");
BENCHMARK_CAPTURE(store, shared, Holder::kShared)->Name("FieldStore/shared");

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
