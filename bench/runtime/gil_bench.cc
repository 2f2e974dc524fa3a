// What threads that block lose beside threads that compute, under the GIL, and what switching it
// costs.
//
//   bench_runtime --benchmark_filter=GilHandoff
//
// GilHandoff/io:N/hogs:M   N threads block for 1 ms and then want the GIL for 20 us; M threads
//                          compute and pass a safepoint every 50 steps.
//   kept    turns a second of the first beside the others, against what they do without them
//   hog     steps a second of the others, likewise
//   slice   1: threads were granted time slices of 0.1 ms      (the rows that ask for them)
//           The rows that end in cpython_rule hand over by GilRule::kIntervalOnly.
// GilSwitch                a thread turns the GIL on and off while four others run
//   p99     of one switch, in seconds
//
// Each iteration measures all three parts in turn; figures are medians over iterations.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "runtime/gil.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using platform::kMicrosecond;
using platform::kMillisecond;
using platform::Nanos;

struct alignas(128) Tally {
  SysAtomic<std::uint64_t> count{0};
  void add() { count.fetch_add(1U, kRelaxed); }
};

SysAtomic<bool> g_stop{false};
[[nodiscard]] bool is_stopped() { return g_stop.load(kRelaxed); }

void compute(Thread&, Tally& tally) {
  constexpr int kStepsPerSafepoint = 50;
  while (!is_stopped()) {
    std::uint64_t step = 0;
    for (int i = 0; i < kStepsPerSafepoint; ++i) benchmark::DoNotOptimize(++step);
    tally.add();
    safepoint();
  }
}

void block_and_work(Thread& me, Tally& tally) {
  while (!is_stopped()) {
    me.detach();
    platform::sleep_for(kMillisecond);
    if (me.attach() != Attach::kDone) return;
    const Nanos ends = platform::now() + 20 * kMicrosecond;
    while (platform::now() < ends) {
    }
    tally.add();
  }
}

// Threads that all do the same until they are told to stop.
class Crowd {
 public:
  using Body = void (*)(Thread&, Tally&);

  Crowd(std::size_t size, Body body) : tallies_(size) {
    for (Tally& tally : tallies_) {
      threads_.emplace_back([&tally, body] {
        if (Thread::start() != Attach::kDone) return;
        body(*Thread::current(), tally);
        Thread::exit();
      });
    }
  }
  [[nodiscard]] std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const Tally& tally : tallies_) sum += tally.count.load(kRelaxed);
    return sum;
  }
  void join() {
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  std::vector<Tally> tallies_;
  std::vector<std::thread> threads_;
};

struct Rates {
  double io = 0;
  double hog = 0;
};

// What so many of both do in a second.
Rates measure(std::size_t io, std::size_t hogs, Nanos span) {
  g_stop.store(false, kRelaxed);
  Crowd computing(hogs, compute);
  Crowd blocking(io, block_and_work);
  platform::sleep_for(20 * kMillisecond);  // until all have begun
  const Nanos begin = platform::now();
  const std::uint64_t hog_before = computing.total();
  const std::uint64_t io_before = blocking.total();
  platform::sleep_for(span);
  const double seconds = static_cast<double>(platform::now() - begin) / platform::kSecond;
  const Rates rates{.io = static_cast<double>(blocking.total() - io_before) / seconds,
                    .hog = static_cast<double>(computing.total() - hog_before) / seconds};
  g_stop.store(true, kRelaxed);
  computing.join();
  blocking.join();
  return rates;
}

double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

// The mode can be set by an attached thread only; it is known for as long as that takes.
void set_mode(GilMode mode) {
  if (Thread::start() != Attach::kDone) return;
  static_cast<void>(Gil::set_mode(mode));
  Thread::exit();
}

enum class Slices { kUsual, kShort };

