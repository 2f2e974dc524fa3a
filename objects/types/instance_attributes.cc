#include "objects/types/instance_attributes.h"

#include <utility>

#include "objects/model/error.h"
#include "objects/types/owned_values.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::size_t kDictIndex = 0;  // in the array outside

[[nodiscard]] bool is_value(const Ref<>& seen) noexcept {
  return seen && !seen.value().is(Special::kUnset);
}

// --- Without the lock. ---

[[nodiscard]] Ref<> load_outside(const InstanceStore& store, Object& object,
                                 std::size_t index) noexcept {
  Ref<> found;
  if (store.outside().try_load(object, index, found)) [[likely]]
    return found;
  const Locked lock(object);
  const Held held = lock.held();
  return index < store.outside().length(held) ? store.outside().at(held, index).load(held)
                                              : Ref<>();
}

[[nodiscard]] Ref<> load_slot(const InstanceStore& store, Object& object,
                              std::uint32_t slot) noexcept {
  if (store.is_inside(slot)) [[likely]]
    return store.attribute(slot).load(object);
  return load_outside(store, object, store.outside_index(slot));
}

// Nothing: the instance has no dict yet.
[[nodiscard]] Ref<Dict> load_dict(Object& object) noexcept {
  return load_outside(InstanceStore(object), object, kDictIndex).cast<Dict>();
}

[[nodiscard]] Status find_in_dict(Object& object, Object& name, Ref<>& value) noexcept {
  for (;;) {
    const Ref<Dict> dict = load_dict(object);
    if (failed(dict->find(Value(&name), value))) return kRaised;
    if (load_dict(object).get() == dict.get()) return Status::kDone;
    value = Ref<>();
  }
}

}  // namespace

Status find_own_attribute(Object& object, Object& name, Ref<>& value) noexcept {
  for (;;) {
    const Shape& shape = Shape::of(object);
    const Type& type = shape.type();
    if (!type.parts().is_open) return Status::kDone;
    if (shape.is_dict_mode()) return find_in_dict(object, name, value);
    const std::uint32_t slot = shape.find(name);
    if (slot == Shape::kNoSlot) return Status::kDone;
    Ref<> seen = load_slot(InstanceStore(object, type), object, slot);
    if (is_value(seen)) {
      value = std::move(seen);
      return Status::kDone;
    }
    if (object.shape() == shape.index()) return Status::kDone;
  }
}

// --- With the lock. ---

namespace {

// The attributes of one instance, by its shape, in a hold of its lock.
class HeldAttributes {
 public:
  HeldAttributes(Object& object, Held held) noexcept
      : object_(object), held_(held), store_(object), shape_(Shape::of(object)) {}

  [[nodiscard]] bool is_dict_mode() const noexcept { return shape_.is_dict_mode(); }

  // Null: it has no place for the name.
  [[nodiscard]] Field* find(const Object& name) const noexcept {
    const std::uint32_t slot = shape_.find(name);
    return slot == Shape::kNoSlot ? nullptr : &field(slot);
  }

  // Gives it a place for the name, and the value. False: no memory, or enough attributes.
  [[nodiscard]] bool add(Object& name, Ref<>& value) noexcept {
    Shape* const next = shape_.with(name);
    if (next == nullptr) return false;
    const std::uint32_t slot = shape_.slots();
    if (!make_room(slot)) return false;
    static_cast<void>(field(slot).replace(held_, std::move(value)));  // there was nothing
    object_.set_shape(next->index());                                 // I1
    return true;
  }

  // A copy of them all. False: it raised.
  [[nodiscard]] bool copy_into(Dict& dict) const noexcept { return copy_into(dict, shape_); }

  // Room for the dict, and for as many values as leave_for will unlink. False without memory.
  [[nodiscard]] bool prepare_to_leave(OwnedValues& unlinked) noexcept {
    FieldArray& outside = store_.outside();
    if (outside.length(held_) == 0 && failed(outside.resize(held_, 0, 1))) return false;
    return unlinked.reserve(shape_.slots());
  }
  // The dict has them all already. Allocates nothing.
  void leave_for(Dict& dict, Shape& dict_shape, OwnedValues& unlinked) noexcept {
    static_cast<void>(put_dict(Ref<Dict>::of(dict)));  // there was none
    object_.set_shape(dict_shape.index());             // I1
    for (std::uint32_t slot = 0; slot < shape_.slots(); ++slot)
      unlinked.push(field(slot).replace(held_, Special::kUnset));
  }

  // Returns the one before.
  Ref<> put_dict(Ref<> dict) noexcept {
    return store_.outside().at(held_, kDictIndex).replace(held_, std::move(dict));
  }

 private:
  [[nodiscard]] Field& field(std::uint32_t slot) const noexcept {
    return store_.is_inside(slot) ? store_.attribute(slot)
                                  : store_.outside().at(held_, store_.outside_index(slot));
  }

