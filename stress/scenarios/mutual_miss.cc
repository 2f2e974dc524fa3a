// Dekker's question, on which every handshake of the runtime rests (attach and stop, sleep and
// wake): of two threads that each announce themselves and then look, one sees the other.

#include "memory/door/sys_atomic.h"
#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

template <Order kAnnounce, Order kLook>
struct MutualMiss {
  SysAtomic<int> one_is_here{0}, other_is_here{0};
  int one_saw = 0, other_saw = 0;

  MutualMiss() {
    call(one_is_here, "one's word");
    call(other_is_here, "other's word");
  }
  void one() {
    one_is_here.store(1, kAnnounce);
    one_saw = other_is_here.load(kLook);
  }
  void other() {
    other_is_here.store(1, kAnnounce);
    other_saw = one_is_here.load(kLook);
  }
  using Actors = stress::Actors<&MutualMiss::one, &MutualMiss::other>;
  [[nodiscard]] Outcome outcome() const { return {one_saw, other_saw}; }
};

// ThreadSanitizer's instrumentation takes longer than a store stays in its buffer.
constexpr SeenBy kWhoHasStoreBuffers = kThreadSanitizer ? SeenBy::kExplorer : SeenBy::kBoth;

const Registration kMutualMiss{{
    .name = "mutual_miss",
    .question = "May two threads that announce themselves miss each other?",
    .actors = {"one", "other"},
    .shows = {"one saw", "other saw"},
    .outcomes = {{{1, 1}, kAcceptable, "both were there"},
                 {{0, 1}, kAcceptable, "one came first"},
                 {{1, 0}, kAcceptable, "the other came first"},
                 {{0, 0}, kForbidden, "each missed the other"}},
    .body = body<MutualMiss<kSeqCst, kSeqCst>>(),
    .twins = {{"release_acquire", "announces with release and looks with acquire",
               body<MutualMiss<kRelease, kAcquire>>(), kWhoHasStoreBuffers}},
    .bounds = {.preemptions = 3},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