void hand_over(benchmark::State& state, std::size_t io, std::size_t hogs, GilRule rule,
               Slices slices) {
  set_mode(GilMode::kOn);
  Gil::set_rule(rule);
  // Asked for by a thread of its own, so that this one keeps the slices it has.
  bool granted = false;
  if (slices == Slices::kShort)
    std::thread([&granted] { granted = Gil::set_time_slice(100 * kMicrosecond); }).join();
  std::vector<double> kept;
  std::vector<double> hog;
  for (auto _ : state) {
    const Rates hogs_alone = measure(0, hogs, 150 * kMillisecond);
    const Rates io_alone = measure(io, 0, 250 * kMillisecond);
    const Rates both = measure(io, hogs, 400 * kMillisecond);
    kept.push_back(both.io / io_alone.io);
    hog.push_back(both.hog / hogs_alone.hog);
  }
  state.counters["kept"] = quantile(kept, 0.5);
  state.counters["hog"] = quantile(hog, 0.5);
  if (slices == Slices::kShort) state.counters["slice"] = granted ? 1 : 0;
  static_cast<void>(Gil::set_time_slice(0));
  Gil::set_rule(GilRule::kPreferReturning);
  set_mode(GilMode::kOff);
}

void add_row(std::size_t io, std::size_t hogs, const char* suffix, GilRule rule, Slices slices) {
  const std::string name =
      "GilHandoff/io:" + std::to_string(io) + "/hogs:" + std::to_string(hogs) + suffix;
  benchmark::RegisterBenchmark(name.c_str(), hand_over, io, hogs, rule, slices)
      ->Iterations(7)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
}

[[maybe_unused]] const bool g_rows = [] {
  constexpr std::size_t kCases[][2] = {{1, 1}, {1, 2}, {64, 1}};
  for (const auto& [io, hogs] : kCases) {
    add_row(io, hogs, "", GilRule::kPreferReturning, Slices::kUsual);
    add_row(io, hogs, "/short_slices", GilRule::kPreferReturning, Slices::kShort);
    add_row(io, hogs, "/cpython_rule", GilRule::kIntervalOnly, Slices::kUsual);
  }
  return true;
}();

// Four threads that compute and block, and add to a plain number whenever the GIL is on.
struct Load {
  static inline std::uint64_t under_gil = 0;
  static void run(Thread& me, Tally& tally) {
    for (std::uint64_t round = 0; !is_stopped(); ++round) {
      if (Gil::is_on()) {
        ++under_gil;
        tally.add();
      }
      safepoint();
      if (round % 64 != 0) continue;
      me.detach();
      if (me.attach() != Attach::kDone) return;
    }
  }
};

void switch_gil(benchmark::State& state) {
  std::vector<double> spans;
  g_stop.store(false, kRelaxed);
  Load::under_gil = 0;
  Crowd load(4, Load::run);
  if (Thread::start() != Attach::kDone) return state.SkipWithError("no slot");
  GilMode next = GilMode::kOn;
  for (auto _ : state) {
    const Nanos begin = platform::now();
    const GilSwitch result = Gil::set_mode(next);
    spans.push_back(static_cast<double>(platform::now() - begin) / platform::kSecond);
    if (result != GilSwitch::kDone) state.SkipWithError("refused");
    next = next == GilMode::kOn ? GilMode::kOff : GilMode::kOn;
    state.PauseTiming();
    Thread::current()->detach();
    platform::sleep_for(100 * kMicrosecond);
    if (Thread::current()->attach() != Attach::kDone) state.SkipWithError("refused to attach");
    state.ResumeTiming();
  }
  g_stop.store(true, kRelaxed);
  static_cast<void>(Gil::set_mode(GilMode::kOff));
  Thread::exit();
  load.join();
  if (Load::under_gil != load.total()) state.SkipWithError("two threads held the GIL at once");
  state.counters["p99"] = quantile(spans, 0.99);
}
BENCHMARK(switch_gil)
    ->Name("GilSwitch")
    ->Iterations(1'000)
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
