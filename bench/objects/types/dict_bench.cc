// What dicts cost, beside Abseil's hash map: with no lock, and inside its Mutex.
//
//   bench_objects --benchmark_filter=Dict --benchmark_repetitions=9
//                 --benchmark_enable_random_interleaving=true
//
//   DictGet/<kind>/<who>/<entries>      a key that is there, in random order
//   DictMiss/...                        a key that is not
//   DictSet/...                         another value for a key that is there
//   DictInsert/...                      all keys into an empty one
//   DictIterate/...                     all items, in order
//
// Kinds of keys: `int`, integers; `object`, objects of a type of our own that know their hash, and
// are looked up by the same object. The peer's keys are the same words, found by the same hash,
// which it mixes by absl::Hash. What it returns it does not count; our values are integers, which
// nobody counts. One thread exists, so an object's lock is a load and a store.
#include <absl/container/flat_hash_map.h>
#include <absl/synchronization/mutex.h>
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/objects/alone.h"
#include "objects/model/new_object.h"
#include "objects/types/dict.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- Keys. ---

struct Name : Object {
  explicit Name(ShapeIndex shape, std::int64_t the_hash) noexcept : Object(shape), hash(the_hash) {}
  const std::int64_t hash;
};

Type& name_type() {
  static Type* const type = [] {
    Protocols slots;
    slots.hash = [](Value self, std::int64_t& hash) noexcept {
      hash = static_cast<Name*>(self.object())->hash;
      return Status::kDone;
    };
    Type* const ancestors[] = {&object_type()};
    return Type::make(
        {.name = "name", .layout = &layout_of<Name>, .ancestors = ancestors, .protocols = slots});
  }();
  return *type;
}

// How each kind makes its n-th key, and what its hash is.
struct Ints {
  static Ref<> make(std::size_t n) {
    return Ref<>::adopt(Value::of_int(static_cast<std::int64_t>(n)));
  }
  static std::int64_t hash(Value key) { return key.as_int(); }
};
struct Objects {
  static Ref<> make(std::size_t n) {
    // As text would: without a pattern.
    std::uint64_t hash = (n + 1) * 0x9E37'79B9'7F4A'7C15;
    hash = (hash ^ hash >> 30) * 0xBF58'476D'1CE4'E5B9;
    hash ^= hash >> 27;
    return new_object<Name>(name_type(), static_cast<std::int64_t>(hash));
  }
  static std::int64_t hash(Value key) { return static_cast<Name*>(key.object())->hash; }
};

// --- The maps, under one interface. ---

template <class Kind>
class Ours {
 public:
  void set(Value key, std::int64_t value) {
    if (failed(dict_->set({key, Kind::hash(key)}, Ref<>::adopt(Value::of_int(value)))))
      std::abort();
  }
  std::int64_t get(Value key) {
    Ref<> value;
    if (failed(dict_->find({key, Kind::hash(key)}, value))) std::abort();
    return value ? value.value().as_int() : 0;
  }
  std::int64_t sum() {
    std::int64_t sum = 0;
    std::size_t place = 0;
    for (; const DictItem item = dict_->next(place); ++place) sum += item.value.value().as_int();
    return sum;
  }

 private:
  const Ref<Dict> dict_ = Dict::make();
};

template <class Kind>
class Absl {
 public:
  void set(Value key, std::int64_t value) { map_[key.word()] = value; }
  std::int64_t get(Value key) {
    const auto found = map_.find(key.word());
    return found == map_.end() ? 0 : found->second;
  }
  std::int64_t sum() {
    std::int64_t sum = 0;
    for (const auto& [key, value] : map_) sum += value;
    return sum;
  }

 private:
  struct Hash {
    std::size_t operator()(Value::Word key) const {
      return absl::Hash<std::int64_t>()(Kind::hash(Value::of_word(key)));
    }
  };
  absl::flat_hash_map<Value::Word, std::int64_t, Hash> map_;
};

