// Who has stopped the world is alone, however the others come and go (runtime/world.h).

#include "runtime/thread.h"
#include "runtime/world.h"
#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

enum class Mistake { kNone, kDoesNotStop, kWorksDetached };

template <Mistake kMistake>
struct StoppedWorldIsStill {
  static constexpr bool kAttached = true;
  SysAtomic<int> busy{0};
  int saw = 0;

  StoppedWorldIsStill() { call(busy, "busy"); }
  void look() {
    // relaxed: a stop orders what threads did before it.
    if (kMistake == Mistake::kDoesNotStop) {
      saw = busy.load(kRelaxed);
    } else {
      const StoppedWorld stopped;
      for (int looks = 0; looks < 4; ++looks) {
        saw |= busy.load(kRelaxed);
        linger();
      }
    }
  }
  void be_busy() {
    busy.store(1, kRelaxed);
    linger();
    busy.store(0, kRelaxed);
  }
  void work() {
    be_busy();
    Thread& me = *Thread::current();
    me.detach();
    if (kMistake == Mistake::kWorksDetached) be_busy();
    expect(me.attach() == Attach::kDone, "nobody shuts down");
    be_busy();
  }
  using Actors = stress::Actors<&StoppedWorldIsStill::look, &StoppedWorldIsStill::work>;
  [[nodiscard]] Outcome outcome() const { return {saw}; }
};

const Registration kStoppedWorld{{
    .name = "stopped_world",
    .question = "Does anybody work while the world is stopped?",
    .actors = {"stopper", "worker"},
    .shows = {"busy"},
    .outcomes = {{{0}, kAcceptable, "it stood still"},
                 {{1}, kForbidden, "somebody was in the middle of something"}},
    .body = body<StoppedWorldIsStill<Mistake::kNone>>(),
    .twins = {{"does_not_stop", "looks without stopping anybody",
               body<StoppedWorldIsStill<Mistake::kDoesNotStop>>()},
              {"works_detached", "a thread goes on while it is detached",
               body<StoppedWorldIsStill<Mistake::kWorksDetached>>()}},
    .bounds = {.preemptions = 2, .stale_reads = 0, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
