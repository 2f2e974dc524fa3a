// _getframe getprofile gettrace.

#include "objects/model/error.h"
#include "python/modules/arguments.h"
#include "python/modules/sys/functions.h"
#include "python/vm/execute.h"
#include "python/vm/frame_object.h"

namespace orochi::inline OROCHI_DESIGN::sys {

Ref<> getframe(const Value* arguments) noexcept {
  int depth = 0;
  if (failed(read_c_int(arguments[0], depth))) return kRaised;
  Frame* const frame = current_frame(depth < 0 ? 0 : static_cast<std::size_t>(depth));
  if (frame == nullptr) return raise(ErrorKind::kValue, {"call stack is not deep enough"});
  return frame_object_of(*frame);
}

// Nobody traces and nobody profiles.
Ref<> gettrace(const Value*) noexcept { return Special::kNone; }
Ref<> getprofile(const Value*) noexcept { return Special::kNone; }

}  // namespace orochi::inline OROCHI_DESIGN::sys
