// A thread with a pointer that is not counted tries to count the object, as a weak reference does,
// while its owner drops the last reference (Refcount::try_retain).

#include "runtime/thread.h"
#include "stress/harness/scenario.h"
#include "stress/scenarios/watched.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

enum class Mistake { kNone, kLooksThenCounts };

template <Mistake kMistake>
struct WeakUpgrade {
  static constexpr bool kAttached = true;
  Deaths deaths;
  Watched* object = make_watched(deaths, Afterwards::kRetired);
  SysAtomic<Watched*> weak{object};
  int got = 0, content = 0;

  WeakUpgrade() {
    object->weak = &weak;
    object->count().mark_weakly_referenced();
    call(object->count(), "count");
    call(weak, "weak reference");
  }
  static bool try_retain(Refcount& count) {
    if (kMistake == Mistake::kNone) return count.try_retain(current().id);
    if (count.kind() != BlockKind::kLive) return false;
    count.retain(current().id);
    return true;
  }
  void drop_last() { drop(object); }
  void upgrade() {
    Watched* const found = weak.load(kAcquire);
    if (found == nullptr || !try_retain(found->count())) return;
    got = 1;
    content = found->content.get();
    drop(found);
  }
  using Actors = stress::Actors<&WeakUpgrade::drop_last, &WeakUpgrade::upgrade>;
  void arbiter() { deaths.wait_for_one(); }
  [[nodiscard]] Outcome outcome() const { return {got, content, deaths.count()}; }
};

const Registration kWeakUpgrade{{
    .name = "weak_upgrade",
    .question = "May a weak reference bring back the dead?",
    .actors = {"owner", "weak"},
    .shows = {"got it", "content", "deaths"},
    .outcomes = {{{1, Watched::kAlive, 1}, kAcceptable, "alive, and kept alive while it is read"},
                 {{0, 0, 1}, kAcceptable, "dead, and said so"},
                 {{1, Watched::kDead, kAny}, kForbidden, "counted after its death"},
                 {{kAny, kAny, kAny}, kForbidden, "destroyed more than once"}},
    .body = body<WeakUpgrade<Mistake::kNone>>(),
    .twins = {{"looks_then_counts", "looks whether it lives, and counts it then",
               body<WeakUpgrade<Mistake::kLooksThenCounts>>()}},
    .bounds = {.preemptions = 2, .stale_reads = 1, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