  [[nodiscard]] bool make_room(std::uint32_t slot) noexcept {
    if (store_.is_inside(slot)) return true;
    FieldArray& outside = store_.outside();
    const std::size_t length = outside.length(held_);
    const std::size_t index = store_.outside_index(slot);
    return index < length || !failed(outside.resize(held_, length, index + 1 + index / 2));
  }

  // In the order in which they came: the parent's first.
  [[nodiscard]] bool copy_into(Dict& dict, const Shape& shape) const noexcept {
    if (shape.name() == nullptr) return true;
    if (!copy_into(dict, *shape.parent())) return false;
    Ref<> value = field(shape.slots() - 1).load(held_);
    if (!is_value(value)) return true;
    return !failed(dict.set(Value(shape.name()), std::move(value)));
  }

  Object& object_;
  const Held held_;
  const InstanceStore store_;
  Shape& shape_;
};

// --- Leaving for dict mode. ---

enum class Step : std::uint8_t { kDone, kAgain, kFailed };

// The dict is new; setting its items takes no lock that anybody else has, so the hold of the
// instance's lock is hardly ever suspended. If it was, others may have stored in between.
[[nodiscard]] Step materialise(Object& object, Dict& dict, OwnedValues& unlinked) noexcept {
  const Locked lock(object);
  HeldAttributes attributes(object, lock.held());
  if (attributes.is_dict_mode()) return Step::kDone;
  Shape* const dict_shape = Shape::of(object).dict_mode();
  if (dict_shape == nullptr) {
    raise_memory_error();
    return Step::kFailed;
  }
  const auto ticket = lock.section().ticket();
  if (!attributes.copy_into(dict)) return Step::kFailed;
  if (!attributes.prepare_to_leave(unlinked)) {
    raise_memory_error();
    return Step::kFailed;
  }
  if (lock.section().was_suspended_since(ticket)) return Step::kAgain;
  const NoSuspend whole;
  attributes.leave_for(dict, *dict_shape, unlinked);
  return Step::kDone;
}

[[nodiscard]] Status leave_for_dict_mode(Object& object) noexcept {
  for (;;) {
    OwnedValues unlinked;
    const Ref<Dict> dict = Dict::make();
    if (!dict) return kRaised;
    const Step step = materialise(object, *dict, unlinked);
    if (step != Step::kAgain) return step == Step::kDone ? Status::kDone : Status::kFailed;
  }
}

// --- One store. ---

enum class Store : std::uint8_t { kStored, kMissing, kInDict, kNoPlace };

// `value` is what is stored, and afterwards what is to be dropped. Nothing is stored where there is
// no such attribute and it is to be deleted.
[[nodiscard]] Store store_by_shape(Object& object, Object& name, Ref<>& value) noexcept {
  const bool deletes = value.value().is(Special::kUnset);
  const Locked lock(object);
  const NoSuspend whole;
  HeldAttributes attributes(object, lock.held());
  if (attributes.is_dict_mode()) return Store::kInDict;
  Field* const field = attributes.find(name);
  if (field == nullptr) {
    if (deletes) return Store::kMissing;
    return attributes.add(name, value) ? Store::kStored : Store::kNoPlace;
  }
  const Value before = field->get(lock.held());
  const bool has_value = !before.is_empty() && !before.is(Special::kUnset);
  if (deletes && !has_value) return Store::kMissing;
  value = field->replace(lock.held(), std::move(value));
  return Store::kStored;
}

}  // namespace

Status store_own_attribute(Object& object, Object& name, Ref<> value) noexcept {
  for (;;) {
    switch (store_by_shape(object, name, value)) {
      case Store::kInDict:
        return load_dict(object)->set(Value(&name), std::move(value));
      case Store::kNoPlace:
        clear_error();  // of an array that could not grow: the dict may find memory
        if (failed(leave_for_dict_mode(object))) return kRaised;
        break;
      default:
        return Status::kDone;
    }
  }
}

Truth delete_own_attribute(Object& object, Object& name) noexcept {
  Ref<> value = Special::kUnset;
  switch (store_by_shape(object, name, value)) {
    case Store::kInDict: {
      Ref<> removed;
      if (failed(load_dict(object)->remove(Value(&name), removed))) return kRaised;
      return truth_of(static_cast<bool>(removed));
    }
    case Store::kStored:
      return Truth::kTrue;
    default:
      return Truth::kFalse;
  }
}

Ref<Dict> dict_of_instance(Object& object) noexcept {
  if (!Shape::of(object).is_dict_mode() && failed(leave_for_dict_mode(object))) return kRaised;
  return load_dict(object);
}

Status replace_dict_of_instance(Object& object, Ref<Dict> dict) noexcept {
  if (!Shape::of(object).is_dict_mode() && failed(leave_for_dict_mode(object))) return kRaised;
  Ref<> before;  // dropped after the lock
  const Locked lock(object);
  const NoSuspend whole;
  before = HeldAttributes(object, lock.held()).put_dict(std::move(dict));
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
