// Two threads, one of them the owner, drop the last references to an object (memory/refcount.h).

#include "runtime/thread.h"
#include "stress/harness/scenario.h"
#include "stress/scenarios/watched.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

// How references are dropped: by the product, or with a mistake.
struct Product {
  void retain(Watched& object) { orochi::retain(&object); }
  void drop(Watched& object) { orochi::drop(&object); }
};

// A count of its own, whose updates are not one step.
class LoadAndStore {
 public:
  void retain(Watched&) { count_.store(count_.load(kRelaxed) + 1, kRelaxed); }
  void drop(Watched& object) {
    const int left = count_.load(kAcquire) - 1;
    count_.store(left, kRelease);
    if (left == 0) orochi::drop(&object);
  }

 private:
  SysAtomic<int> count_{1};
};

template <class Counting>
struct LastReferences {
  static constexpr bool kAttached = true;
  Deaths deaths;
  Counting counting;
  Watched* object = make_watched(deaths, Afterwards::kFreed);

  LastReferences() {
    counting.retain(*object);
    call(object->count(), "count");
  }
  void come_and_go() {
    counting.retain(*object);
    counting.drop(*object);
    counting.drop(*object);
  }
  void go() { counting.drop(*object); }
  using Actors = stress::Actors<&LastReferences::come_and_go, &LastReferences::go>;
  void arbiter() { deaths.wait_for_one(); }
  [[nodiscard]] Outcome outcome() const { return {deaths.count()}; }
};

const Registration kLastReferences{{
    .name = "last_references",
    .question = "Does an object die once, whoever drops last?",
    .actors = {"owner", "stranger"},
    .shows = {"deaths"},
    .outcomes = {{{1}, kAcceptable, "destroyed, once"},
                 {{kAny}, kForbidden, "destroyed more than once"}},
    .body = body<LastReferences<Product>>(),
    .twins = {{"load_and_store", "counts with a load and a store instead of one update",
               body<LastReferences<LoadAndStore>>()}},
    .bounds = {.preemptions = 2, .stale_reads = 1, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