template <class Kind>
class LockedAbsl {
 public:
  void set(Value key, std::int64_t value) {
    const absl::MutexLock lock(&mutex_);
    map_.set(key, value);
  }
  std::int64_t get(Value key) {
    const absl::MutexLock lock(&mutex_);
    return map_.get(key);
  }
  std::int64_t sum() {
    const absl::MutexLock lock(&mutex_);
    return map_.sum();
  }

 private:
  absl::Mutex mutex_;
  Absl<Kind> map_;
};

// --- Workloads. ---

constexpr std::size_t kLeastSteps = 1'024;

template <class Kind>
class Work {
 public:
  explicit Work(const benchmark::State& state) : size_(static_cast<std::size_t>(state.range(0))) {
    for (std::size_t i = 0; i < 2 * size_; ++i) keys_.push_back(Kind::make(i));
  }
  [[nodiscard]] Value key(std::size_t n) const { return keys_[n].value(); }
  [[nodiscard]] std::size_t size() const { return size_; }

  // `size` keys from number `first` on, each as often as it takes, in random order.
  [[nodiscard]] std::vector<Value> in_random_order(std::size_t first) const {
    std::vector<Value> order;
    while (order.size() < kLeastSteps)
      for (std::size_t i = 0; i < size_; ++i) order.push_back(key(first + i));
    std::shuffle(order.begin(), order.end(), std::minstd_rand{1});
    return order;
  }
  template <class Map>
  void fill(Map& map) const {
    for (std::size_t i = 0; i < size_; ++i) map.set(key(i), static_cast<std::int64_t>(i));
  }

 private:
  const Alone alone_;
  std::size_t size_;
  std::vector<Ref<>> keys_;
};

void count(benchmark::State& state, std::size_t items) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items));
}

template <class Map, class Kind>
void look_up(benchmark::State& state, bool present) {
  const Work<Kind> work(state);
  Map map;
  work.fill(map);
  const std::vector<Value> order = work.in_random_order(present ? 0 : work.size());
  for (auto _ : state)
    for (const Value key : order) benchmark::DoNotOptimize(map.get(key));
  count(state, order.size());
}
template <class Map, class Kind>
void DictGet(benchmark::State& state) {
  look_up<Map, Kind>(state, true);
}
template <class Map, class Kind>
void DictMiss(benchmark::State& state) {
  look_up<Map, Kind>(state, false);
}

template <class Map, class Kind>
void DictSet(benchmark::State& state) {
  const Work<Kind> work(state);
  Map map;
  work.fill(map);
  const std::vector<Value> order = work.in_random_order(0);
  for (auto _ : state)
    for (const Value key : order) map.set(key, 1);
  count(state, order.size());
}

template <class Map, class Kind>
void DictInsert(benchmark::State& state) {
  const Work<Kind> work(state);
  for (auto _ : state) {
    Map map;
    work.fill(map);
  }
  count(state, work.size());
}

template <class Map, class Kind>
void DictIterate(benchmark::State& state) {
  const Work<Kind> work(state);
  Map map;
  work.fill(map);
  for (auto _ : state) benchmark::DoNotOptimize(map.sum());
  count(state, work.size());
}

template <class Map, class Kind>
void add(const std::string& kind, const std::string& who) {
  const auto one = [&](const char* what, void (*run)(benchmark::State&)) {
    const std::string name = std::string(what) + "/" + kind + "/" + who;
    benchmark::RegisterBenchmark(name.c_str(), run)->Arg(10)->Arg(1'000)->Arg(1'000'000);
  };
  one("DictGet", DictGet<Map, Kind>);
  one("DictMiss", DictMiss<Map, Kind>);
  one("DictSet", DictSet<Map, Kind>);
  one("DictInsert", DictInsert<Map, Kind>);
  one("DictIterate", DictIterate<Map, Kind>);
}

template <class Kind>
void add_all(const std::string& kind) {
  add<Ours<Kind>, Kind>(kind, "orochi");
  add<Absl<Kind>, Kind>(kind, "absl");
  add<LockedAbsl<Kind>, Kind>(kind, "absl_mutex");
}

[[maybe_unused]] const bool g_added = [] {
  add_all<Ints>("int");
  add_all<Objects>("object");
  return true;
}();

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
