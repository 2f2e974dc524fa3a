#include "objects/collector/collection.h"

#include "objects/collector/scan.h"
#include "objects/collector/tracing.h"
#include "objects/model/call_out.h"
#include "objects/model/finalize.h"
#include "objects/model/ref.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::int64_t kOurReference = 1;  // I2

// Runs a phase, notes how long it took, and returns what it returns.
template <class Phase>
auto timed(platform::Nanos& took, Phase&& phase) noexcept {
  const struct Timer {
    explicit Timer(platform::Nanos& result) noexcept : took(result), began(platform::now()) {}
    ~Timer() { took = platform::now() - began; }
    platform::Nanos& took;
    const platform::Nanos began;
  } timer(took);
  return phase();
}

}  // namespace

// --- The first pause. ---

bool Collection::find_stopped() noexcept {
  Tracing tracing;
  if (!timed(times_.lay_out, [&] { return tables_.lay_out_stopped(); })) return false;
  timed(times_.count, [&] { tracing.count(); });
  scanned_ = tracing.scanned();
  return timed(times_.mark, [&] { return tracing.mark(); }) &&
         timed(times_.list, [&] { return tracing.list(garbage_); });
}

void Collection::claim_stopped() noexcept {
  timed(times_.claim, [this] {
    garbage_.for_each([](Object& object) {
      object.count().hold_stopped(current().id);  // I2
      SideTables::of(object).become_garbage();
      // What is garbage itself calls nobody.
      if (Shape::of(object).layout().is_weak_link)
        WeakTable::leave_stopped(static_cast<WeakLink&>(object));
    });
    garbage_.for_each([this](Object& object) {
      if (object.has(ObjectFlag::kWeaklyReferenced)) WeakTable::end_stopped(object, due_);  // I3
    });
  });
  found_ = garbage_.size();
}

// --- Calling out. ---

void Collection::call_back() noexcept {
  has_called_out_ = has_called_out_ || !due_.is_empty();
  due_.run();
}

void Collection::finalize() noexcept {
  garbage_.for_each([this](Object& object) {
    if (!CallOut::may_go_on()) return;  // I4
    if (awaits_finalizer(object)) {
      has_called_out_ = true;
      run_finalizer(object);
    }
    if (CallOut::may_go_on()) safepoint();
  });
}

// --- The second pause. ---

// As in the first: who is held by more than other garbage and this collection?
void Collection::spare_resurrected_stopped() noexcept {
  ObjectStack to_visit;
  garbage_.for_each([](const Object& object) { SideTables::of(object).become_garbage(); });
  garbage_.for_each([](const Object& object) {
    for_each_child_stopped(object, [](const Object& child) {
      if (SideTables::is_garbage(child)) SideTables::of(child).count_one();
    });
  });
  // Without memory nothing is cleared: what is garbage still is found again by the next collection.
  if (!spare_held_again(to_visit)) spare_all();
  end_new_links();
}

bool Collection::spare_held_again(ObjectStack& to_visit) noexcept {
  bool has_memory = true;
  garbage_.for_each([&](Object& object) {
    const BlockNote note = SideTables::of(object);
    if (note.is_garbage() && is_held_otherwise(object, note, kOurReference))
      has_memory = spare(object, to_visit) && has_memory;
    while (!to_visit.is_empty()) {
      for_each_child_stopped(to_visit.pop(), [&](Object& child) {
        if (SideTables::is_garbage(child)) has_memory = spare(child, to_visit) && has_memory;
      });
    }
  });
  return has_memory;
}

bool Collection::spare(Object& object, ObjectStack& to_visit) noexcept {
  SideTables::of(object).leave_garbage();
  ++spared_;
  return to_visit.push(object);
}

void Collection::spare_all() noexcept {
  garbage_.for_each([](const Object& object) { SideTables::of(object).leave_garbage(); });
  spared_ = found_;
}

void Collection::end_new_links() noexcept {
  garbage_.for_each([this](Object& object) {
    if (SideTables::is_garbage(object) && object.has(ObjectFlag::kWeaklyReferenced))
      WeakTable::end_stopped(object, due_);  // I3
  });
}

// --- The end. ---

// Each is dropped right after it was cleared. What it referred to is not destroyed by that, as long
// as it is garbage that is still to come (I2).
void Collection::clear() noexcept {
  while (!garbage_.is_empty() && CallOut::may_go_on()) {
    clear_one();
    if (CallOut::may_go_on()) safepoint();
  }
}

void Collection::clear_one() noexcept {
  Ref<Object> object = Ref<Object>::adopt(&garbage_.pop());
  const Layout& layout = Shape::of(*object).layout();
  BlockNote note = SideTables::of(*object);
  if (layout.clear != nullptr && note.is_garbage()) layout.clear(*object);
  if (CallOut::may_go_on()) {
    note.leave_garbage();  // its block may be another object's soon (I1 of side_tables.h)
  } else {
    static_cast<void>(object.release());  // I4
  }
}

// A link that was garbage's alone has ended with it, and calls nobody.
void Collection::call_back_late() noexcept {
  due_.drop_unheld();
  due_.run();
}

}  // namespace orochi::inline OROCHI_DESIGN
