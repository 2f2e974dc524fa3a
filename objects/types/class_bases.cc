#include "objects/types/class_bases.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/class.h"
#include "objects/types/descriptor.h"

namespace orochi::inline OROCHI_DESIGN {

Status collect_bases(const Tuple& bases, TypeList& types) noexcept {
  if (failed(types.reserve(bases.size() + 1))) return kRaised;
  if (bases.size() == 0) types.add(object_type());
  for (std::size_t i = 0; i < bases.size(); ++i) {
    Type* const base = as_type(bases[i]);
    if (base == nullptr) return raise(ErrorKind::kType, {"bases must be types"});
    if (base->is_final())
      return raise(ErrorKind::kType, {"type '", base->name(), "' is not an acceptable base type"});
    types.add(*base);
  }
  return Status::kDone;
}

namespace {

// The ancestor that was the last to add to the native part or to the members.
[[nodiscard]] const Type& solid_base(const Type& type) noexcept {
  const Type* solid = &type;
  while (solid->base() != nullptr && &solid->base()->native_layout() == &solid->native_layout() &&
         solid->base()->parts().members == solid->parts().members)
    solid = solid->base();
  return *solid;
}

// By the chain of bases that are continued, not by inheritance.
[[nodiscard]] bool continues(const Type& type, const Type& base) noexcept {
  const Type* each = &type;
  while (each != nullptr && each != &base) each = each->base();
  return each != nullptr;
}

}  // namespace

Type* find_best_base(std::span<Type* const> bases) noexcept {
  Type* best = nullptr;
  const Type* solid = nullptr;
  for (Type* const base : bases) {
    const Type& candidate = solid_base(*base);
    if (solid != nullptr && continues(*solid, candidate)) continue;
    if (solid != nullptr && !continues(candidate, *solid)) {
      raise(ErrorKind::kType, {"multiple bases have instance lay-out conflict"});
      return nullptr;
    }
    solid = &candidate;
    best = base;
  }
  return best;
}

bool have_same_layout(const Type& a, const Type& b) noexcept {
  const auto same_parts = [](const InstanceParts& one, const InstanceParts& other) {
    return one.members == other.members && one.attributes == other.attributes &&
           one.is_open == other.is_open;
  };
  return &a.native_layout() == &b.native_layout() && same_parts(a.parts(), b.parts()) &&
         (&solid_base(a) == &solid_base(b) || a.parts().members == 0);
}

Type* find_metatype(Type& meta, const Tuple& bases) noexcept {
  Type* winner = &meta;
  for (std::size_t i = 0; i < bases.size(); ++i) {
    Type& of_base = type_of(bases[i]);
    if (winner->is_subtype_of(of_base)) continue;
    if (!of_base.is_subtype_of(*winner)) {
      raise(ErrorKind::kType,
            {"metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass "
             "of the metaclasses of all its bases"});
      return nullptr;
    }
    winner = &of_base;
  }
  return winner;
}

}  // namespace orochi::inline OROCHI_DESIGN
