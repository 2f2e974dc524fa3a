#include "objects/types/attribute.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bound_method.h"
#include "objects/types/descriptor.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/intern.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] const Str& text_of(const Object& name) noexcept {
  return static_cast<const Str&>(name);
}

[[nodiscard]] const Protocols& slots_of(Value value) noexcept {
  return type_of(value).block().protocols();
}

// It says what the attribute is before the instance does.
[[nodiscard]] bool is_data_descriptor(const Protocols& slots) noexcept {
  return slots.descriptor_set != nullptr && slots.descriptor_get != nullptr;
}

[[nodiscard]] Status find_own(Value self, Object& name, Ref<>& value) noexcept {
  return self.is_object() ? find_own_attribute(*self.object(), name, value) : Status::kDone;
}

}  // namespace

Raised raise_no_attribute(Value value, const Object& name) noexcept {
  return raise(ErrorKind::kAttribute, {"'", type_of(value).name(), "' object has no attribute '",
                                       Utf8Text(text_of(name)).view(), "'"});
}

Ref<Str> attribute_name(Value value) noexcept {
  Str* const str = as_str(value);
  if (str == nullptr)
    return raise(ErrorKind::kType,
                 {"attribute name must be string, not '", type_of(value).name(), "'"});
  const bool is_exact = &type_of(*str) == &str_type();
  return intern(is_exact ? Ref<Str>::of(*str) : Str::of(str->view()));
}

// --- Of instances. ---

namespace {

// Done and nothing in `result`: there is none.
[[nodiscard]] Status look_up(Value self, Object& name, Ref<>& result) noexcept {
  const Ref<> attribute = type_of(self).find(name);
  if (attribute) {
    const Protocols& slots = slots_of(attribute.value());
    if (is_data_descriptor(slots)) {
      result = slots.descriptor_get(attribute.value(), self, Value(&type_of(self)));
      return result ? Status::kDone : Status::kFailed;
    }
  }
  if (failed(find_own(self, name, result))) return kRaised;
  if (result || !attribute) return Status::kDone;
  result = bind(attribute.value(), self);
  return result ? Status::kDone : Status::kFailed;
}

}  // namespace

Ref<> generic_get_attribute(Value self, Object& name) noexcept {
  Ref<> result;
  if (failed(look_up(self, name, result))) return kRaised;
  if (!result) return raise_no_attribute(self, name);
  return result;
}

namespace {

[[nodiscard]] bool has_room(Value self) noexcept {
  return self.is_object() && has_attributes(*self.object());
}

Raised raise_read_only(Value self, const Object& name) noexcept {
  return raise(ErrorKind::kAttribute, {"'", type_of(self).name(), "' object attribute '",
                                       Utf8Text(text_of(name)).view(), "' is read-only"});
}

[[nodiscard]] Status store_or_delete(Value self, Object& name, Ref<> value) noexcept {
  if (value) return store_own_attribute(*self.object(), name, std::move(value));
  const Truth was_there = delete_own_attribute(*self.object(), name);
  if (was_there == Truth::kFalse) return raise_no_attribute(self, name);
  return failed(was_there) ? Status::kFailed : Status::kDone;
}

}  // namespace

Status generic_set_attribute(Value self, Object& name, Ref<> value) noexcept {
  const Ref<> attribute = type_of(self).find(name);
  if (attribute) {
    const DescriptorSet set = slots_of(attribute.value()).descriptor_set;
    if (set != nullptr) return set(attribute.value(), self, std::move(value));
  }
  if (has_room(self)) return store_or_delete(self, name, std::move(value));
  return attribute ? Status{raise_read_only(self, name)} : Status{raise_no_attribute(self, name)};
}

// --- Of types. ---

