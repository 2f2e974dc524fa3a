// What it costs to be a thread: leaving and coming back around a blocking call, and being known to
// the runtime at all.
//
//   bench_runtime --benchmark_filter='AttachDetach|LockPair/orochi|ThreadState'
//                 --benchmark_repetitions=15 --benchmark_enable_random_interleaving=true
#include <benchmark/benchmark.h>

#include <thread>

#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

void attach_detach(benchmark::State& state) {
  if (Thread::start() != Attach::kDone) return state.SkipWithError("no slot");
  Thread& me = *Thread::current();
  for (auto _ : state) {
    me.detach();
    benchmark::ClobberMemory();
    if (me.attach() != Attach::kDone) [[unlikely]]
      state.SkipWithError("refused");
  }
  Thread::exit();
}
BENCHMARK(attach_detach)->Name("AttachDetach");

// On one OS thread: what the runtime adds to the making of a thread.
void create_destroy(benchmark::State& state) {
  for (auto _ : state) {
    if (Thread::start() != Attach::kDone) [[unlikely]]
      state.SkipWithError("no slot");
    Thread::exit();
  }
}
BENCHMARK(create_destroy)->Name("ThreadState/create_destroy");

// What the system asks for one.
void std_thread(benchmark::State& state) {
  for (auto _ : state) std::thread([] {}).join();
}
BENCHMARK(std_thread)->Name("ThreadState/std_thread")->UseRealTime();

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
