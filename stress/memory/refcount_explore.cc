// memory/biased_refcount.h under every interleaving, with weak memory: one death, after everything
// that was done with the object (I2-I4).

#include <gtest/gtest.h>

#include <new>

#include "memory/refcount.h"
#include "stress/explorer/explore.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect;
using explorer::explore;
using explorer::Fault;
using explorer::Report;
using explorer::Shared;

constexpr OwnerId kOwner = 1;
constexpr OwnerId kStranger = 2;

enum class Mistake {
  kStoresOwnerLate,  // I2: after merged is published
  kRelaxedDrop,      // what the stranger did need not come before the destruction
  kRelaxedLook,      // the owner's last look at plain/0 acquires nothing
  kLeavesAtAnyZero,  // I3: the owner leaves without an exchange at weakref'd/0 too
  kTriesPlainZero,   // I3: a stranger counts an object that only its owner knows
};

// As BiasedRefcount, but for one mistake.
template <Mistake kMistake>
class Twin {
 public:
  explicit Twin(OwnerId me) : owner_{OwnerWord{me, 1}.bits()}, shared_{kBornPlain.bits()} {}

  void retain(OwnerId me) {
    if (OwnerWord word = load_owner(); word.is_owned_by(me)) {
      if (try_add_local(word)) owner_.store(word.bits(), kRelaxed);
    } else {
      shared_.fetch_add(CountWord::kOne, kRelaxed);
    }
  }
  Debt drop(OwnerId me) {
    OwnerWord word = load_owner();
    if (!word.is_owned_by(me)) return drop_as_stranger();
    if (!try_drop_local(word)) return drop_last_local();
    owner_.store(word.bits(), kRelaxed);
    return Debt::kNone;
  }
  bool try_retain(OwnerId) {
    const auto may = [](CountWord seen) {
      return may_be_tried(seen) || (kMistake == Mistake::kTriesPlainZero && seen.is_plain_zero());
    };
    return may(change(kRelaxed, [may](CountWord seen) { return may(seen) ? add(seen, 1) : seen; }));
  }
  void mark_weakly_referenced() { change(kRelaxed, weakly_referenced); }

 private:
  Debt drop_last_local() {
    constexpr bool kLate = kMistake == Mistake::kStoresOwnerLate;
    constexpr Order kLook = kMistake == Mistake::kRelaxedLook ? kRelaxed : kAcquire;
    const CountWord seen{shared_.load(kLook)};
    if (!kLate) owner_.store(kMergedOwnerWord.bits(), kRelaxed);
    const bool zero = seen.count() == 0 && kMistake == Mistake::kLeavesAtAnyZero;
    if (seen.is_plain_zero() || zero) {
      shared_.store(kDead.bits(), kRelaxed);
      return Debt::kDestroy;
    }
    const CountWord before{shared_.fetch_or(CountWord::kMergedBits, kAcqRel)};
    if (kLate) owner_.store(kMergedOwnerWord.bits(), kRelaxed);
    return merged_with(before, 0).debt;
  }
  Debt drop_as_stranger() {
    constexpr Order kOrder = kMistake == Mistake::kRelaxedDrop ? kAcquire : kAcqRel;
    return drop_one(change(kOrder, [](CountWord seen) { return drop_one(seen).next; })).debt;
  }
  template <class Next>
  CountWord change(Order order, Next next) {
    std::uint32_t seen = shared_.load(kRelaxed);
    while (!shared_.compare_exchange(seen, next(CountWord{seen}).bits(), order, kRelaxed)) {
    }
    return CountWord{seen};
  }
  [[nodiscard]] OwnerWord load_owner() const { return OwnerWord{owner_.load(kRelaxed)}; }

  SysAtomic<std::uint32_t> owner_;
  SysAtomic<std::uint32_t> shared_;
};

// An object, for as long as it lives, and what became of it.
template <class Rc>
struct Counted {
  Rc rc{kOwner};
  Shared<int> field{1};  // read by holders, written by the destruction
  SysAtomic<int> deaths{0};

  Counted() {
    explorer::call(rc, "count");
    explorer::call(field, "field");
  }
  void use() { expect(field.get() == 1, "alive while held"); }
  void pay(Debt debt) {
    if (debt != Debt::kDestroy) return;
    field.set(0);
    deaths.fetch_add(1, kRelaxed);
  }
};

