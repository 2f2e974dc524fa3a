// memory/grace_period.h under every interleaving: what a reader found before it came to a safepoint
// is not given back under its hands (rule 40; counterexample W2).

#include <gtest/gtest.h>

#include "memory/grace_period.h"
#include "stress/explorer/verdicts.h"
#include "stress/memory/explored_owner.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect_caught;
using explorer::expect_sound;
using explorer::Fault;
using explorer::Shared;

// A container with one place, an item that it names, and who waits for the item's memory.
template <class Grace>
struct Container {
  Owner reader, writer;
  SysAtomic<Shared<int>*> place;
  Shared<int> item{7};

  Container() : place(&item) {
    reader.enter();
    Grace::observe(reader.slot());
    writer.enter();
    Grace::observe(writer.slot());
    current() = {};
    explorer::call(place, "place");
    explorer::call(item, "item");
    explorer::call(reader.slot(), "reader's slot");
  }

  void look() {
    // acquire: pairs with the release that put the item there.
    if (Shared<int>* const found = place.load(kAcquire))
      explorer::expect(found->get() == 7, "the item is whole");
  }
  // Gives the memory back, if that may be done now: a write, which races with every reader.
  void unlink_and_reclaim() {
    place.store(nullptr, kRelease);
    const typename Grace::Goal goal = Grace::begin();
    for (int look = 0; look < 2; ++look) {
      if (!Grace::has_passed(reader.slot(), goal)) continue;
      item.set(0);
      return;
    }
  }
};

// The reader comes from outside, reads, and goes.
template <class Grace>
struct ReaderAttaches : Container<Grace> {
  static constexpr unsigned kActors = 2;
  ReaderAttaches() { this->reader.move(SlotState::kAttached, SlotState::kDetached); }
  void act(unsigned actor) {
    if (actor == 1) return this->unlink_and_reclaim();
    this->reader.enter();
    this->reader.move(SlotState::kDetached, SlotState::kAttached);
    Grace::observe(this->reader.slot());
    this->look();
    this->reader.move(SlotState::kAttached, SlotState::kDetached);
  }
};

// The reader stays attached, and passes safepoints.
template <class Grace>
struct ReaderPassesSafepoints : Container<Grace> {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    if (actor == 1) return this->unlink_and_reclaim();
    this->reader.enter();
    this->look();
    Grace::observe(this->reader.slot());
    this->look();
    Grace::observe(this->reader.slot());
  }
};

enum class Mistake {
  kReadsNoEpoch,   // attach moves its state and looks at once (W2)
  kRaisesNoEpoch,  // the writer reads states straight after it unlinked
  kWeakEpoch,      // the epoch is raised and read without seq_cst
  kRelaxedSeen,    // what the reader read is not over when `seen` says so
};

template <Mistake kMistake>
struct Twin {
  using Goal = GracePeriod::Goal;
  static constexpr Order kEpochOrder = kMistake == Mistake::kWeakEpoch ? kRelaxed : kSeqCst;

  static void observe(Slot& slot) noexcept {
    if (kMistake == Mistake::kReadsNoEpoch && slot.seen.load(kRelaxed) != 0) return;
    slot.seen.store(detail::g_epoch.raised.load(kEpochOrder),
                    kMistake == Mistake::kRelaxedSeen ? kRelaxed : kRelease);
  }
  static Goal begin() noexcept {
    if (kMistake == Mistake::kRaisesNoEpoch) return detail::g_epoch.raised.load(kSeqCst) + 1;
    return detail::g_epoch.raised.fetch_add(Goal{1}, kEpochOrder) + 1;
  }
  static bool has_passed(const Slot& slot, Goal goal) noexcept {
    return GracePeriod::has_passed(slot, goal);
  }
};

TEST(GracePeriodExplored, ReaderAttachesWhileMemoryIsRetired) {
  expect_sound<ReaderAttaches<GracePeriod>>({.preemptions = 3});
}

TEST(GracePeriodExplored, ReaderPassesSafepointsWhileMemoryIsRetired) {
  expect_sound<ReaderPassesSafepoints<GracePeriod>>({.preemptions = 3});
}

TEST(GracePeriodExplored, TwinsAreCaught) {
  expect_caught<ReaderAttaches<Twin<Mistake::kReadsNoEpoch>>>(Fault::kRace);
  expect_caught<ReaderAttaches<Twin<Mistake::kRaisesNoEpoch>>>(Fault::kRace);
  expect_caught<ReaderAttaches<Twin<Mistake::kWeakEpoch>>>(Fault::kRace);
  expect_caught<ReaderPassesSafepoints<Twin<Mistake::kRelaxedSeen>>>(Fault::kRace);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
