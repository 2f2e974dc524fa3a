#include "objects/model/instance.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Object& unconst(const Object& object) noexcept {
  return const_cast<Object&>(object);  // NOLINT(*-const-cast): it is only looked at
}

void visit_instance(const Object& object, ChildVisitor visit) {
  const Type& type = Shape::of(object).type();
  type.native_layout().visit(object, visit);
  InstanceStore(unconst(object), type).for_each_child(visit);
}

// What is behind first: the native part says where that is.
void dismantle_instance(Object& object, const Remains& remains) noexcept {
  const Type& type = Shape::of(object).type();
  const InstanceStore store(object, type);
  store.for_each_child(remains);
  if (type.parts().is_open) remains.give_back(store.outside());
  type.native_layout().dismantle(object, remains);
}

void clear_instance(Object& object) noexcept {
  const Type& type = Shape::of(object).type();
  InstanceStore(object, type).clear(object);
  if (type.native_layout().clear != nullptr) type.native_layout().clear(object);
}

[[nodiscard]] UnaryFunction finalizer_of(const Object& object) noexcept {
  return Shape::of(object).type().block().protocols().finalize;
}

bool wants_finalizer(const Object& object) noexcept {
  const Layout& native = Shape::of(object).type().native_layout();
  return finalizer_of(object) != nullptr ||
         (native.finalize != nullptr && native.wants_finalizer(object));
}

// What it raises is pending afterwards, for its caller to show.
void finalize_instance(Object& object) noexcept {
  const Layout& native = Shape::of(object).type().native_layout();
  const UnaryFunction finalize = finalizer_of(object);
  if (finalize != nullptr) {
    static_cast<void>(finalize(Value(&object)));
  } else {
    native.finalize(object);
  }
}

}  // namespace

void InstanceStore::clear(Object& object) const noexcept {
  const auto clear_field = [&](Field& field) { field.store(object, Ref<>()); };
  for (std::uint32_t i = 0; i < parts_.members; ++i) clear_field(member(i));
  if (!parts_.is_open) return;
  for (std::uint32_t i = 0; i < parts_.attributes; ++i) clear_field(attribute(i));
  for (std::size_t i = 1; clear_outside(object, i); ++i) {
  }
}

// False: there is no such place. The array stays, as the shape speaks of its places.
bool InstanceStore::clear_outside(Object& object, std::size_t index) const noexcept {
  Ref<> before;  // dropped after the lock
  const Locked lock(object);
  const NoSuspend whole;
  const Held held = lock.held();
  if (index >= outside().length(held)) return false;
  before = outside().at(held, index).take(held);
  return true;
}

Layout instance_layout(const Layout& native) noexcept {
  Layout layout = native;
  layout.visit = visit_instance;
  layout.dismantle = dismantle_instance;
  layout.clear = clear_instance;
  layout.finalize = finalize_instance;
  layout.wants_finalizer = wants_finalizer;
  layout.is_container = true;
  return layout;
}

}  // namespace orochi::inline OROCHI_DESIGN
