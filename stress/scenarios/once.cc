// Two threads need what is made once: the lazily made dict of an instance, `setdefault`, a cached
// hash (runtime/once.h).

#include "runtime/once.h"

#include "runtime/thread.h"
#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

// Looks, and then makes.
class LooksThenMakes {
 public:
  bool run(FunctionRef<bool()> attempt) {
    if (done_.load(kAcquire)) return true;
    const bool made = attempt();
    done_.store(true, kRelease);
    return made;
  }

 private:
  SysAtomic<bool> done_{false};
};

template <class AnyOnce>
struct MadeOnce {
  static constexpr bool kAttached = true;
  AnyOnce once;
  SysAtomic<int> made{0}, tries{0};
  int saw[2] = {};

  MadeOnce() {
    call(once, "once");
    call(made, "made");
  }
  void need(int me) {
    const bool done = once.run([&] {
      tries.fetch_add(1, kRelaxed);
      made.store(me + 1, kRelaxed);  // relaxed: published by the once
      return true;
    });
    expect(done, "its own try or another's succeeded");
    saw[me] = made.load(kRelaxed);
  }
  void one() { need(0); }
  void other() { need(1); }
  using Actors = stress::Actors<&MadeOnce::one, &MadeOnce::other>;
  [[nodiscard]] Outcome outcome() const { return {saw[0], saw[1], tries.load(kRelaxed)}; }
};

const Registration kOnce{{
    .name = "once",
    .question = "May two threads make what there should be one of?",
    .actors = {"one", "other"},
    .shows = {"one got", "other got", "tries"},
    .outcomes = {{{1, 1, 1}, kAcceptable, "both have what one made"},
                 {{2, 2, 1}, kAcceptable, "both have what the other made"},
                 {{kAny, kAny, 2}, kForbidden, "made twice"},
                 {{kAny, kAny, kAny}, kForbidden, "they have different ones"}},
    .body = body<MadeOnce<Once>>(),
    .twins = {{"looks_then_makes", "looks whether it is made, and makes it then",
               body<MadeOnce<LooksThenMakes>>()}},
    .bounds = {.preemptions = 2, .stale_reads = 1, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
