// The type `dict`: what the language's operators do with one.
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/dict.h"
#include "objects/types/dict_iterator.h"
#include "objects/types/dict_methods.h"
#include "objects/types/dict_repr.h"
#include "objects/types/dict_view.h"
#include "objects/types/intern.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_dict_type = nullptr;  // written by make_dict_type, before there are dicts

[[nodiscard]] Dict& self_of(Value value) noexcept { return static_cast<Dict&>(*value.object()); }

Status dict_length(Value self, std::size_t& length) noexcept {
  length = self_of(self).size();
  return Status::kDone;
}

// Of a subtype: what it says itself about a key that is not there.
[[nodiscard]] Ref<> missing_item(Value self, Value key) noexcept {
  if (&type_of(self) == g_dict_type) return raise_missing_key(key);
  const Ref<Str> name = intern("__missing__");
  if (!name) return kRaised;
  const Value values[] = {self, key};
  bool found = false;
  Ref<> value = call_special(values, *name, found);
  return found ? std::move(value) : Ref<>(raise_missing_key(key));
}

Ref<> dict_get_item(Value self, Value key) noexcept {
  Ref<> value;
  if (failed(self_of(self).find(key, value))) return kRaised;
  return value ? std::move(value) : missing_item(self, key);
}

Status dict_delete_item(Dict& dict, Value key) noexcept {
  Ref<> removed;
  if (failed(dict.remove(key, removed))) return kRaised;
  if (!removed) return raise_missing_key(key);
  return Status::kDone;
}

Status dict_set_item(Value self, Value key, Ref<> value) noexcept {
  return value ? self_of(self).set(key, std::move(value)) : dict_delete_item(self_of(self), key);
}

Truth dict_contains(Value self, Value key) noexcept { return self_of(self).contains(key); }

Ref<> dict_iterate(Value self) noexcept {
  return DictIterator::make(self_of(self), DictPart::kKeys);
}

Ref<> dict_compare(CompareOp op, Value self, Value other) noexcept {
  Dict* const right = as_dict(other);
  if (right == nullptr || (op != CompareOp::kEqual && op != CompareOp::kNotEqual))
    return Special::kNotImplemented;
  const Truth equal = self_of(self).equals(*right);
  if (failed(equal)) return kRaised;
  return Value::of_bool((equal == Truth::kTrue) == (op == CompareOp::kEqual)).as_special();
}

Ref<> dict_or(Value self, Value other) noexcept {
  Dict* const right = as_dict(other);
  if (right == nullptr) return Special::kNotImplemented;
  Ref<Dict> both = self_of(self).copy();
  if (!both || failed(both->update(*right))) return kRaised;
  return both;
}

// Of what update() takes.
Ref<> dict_in_place_or(Value self, Value other) noexcept {
  return failed(update_dict(self_of(self), other, Value())) ? Ref<>() : Ref<>::of(self);
}

[[nodiscard]] Protocols dict_protocols() noexcept {
  Protocols slots;
  slots.length = dict_length;
  slots.get_item = dict_get_item;
  slots.set_item = dict_set_item;
  slots.contains = dict_contains;
  slots.iter = dict_iterate;
  slots.repr = dict_repr;
  slots.compare = dict_compare;  // and no hash: a dict changes
  slots.binary[static_cast<std::size_t>(BinaryOp::kOr)] = dict_or;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kOr)] = [](Value self, Value other) noexcept {
    return as_dict(other) == nullptr ? Ref<>(Special::kNotImplemented) : dict_or(other, self);
  };
  slots.in_place[static_cast<std::size_t>(BinaryOp::kOr)] = dict_in_place_or;
  return slots;
}

}  // namespace

Type& dict_type() noexcept { return *g_dict_type; }

Status make_dict_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_dict_type = Type::make({.name = "dict",
                            .layout = &layout_of<Dict>,
                            .ancestors = ancestors,
                            .protocols = dict_protocols()});
  if (g_dict_type == nullptr || failed(make_dict_iterator_types())) return Status::kFailed;
  return make_dict_view_types();
}

}  // namespace orochi::inline OROCHI_DESIGN
