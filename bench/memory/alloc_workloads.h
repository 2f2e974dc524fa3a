// bench/memory/alloc_workloads.h: what allocators are measured with, the same for each of them.
//
// An allocator is a class with static allocate(bytes) and free(block), and a `Thread` whose objects
// stand for the threads that use it. Every block is written once at its front, as an object's
// header would be.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace orochi::bench {

template <class Allocator>
[[gnu::always_inline]] inline void* make_block(std::size_t bytes) {
  void* const block = Allocator::allocate(bytes);
  *static_cast<std::uint64_t*>(block) = 1;
  return block;
}

// One at a time.
template <class Allocator>
void AllocFree(benchmark::State& state) {
  const typename Allocator::Thread me;
  for (auto _ : state) {
    void* block = make_block<Allocator>(48);
    benchmark::DoNotOptimize(block);
    Allocator::free(block);
  }
  state.SetItemsProcessed(state.iterations());
}

// 10 000 live blocks of 16 to 256 bytes; a random one is replaced by one of a random size.
template <class Allocator>
void AllocMixed(benchmark::State& state) {
  constexpr std::size_t kLive = 10'000;
  constexpr std::size_t kPlans = std::size_t{1} << 16;
  struct Plan {
    std::uint16_t victim;
    std::uint16_t bytes;
  };
  std::mt19937 random(1);
  std::vector<Plan> plans(kPlans);
  for (Plan& plan : plans) {
    plan.victim = static_cast<std::uint16_t>(random() % kLive);
    plan.bytes = static_cast<std::uint16_t>(16 + random() % 241);
  }
  const typename Allocator::Thread me;
  std::vector<void*> live(kLive);
  for (std::size_t i = 0; i < kLive; ++i) live[i] = make_block<Allocator>(plans[i].bytes);
  std::size_t next = 0;
  for (auto _ : state) {
    const Plan plan = plans[next++ % kPlans];
    Allocator::free(live[plan.victim]);
    live[plan.victim] = make_block<Allocator>(plan.bytes);
  }
  for (void* block : live) Allocator::free(block);
  state.SetItemsProcessed(state.iterations());
}

// 1 000 blocks of 48 bytes, freed in another order.
template <class Allocator>
void AllocBatch(benchmark::State& state) {
  constexpr std::size_t kBlocks = 1'000;
  std::vector<std::uint16_t> order(kBlocks);
  for (std::size_t i = 0; i < kBlocks; ++i) order[i] = static_cast<std::uint16_t>(i);
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  const typename Allocator::Thread me;
  std::vector<void*> blocks(kBlocks);
  for (auto _ : state) {
    for (void*& block : blocks) block = make_block<Allocator>(48);
    benchmark::ClobberMemory();
    for (const std::uint16_t i : order) Allocator::free(blocks[i]);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBlocks));
}

// A ring of blocks from one thread to another. Each side looks at the other's place only when it
// has to, so that what is measured is the allocator and not the ring.
class BlockRing {
 public:
  void push(void* block) {
    while (pushed_ - popped_seen_ == kPlaces) {
      popped_seen_ = popped_.load(std::memory_order_acquire);
      if (pushed_ - popped_seen_ == kPlaces) std::this_thread::yield();
    }
    places_[pushed_++ % kPlaces] = block;
    if (pushed_ % kBatch == 0) publish();
  }
  void publish() { pushed_shared_.store(pushed_, std::memory_order_release); }

  // Null: the ring is empty now.
  void* pop() {
    if (taken_ == pushed_seen_) {
      popped_.store(taken_, std::memory_order_release);
      pushed_seen_ = pushed_shared_.load(std::memory_order_acquire);
      if (taken_ == pushed_seen_) return nullptr;
    }
    return places_[taken_++ % kPlaces];
  }

 private:
  static constexpr std::size_t kPlaces = 1024;
  static constexpr std::size_t kBatch = 64;

  std::vector<void*> places_ = std::vector<void*>(kPlaces);
  alignas(128) std::size_t pushed_ = 0;  // the pushing thread's
  std::size_t popped_seen_ = 0;
  alignas(128) std::size_t taken_ = 0;  // the popping thread's
  std::size_t pushed_seen_ = 0;
  alignas(128) std::atomic<std::size_t> pushed_shared_{0};
  alignas(128) std::atomic<std::size_t> popped_{0};
};

// One thread allocates, another one frees.
template <class Allocator>
void CrossThreadFree(benchmark::State& state) {
  constexpr std::size_t kBatch = 8'192;
  BlockRing ring;
  std::atomic<bool> is_over{false};
  std::thread other([&] {
    const typename Allocator::Thread me;
    for (bool over = false;;) {
      if (void* const block = ring.pop()) {
        Allocator::free(block);
      } else if (over) {
        break;
      } else {
        over = is_over.load(std::memory_order_acquire);
        std::this_thread::yield();
      }
    }
  });
  {
    const typename Allocator::Thread me;
    for (auto _ : state)
      for (std::size_t i = 0; i < kBatch; ++i) ring.push(make_block<Allocator>(48));
    ring.publish();
    is_over.store(true, std::memory_order_release);
    other.join();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBatch));
}

enum class Threads { kOneAtATime, kSideBySide };

// Registers all of them that make sense under `name`.
template <class Allocator>
void register_alloc_benchmarks(const std::string& name, Threads threads) {
  benchmark::RegisterBenchmark(("AllocFree/" + name + "/48").c_str(), AllocFree<Allocator>);
  benchmark::RegisterBenchmark(("AllocMixed/" + name).c_str(), AllocMixed<Allocator>);
  benchmark::RegisterBenchmark(("AllocBatch/" + name).c_str(), AllocBatch<Allocator>);
  if (threads == Threads::kOneAtATime) return;
  benchmark::RegisterBenchmark(("CrossThreadFree/" + name).c_str(), CrossThreadFree<Allocator>)
      ->UseRealTime();
}

}  // namespace orochi::bench
