#include "objects/types/dict_view.h"

#include <array>
#include <string_view>

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/dict_methods.h"
#include "objects/types/dict_repr.h"
#include "objects/types/each_item.h"
#include "objects/types/set.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// By part. Written by make_dict_view_types, before there are views.
constinit std::array<Type*, kDictParts> g_types{};
constexpr std::array<std::string_view, kDictParts> kNames{"dict_keys", "dict_values", "dict_items"};

[[nodiscard]] const DictView& self_of(Value value) noexcept {
  return *static_cast<const DictView*>(value.object());
}

// A set, or a view that compares as one.
[[nodiscard]] bool is_set_like(Value value) noexcept {
  if (as_any_set(value) != nullptr) return true;
  const Type* const type = &type_of(value);
  return type == g_types[static_cast<std::size_t>(DictPart::kKeys)] ||
         type == g_types[static_cast<std::size_t>(DictPart::kItems)];
}

[[nodiscard]] Truth contains_pair(Dict& dict, const Tuple& pair) noexcept {
  Ref<> value;
  if (failed(dict.find(pair[0], value))) return kRaised;
  return value ? same_or_equal(value.value(), pair[1]) : Truth::kFalse;
}

// Are all that `a` has in `b`?
[[nodiscard]] Truth is_within(Value a, Value b) noexcept {
  return for_all_items(a, [b](Value item) noexcept { return orochi::contains(b, item); });
}

// a <= b, of sets of such sizes, is to be asked; the sizes alone decide otherwise.
[[nodiscard]] bool may_be_within(CompareOp op, std::size_t a, std::size_t b) noexcept {
  if (op == CompareOp::kEqual || op == CompareOp::kNotEqual) return a == b;
  return op == CompareOp::kLess || op == CompareOp::kGreater ? a < b : a <= b;
}

Ref<> view_compare(CompareOp op, Value self, Value other) noexcept {
  if (!is_set_like(other)) return Special::kNotImplemented;
  Value a = self;
  Value b = other;
  if (op == CompareOp::kGreater || op == CompareOp::kGreaterEqual) std::swap(a, b);
  std::size_t size = 0;
  std::size_t room = 0;
  if (failed(length(a, size)) || failed(length(b, room))) return kRaised;
  Truth within = truth_of(may_be_within(op, size, room));
  if (within == Truth::kTrue) within = is_within(a, b);
  if (failed(within)) return kRaised;
  return Value::of_bool((within == Truth::kTrue) != (op == CompareOp::kNotEqual)).as_special();
}

Status view_length(Value self, std::size_t& length) noexcept {
  length = self_of(self).dict().size();
  return Status::kDone;
}

// On either side of what can be gone through.
template <Ref<> (*kOperation)(Value, Value) noexcept>
void set_binary(Protocols& slots, BinaryOp op) noexcept {
  slots.binary[static_cast<std::size_t>(op)] = kOperation;
  slots.reflected[static_cast<std::size_t>(op)] = [](Value self, Value other) noexcept {
    return kOperation(other, self);
  };
}

[[nodiscard]] Protocols view_protocols(DictPart part) noexcept {
  Protocols slots;
  slots.length = view_length;
  slots.repr = dict_view_repr;
  slots.iter = [](Value self) noexcept { return Ref<>(self_of(self).iterate()); };
  if (part == DictPart::kValues) return slots;  // contains: one after another
  slots.contains = [](Value self, Value item) noexcept { return self_of(self).contains(item); };
  slots.compare = view_compare;
  set_binary<dict_view_and>(slots, BinaryOp::kAnd);
  set_binary<dict_view_or>(slots, BinaryOp::kOr);
  set_binary<dict_view_subtract>(slots, BinaryOp::kSubtract);
  set_binary<dict_view_xor>(slots, BinaryOp::kXor);
  return slots;
}

}  // namespace

Status make_dict_view_types() noexcept {
  Type* const ancestors[] = {&object_type()};
  for (std::size_t part = 0; part < kDictParts; ++part) {
    g_types[part] = Type::make({.name = kNames[part],
                                .layout = &layout_of<DictView>,
                                .ancestors = ancestors,
                                .protocols = view_protocols(static_cast<DictPart>(part))});
    if (g_types[part] == nullptr) return Status::kFailed;
  }
  return Status::kDone;
}

Type& dict_view_type(DictPart part) noexcept { return *g_types[static_cast<std::size_t>(part)]; }

Ref<DictView> DictView::make(Dict& dict, DictPart part) noexcept {
  return new_object<DictView>(dict_view_type(part), Ref<Dict>::of(dict), part);
}

Truth DictView::contains(Value item) const noexcept {
  if (part_ == DictPart::kKeys) return dict().contains(item);
  const bool is_pair = item.is_object() && type_of(item).is_subtype_of(tuple_type()) &&
                       static_cast<const Tuple*>(item.object())->size() == 2;
  if (!is_pair) return Truth::kFalse;
  return contains_pair(dict(), *static_cast<const Tuple*>(item.object()));
}

}  // namespace orochi::inline OROCHI_DESIGN
