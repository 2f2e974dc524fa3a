// The explorer's memory model against small programs whose outcomes are known. Each test states the
// exact set: an outcome too many would be a false alarm in scenarios, one too few a missed bug.
//
// An outcome is written as the digits of what was read, in order.

#include <gtest/gtest.h>

#include <set>

#include "memory/atomic.h"
#include "stress/explorer/explore.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::explore;
using explorer::Options;
using explorer::Report;
using Outcomes = std::set<std::uint64_t>;
using Word = SysAtomic<int>;

template <class Scenario>
Outcomes outcomes_of(const Options& options = {}) {
  const Report report = explore<Scenario>(options);
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_TRUE(report.is_complete()) << report;
  Outcomes seen;
  for (const auto& [outcome, times] : report.outcomes) seen.insert(outcome);
  return seen;
}

// Store buffering: may both threads miss the other's store?
template <Order kStore, Order kLoad>
struct StoreBuffering {
  static constexpr unsigned kActors = 2;
  Word x, y;
  int seen[2] = {};
  void act(unsigned actor) {
    Word& mine = actor == 0 ? x : y;
    Word& yours = actor == 0 ? y : x;
    mine.store(1, kStore);
    seen[actor] = yours.load(kLoad);
  }
  int outcome() { return 10 * seen[0] + seen[1]; }
};

TEST(Litmus, StoreBuffering) {
  EXPECT_EQ((outcomes_of<StoreBuffering<kSeqCst, kSeqCst>>()), (Outcomes{1, 10, 11}));
  EXPECT_EQ((outcomes_of<StoreBuffering<kRelease, kAcquire>>()), (Outcomes{0, 1, 10, 11}));
  EXPECT_EQ((outcomes_of<StoreBuffering<kRelaxed, kRelaxed>>()), (Outcomes{0, 1, 10, 11}));
  // One side alone orders nothing.
  EXPECT_EQ((outcomes_of<StoreBuffering<kSeqCst, kAcquire>>()), (Outcomes{0, 1, 10, 11}));
  EXPECT_EQ((outcomes_of<StoreBuffering<kRelease, kSeqCst>>()), (Outcomes{0, 1, 10, 11}));
}

TEST(Litmus, StoreBufferingWithoutStaleReadsIsSequentiallyConsistent) {
  Options options;
  options.stale_reads = 0;
  EXPECT_EQ((outcomes_of<StoreBuffering<kRelaxed, kRelaxed>>(options)), (Outcomes{1, 10, 11}));
}

// Message passing: does who sees the flag see the data?
template <Order kStore, Order kLoad>
struct MessagePassing {
  static constexpr unsigned kActors = 2;
  Word data, flag;
  int seen[2] = {};
  void act(unsigned actor) {
    if (actor == 0) {
      data.store(1, kRelaxed);
      flag.store(1, kStore);
    } else {
      seen[0] = flag.load(kLoad);
      seen[1] = data.load(kRelaxed);
    }
  }
  int outcome() { return 10 * seen[0] + seen[1]; }
};

TEST(Litmus, MessagePassing) {
  EXPECT_EQ((outcomes_of<MessagePassing<kRelease, kAcquire>>()), (Outcomes{0, 1, 11}));
  EXPECT_EQ((outcomes_of<MessagePassing<kRelaxed, kAcquire>>()), (Outcomes{0, 1, 10, 11}));
  EXPECT_EQ((outcomes_of<MessagePassing<kRelease, kRelaxed>>()), (Outcomes{0, 1, 10, 11}));
}

// Load buffering: each thread reads, then stores. C++ lets relaxed accesses read what comes later;
// the explorer runs a load before the stores that follow it, so it never shows 11. A limit.
struct LoadBuffering {
  static constexpr unsigned kActors = 2;
  Word x, y;
  int seen[2] = {};
  void act(unsigned actor) {
    seen[actor] = (actor == 0 ? x : y).load(kRelaxed);
    (actor == 0 ? y : x).store(1, kRelaxed);
  }
  int outcome() { return 10 * seen[0] + seen[1]; }
};

TEST(Litmus, LoadBufferingIsNotExplored) {
  EXPECT_EQ(outcomes_of<LoadBuffering>(), (Outcomes{0, 1, 10}));
}

// Two stores each to x and y, in opposite order. C++ lets both first stores be the last in their
// modification order (an outcome of 11); here that order is the order of execution. A limit.
struct TwoPlusTwoWrites {
  static constexpr unsigned kActors = 2;
  Word x, y;
  void act(unsigned actor) {
    (actor == 0 ? x : y).store(1, kRelaxed);
    (actor == 0 ? y : x).store(2, kRelaxed);
  }
  int outcome() { return 10 * x.load(kRelaxed) + y.load(kRelaxed); }
};

