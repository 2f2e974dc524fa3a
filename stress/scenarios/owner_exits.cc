// The owner of an object exits, and another thread gets its slot, while a stranger drops the last
// reference, one of the owner's half (memory/merge_queue.h, I1 and I2).

#include "runtime/thread.h"
#include "stress/harness/scenario.h"
#include "stress/scenarios/watched.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

enum class Mistake { kNone, kForgetsDebt };

template <Mistake kMistake>
struct OwnerExits {
  static constexpr bool kAttached = true;
  Deaths deaths;
  Watched* object = make_watched(deaths, Afterwards::kFreed);

  OwnerExits() {
    retain(object);
    call(object->count(), "count");
  }
  void exit_and_return() {
    drop(object);
    Thread::exit();
    expect(Thread::start() == Attach::kDone, "another thread begins");
  }
  void drop_last() {
    if (kMistake == Mistake::kNone) return drop(object);
    // What the owner's half counts is the owner's to settle, and nobody tells it.
    if (object->count().drop(current().id) == Debt::kDestroy) destroy(object);
  }
  using Actors = stress::Actors<&OwnerExits::exit_and_return, &OwnerExits::drop_last>;
  void arbiter() { deaths.wait_for_one(); }
  [[nodiscard]] Outcome outcome() const { return {deaths.count()}; }
};

const Registration kOwnerExits{{
    .name = "owner_exits",
    .question = "Is an object destroyed whose owner exits before its last reference is dropped?",
    .actors = {"owner", "stranger"},
    .shows = {"deaths"},
    .outcomes = {{{1}, kAcceptable, "destroyed, once"},
                 {{kAny}, kForbidden, "destroyed more than once"}},
    .body = body<OwnerExits<Mistake::kNone>>(),
    .twins = {{"forgets_debt", "drops a reference of the owner's half and tells nobody",
               body<OwnerExits<Mistake::kForgetsDebt>>()}},
    .bounds = {.preemptions = 2, .stale_reads = 0, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