// Owner and stranger have a reference each. Who destroys uses the block again at once.
template <class Rc>
struct LastDrops {
  static constexpr unsigned kActors = 2;
  static constexpr OwnerId kNext = 9;
  Counted<Rc> object;
  LastDrops() { object.rc.retain(kStranger); }

  void act(unsigned actor) {
    object.use();
    const Debt debt = object.rc.drop(actor == 0 ? kOwner : kStranger);
    object.pay(debt);
    if (debt == Debt::kDestroy) new (&object.rc) Rc(kNext);
  }
  void finish() {
    expect(object.deaths.load(kRelaxed) == 1, "destroyed once");
    expect(object.rc.drop(kNext) == Debt::kDestroy, "nobody writes the dead object's count");
  }
};

// A reader that found the object without a reference tries to count it while its owner drops it.
// Its memory stays (the epoch's business).
template <class Rc, bool kWeak>
struct TryMeetsLastDrop {
  static constexpr unsigned kActors = 2;
  Counted<Rc> object;
  TryMeetsLastDrop() {
    if (kWeak) object.rc.mark_weakly_referenced();
  }
  void act(unsigned actor) {
    if (actor == 0) {
      object.pay(object.rc.drop(kOwner));
    } else if (object.rc.try_retain(kStranger)) {
      object.use();
      object.pay(object.rc.drop(kStranger));
    }
  }
  void finish() { expect(object.deaths.load(kRelaxed) == 1, "destroyed once"); }
};

// Two strangers and the owner, with a reference each that nobody but the owner's half counts.
template <class Rc>
struct ThreeGiveBack {
  static constexpr unsigned kActors = 3;
  Counted<Rc> object;
  SysAtomic<int> queued{0};
  ThreeGiveBack() {
    object.rc.retain(kOwner);
    object.rc.retain(kOwner);
  }
  void act(unsigned actor) {
    const auto me = static_cast<OwnerId>(kOwner + actor);
    object.use();
    Debt debt = object.rc.drop(me);
    if (debt == Debt::kQueue) {
      queued.fetch_add(1, kRelaxed);
      debt = object.rc.drop(me);
    }
    object.pay(debt);
  }
  // The merge queue, when all is quiet.
  void finish() {
    expect(queued.load(kRelaxed) == 1, "queued once");
    expect(object.deaths.load(kRelaxed) == 0, "the queue still has a reference");
    const bool is_merged = object.rc.owner() == kMergedOwner;
    object.pay(is_merged ? object.rc.drop(kNobody) : object.rc.merge(-1));
    expect(object.deaths.load(kRelaxed) == 1, "and it was the last");
  }
};

template <class Scenario>
void expect_sound(std::uint8_t preemptions = 3) {
  const Report report = explore<Scenario>({{.preemptions = preemptions, .stale_reads = 3}});
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_TRUE(report.is_complete()) << report;
}

TEST(RefcountExplored, LastDrops) {
  expect_sound<LastDrops<BiasedRefcount>>();
  expect_sound<LastDrops<AtomicRefcount>>();
}
TEST(RefcountExplored, TryMeetsLastDrop) {
  expect_sound<TryMeetsLastDrop<BiasedRefcount, false>>();
  expect_sound<TryMeetsLastDrop<BiasedRefcount, true>>();
  expect_sound<TryMeetsLastDrop<AtomicRefcount, true>>();
}
TEST(RefcountExplored, ThreeGiveBack) { expect_sound<ThreeGiveBack<BiasedRefcount>>(2); }

template <class Scenario>
void expect_caught(Fault fault) {
  const Report report = explore<Scenario>({{.preemptions = 3, .stale_reads = 3}});
  EXPECT_TRUE(report.found(fault)) << report;
}

TEST(RefcountExplored, TwinsAreCaught) {
  expect_caught<LastDrops<Twin<Mistake::kStoresOwnerLate>>>(Fault::kRace);
  expect_caught<LastDrops<Twin<Mistake::kRelaxedDrop>>>(Fault::kRace);
  expect_caught<LastDrops<Twin<Mistake::kRelaxedLook>>>(Fault::kRace);
  expect_caught<TryMeetsLastDrop<Twin<Mistake::kLeavesAtAnyZero>, true>>(Fault::kRace);
  expect_caught<TryMeetsLastDrop<Twin<Mistake::kTriesPlainZero>, false>>(Fault::kRace);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
