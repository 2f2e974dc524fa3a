#include "objects/model/destroy.h"

#include <cassert>

#include "memory/epoch.h"
#include "memory/heap.h"
#include "objects/model/call_out.h"
#include "objects/model/finalize.h"
#include "objects/model/thread_record.h"
#include "objects/model/weak_table.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

void end_weak_links(Object& object) noexcept {
  WeakCalls due;
  WeakTable::end(object, due);
  due.run();
}

void end(Object& object) noexcept {
  if (awaits_finalizer(object) && is_saved_by_finalizer(object)) return;
  if (object.has(ObjectFlag::kWeaklyReferenced)) [[unlikely]]
    end_weak_links(object);
  if (!CallOut::may_go_on()) return;                       // a callback was refused
  assert(object.count().kind() == BlockKind::kDestroyed);  // I1
  Shape::of(object).layout().dismantle(object, Remains(object));
  if (object.is_retire_late()) {
    Epoch::retire(&object);
  } else {
    heap::free(&object);
  }
}

}  // namespace

void Remains::give_back_buffer(void* buffer) const noexcept {
  if (buffer == nullptr) return;
  if (is_exposed_) {
    Epoch::retire_buffer(buffer);
  } else {
    free_buffer(buffer);
  }
}

Destruction destroy_object(void* block) noexcept {
  ThreadRecord& me = ThreadRecord::mine();
  if (me.destroying == kMostNested) [[unlikely]] {
    me.has_doomed = true;
    doom(block);
    return Destruction::kPutOff;
  }
  ++me.destroying;
  end(*static_cast<Object*>(block));
  // Still counted as one level, so that what is doomed is not drained inside the drain.
  if (me.destroying == 1 && me.has_doomed) [[unlikely]] {
    if (CallOut::may_go_on()) destroy_doomed();  // until there are none, new ones included
    me.has_doomed = false;
  }
  --me.destroying;
  return Destruction::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
