// What a lock costs, alone and wanted by many, and whether it is fair; beside Abseil's, the
// standard library's and the system's.
//
//   LockPair/<lock>            lock and unlock when nobody else wants to, as each is used: ours is
//                              inlined, theirs are calls into a library. A second thread exists,
//                              since the system's lock drops its atomics without one
//   LockPair/orochi/called     ours, with two calls that are not inlined
//   LockPair/single_thread     an object's lock while one thread exists
//   Contended/<lock>/outside:T/threads:N    50 ns of work inside the lock, T ns outside
//   Fairness/<lock>[/busy]     8 threads for one second; `share` is the least count of turns over
//                              the greatest. With `busy`, a process that only spins runs beside
//                              them
#include <absl/synchronization/mutex.h>
#include <benchmark/benchmark.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "runtime/mutex.h"
#include "runtime/object_lock.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The locks, under one interface. Ours has it already.

struct OrochiCalled {
  Mutex mutex;
  [[gnu::noinline]] void lock() OROCHI_UNCHECKED_LOCKING { mutex.lock(); }
  [[gnu::noinline]] void unlock() OROCHI_UNCHECKED_LOCKING { mutex.unlock(); }
};

struct Absl {
  absl::Mutex mutex;
  void lock() OROCHI_UNCHECKED_LOCKING { mutex.Lock(); }
  void unlock() OROCHI_UNCHECKED_LOCKING { mutex.Unlock(); }
};

struct Std {
  std::mutex mutex;
  void lock() { mutex.lock(); }
  void unlock() { mutex.unlock(); }
};

struct Pthread {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  void lock() { pthread_mutex_lock(&mutex); }
  void unlock() { pthread_mutex_unlock(&mutex); }
};

template <class Lock>
void LockPair(benchmark::State& state) {
  static Lock lock;
  // Sleeps until the process ends.
  static const bool second_thread = [] {
    std::thread([] { pause(); }).detach();
    return true;
  }();
  benchmark::DoNotOptimize(second_thread);
  for (auto _ : state) {
    lock.lock();
    lock.unlock();
  }
}

// The runtime knows one thread, which is attached and has passed a safepoint: the benchmark's own.
void LockPairSingleThread(benchmark::State& state) {
  static ObjectLock lock;
  if (Thread::start() != Attach::kDone) return state.SkipWithError("cannot attach");
  safepoint();
  if (kPolicy.parallel && !SingleThread::is_on()) return state.SkipWithError("not the only thread");
  for (auto _ : state) {
    lock.lock();
    benchmark::ClobberMemory();
    lock.unlock();
    benchmark::ClobberMemory();
  }
  Thread::exit();
}

// Turns of a chain of dependent multiplications, which neither memory nor another thread disturbs.
class Work {
 public:
  explicit Work(int nanos) : turns_(static_cast<int>(nanos * turns_per_nano())) {}
  void operator()() const {
    std::uint64_t x = 1;
    for (int i = 0; i < turns_; ++i) benchmark::DoNotOptimize(x *= 3);
  }

 private:
  static double turns_per_nano() {
    static const double result = measure();
    return result;
  }
  static double measure() {
    using Clock = std::chrono::steady_clock;
    constexpr int kTurns = 200'000;
    double best = 0;
    for (int round = 0; round < 20; ++round) {
      std::uint64_t x = 1;
      const auto start = Clock::now();
      for (int i = 0; i < kTurns; ++i) benchmark::DoNotOptimize(x *= 3);
      const std::chrono::duration<double, std::nano> took = Clock::now() - start;
      best = std::max(best, kTurns / took.count());
    }
    return best;
  }

  int turns_;
};

// A process that wants a core all the time.
class BusyNeighbour {
 public:
  BusyNeighbour() : process_(fork()) {
    if (process_ == 0)
      for (;;) {
      }
  }
  ~BusyNeighbour() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  BusyNeighbour(const BusyNeighbour&) = delete;
  BusyNeighbour& operator=(const BusyNeighbour&) = delete;

 private:
  pid_t process_;
};

// Threads that take turns for some time: how often each had the lock. Not the library's own
// threads, which run a fixed number of turns: with more threads than cores most would be done
// before the rest begins, and nobody would contend.
struct Contest {
  int threads;
  int outside;  // ns of work after each turn
  std::chrono::milliseconds length;
};

template <class Lock>
std::vector<std::int64_t> turns_of_each(const Contest& contest) {
  alignas(64) Lock lock;  // in a cache line of its own
  const Work inside(50);
  const Work outside(contest.outside);
  alignas(64) std::atomic<bool> go{false};
  std::atomic<bool> stop{false};
  std::vector<std::int64_t> turns(static_cast<std::size_t>(contest.threads));
  std::vector<std::thread> threads;
  for (std::int64_t& mine : turns) {
    threads.emplace_back([&] {
      go.wait(false);
      std::int64_t count = 0;
      while (!stop.load(std::memory_order_relaxed)) {
        lock.lock();
        inside();
        ++count;
        lock.unlock();
        outside();
      }
      mine = count;
    });
  }
  go = true;
  go.notify_all();
  std::this_thread::sleep_for(contest.length);
  stop = true;
  for (std::thread& thread : threads) thread.join();
  return turns;
}

template <class Lock>
void hold(benchmark::State& state, const Contest& contest) {
  for (auto _ : state) {
    const std::vector<std::int64_t> turns = turns_of_each<Lock>(contest);
    const auto [least, greatest] = std::minmax_element(turns.begin(), turns.end());
    state.counters["share"] = static_cast<double>(*least) / static_cast<double>(*greatest);
    state.SetItemsProcessed(std::accumulate(turns.begin(), turns.end(), std::int64_t{0}));
  }
}

template <class Lock>
void Contended(benchmark::State& state) {
  hold<Lock>(state, {static_cast<int>(state.range(1)), static_cast<int>(state.range(0)),
                     std::chrono::milliseconds(100)});
}

template <class Lock>
void Fairness(benchmark::State& state) {
  hold<Lock>(state, {8, 0, std::chrono::seconds(1)});
}

template <class Lock>
void FairnessBusy(benchmark::State& state) {
  const BusyNeighbour neighbour;
  Fairness<Lock>(state);
}

template <class Lock>
void register_all(const std::string& name) {
  benchmark::RegisterBenchmark(("LockPair/" + name).c_str(), LockPair<Lock>);
  benchmark::RegisterBenchmark(("Contended/" + name).c_str(), Contended<Lock>)
      ->ArgNames({"outside", "threads"})
      ->ArgsProduct({{0, 100}, {2, 8, 64}})
      ->Iterations(1)
      ->UseRealTime();
  benchmark::RegisterBenchmark(("Fairness/" + name).c_str(), Fairness<Lock>)
      ->Iterations(1)
      ->UseRealTime();
  benchmark::RegisterBenchmark(("Fairness/" + name + "/busy").c_str(), FairnessBusy<Lock>)
      ->Iterations(1)
      ->UseRealTime();
}

const bool kRegistered = [] {
  register_all<Mutex>("orochi");
  benchmark::RegisterBenchmark("LockPair/orochi/called", LockPair<OrochiCalled>);
  benchmark::RegisterBenchmark("LockPair/single_thread", LockPairSingleThread);
  register_all<Absl>("absl");
  register_all<Std>("std");
  register_all<Pthread>("pthread");
  return true;
}();

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