TEST(Litmus, StoresAreOrderedAsTheyAreExecuted) {
  EXPECT_EQ(outcomes_of<TwoPlusTwoWrites>(), (Outcomes{12, 21, 22}));
}

// Coherence: two reads of one place never go back.
struct CoherenceOfReads {
  static constexpr unsigned kActors = 2;
  Word x;
  int seen[2] = {};
  void act(unsigned actor) {
    if (actor == 0) {
      x.store(1, kRelaxed);
      x.store(2, kRelaxed);
    } else {
      seen[0] = x.load(kRelaxed);
      seen[1] = x.load(kRelaxed);
    }
  }
  int outcome() { return 10 * seen[0] + seen[1]; }
};

TEST(Litmus, CoherenceOfReads) {
  EXPECT_EQ(outcomes_of<CoherenceOfReads>(), (Outcomes{0, 1, 2, 11, 12, 22}));
}

// A thread reads its own store or a later one, and what happened before a store is behind it.
struct CoherenceOfWrites {
  static constexpr unsigned kActors = 2;
  Word x;
  int seen = 0;
  void act(unsigned actor) {
    x.store(static_cast<int>(actor) + 1, kRelaxed);
    if (actor == 0) seen = x.load(kRelaxed);
  }
  int outcome() { return 10 * seen + x.load(kRelaxed); }
};

TEST(Litmus, CoherenceOfWrites) {
  EXPECT_EQ(outcomes_of<CoherenceOfWrites>(), (Outcomes{11, 12, 22}));
}

// Release sequence: a read-modify-write in between keeps the release readable, whatever its order.
template <Order kMiddle>
struct ReleaseSequence {
  static constexpr unsigned kActors = 3;
  Word data, flag;
  int seen[2] = {};
  void act(unsigned actor) {
    if (actor == 0) {
      data.store(1, kRelaxed);
      flag.store(1, kRelease);
    } else if (actor == 1) {
      int expected = 1;
      flag.compare_exchange(expected, 2, kMiddle, kRelaxed);
    } else {
      seen[0] = flag.load(kAcquire);
      seen[1] = data.load(kRelaxed);
    }
  }
  int outcome() { return 10 * seen[0] + seen[1]; }
};

TEST(Litmus, ReleaseSequenceGoesThroughReadModifyWrites) {
  EXPECT_EQ((outcomes_of<ReleaseSequence<kRelaxed>>()), (Outcomes{0, 1, 11, 21}));
}

// Since C++20 a plain store ends the sequence, even one by the thread that began it.
struct ReleaseSequenceCut {
  static constexpr unsigned kActors = 2;
  Word data, flag;
  int seen[2] = {};
  void act(unsigned actor) {
    if (actor == 0) {
      data.store(1, kRelaxed);
      flag.store(1, kRelease);
      flag.store(2, kRelaxed);
    } else {
      seen[0] = flag.load(kAcquire);
      seen[1] = data.load(kRelaxed);
    }
  }
  int outcome() { return 10 * seen[0] + seen[1]; }
};

TEST(Litmus, ReleaseSequenceEndsAtAPlainStore) {
  EXPECT_EQ(outcomes_of<ReleaseSequenceCut>(), (Outcomes{0, 1, 11, 20, 21}));
}

// Independent reads of independent writes: do two readers agree on the order of two stores?
template <Order kStore, Order kLoad>
struct IndependentReads {
  static constexpr unsigned kActors = 4;
  Word x, y;
  int seen[4] = {};
  void act(unsigned actor) {
    if (actor < 2) return (actor == 0 ? x : y).store(1, kStore);
    const unsigned at = 2 * (actor - 2);
    seen[at] = (actor == 2 ? x : y).load(kLoad);
    seen[at + 1] = (actor == 2 ? y : x).load(kLoad);
  }
  int outcome() { return 1000 * seen[0] + 100 * seen[1] + 10 * seen[2] + seen[3]; }
};

constexpr std::uint64_t kReadersDisagree = 1010;

TEST(Litmus, IndependentReadsOfIndependentWrites) {
  const Outcomes strong = outcomes_of<IndependentReads<kSeqCst, kSeqCst>>();
  const Outcomes weak = outcomes_of<IndependentReads<kRelease, kAcquire>>();
  EXPECT_EQ(weak.size(), 16U);
  EXPECT_EQ(strong.size(), 15U);
  EXPECT_FALSE(strong.contains(kReadersDisagree));
}

