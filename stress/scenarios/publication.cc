// What every table of the objects rests on: a reader that sees a flag sees what was stored before.

#include "memory/door/sys_atomic.h"
#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

enum class Mistake { kNone, kRelaxedFlag, kFlagFirst };

template <Mistake kMistake>
struct Publication {
  SysAtomic<int> value{0};
  SysAtomic<int> flag{0};
  int saw_flag = 0, saw_value = 0;

  Publication() {
    call(value, "value");
    call(flag, "flag");
  }
  void write() {
    if (kMistake == Mistake::kFlagFirst) flag.store(1, kRelease);
    value.store(42, kRelaxed);  // relaxed: published by the flag
    if (kMistake == Mistake::kRelaxedFlag) flag.store(1, kRelaxed);
    if (kMistake == Mistake::kNone) flag.store(1, kRelease);
  }
  void read() {
    saw_flag = flag.load(kAcquire);
    if (saw_flag != 0) saw_value = value.load(kRelaxed);  // relaxed: ordered by the flag
  }
  using Actors = stress::Actors<&Publication::write, &Publication::read>;
  [[nodiscard]] Outcome outcome() const { return {saw_flag, saw_value}; }
};

const Registration kPublication{{
    .name = "publication",
    .question = "May a reader see the flag before the value?",
    .actors = {"writer", "reader"},
    .shows = {"flag", "value"},
    .outcomes = {{{0, 0}, kAcceptable, "the reader came before"},
                 {{1, 42}, kAcceptable, "the reader came after"},
                 {{1, 0}, kForbidden, "the flag was seen before its value"}},
    .body = body<Publication<Mistake::kNone>>(),
    .twins = {{"flag_first", "stores the flag, and then the value",
               body<Publication<Mistake::kFlagFirst>>()},
              {"relaxed_flag", "stores the flag without release",
               body<Publication<Mistake::kRelaxedFlag>>(), SeenBy::kExplorer}},
    .bounds = {.preemptions = 3},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
