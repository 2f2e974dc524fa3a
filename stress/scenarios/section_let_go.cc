// A critical section lets go of its lock while its thread blocks, as in a comparison that runs
// Python code; another thread changes the container meanwhile. The section's ticket says so.

#include "runtime/critical_section.h"
#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

enum class Mistake { kNone, kTicketAfterwards };

template <Mistake kMistake>
struct SectionLetGo {
  static constexpr bool kAttached = true;
  ObjectLock lock;
  SysAtomic<int> version{0};
  int changed = 0, was_told = 0;

  SectionLetGo() {
    call(lock, "lock");
    call(version, "version");
  }
  void block_inside() {
    const CriticalSection section(lock);
    CriticalSection::Ticket ticket = section.ticket();
    const int before = version.load(kRelaxed);  // relaxed, here and below: under the lock
    { const Detached blocking; }
    if (kMistake == Mistake::kTicketAfterwards) ticket = section.ticket();
    changed = version.load(kRelaxed) != before;
    was_told = section.was_suspended_since(ticket);
  }
  void change() {
    const CriticalSection section(lock);
    version.store(1, kRelaxed);
  }
  using Actors = stress::Actors<&SectionLetGo::block_inside, &SectionLetGo::change>;
  [[nodiscard]] Outcome outcome() const { return {changed, was_told}; }
};

const Registration kSectionLetGo{{
    .name = "section_let_go",
    .question = "Does a section know that others were inside while it blocked?",
    .actors = {"blocker", "changer"},
    .shows = {"changed", "was told"},
    .outcomes = {{{0, 1}, kAcceptable, "nothing changed, and it might have"},
                 {{1, 1}, kAcceptable, "it changed, and the section was told"},
                 {{0, 0}, kInteresting, "nothing changed, and the section knows"},
                 {{1, 0}, kForbidden, "it changed under the section's hands"}},
    .body = body<SectionLetGo<Mistake::kNone>>(),
    .twins = {{"ticket_afterwards", "takes the ticket after it blocked",
               body<SectionLetGo<Mistake::kTicketAfterwards>>()}},
    .bounds = {.preemptions = 2, .stale_reads = 0, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
