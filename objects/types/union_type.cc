#include "objects/types/union_type.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/descriptor.h"
#include "objects/types/generic_alias.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/ref_buffer.h"
#include "objects/types/set.h"
#include "objects/types/type_object.h"
#include "objects/types/type_parameters.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_union_type

[[nodiscard]] UnionType& self_of(Value self) noexcept {
  return static_cast<UnionType&>(*self.object());
}
[[nodiscard]] bool is_union(Value value) noexcept {
  return value.is_object() && &type_of(*value.object()) == g_type;
}

// --- Making one. ---

[[nodiscard]] bool can_be_in(Value value) noexcept {
  return value.is_none() || as_type(value) != nullptr || as_generic_alias(value) != nullptr ||
         is_union(value);
}

// Aliases are the same if they are equal.
[[nodiscard]] Truth is_same(Value a, Value b) noexcept {
  if (a == b) return Truth::kTrue;
  const bool are_aliases = as_generic_alias(a) != nullptr && as_generic_alias(b) != nullptr;
  return are_aliases ? same_or_equal(a, b) : Truth::kFalse;
}

[[nodiscard]] Status add_once(RefBuffer& members, Value member) noexcept {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Truth same = is_same(members[i], member);
    if (same != Truth::kFalse) return failed(same) ? Status::kFailed : Status::kDone;
  }
  return members.add(Ref<>::of(member));
}

// A member, or those of a union. None stands for its type.
[[nodiscard]] Status add_all(RefBuffer& members, Value value) noexcept {
  if (!is_union(value)) return add_once(members, value.is_none() ? Value(&type_of(value)) : value);
  const Tuple& more = self_of(value).members();
  for (std::size_t i = 0; i < more.size(); ++i)
    if (failed(add_once(members, more[i]))) return kRaised;
  return Status::kDone;
}

}  // namespace

Ref<> unite(Value a, Value b) noexcept {
  if (!can_be_in(a) || !can_be_in(b)) return Special::kNotImplemented;
  RefBuffer members;
  if (failed(add_all(members, a)) || failed(add_all(members, b))) return kRaised;
  if (members.size() == 1) return Ref<>::of(members[0]);
  Ref<Tuple> all = members.to_tuple();
  return all ? new_object<UnionType>(*g_type, std::move(all)) : Ref<UnionType>();
}

Ref<> unite_reflected(Value b, Value a) noexcept { return unite(a, b); }

namespace {

// --- Comparing, text. ---

// In any order.
Ref<> union_compare(CompareOp op, Value self, Value other) noexcept {
  const bool asks_equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (!is_union(other) || !asks_equality) return Special::kNotImplemented;
  const Ref<Set> a = Set::from(Value(&self_of(self).members()), set_type());
  const Ref<Set> b = a ? Set::from(Value(&self_of(other).members()), set_type()) : Ref<Set>();
  return b ? compare(op, a.value(), b.value()) : Ref<>();
}

Status union_hash(Value self, std::int64_t& hash) noexcept {
  const Ref<Set> members = Set::from(Value(&self_of(self).members()), frozenset_type());
  return members ? orochi::hash(members.value(), hash) : Status::kFailed;
}

Ref<> union_repr(Value self) noexcept {
  const Tuple& members = self_of(self).members();
  StrBuilder out;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i != 0) out.add(" | ");
    if (members[i] == Value(&type_of(Value::kNone))) {
      out.add("None");
    } else if (failed(add_type_text(out, members[i]))) {
      return kRaised;
    }
  }
  return out.finish();
}

// --- Subscripts, attributes. ---

Ref<> union_get_item(Value self, Value given) noexcept {
  UnionType& type = self_of(self);
  const Ref<Tuple> parameters = type.parameters();
  if (!parameters) return kRaised;
  const Ref<Tuple> members = substitute(self, type.members(), *parameters, given);
  if (!members) return kRaised;
  Ref<> made = members->load(0);
  for (std::size_t i = 1; made && i < members->size(); ++i)
    made = binary(BinaryOp::kOr, made.value(), (*members)[i]);
  return made;
}

// The module is that of the type of unions.
Ref<> union_get_attribute(Value self, Object& name) noexcept {
  if (&name == names().module) return get_attribute(Value(g_type), name);
  return generic_get_attribute(self, name);
}

// --- isinstance, issubclass. ---

template <Truth (*kAsk)(Value, Value) noexcept>
[[nodiscard]] Ref<> ask_members(const UnionType& type, Value subject) noexcept {
  const Tuple& members = type.members();
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Truth answer = kAsk(subject, members[i]);
    if (failed(answer)) return kRaised;
    if (answer == Truth::kTrue) return Special::kTrue;
  }
  return Special::kFalse;
}

Ref<> check_instance(const Value* arguments) noexcept {
  return ask_members<is_instance>(self_of(arguments[0]), arguments[1]);
}

Ref<> check_subclass(const Value* arguments) noexcept {
  if (as_type(arguments[1]) == nullptr)
    return raise(ErrorKind::kType, {"issubclass() arg 1 must be a class"});
  return ask_members<is_subclass>(self_of(arguments[0]), arguments[1]);
}

constexpr NativeSpec kMethods[] = {
    {"__instancecheck__(self, instance, /)", check_instance},
    {"__subclasscheck__(self, subclass, /)", check_subclass},
};
constexpr AttributeSpec kAttributes[] = {
    {"__args__", [](Value self) noexcept { return Ref<>::of(Value(&self_of(self).members())); }},
    {"__parameters__", [](Value self) noexcept { return Ref<>(self_of(self).parameters()); },
     nullptr, "Type variables in the types.UnionType."},
};

[[nodiscard]] Protocols union_protocols() noexcept {
  Protocols slots;
  slots.compare = union_compare;
  slots.hash = union_hash;
  slots.repr = union_repr;
  slots.get_item = union_get_item;
  slots.get_attribute = union_get_attribute;
  slots.binary[static_cast<std::size_t>(BinaryOp::kOr)] = unite;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kOr)] = unite_reflected;
  return slots;
}

}  // namespace

Type& union_type() noexcept { return *g_type; }

Status make_union_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "types.UnionType",
                       .layout = &layout_of<UnionType>,
                       .ancestors = ancestors,
                       .protocols = union_protocols(),
                       .is_final = true});
  if (g_type == nullptr || failed(define_methods(*g_type, kMethods))) return kRaised;
  return define_attributes(*g_type, kAttributes);
}

Ref<Tuple> UnionType::parameters() noexcept {
  Ref<> known = parameters_.load(*this);
  if (known) return std::move(known).cast<Tuple>();
  Ref<Tuple> found = collect_parameters(members());
  if (found) parameters_.store(*this, found.share());
  return found;
}

}  // namespace orochi::inline OROCHI_DESIGN
