// Two threads need the locks of two objects, each in the other's order, while a third stops the
// world (runtime/critical_section.h, I2).

#include "runtime/critical_section.h"
#include "runtime/mutex.h"
#include "runtime/world.h"
#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

struct Product {
  using Lock = ObjectLock;
  using Hold = CriticalSection;
};

// One lock after the other, as they are named.
struct InTheGivenOrder {
  using Lock = Mutex;
  struct Hold {
    Mutex& one;
    Mutex& other;
    Hold(Mutex& first, Mutex& second) OROCHI_UNCHECKED_LOCKING : one(first), other(second) {
      one.lock();
      linger();
      other.lock();
    }
    ~Hold() OROCHI_UNCHECKED_LOCKING {
      other.unlock();
      one.unlock();
    }
  };
};

template <class Locking>
struct TwoSections {
  static constexpr bool kAttached = true;
  typename Locking::Lock p, q;
  SysAtomic<int> turns{0};

  TwoSections() {
    call(p, "p's lock");
    call(q, "q's lock");
  }
  void take_a_turn(typename Locking::Lock& first, typename Locking::Lock& second) {
    const typename Locking::Hold hold(first, second);
    turns.store(turns.load(kRelaxed) + 1, kRelaxed);  // relaxed: under both locks
  }
  void p_and_q() { take_a_turn(p, q); }
  void q_and_p() { take_a_turn(q, p); }
  void stop() { const StoppedWorld stopped; }
  using Actors = stress::Actors<&TwoSections::p_and_q, &TwoSections::q_and_p, &TwoSections::stop>;
  [[nodiscard]] Outcome outcome() const { return {turns.load(kRelaxed)}; }
};

const Registration kTwoSections{{
    .name = "two_sections",
    .question = "Can two threads that need two objects wait for each other for ever?",
    .actors = {"p and q", "q and p", "stopper"},
    .shows = {"turns"},
    .outcomes = {{{2}, kAcceptable, "one after the other"},
                 {{1}, kForbidden, "both were inside at once"}},
    .body = body<TwoSections<Product>>(),
    .twins = {{"in_the_given_order", "takes one lock and waits for the other with it in hand",
               body<TwoSections<InTheGivenOrder>>()}},
    .bounds = {.preemptions = 1, .stale_reads = 0, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
