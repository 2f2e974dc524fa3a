#include "python/vm/attribute_cache.h"

#include "objects/types/attribute.h"

namespace orochi::inline OROCHI_DESIGN::attribute_cache {
namespace {

// relaxed, both: facts.
void note(CodeObject::Site& site, const Facts& of_shape, const Facts& of_version) noexcept {
  if (of_shape.number > Facts::kMostNumber || of_version.number > Facts::kMostNumber) return;
  site.shape.store(of_shape.word(), kRelaxed);
  site.version.store(of_version.word(), kRelaxed);
}

// What the type has of the name goes before what the instance has.
[[nodiscard]] bool goes_first(const TypeEntry* entry) noexcept {
  return entry != nullptr && type_of(entry->value).block().protocols().descriptor_set != nullptr;
}

// Instances whose attributes are by shape, at places that are the same in all of them.
[[nodiscard]] bool is_regular(const Shape& shape, const TypeBlock& block) noexcept {
  return block.version() != 0 && block.protocols().get_attribute == generic_get_attribute &&
         !shape.is_dict_mode() && !shape.type().native_end_varies();
}

// The number of the word in which instances of this shape have it; false: they have none there.
[[nodiscard]] bool find_own(Object& object, const Shape& shape, const TypeBlock& block,
                            const Str& name, std::uint32_t& number) noexcept {
  if (!is_regular(shape, block) || !shape.type().parts().is_open) return false;
  const std::uint32_t slot = shape.find(name);
  const InstanceStore store(object, shape.type());
  if (slot == Shape::kNoSlot || !store.is_inside(slot) || goes_first(block.find(name)))
    return false;
  number = static_cast<std::uint32_t>(&store.attribute(slot) - reinterpret_cast<Field*>(&object));
  return true;
}

}  // namespace

void note_own(Value holder, const Str& name, CodeObject::Site& site) noexcept {
  if (!holder.is_counted()) return;
  Object& object = *holder.counted_object();
  const Shape& shape = Shape::of(object);
  const TypeBlock& block = shape.type().block();
  std::uint32_t number = 0;
  if (find_own(object, shape, block, name, number))
    note(site, {shape.index(), Kind::kOwn, number}, {block.version(), Kind::kOwn, 0});
}

void note_stored(Value holder, ShapeIndex before, const Str& name,
                 CodeObject::Site& site) noexcept {
  if (!holder.is_counted()) return;
  Object& object = *holder.counted_object();
  const Shape& shape = Shape::of(object);
  const TypeBlock& block = shape.type().block();
  std::uint32_t number = 0;
  if (block.protocols().set_attribute != generic_set_attribute ||
      !find_own(object, shape, block, name, number))
    return;
  if (before == shape.index())
    return note(site, {before, Kind::kOwn, number}, {block.version(), Kind::kOwn, 0});
  if (shape.parent() != nullptr && shape.parent()->index() == before && shape.name() == &name)
    note(site, {before, Kind::kNew, number}, {block.version(), Kind::kNew, shape.index()});
}

bool store(Value holder, const CodeObject::Site& site, Ref<>& value) noexcept {
  if (!holder.is_counted()) return false;
  Object& object = *holder.counted_object();
  const Facts of_shape = Facts::of(site.shape.load(kRelaxed));
  const Facts of_version = Facts::of(site.version.load(kRelaxed));
  const bool is_known = of_shape.kind == of_version.kind &&
                        (of_shape.kind == Kind::kOwn || of_shape.kind == Kind::kNew);
  if (!is_known || of_shape.guard != object.shape() ||
      of_version.guard != Shape::at(of_shape.guard).type().block().version())
    return false;
  Ref<> before;
  const Locked lock(object);
  if (object.shape() != of_shape.guard) return false;  // another thread was here
  Field& field = reinterpret_cast<Field*>(&object)[of_shape.number];
  before = field.replace(lock.held(), std::move(value));
  // Rule 14: the value first, then the shape that says where it is.
  if (of_shape.kind == Kind::kNew) object.set_shape(of_version.number);
  return true;
}

void note_method(Value holder, const Str& name, CodeObject::Site& site) noexcept {
  if (!holder.is_counted()) return;
  const Shape& shape = Shape::of(*holder.counted_object());
  const TypeBlock& block = shape.type().block();
  if (!is_regular(shape, block)) return;
  if (shape.type().parts().is_open && shape.find(name) != Shape::kNoSlot) return;
  const TypeEntry* const entry = block.find(name);
  if (entry == nullptr || !type_of(entry->value).block().protocols().takes_self) return;
  const auto number = static_cast<std::uint32_t>(entry - block.table().data());
  note(site, {shape.index(), Kind::kMethod, 0}, {block.version(), Kind::kMethod, number});
}

}  // namespace orochi::inline OROCHI_DESIGN::attribute_cache
