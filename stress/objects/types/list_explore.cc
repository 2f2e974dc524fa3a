// objects/types/list_items.h under every interleaving, with weak memory: what a reader without a
// lock finds was at that place of the list at some moment of his look, and lives when he has it.
//
// In the design `ft_system`, where a block that is freed is gone: whoever looks at it then is
// caught.
#include <gtest/gtest.h>

#include "memory/epoch.h"
#include "memory/heap.h"
#include "memory/merge_queue.h"
#include "objects/types/list_items.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect;
using explorer::explore;
using explorer::Report;
using explorer::Shared;

static_assert(kPolicy.object_heap == ObjectHeap::kSystem);

struct Item : Object {
  Shared<int>* ends;
  Shared<int> payload{1};
  explicit Item(Shared<int>& counter) noexcept : Object(0), ends(&counter) {}
};

// As objects/model/destroy.cc, but without a type.
Destruction destroy_item(void* block) noexcept {
  auto& item = *static_cast<Item*>(block);
  item.ends->set(item.ends->get() + 1);
  if (item.is_retire_late()) {
    Epoch::retire(&item);
  } else {
    item.payload.set(0);
    heap::free(&item);
  }
  return Destruction::kDone;
}

struct Holder : Object {
  ListItems items;
  Holder() noexcept : Object(0) {}
};

enum class Mistake {
  kNone,
  kReadsWithoutTheNumber,  // the reader asks neither before nor after
  kMovesWithoutTheNumber,  // the writer moves items and says nothing
};

[[nodiscard]] Ref<> number(int n) { return Ref<>::adopt(Value::of_int(n)); }
[[nodiscard]] int number_of(const Ref<>& value) {
  return value ? static_cast<int>(value.value().as_int()) : 0;
}

// --- What a list does, or does wrong. ---

void append(Holder& list, Ref<> value) {
  const Locked lock(list);
  if (list.items.append(lock.held(), value)) return;
  expect(list.items.make_room(lock.held(), 1) == Status::kDone, "there is memory");
  expect(list.items.append(lock.held(), value), "there is room");
}

// Takes the first of two out.
template <Mistake kMistake>
void pop_first(Holder& list) {
  Ref<> first;
  const Locked lock(list);
  const Held holder = lock.held();
  if (kMistake == Mistake::kMovesWithoutTheNumber) {
    first = list.items.at(holder, 0).take(holder);
    list.items.at(holder, 0).move_from(holder, list.items.at(holder, 1));
    list.items.at(holder, 1).forget(holder);
    return;
  }
  ListItems::Change change(list.items, holder);
  first = change.take(0);
  change.close_gap(0, 1);
}

template <Mistake kMistake>
Ref<> get(Holder& list, std::int64_t index) {
  Ref<> found;
  if (kMistake == Mistake::kReadsWithoutTheNumber && list.is_open()) {
    const Held nobody = Held::unreachable(list);
    const std::size_t size = list.items.size(nobody);
    std::size_t place = 0;
    if (find_position(index, size, place) && list.items.at(nobody, place).try_load(list, found))
      return found;
  }
  if (list.items.try_load(list, index, found) != Look::kUnknown) return found;
  const Locked lock(list);
  const Held holder = lock.held();
  std::size_t place = 0;
  if (find_position(index, list.items.size(holder), place))
    found = list.items.at(holder, place).load(holder);
  return found;
}

// --- The scenarios. ---

// An owner of a list that is shared, and a stranger who counts it too.
struct World {
  static constexpr unsigned kActors = 2;
  Shared<int> ends{0};
  Member owner, stranger;
  Holder list;

  World() {
    set_destroyer(destroy_item);
    owner.enter();
    list.begin_life();
    list.mark_shared();
    current() = {};
  }
  void fill(std::initializer_list<int> numbers) {
    owner.enter();
    for (const int n : numbers) append(list, number(n));
    current() = {};
  }
  // Whoever is asked comes to a safepoint, until nobody is.
  void settle() {
    for (bool again = true; again;) {
      again = false;
      for (const Member* one : {&owner, &stranger}) {
        if (one->slot().breaker.load(kSeqCst) == 0) continue;
        one->enter();
        safepoint();
        again = true;
      }
    }
    current() = {};
  }
};

