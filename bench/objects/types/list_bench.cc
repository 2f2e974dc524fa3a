// What lists and tuples cost, beside std::vector of the same words.
//
//   bench_objects --benchmark_filter='List|Tuple' --benchmark_repetitions=9
//                 --benchmark_enable_random_interleaving=true
//
//   ListAppend/<who>/<items>     that many, one after another, to an empty one
//   ListGet/<who>/<items>        the item at an index, in order
//   ListGetLast/<who>/<items>    by an index that counts from the end
//   ListPop/<who>/<items>        that many appended, and popped from the end
//   ListIterate/<who>/<items>    all, by an iterator that nobody else has
//   ListSort/<who>/<items>       integers appended in random order, and sorted; the peer by
//                                std::stable_sort
//   TupleBuild/<who>/<items>     made of that many, and dropped
//
// The items are integers, which nobody counts. `vector` is what no thread may share. One thread
// exists, so an object's lock is a load and a store.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "bench/objects/alone.h"
#include "objects/types/list.h"
#include "objects/types/list_iterator.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Value word(std::int64_t n) { return Value::of_int(n); }

// --- The sequences, under one interface. ---

class Ours {
 public:
  void append(Value value) {
    if (failed(list_->append(Ref<>::of(value)))) std::abort();
  }
  [[nodiscard]] Value get(std::int64_t index) const {
    Ref<> item;
    if (!list_->get(index, item)) std::abort();
    return item.release();  // an integer, which nobody counts
  }
  [[nodiscard]] Value pop() { return list_->pop().release(); }
  [[nodiscard]] std::int64_t sum() const {
    const Ref<ListIterator> iterator = ListIterator::make(*list_);
    for (std::int64_t sum = 0;;) {
      Ref<> item;
      iterator->next(item);
      if (!item) return sum;
      sum += item.value().as_int();
    }
  }
  void sort() {
    if (failed(list_->sort(Value::kNone, List::Order::kRising))) std::abort();
  }

 private:
  Ref<List> list_ = List::make();
};

class Vector {
 public:
  void append(Value value) { items_.push_back(value); }
  [[nodiscard]] Value get(std::int64_t index) const {
    const auto size = static_cast<std::int64_t>(items_.size());
    const std::int64_t place = index < 0 ? index + size : index;
    if (place < 0 || place >= size) std::abort();
    return items_[static_cast<std::size_t>(place)];
  }
  [[nodiscard]] Value pop() {
    const Value last = items_.back();
    items_.pop_back();
    return last;
  }
  [[nodiscard]] std::int64_t sum() const {
    std::int64_t sum = 0;
    for (const Value item : items_) sum += item.as_int();
    return sum;
  }
  void sort() {
    std::stable_sort(items_.begin(), items_.end(),
                     [](Value a, Value b) { return a.as_int() < b.as_int(); });
  }

 private:
  std::vector<Value> items_;
};

// --- Workloads. ---

template <class Sequence>
void fill(Sequence& sequence, std::int64_t size) {
  for (std::int64_t i = 0; i < size; ++i) sequence.append(word(i));
}

void count(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

template <class Sequence>
void ListAppend(benchmark::State& state) {
  const Alone alone;
  for (auto _ : state) {
    Sequence sequence;
    fill(sequence, state.range(0));
    benchmark::DoNotOptimize(sequence);
  }
  count(state);
}

template <class Sequence>
void ListGet(benchmark::State& state) {
  const Alone alone;
  Sequence sequence;
  fill(sequence, state.range(0));
  for (auto _ : state)
    for (std::int64_t i = 0; i < state.range(0); ++i) benchmark::DoNotOptimize(sequence.get(i));
  count(state);
}

template <class Sequence>
void ListGetLast(benchmark::State& state) {
  const Alone alone;
  Sequence sequence;
  fill(sequence, state.range(0));
  for (auto _ : state)
    for (std::int64_t i = 1; i <= state.range(0); ++i) benchmark::DoNotOptimize(sequence.get(-i));
  count(state);
}

template <class Sequence>
void ListPop(benchmark::State& state) {
  const Alone alone;
  for (auto _ : state) {
    Sequence sequence;
    fill(sequence, state.range(0));
    for (std::int64_t i = 0; i < state.range(0); ++i) benchmark::DoNotOptimize(sequence.pop());
  }
  count(state);
}

template <class Sequence>
void ListIterate(benchmark::State& state) {
  const Alone alone;
  Sequence sequence;
  fill(sequence, state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(sequence.sum());
  count(state);
}

template <class Sequence>
void ListSort(benchmark::State& state) {
  const Alone alone;
  std::vector<std::int64_t> numbers;
  for (std::int64_t i = 0; i < state.range(0); ++i) numbers.push_back(i);
  std::shuffle(numbers.begin(), numbers.end(), std::minstd_rand{1});
  for (auto _ : state) {
    Sequence sequence;
    for (const std::int64_t n : numbers) sequence.append(word(n));
    sequence.sort();
  }
  count(state);
}

void TupleBuild(benchmark::State& state) {
  const Alone alone;
  const auto size = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    const Ref<Tuple> tuple = Tuple::make_blank(size);
    for (std::size_t i = 0; i < size; ++i) tuple->initialise(i, Ref<>::of(word(1)));
    benchmark::DoNotOptimize(tuple.get());
  }
  count(state);
}
void VectorBuild(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    std::vector<Value> items(size);
    for (Value& item : items) item = word(1);
    benchmark::DoNotOptimize(items.data());
  }
  count(state);
}

template <class Sequence>
void add(const std::string& who) {
  const auto one = [&](const char* what, void (*run)(benchmark::State&)) {
    const std::string name = std::string(what) + "/" + who;
    benchmark::RegisterBenchmark(name.c_str(), run)->Arg(10)->Arg(1'000)->Arg(100'000);
  };
  one("ListAppend", ListAppend<Sequence>);
  one("ListGet", ListGet<Sequence>);
  one("ListGetLast", ListGetLast<Sequence>);
  one("ListPop", ListPop<Sequence>);
  one("ListIterate", ListIterate<Sequence>);
  one("ListSort", ListSort<Sequence>);
}

[[maybe_unused]] const bool g_added = [] {
  add<Ours>("orochi");
  add<Vector>("vector");
  benchmark::RegisterBenchmark("TupleBuild/orochi", TupleBuild)->Arg(1)->Arg(3)->Arg(100);
  benchmark::RegisterBenchmark("TupleBuild/vector", VectorBuild)->Arg(1)->Arg(3)->Arg(100);
  return true;
}();

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
