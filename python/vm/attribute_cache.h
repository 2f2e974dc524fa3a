// python/vm/attribute_cache.h: where an instruction found an attribute last.
//
// A site has two words (CodeObject::Site). Each says something that stays true for ever, of the
// name of the site; so they need not be written together, and a reader may see one of an earlier
// time:
//
//     shape     instances of this shape have the attribute at this place; or have none of their own
//     version   types of this version leave it to the instance; or have, as the entry of this
//               number, something that takes the instance as its first argument
//
// A hit is: the object has the shape, and its type is of the version. Shapes are not issued twice,
// nor versions (rule 42); 0 is neither.
//
// Attached threads. Tests: tests/python/language/attributes.py
#pragma once

#include "objects/model/instance.h"
#include "objects/model/shape.h"
#include "python/vm/code_object.h"

namespace orochi::inline OROCHI_DESIGN::attribute_cache {

enum class Kind : std::uint32_t { kNothing, kOwn, kMethod, kNew };

struct Facts {
  std::uint32_t guard;
  Kind kind;
  // kOwn, kNew: of the word in the object; kMethod: of the entry. And what a version says of kNew:
  // the shape with the attribute.
  std::uint32_t number;

  static constexpr std::uint32_t kMostNumber = (1U << 24) - 1;

  [[nodiscard]] static Facts of(std::uint64_t word) noexcept {
    const auto low = static_cast<std::uint32_t>(word);
    return {static_cast<std::uint32_t>(word >> 32), static_cast<Kind>(low >> 24),
            low & kMostNumber};
  }
  [[nodiscard]] std::uint64_t word() const noexcept {
    return std::uint64_t{guard} << 32 | static_cast<std::uint32_t>(kind) << 24 | number;
  }
};

// Both words say the same kind, and are of this object. relaxed: each is a fact by itself.
[[nodiscard]] inline bool hits(const Object& object, const CodeObject::Site& site, Kind kind,
                               Facts& of_shape, Facts& of_version) noexcept {
  of_shape = Facts::of(site.shape.load(kRelaxed));
  const ShapeIndex shape = object.shape();
  if (of_shape.guard != shape || of_shape.kind != kind) return false;
  of_version = Facts::of(site.version.load(kRelaxed));
  return of_version.guard == Shape::at(shape).type().block().version() && of_version.kind == kind;
}

// False: ask in the ordinary way, and nothing is in `value`.
[[nodiscard]] inline bool load(Value holder, const CodeObject::Site& site, Ref<>& value) noexcept {
  if (!holder.is_counted()) return false;
  Object& object = *holder.counted_object();
  Facts of_shape, of_version;
  if (!hits(object, site, Kind::kOwn, of_shape, of_version)) return false;
  const Field& field = reinterpret_cast<const Field*>(&object)[of_shape.number];
  if (!field.try_load(object, value)) return false;
  if (!value.value().is_empty() && !value.value().is(Special::kUnset)) [[likely]]
    return true;
  static_cast<void>(value.release());  // nobody counts either
  return false;
}

// What to call with the holder as first argument.
[[nodiscard]] inline bool load_method(Value holder, const CodeObject::Site& site,
                                      Ref<>& method) noexcept {
  if (!holder.is_counted()) return false;
  const Object& object = *holder.counted_object();
  Facts of_shape, of_version;
  if (!hits(object, site, Kind::kMethod, of_shape, of_version)) return false;
  const TypeBlock& block = Shape::of(object).type().block();
  if (block.version() != of_version.guard) return false;
  method = detail::count_published(block.table()[of_version.number].value);
  return true;
}

// Gives an instance the value, under its lock. False: do it in the ordinary way; `value` is still
// the caller's. May run a destructor.
[[nodiscard]] bool store(Value holder, const CodeObject::Site& site, Ref<>& value) noexcept;

// After an attribute was read, a method was looked for: notes where the next one will be, if it can
// be noted. Runs nothing.
void note_own(Value holder, const Str& name, CodeObject::Site& site) noexcept;
// `before`: the shape that the instance had.
void note_stored(Value holder, ShapeIndex before, const Str& name, CodeObject::Site& site) noexcept;
void note_method(Value holder, const Str& name, CodeObject::Site& site) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::attribute_cache
