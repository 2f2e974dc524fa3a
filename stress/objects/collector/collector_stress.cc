// Threads that build, pass around and drop cycles, while collections run all the time.
//
//   a node that somebody holds is cleared, or its ring broken          never
//   a weak link to a ring that is held leads nowhere                    never
//   a node ends twice, or not at all once everything was dropped        never
//   a finalizer runs twice                                              never
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <thread>
#include <vector>

#include "objects/types/intern.h"
#include "runtime/safepoint.h"
#include "stress/seconds.h"
#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr std::size_t kThreads = 3;
constexpr std::size_t kPlaces = 8;

SysAtomic<int> g_finalized{0};
void note_finalized(Node&) noexcept { g_finalized.fetch_add(1, kRelaxed); }

// What all threads share: places for rings, which a thread takes, joins to its own, and leaves.
struct Market {
  std::array<Ref<Cell>, kPlaces> places;
  SysAtomic<int> made{0};
  SysAtomic<int> to_finalize{0};
  SysAtomic<int> wrong{0};
  Flag stop;

  Market() {
    for (Ref<Cell>& place : places) place = Cell::make({});
  }
  void blame(bool is_wrong) {
    if (is_wrong) wrong.fetch_add(1, kRelaxed);
  }
};

class Trader {
 public:
  Trader(Market& market, unsigned seed) : market_(market), random_(seed) {}

  void work() {
    while (!is_raised(market_.stop)) {
      trade();
      safepoint();
    }
  }

 private:
  [[nodiscard]] std::size_t draw(std::size_t n) { return random_() % n; }

  [[nodiscard]] Ref<Node> make_ring(std::size_t length) {
    const bool with_finalizers = draw(4) == 0;
    const int nodes = static_cast<int>(length);
    market_.made.fetch_add(nodes, kRelaxed);
    if (with_finalizers) market_.to_finalize.fetch_add(nodes, kRelaxed);
    return Node::ring(length, with_finalizers ? note_finalized : nullptr);
  }

  // Around it once: every node of a ring that is held leads on.
  void check(Node& start, std::size_t most) {
    Ref<> at = Ref<Node>::of(start);
    for (std::size_t i = 0; i < most; ++i) {
      Ref<> next = at.as<Node>().left.load(at.as<Node>());
      market_.blame(!next);
      if (!next || next.value() == Value(&start)) return;
      at = std::move(next);
    }
  }

  void trade() {
    const Ref<Node> mine = make_ring(1 + draw(20));
    const Ref<WeakLink> link = link_to(*mine, draw(2) == 0 ? Ref<>() : Ref<>(Callback::make(0)));
    Cell& place = *market_.places[draw(kPlaces)];
    if (Ref<> found = place.get()) {
      check(found.as<Node>(), 100);
      mine->set_right(std::move(found));  // perhaps a cycle over several threads' rings
    }
    place.set(draw(3) == 0 ? Ref<>() : Ref<>(mine.share()));
    safepoint();
    check(*mine, 100);
    market_.blame(link->get().value() != mine.value());
    if (draw(50) == 0) static_cast<void>(Collector::collect());
  }

  Market& market_;
  std::mt19937 random_;
};

class CollectorStress : public CollectorTest {};
using CollectorStressConcurrency = CollectorStress;

TEST_F(CollectorStressConcurrency, RingsOfSeveralThreads) {
  const auto end = stress::deadline();
  g_finalized.store(0, kRelaxed);
  Market market;
  std::vector<std::thread> traders;
  for (unsigned i = 0; i < kThreads; ++i)
    traders.push_back(attached([&market, i](Thread&) { Trader(market, i).work(); }));
  std::size_t collections = 0;
  while (std::chrono::steady_clock::now() < end) {
    static_cast<void>(Collector::collect());
    ++collections;
    safepoint();
  }
  raise(market.stop);
  for (std::thread& trader : traders) join_detached(trader);
  EXPECT_EQ(market.wrong.load(kRelaxed), 0);
  for (Ref<Cell>& place : market.places) place = Ref<Cell>();
  static_cast<void>(Collector::collect());
  const int made = market.made.load(kRelaxed);
  EXPECT_TRUE(eventually_at_safepoints([made] { return ends() == made; }))
      << ends() << " of " << made << " ended, in " << collections << " collections";
  EXPECT_GT(made, 0);
  EXPECT_EQ(g_finalized.load(kRelaxed), market.to_finalize.load(kRelaxed)) << "once each";
}

// Threads come and go; what they leave is found whoever has their slot since.
TEST_F(CollectorStressConcurrency, RingsOfThreadsThatAreGone) {
  const auto end = stress::deadline();
  int made = 0;
  while (std::chrono::steady_clock::now() < end) {
    elsewhere([] { static_cast<void>(Node::ring(50)); });
    elsewhere([] {
      static_cast<void>(Node::ring(10));
      static_cast<void>(Collector::collect());
    });
    made += 60;
  }
  static_cast<void>(Collector::collect());
  EXPECT_EQ(ends(), made);
}

// Trap 21: types change, under a lock of their own, while collections look into them.
TEST_F(CollectorStressConcurrency, Trap21TypesChangeWhileCollectionsRun) {
  const auto end = stress::deadline();
  Type* const ancestors[] = {&object_type()};
  Type* const base =
      Type::make({.name = "base", .layout = &layout_of<Node>, .ancestors = ancestors});
  Type* const lineage[] = {base, &object_type()};
  Type* const derived =
      Type::make({.name = "derived", .layout = &layout_of<Node>, .ancestors = lineage});
  const Ref<Str> name = intern("attribute");
  Flag stop;
  SysAtomic<int> made{0};
  std::thread changer = attached([&](Thread&) {
    while (!is_raised(stop)) {
      const Ref<Node> ring = Node::ring(3);
      made.fetch_add(3, kRelaxed);
      EXPECT_EQ(base->set(*name, ring.share()), Status::kDone);
      const Ref<> found = derived->find(*name);
      EXPECT_EQ(found.value(), ring.value());
      EXPECT_TRUE(ring->left.load(*ring));
      safepoint();
    }
    EXPECT_EQ(base->remove(*name), Status::kDone);
  });
  while (std::chrono::steady_clock::now() < end) {
    static_cast<void>(Collector::collect());
    safepoint();
  }
  raise(stop);
  join_detached(changer);
  static_cast<void>(Collector::collect());
  EXPECT_TRUE(eventually_at_safepoints([&] { return ends() == made.load(kRelaxed); }));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
