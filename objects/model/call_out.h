// objects/model/call_out.h: code that runs where nobody has called it.
//
// Finalizers, callbacks of weak links and observers run in the middle of something else: of a drop,
// of a safepoint. Around such code stands a CallOut:
//
//     const CallOut call_out;
//     layout.finalize(object);
//     if (CallOut::may_go_on()) report_unraisable(...);
//
// I1  What is pending is put aside and pending again afterwards. What the code leaves pending is
//     forgotten, also if nothing was pending before.
// I2  Levels of destruction are counted anew inside (objects/model/destroy.h), so that what the
//     code drops ends at once, and not after a finalizer that may run for hours. In kCountedAnew
//     levels of such code; deeper they go on being added up, so a stack stays bounded.
// I3  The code may detach for a blocking call, and a shutdown may refuse its return. Then the
//     thread unwinds and touches no object: what it holds here is left as it is, for good.
//
// Attached threads, each its own. Tests: tests/objects/model/call_out_test.cc
#pragma once

#include <cstdint>

#include "objects/model/error.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {

class CallOut {
 public:
  static constexpr std::uint8_t kCountedAnew = 8;  // I2

  CallOut() noexcept;
  ~CallOut();
  CallOut(const CallOut&) = delete;
  CallOut& operator=(const CallOut&) = delete;

  // I3. To be asked after any code that is called out.
  [[nodiscard]] static bool may_go_on() noexcept { return Thread::current()->is_attached(); }

 private:
  union {
    Error before_;  // destroyed by hand, or left (I3)
  };
  const std::uint32_t destroying_;
};

}  // namespace orochi::inline OROCHI_DESIGN
