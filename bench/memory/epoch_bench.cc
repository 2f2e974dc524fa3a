// What it costs a reader that memory is given back under its eyes, and how much memory waits.
//
//   Epoch/reader        lookups in a table, a safepoint every 64, while another thread replaces the
//                       table's entries and retires the old ones
//   Epoch/reader_bare   the same lookups with neither epoch nor safepoint, in a table that nobody
//                       changes, while the other thread does the same to a copy: the same load
//   Epoch/reader_apart  the reader of the first in the surroundings of the second: what safepoints
//                       and answers cost, without what it costs that entries move between cores
//   Epoch/flood         two threads retire 64-byte blocks as fast as they can; a safepoint every 64
//
//   build/release/bin/bench_memory --benchmark_filter=Epoch --benchmark_repetitions=15
//       --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <thread>

#include "memory/epoch.h"
#include "tests/memory/attached_slot.h"
#include "tests/memory/chained_table.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using testing_support::ChainedTable;
using testing_support::Entry;
using testing_support::EpochThread;
using testing_support::Retiring;

using Table = ChainedTable<Retiring<Epoch>>;

constexpr std::uint64_t kKeys = 1 << 12;
constexpr int kLookupsPerSafepoint = 64;
constexpr std::uint64_t kReplacementsPerSafepoint = 64;
constexpr std::int64_t kFloodBlocks = 10'000'000;
constexpr std::size_t kFloodBlockBytes = 64;

// Keys in an order that neither prefetcher nor predictor knows.
class Keys {
 public:
  explicit Keys(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return state_ >> 52;
  }

 private:
  std::uint64_t state_;
  static_assert(kKeys == 1 << 12);
};

// Another thread, which replaces entries of a table as long as this exists.
class Churner {
 public:
  explicit Churner(Table& table) : thread_([this, &table] { run(table); }) {}
  ~Churner() {
    stop_.store(true, kRelaxed);
    thread_.join();
  }
  Churner(const Churner&) = delete;
  Churner& operator=(const Churner&) = delete;

  // How many so far.
  [[nodiscard]] double replacements() const {
    return static_cast<double>(replacements_.load(kRelaxed));
  }

 private:
  void run(Table& table) {
    EpochThread<> me;
    Keys keys(7);
    while (!stop_.load(kRelaxed)) {
      for (std::uint64_t i = 0; i < kReplacementsPerSafepoint; ++i) table.replace(keys.next(), 1);
      replacements_.fetch_add(kReplacementsPerSafepoint, kRelaxed);
      me.safepoint();
    }
  }

  SysAtomic<std::uint64_t> replacements_{0};
  SysAtomic<bool> stop_{false};
  std::thread thread_;
};

inline std::uint64_t look_up(Table& table, Keys& keys) {
  std::uint64_t sum = 0;
  for (int i = 0; i < kLookupsPerSafepoint; ++i) {
    if (const Entry* const entry = table.find(keys.next())) sum += entry->value;
  }
  return sum;
}

enum class Reads { kTheChangingTable, kATableOfItsOwn };
enum class As { kReader, kNobody };

// Scatters the entries over the heap as they are after a while, so that all tables are laid out
// alike.
void age(Table& table) {
  Keys keys(13);
  for (std::uint64_t i = 0; i < 2 * kKeys; ++i) table.replace(keys.next(), 1);
}

// Looks up keys beside a thread that replaces entries.
template <Reads kReads, As kAs>
void read(benchmark::State& state) {
  EpochThread<> me;
  Table mine(kKeys);
  Table copy(kKeys);
  age(mine);
  age(copy);
  Keys keys(42);
  const RetiredFigures before = Epoch::figures();
  {
    const Churner churner(kReads == Reads::kTheChangingTable ? mine : copy);
    if constexpr (kAs == As::kNobody) me.detach();
    for (auto _ : state) {
      benchmark::DoNotOptimize(look_up(mine, keys));
      if constexpr (kAs == As::kReader) me.safepoint();
    }
    if constexpr (kAs == As::kNobody) me.attach();
    state.counters["replaced"] =
        benchmark::Counter(churner.replacements(), benchmark::Counter::kIsRate);
  }
  state.counters["batches"] = static_cast<double>(Epoch::figures().batches - before.batches);
  state.SetItemsProcessed(state.iterations() * kLookupsPerSafepoint);
}

BENCHMARK(read<Reads::kTheChangingTable, As::kReader>)->Name("Epoch/reader");
BENCHMARK(read<Reads::kATableOfItsOwn, As::kReader>)->Name("Epoch/reader_apart");
BENCHMARK(read<Reads::kATableOfItsOwn, As::kNobody>)->Name("Epoch/reader_bare");

// Retires `count` blocks. The greatest sum of bytes that waited, as this thread saw it.
std::size_t flood(std::int64_t count) {
  EpochThread<> me;
  std::size_t peak = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    void* const block = heap::allocate(kFloodBlockBytes);
    if (block == nullptr) std::abort();
    Epoch::retire(new (block) Refcount(Born::kMerged));
    if (i % kLookupsPerSafepoint != 0) continue;
    peak = std::max(peak, Epoch::figures().pending_bytes);
    me.safepoint();
  }
  return peak;
}

void flood(benchmark::State& state) {
  std::size_t peak = 0;
  for (auto _ : state) {
    std::size_t other_peak = 0;
    std::thread other([&] { other_peak = flood(kFloodBlocks / 2); });
    peak = std::max(peak, flood(kFloodBlocks / 2));
    other.join();
    peak = std::max(peak, other_peak);
  }
  state.counters["peak_pending_MiB"] = static_cast<double>(peak) / (1 << 20);
  state.SetItemsProcessed(state.iterations() * kFloodBlocks);
}
BENCHMARK(flood)->Name("Epoch/flood")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
