#include "objects/types/traceback.h"

#include "memory/atomic.h"
#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/exception.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_traceback_type = nullptr;  // written by make_traceback_type, before there are any
constinit Atomic<PlaceFinder> g_place_finder{nullptr};

}  // namespace

// relaxed: set before there are tracebacks, which are published in other ways.
void set_place_finder(PlaceFinder finder) noexcept { g_place_finder.store(finder, kRelaxed); }

Type& traceback_type() noexcept { return *g_traceback_type; }

Status make_traceback_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  if (g_traceback_type == nullptr)
    g_traceback_type =
        Type::make({.name = "traceback", .layout = &layout_of<Traceback>, .ancestors = ancestors});
  return g_traceback_type == nullptr ? Status{kRaised} : Status::kDone;
}

Traceback* as_traceback(Value value) noexcept {
  const bool is_one = value.is_object() && &type_of(*value.object()) == g_traceback_type;
  return is_one ? static_cast<Traceback*>(value.object()) : nullptr;
}

Ref<Traceback> Traceback::make(Ref<> frame, std::uint32_t position, Ref<Traceback> next) noexcept {
  return new_object<Traceback>(traceback_type(), std::move(frame), position, std::move(next));
}

Status Traceback::find_place(SourcePlace& place) const noexcept {
  return g_place_finder.load(kRelaxed)(frame(), position_, place);  // relaxed: as above
}

Status Traceback::set_next(Ref<Traceback> next) noexcept {
  for (Ref<Traceback> at = next.share(); at; at = at->next()) {
    if (at.get() == this) return raise(ErrorKind::kValue, {"traceback loop detected"});
  }
  next_.store(*this, std::move(next));
  return Status::kDone;
}

Status add_traceback(Exception& exception, Ref<> frame, std::uint32_t position) noexcept {
  if (exception.is_last_resort()) return Status::kDone;
  Ref<Traceback> entry = Traceback::make(std::move(frame), position, exception.traceback());
  if (!entry) return kRaised;
  exception.set_traceback(std::move(entry));
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
