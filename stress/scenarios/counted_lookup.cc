// A reader finds an object in a place without a lock, while a writer takes it out, drops it and
// makes another one of the same size: as d.get(k) beside `del d[k]`.

#include "runtime/thread.h"
#include "stress/harness/scenario.h"
#include "stress/scenarios/watched.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

enum class Mistake { kNone, kCountsBlindly };

template <Mistake kMistake>
struct CountedLookup {
  static constexpr bool kAttached = true;
  static constexpr int kOfAnother = 7;
  Deaths deaths, other_deaths;
  Watched* other = nullptr;
  SysAtomic<Watched*> place{make_watched(deaths, Afterwards::kRetired)};
  int found = 0, content = 0;

  CountedLookup() {
    place.load(kRelaxed)->count().mark_weakly_referenced();
    call(place, "place");
  }
  void take_out() {
    // acq_rel: as any exchange of a reference; what it points to was published here.
    drop(place.exchange(nullptr, kAcqRel));
    other = make_watched(other_deaths, Afterwards::kRetired);
    other->content.set(kOfAnother);
    other->count().mark_weakly_referenced();
  }
  static bool retain_found(Watched& object) {
    if (kMistake == Mistake::kNone) return object.count().try_retain(current().id);
    object.count().retain(current().id);
    return true;
  }
  void look_up() {
    Watched* const object = place.load(kAcquire);
    linger();
    if (object == nullptr || !retain_found(*object)) return;
    found = 1;
    content = object->content.get();
    drop(object);
  }
  using Actors = stress::Actors<&CountedLookup::take_out, &CountedLookup::look_up>;
  void arbiter() {
    deaths.wait_for_one();
    drop(other);
    other_deaths.wait_for_one();
  }
  [[nodiscard]] Outcome outcome() const { return {found, content, deaths.count()}; }
};

const Registration kCountedLookup{{
    .name = "counted_lookup",
    .question = "May a reader without a lock get an object that is gone?",
    .actors = {"writer", "reader"},
    .shows = {"found", "content", "deaths"},
    .outcomes = {{{1, Watched::kAlive, 1}, kAcceptable, "found, and kept alive while it is read"},
                 {{0, 0, 1}, kAcceptable, "not there any more, or dying"},
                 {{1, kAny, kAny}, kForbidden, "another object, or a dead one"},
                 {{kAny, kAny, kAny}, kForbidden, "not destroyed once"}},
    .body = body<CountedLookup<Mistake::kNone>>(),
    .twins = {{"counts_blindly", "counts what it found as if it had a reference already",
               body<CountedLookup<Mistake::kCountsBlindly>>()}},
    .bounds = {.preemptions = 2, .stale_reads = 1, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