namespace {

Raised raise_type_has_none(const Type& type, const Object& name) noexcept {
  return raise(ErrorKind::kAttribute, {"type object '", type.name(), "' has no attribute '",
                                       Utf8Text(text_of(name)).view(), "'"});
}

[[nodiscard]] Status look_up_in_type(Type& type, Object& name, Ref<>& result) noexcept {
  const Value self(&type);
  const Ref<> of_meta = type_of(self).find(name);
  if (of_meta) {
    const Protocols& slots = slots_of(of_meta.value());
    if (is_data_descriptor(slots)) {
      result = slots.descriptor_get(of_meta.value(), self, Value(&type_of(self)));
      return result ? Status::kDone : Status::kFailed;
    }
  }
  const Ref<> own = type.find(name);
  if (!own && !of_meta) return Status::kDone;
  result = own ? bind_to_type(own.value(), self) : bind(of_meta.value(), self);
  return result ? Status::kDone : Status::kFailed;
}

[[nodiscard]] Type& type_of_self(Value self) noexcept { return static_cast<Type&>(*self.object()); }

// Whether the type itself has it, not an ancestor.
[[nodiscard]] bool has_itself(const Type& type, const Object& name) noexcept {
  const TypeEntry* const entry = type.block().find(name);
  return entry != nullptr && entry->home == &type;
}

[[nodiscard]] Status change_type(Type& type, Object& name, Ref<> value) noexcept {
  if (value) return type.set(name, std::move(value));
  if (!has_itself(type, name)) return raise_type_has_none(type, name);
  return type.remove(name);
}

}  // namespace

Ref<> type_get_attribute(Value self, Object& name) noexcept {
  Ref<> result;
  if (failed(look_up_in_type(type_of_self(self), name, result))) return kRaised;
  if (!result) return raise_type_has_none(type_of_self(self), name);
  return result;
}

Status type_set_attribute(Value self, Object& name, Ref<> value) noexcept {
  Type& type = type_of_self(self);
  if (!type.is_class())
    return raise(ErrorKind::kType, {"cannot set '", Utf8Text(text_of(name)).view(),
                                    "' attribute of immutable type '", type.name(), "'"});
  const Ref<> of_meta = type_of(self).find(name);
  if (of_meta) {
    const DescriptorSet set = slots_of(of_meta.value()).descriptor_set;
    if (set != nullptr) return set(of_meta.value(), self, std::move(value));
  }
  return change_type(type, name, std::move(value));
}

// --- Without a failure where there is none. ---

namespace {

// The ordinary ways say without an exception that there is nothing.
[[nodiscard]] Status look_up_quietly(Value value, Object& name, Ref<>& result) noexcept {
  const GetAttribute slot = slots_of(value).get_attribute;
  if (slot == generic_get_attribute) return look_up(value, name, result);
  if (slot == type_get_attribute) return look_up_in_type(type_of_self(value), name, result);
  result = get_attribute(value, name);
  return result ? Status::kDone : Status::kFailed;
}

}  // namespace

// What an attribute raises itself, such as a property, may say so too.
Status find_attribute(Value value, Object& name, Ref<>& result) noexcept {
  if (!failed(look_up_quietly(value, name, result))) return Status::kDone;
  if (!is_pending(exception_type(ErrorKind::kAttribute))) return kRaised;
  clear_error();
  return Status::kDone;
}

// --- Calls. ---

namespace {

// Calls an attribute of a type with the receiver as the first of the values.
[[nodiscard]] Ref<> call_bound(Value attribute, std::span<const Value> values) noexcept {
  const Protocols& slots = slots_of(attribute);
  if (slots.takes_self) return call(attribute, {values.data(), values.size()});
  const Ref<> bound = bind(attribute, values[0]);
  if (!bound) return kRaised;
  return call(bound.value(), {values.data() + 1, values.size() - 1});
}

}  // namespace

Status find_method(Value value, Str& name, Ref<>& method) noexcept {
  if (slots_of(value).get_attribute != generic_get_attribute) return Status::kDone;
  Ref<> found = type_of(value).find(name);
  if (!found || !slots_of(found.value()).takes_self) return Status::kDone;
  Ref<> own;
  if (failed(find_own(value, name, own))) return kRaised;
  if (!own) method = std::move(found);
  return Status::kDone;
}

Ref<> call_method(Value value, Str& name, const Arguments& arguments) noexcept {
  Ref<> method;
  if (failed(find_method(value, name, method))) return kRaised;
  if (method) return call_with_first(method.value(), value, arguments);
  const Ref<> attribute = get_attribute(value, name);
  return attribute ? call(attribute.value(), arguments) : Ref<>();
}

Status find_special(Value self, const Str& name, Ref<>& result) noexcept {
  const Ref<> attribute = type_of(self).find(name);
  if (!attribute) return Status::kDone;
  result = bind(attribute.value(), self);
  return result ? Status::kDone : Status::kFailed;
}

Ref<> call_special(std::span<const Value> values, const Str& name, bool& found) noexcept {
  const Ref<> attribute = type_of(values[0]).find(name);
  found = static_cast<bool>(attribute);
  return found ? call_bound(attribute.value(), values) : Ref<>();
}

}  // namespace orochi::inline OROCHI_DESIGN
