#include "objects/types/bound_method.h"

#include <algorithm>
#include <array>

#include "memory/buffer.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_bound_method = nullptr;  // written by make_bound_method_type

[[nodiscard]] const BoundMethod& self_of(Value value) noexcept {
  return static_cast<const BoundMethod&>(*value.object());
}

[[nodiscard]] std::size_t count_of(const Arguments& arguments) noexcept {
  const auto* const names = static_cast<const Tuple*>(arguments.keywords);
  return arguments.positional + (names == nullptr ? 0 : names->size());
}

[[nodiscard]] Ref<> call_from(Value* values, Value callee, Value first,
                              const Arguments& arguments) noexcept {
  values[0] = first;
  std::copy_n(arguments.values, count_of(arguments), values + 1);
  return call(callee, {values, arguments.positional + 1, arguments.keywords});
}

[[gnu::noinline]] Ref<> call_with_many(Value callee, Value first,
                                       const Arguments& arguments) noexcept {
  auto* const values =
      static_cast<Value*>(allocate_buffer((count_of(arguments) + 1) * sizeof(Value)));
  if (values == nullptr) return raise_memory_error();
  Ref<> result = call_from(values, callee, first, arguments);
  free_buffer(values);
  return result;
}

Ref<> bound_method_call(Value self, const Arguments& arguments) noexcept {
  const BoundMethod& method = self_of(self);
  // Counted: threads may share the method, and what is called asks whether it is alone.
  const Ref<> receiver = Ref<>::of(method.self());
  return call_with_first(method.function(), receiver.value(), arguments);
}

// The same function, of the same object: its equality is not asked.
Ref<> bound_method_compare(CompareOp op, Value self, Value other) noexcept {
  const bool asks_equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (!asks_equality || !other.is_object() || &type_of(other) != &bound_method_type())
    return Special::kNotImplemented;
  const BoundMethod& a = self_of(self);
  const BoundMethod& b = self_of(other);
  const Truth same = a.self() == b.self()
                         ? compare_truth(CompareOp::kEqual, a.function(), b.function())
                         : Truth::kFalse;
  if (failed(same)) return kRaised;
  return Value::of_bool((same == Truth::kTrue) == (op == CompareOp::kEqual)).as_special();
}

Status bound_method_hash(Value self, std::int64_t& hash) noexcept {
  std::int64_t function = 0;
  if (failed(orochi::hash(self_of(self).function(), function))) return kRaised;
  hash = static_cast<std::int64_t>(static_cast<std::uint64_t>(function) ^
                                   self_of(self).self().word() >> 4);
  return Status::kDone;
}

// What a method has not itself is asked of its function.
Ref<> bound_method_get_attribute(Value self, Object& name) noexcept {
  if (type_of(self).find(name)) return generic_get_attribute(self, name);
  return get_attribute(self_of(self).function(), name);
}

// The name as the function has it; "?": it has none.
[[nodiscard]] Ref<> name_of_function(Value function) noexcept {
  Ref<> name;
  if (failed(find_attribute(function, *names().qualified_name, name))) return kRaised;
  if (!name && failed(find_attribute(function, *names().name, name))) return kRaised;
  return name && as_str(name.value()) != nullptr ? std::move(name) : Ref<>(Str::of_ascii("?"));
}

Ref<> bound_method_repr(Value self) noexcept {
  const BoundMethod& method = self_of(self);
  const Ref<> name = name_of_function(method.function());
  const Ref<> of = name ? repr(method.self()) : Ref<>();
  if (!of || as_str(of.value()) == nullptr) return kRaised;
  return str_of({"<bound method ", Utf8Text(name.as<Str>()).view(), " of ",
                 Utf8Text(of.as<Str>()).view(), ">"});
}

Ref<> bound_method_doc(Value self) noexcept {
  return get_attribute(self_of(self).function(), *names().doc);
}

constexpr AttributeSpec kAttributes[] = {
    {"__func__", [](Value self) noexcept { return Ref<>::of(self_of(self).function()); }},
    {"__self__", [](Value self) noexcept { return Ref<>::of(self_of(self).self()); }},
    {"__doc__", bound_method_doc},
};

}  // namespace

Status define_bound_method_attributes() noexcept {
  return define_attributes(*g_bound_method, kAttributes);
}

Ref<> BoundMethod::make(Ref<> function, Ref<> self) noexcept {
  return new_object<BoundMethod>(bound_method_type(), std::move(function), std::move(self));
}

Ref<> call_with_first(Value callee, Value first, const Arguments& arguments) noexcept {
  std::array<Value, 8> values;
  if (count_of(arguments) >= values.size()) return call_with_many(callee, first, arguments);
  return call_from(values.data(), callee, first, arguments);
}

Type& bound_method_type() noexcept { return *g_bound_method; }

Status make_bound_method_type() noexcept {
  Protocols slots;
  slots.call = bound_method_call;
  slots.compare = bound_method_compare;
  slots.hash = bound_method_hash;
  slots.repr = bound_method_repr;
  slots.get_attribute = bound_method_get_attribute;
  Type* const ancestors[] = {&object_type()};
  g_bound_method = Type::make({.name = "method",
                               .layout = &layout_of<BoundMethod>,
                               .ancestors = ancestors,
                               .protocols = slots,
                               .is_weakly_referable = true});
  return g_bound_method == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