// The first of 1, 2 is taken out while somebody looks from the left to the right.
template <Mistake kMistake>
struct OwnerPopsTheFirst : World {
  OwnerPopsTheFirst() { fill({1, 2}); }
  void act(unsigned actor) {
    if (actor == 0) {
      owner.enter();
      return pop_first<kMistake>(list);
    }
    stranger.enter();
    const int left = number_of(get<kMistake>(list, 0));
    const int right = number_of(get<kMistake>(list, 1));
    expect(left == 1 || left == 2, "the first is one of them");
    expect(right == 0 || (left == 1 && right == 2), "who is first is not second afterwards");
  }
  void finish() { settle(); }
};

// The last of 1, 2 is looked for, from the end, while the list becomes 2 and then 2, 3.
template <Mistake kMistake>
struct OwnerTurnsTheQueue : World {
  OwnerTurnsTheQueue() { fill({1, 2}); }
  void act(unsigned actor) {
    if (actor == 0) {
      owner.enter();
      pop_first<kMistake>(list);
      return append(list, number(3));
    }
    stranger.enter();
    const int last = number_of(get<kMistake>(list, -1));
    expect(last == 2 || last == 3, "the last is 2, and then 3");
  }
  void finish() { settle(); }
};

// The array is replaced by a larger one.
struct OwnerAppends : World {
  OwnerAppends() { fill({1, 2, 3, 4}); }
  void act(unsigned actor) {
    if (actor == 0) {
      owner.enter();
      return append(list, number(5));
    }
    stranger.enter();
    expect(number_of(get<Mistake::kNone>(list, 0)) == 1, "the first stays");
    const int last = number_of(get<Mistake::kNone>(list, -1));
    expect(last == 4 || last == 5, "the last is one of them");
  }
  void finish() { settle(); }
};

// All is taken out, with an item that has an end.
struct OwnerClears : World {
  Item* item = nullptr;
  OwnerClears() {
    owner.enter();
    void* const block = heap::allocate(sizeof(Item));
    item = new (block) Item(ends);
    item->begin_life();
    append(list, Ref<>::adopt(Value(item)));
    current() = {};
  }
  void act(unsigned actor) {
    if (actor == 0) {
      owner.enter();
      const TakenFields taken = [&] {
        const Locked lock(list);
        return ListItems::Change(list.items, lock.held()).take_all();
      }();
      return;
    }
    stranger.enter();
    if (const Ref<> found = get<Mistake::kNone>(list, 0))
      expect(static_cast<Item*>(found.value().object())->payload.get() == 1, "alive while held");
  }
  void finish() {
    settle();
    expect(ends.get() == 1, "the item ended, once");
  }
};

template <class Scenario>
void expect_sound(const explorer::Options& options = {}) {
  expect_all(explore<Scenario>(options));
}

template <class Scenario>
void expect_caught() {
  const Report report = explore<Scenario>();
  EXPECT_FALSE(report.is_clean()) << report;
}

TEST(ListExplored, TheFirstIsTakenOut) { expect_sound<OwnerPopsTheFirst<Mistake::kNone>>(); }
// A wider bound holds too, and takes a quarter of a minute.
TEST(ListExplored, TheEndIsLookedForWhileItMoves) {
  expect_sound<OwnerTurnsTheQueue<Mistake::kNone>>({{.preemptions = 1}});
}
TEST(ListExplored, TheArrayIsReplaced) { expect_sound<OwnerAppends>(); }
TEST(ListExplored, AllIsTakenOut) { expect_sound<OwnerClears>(); }

TEST(ListExplored, AReaderHasToAskForTheNumber) {
  expect_caught<OwnerPopsTheFirst<Mistake::kReadsWithoutTheNumber>>();
  expect_caught<OwnerTurnsTheQueue<Mistake::kReadsWithoutTheNumber>>();
}
TEST(ListExplored, AWriterHasToChangeTheNumber) {
  expect_caught<OwnerPopsTheFirst<Mistake::kMovesWithoutTheNumber>>();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
