#include "objects/model/call_out.h"

#include <cassert>
#include <memory>
#include <utility>

#include "objects/model/thread_record.h"

namespace orochi::inline OROCHI_DESIGN {

CallOut::CallOut() noexcept : before_(Error::take()), destroying_(ThreadRecord::mine().destroying) {
  ThreadRecord& me = ThreadRecord::mine();
  if (me.call_outs < kCountedAnew) me.destroying = 0;  // I2
  assert(me.call_outs != UINT8_MAX);
  ++me.call_outs;
}

CallOut::~CallOut() {
  ThreadRecord& me = ThreadRecord::mine();
  --me.call_outs;
  me.destroying = destroying_;
  if (!may_go_on()) return;
  clear_error();
  std::move(before_).restore();
  std::destroy_at(&before_);
}

}  // namespace orochi::inline OROCHI_DESIGN
