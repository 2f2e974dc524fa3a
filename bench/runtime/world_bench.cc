// How long a stop takes until everybody stands still, beside what waking one thread costs here.
//
//   bench_runtime --benchmark_filter='StopTheWorld|FutexRoundTrip'
//                 --benchmark_repetitions=15 --benchmark_enable_random_interleaving=true
//
// Times are latencies: the mean is the time column, p50 and p99 are counters, in nanoseconds. Those
// of a stop are shown in futex round trips across cores as well, measured just before: p50_trips
// and p99_trips.
#include <benchmark/benchmark.h>
#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <iterator>
#include <thread>
#include <vector>

#include "memory/door/platform.h"
#include "runtime/safepoint.h"
#include "runtime/thread.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using platform::Nanos;
using Word = SysAtomic<std::uint32_t>;

// Latencies of single events.
class Samples {
 public:
  explicit Samples(benchmark::State& state) : state_(state) { all_.reserve(1 << 16); }
  void add(Nanos span) {
    all_.push_back(span);
    state_.SetIterationTime(static_cast<double>(span) / platform::kSecond);
  }
  ~Samples() {
    if (all_.empty()) return;
    std::sort(all_.begin(), all_.end());
    state_.counters["p50_ns"] = at(0.50);
    state_.counters["p99_ns"] = at(0.99);
    if (unit_ == 0) return;
    state_.counters["p50_trips"] = at(0.50) / unit_;
    state_.counters["p99_trips"] = at(0.99) / unit_;
  }
  // Shows them in multiples of this time, too.
  void compare_with(double unit) { unit_ = unit; }

 private:
  [[nodiscard]] double at(double part) const {
    return static_cast<double>(
        all_[static_cast<std::size_t>(part * static_cast<double>(all_.size() - 1))]);
  }

  benchmark::State& state_;
  std::vector<Nanos> all_;
  double unit_ = 0;
};

void pin(std::size_t core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  pthread_setaffinity_np(pthread_self(), sizeof(cores), &cores);
}

void unpin() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  for (std::size_t core = 0; core < std::thread::hardware_concurrency(); ++core)
    CPU_SET(core, &cores);
  pthread_setaffinity_np(pthread_self(), sizeof(cores), &cores);
}

void say(Word& word, std::uint32_t value) {
  word.store(value, kRelease);
  platform::futex_wake_one(word);
}

void hear(const Word& word, std::uint32_t value) {
  while (word.load(kAcquire) != value)
    platform::futex_wait(word, value - 1, platform::deadline_in(platform::kMillisecond));
}

// Two sleeping threads wake each other: how long there and back takes. The asking one is on core 0.
class RoundTrips {
 public:
  explicit RoundTrips(std::size_t answering_core) : other_([=, this] { live(answering_core); }) {
    pin(0);
  }
  ~RoundTrips() {
    say(question_, kStop);
    other_.join();
    unpin();
  }

  [[nodiscard]] Nanos once() {
    platform::sleep_for(50 * platform::kMicrosecond);  // until the other sleeps
    const Nanos start = platform::now();
    say(question_, ++turn_);
    hear(answer_, turn_);
    return platform::now() - start;
  }

 private:
  static constexpr std::uint32_t kStop = 0;

  void live(std::size_t core) {
    pin(core);
    for (std::uint32_t turn = 2;; ++turn) {
      while (question_.load(kAcquire) == turn - 1)
        platform::futex_wait(question_, turn - 1, platform::kNever);
      if (question_.load(kAcquire) == kStop) return;
      say(answer_, turn);
    }
  }

  Word question_{1};
  Word answer_{1};
  std::uint32_t turn_ = 1;
  std::thread other_;
};

void futex_round_trip(benchmark::State& state, std::size_t answering_core) {
  RoundTrips trips(answering_core);
  Samples samples(state);
  for (auto _ : state) samples.add(trips.once());
}
BENCHMARK_CAPTURE(futex_round_trip, cross_core, 1)
    ->Name("FutexRoundTrip/cross_core")
    ->UseManualTime();
BENCHMARK_CAPTURE(futex_round_trip, one_core, 0)->Name("FutexRoundTrip/one_core")->UseManualTime();

// Threads that compute, with a safepoint every few dozen nanoseconds, or that block.
class Crowd {
 public:
  Crowd(int threads, int blocked) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([=, this] { live(i < blocked); });
    while (ready_.load(kAcquire) != static_cast<std::uint32_t>(threads)) platform::yield();
  }
  ~Crowd() {
    say(end_, 1);
    platform::futex_wake_all(end_);
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void live(bool blocked) {
    if (Thread::start() != Attach::kDone) return;
    ready_.fetch_add(1U, kRelease);
    blocked ? block() : compute();
    Thread::exit();
  }
  void block() {
    const Detached outside;
    while (end_.load(kAcquire) == 0) platform::futex_wait(end_, 0, platform::kNever);
  }
  void compute() {
    while (end_.load(kRelaxed) == 0) {
      for (int i = 0; i < 20; ++i) benchmark::DoNotOptimize(i);
      safepoint();
    }
  }

  Word ready_{0};
  Word end_{0};
  std::vector<std::thread> threads_;
};

// The median of so many that it hardly moves.
double round_trip_across_cores() {
  RoundTrips trips(1);
  Nanos spans[499];
  for (Nanos& span : spans) span = trips.once();
  std::nth_element(std::begin(spans), std::begin(spans) + 249, std::end(spans));
  return static_cast<double>(spans[249]);
}

void stop_the_world(benchmark::State& state, int threads, int blocked) {
  const double round_trip = round_trip_across_cores();
  if (Thread::start() != Attach::kDone) return state.SkipWithError("no slot");
  {
    Thread::current()->detach_to_wait();
    const Crowd crowd(threads, blocked);
    Samples samples(state);
    samples.compare_with(round_trip);
    for (auto _ : state) {
      platform::sleep_for(platform::kMillisecond);  // the others run again
      Thread::current()->attach_after_wait();
      const Nanos start = platform::now();
      World::stop(StopKind::kPause);
      samples.add(platform::now() - start);
      World::start();
      Thread::current()->detach_to_wait();
    }
  }
  Thread::current()->attach_after_wait();
  Thread::exit();
}
// Enough for a p99, and known beforehand: the library would else start crowds to find out.
constexpr int kStops = 300;
BENCHMARK_CAPTURE(stop_the_world, running, 16, 0)
    ->Name("StopTheWorld/threads:16")
    ->Iterations(kStops)
    ->UseManualTime();
BENCHMARK_CAPTURE(stop_the_world, half_blocked, 16, 8)
    ->Name("StopTheWorld/threads:16/blocked:8")
    ->Iterations(kStops)
    ->UseManualTime();

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
