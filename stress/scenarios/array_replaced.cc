// A writer puts a longer copy in the place of an array that readers look at without a lock, as a
// list or a dict does when it grows.

#include <cstdlib>

#include "memory/buffer.h"
#include "memory/epoch.h"
#include "runtime/thread.h"
#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

enum class Mistake { kNone, kFreesAtOnce, kPublishesFirst };

template <Mistake kMistake>
struct ArrayReplaced {
  static constexpr bool kAttached = true;
  using Item = SysAtomic<int>;
  static constexpr int kItem = 1, kScribbled = -1;
  SysAtomic<Item*> items{make(1)};
  int saw = 0;

  ArrayReplaced() { call(items, "items"); }
  ~ArrayReplaced() { free_buffer(items.load(kRelaxed)); }

  static Item* make(int value) {
    auto* const made = static_cast<Item*>(allocate_buffer(8 * sizeof(Item)));
    if (made == nullptr) std::abort();
    for (int i = 0; i < 8; ++i) new (made + i) Item(value);
    return made;
  }
  static void dispose(Item* old) {
    if (kMistake != Mistake::kFreesAtOnce) return Epoch::retire_buffer(old);
    for (int i = 0; i < 8; ++i) old[i].store(kScribbled, kRelaxed);
    free_buffer(old);
  }
  void grow() {
    Item* const old = items.load(kRelaxed);  // relaxed: this thread alone writes it
    Item* const grown = make(kMistake == Mistake::kPublishesFirst ? kScribbled : kItem);
    items.store(grown, kRelease);  // release: pairs with the reader's acquire
    if (kMistake == Mistake::kPublishesFirst) grown[5].store(kItem, kRelease);
    dispose(old);
  }
  void read() {
    const Item* const seen = items.load(kAcquire);
    saw = seen[5].load(kRelaxed);  // relaxed: published with the array
  }
  using Actors = stress::Actors<&ArrayReplaced::grow, &ArrayReplaced::read>;
  [[nodiscard]] Outcome outcome() const { return {saw}; }
};

const Registration kArrayReplaced{{
    .name = "array_replaced",
    .question = "Does a reader without a lock see whole arrays only?",
    .actors = {"writer", "reader"},
    .shows = {"item"},
    .outcomes = {{{1}, kAcceptable, "an item, of the old array or the new one"},
                 {{kAny}, kForbidden, "not an item of either array"}},
    .body = body<ArrayReplaced<Mistake::kNone>>(),
    .twins = {{"frees_at_once", "frees the old array although readers may look at it",
               body<ArrayReplaced<Mistake::kFreesAtOnce>>()},
              {"publishes_first", "publishes the new array before its items",
               body<ArrayReplaced<Mistake::kPublishesFirst>>()}},
    .bounds = {.preemptions = 2, .stale_reads = 1, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
