// What a reference costs: one more and one less, over 1 024 objects in random order, for the three
// ways of counting, all in one program so that they can be interleaved:
//
//   bench_memory --benchmark_filter=RefcountPair --benchmark_repetitions=15
//                --benchmark_enable_random_interleaving=true
//
// The same loop for all; only the class differs. Between the two halves of a pair the compiler must
// suppose that the object is looked at, as it is in any program that needed the reference.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

#include "memory/refcount.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr OwnerId kMe = 7;
constexpr OwnerId kStranger = 8;

template <class Rc>
struct alignas(32) Object {
  Rc rc{kMe};
};

template <class Rc>
class Objects {
 public:
  static constexpr std::size_t kCount = 1'024;

  Objects() : objects_(kCount) {
    for (Object<Rc>& object : objects_) order_.push_back(&object.rc);
    std::shuffle(order_.begin(), order_.end(), std::minstd_rand{1});
  }
  [[nodiscard]] const std::vector<Rc*>& in_random_order() const { return order_; }

 private:
  std::deque<Object<Rc>> objects_;
  std::vector<Rc*> order_;
};

// The other end of a drop. Never reached, and the compiler must not know it.
[[gnu::noinline, gnu::cold]] void pay(benchmark::State& state) { state.SkipWithError("it died"); }

template <class Rc>
void retain_and_drop(benchmark::State& state, OwnerId me) {
  const Objects<Rc> objects;
  benchmark::DoNotOptimize(me);
  for (auto _ : state) {
    for (Rc* const rc : objects.in_random_order()) {
      rc->retain(me);
      benchmark::ClobberMemory();
      if (rc->drop(me) != Debt::kNone) [[unlikely]]
        pay(state);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(Objects<Rc>::kCount));
}

void plain(benchmark::State& state) { retain_and_drop<PlainRefcount>(state, kMe); }
void biased(benchmark::State& state) { retain_and_drop<BiasedRefcount>(state, kMe); }
void atomic(benchmark::State& state) { retain_and_drop<AtomicRefcount>(state, kMe); }
// By a thread that does not own the objects.
void foreign(benchmark::State& state) { retain_and_drop<BiasedRefcount>(state, kStranger); }

BENCHMARK(plain)->Name("RefcountPair/plain");
BENCHMARK(biased)->Name("RefcountPair/biased");
BENCHMARK(atomic)->Name("RefcountPair/atomic");
BENCHMARK(foreign)->Name("RefcountPair/foreign");

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