// seq_cst on one place says nothing of another: rule 40's counterexample (W2) in small.
template <bool kReadsSecondWord>
struct AttachAgainstRetire {
  static constexpr unsigned kActors = 2;
  Word state, epoch, container{1};
  int reader_saw = 0, retirer_saw = 0;
  void act(unsigned actor) {
    if (actor == 0) {
      state.exchange(1, kSeqCst);
      if (kReadsSecondWord) static_cast<void>(epoch.load(kSeqCst));
      reader_saw = container.load(kAcquire);
    } else {
      container.store(0, kRelease);
      if (kReadsSecondWord) epoch.fetch_add(1, kSeqCst);
      retirer_saw = state.load(kSeqCst);
    }
  }
  // 10: the reader holds what the retirer believes nobody can hold.
  int outcome() { return 10 * reader_saw + retirer_saw; }
};

TEST(Litmus, AttachAgainstRetireNeedsASecondWord) {
  EXPECT_EQ((outcomes_of<AttachAgainstRetire<false>>()), (Outcomes{0, 1, 10, 11}));
  EXPECT_EQ((outcomes_of<AttachAgainstRetire<true>>()), (Outcomes{0, 1, 11}));
}

// A failed compare-exchange is a load: it may return an old value, but not the expected one.
struct FailedExchange {
  static constexpr unsigned kActors = 2;
  Word x;
  int seen = 9;
  void act(unsigned actor) {
    if (actor == 0) {
      x.store(1, kRelaxed);
      x.store(2, kRelaxed);
    } else {
      int expected = 2;
      seen = x.compare_exchange(expected, 3, kAcqRel, kRelaxed) ? 3 : expected;
    }
  }
  int outcome() { return seen; }
};

TEST(Litmus, AFailedExchangeMayFindAnOldValue) {
  EXPECT_EQ(outcomes_of<FailedExchange>(), (Outcomes{0, 1, 3}));
}

struct WeakExchange {
  static constexpr unsigned kActors = 1;
  Word x;
  bool done = false;
  void act(unsigned) {
    int expected = 0;
    done = x.compare_exchange_weak(expected, 1, kRelaxed, kRelaxed);
  }
  int outcome() { return done ? 1 : 0; }
};

TEST(Litmus, AWeakExchangeMayFailForNoReason) {
  Options options;
  options.spurious = 1;
  EXPECT_EQ(outcomes_of<WeakExchange>(options), (Outcomes{0, 1}));
  options.spurious = 0;
  EXPECT_EQ(outcomes_of<WeakExchange>(options), (Outcomes{1}));
}

// The bound on stale reads counts in one schedule: here each of three loads misses a store.
struct ThreeStaleReads {
  static constexpr unsigned kActors = 2;
  Word x, y, z;
  int missed = 0;
  void act(unsigned actor) {
    for (Word* word : {&x, &y, &z}) {
      if (actor == 0) word->store(1, kRelaxed);
      if (actor == 1) missed += 1 - word->load(kRelaxed);
    }
  }
  int outcome() { return missed; }
};

TEST(Litmus, StaleReadsAreBounded) {
  Options options;
  options.preemptions = 0;
  options.stale_reads = 0;
  EXPECT_EQ(outcomes_of<ThreeStaleReads>(options), (Outcomes{0, 3}));
  options.stale_reads = 1;
  EXPECT_EQ(outcomes_of<ThreeStaleReads>(options), (Outcomes{0, 1, 3}));
  options.stale_reads = 3;
  EXPECT_EQ(outcomes_of<ThreeStaleReads>(options), (Outcomes{0, 1, 2, 3}));
}

// A place remembers its last stores, and no more.
struct LongHistory {
  static constexpr unsigned kActors = 2;
  Word x;
  int seen = 0;
  void act(unsigned actor) {
    if (actor == 1) seen = x.load(kRelaxed);
    for (int i = 1; actor == 0 && i <= 20; ++i) x.store(i, kRelaxed);
  }
  int outcome() { return seen; }
};

TEST(Litmus, HistoryIsBounded) {
  static_assert(explorer::kHistory >= 4);
  Options options;
  options.preemptions = 0;
  Outcomes expected{0};
  for (unsigned back = 0; back < explorer::kHistory; ++back) expected.insert(20 - back);
  EXPECT_EQ(outcomes_of<LongHistory>(options), expected);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
