#include "objects/types/member_descriptor.h"

#include "objects/model/instance.h"
#include "objects/model/new_object.h"
#include "objects/types/attribute.h"
#include "objects/types/native_function.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_member_descriptor = nullptr;  // written by make_member_descriptor_type

[[nodiscard]] const MemberDescriptor& self_of(Value self) noexcept {
  return static_cast<const MemberDescriptor&>(*self.object());
}

[[nodiscard]] Status check_instance(const MemberDescriptor& member, Value instance) noexcept {
  if (type_of(instance).is_subtype_of(member.owner())) return Status::kDone;
  return raise(ErrorKind::kType,
               {"descriptor '", Utf8Text(member.name()).view(), "' for '", member.owner().name(),
                "' objects doesn't apply to a '", type_of(instance).name(), "' object"});
}

[[nodiscard]] Field& place_of(const MemberDescriptor& member, Value instance) noexcept {
  return InstanceStore(*instance.object()).member(member.index());
}

Ref<> member_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty()) return Ref<>::of(self);
  const MemberDescriptor& member = self_of(self);
  if (failed(check_instance(member, instance))) return kRaised;
  Ref<> value = place_of(member, instance).load(*instance.object());
  if (!value) return raise_no_attribute(instance, member.name());
  return value;
}

Status member_set(Value self, Value instance, Ref<> value) noexcept {
  const MemberDescriptor& member = self_of(self);
  if (failed(check_instance(member, instance))) return kRaised;
  const bool deletes = !value;
  Ref<> before;  // dropped after the lock
  const Locked lock(*instance.object());
  const NoSuspend whole;
  before = place_of(member, instance).replace(lock.held(), std::move(value));
  if (deletes && !before)
    return raise_value(ErrorKind::kAttribute, Ref<>::of(Value(&member.name())));
  return Status::kDone;
}

Ref<> member_repr(Value self) noexcept {
  const MemberDescriptor& member = self_of(self);
  return str_of(
      {"<member '", Utf8Text(member.name()).view(), "' of '", member.owner().name(), "' objects>"});
}

constexpr AttributeSpec kAttributes[] = {
    {"__name__", [](Value self) noexcept { return Ref<>::of(Value(&self_of(self).name())); }},
    {"__objclass__", [](Value self) noexcept { return Ref<>::of(Value(&self_of(self).owner())); }},
};

}  // namespace

Ref<> MemberDescriptor::make(Type& owner, Ref<Str> name, std::uint32_t index) noexcept {
  return new_object<MemberDescriptor>(*g_member_descriptor, owner, Ref<>(std::move(name)), index);
}

Type& member_descriptor_type() noexcept { return *g_member_descriptor; }

Status make_member_descriptor_type() noexcept {
  Protocols slots;
  slots.descriptor_get = member_get;
  slots.descriptor_set = member_set;
  slots.repr = member_repr;
  Type* const ancestors[] = {&object_type()};
  g_member_descriptor = Type::make({.name = "member_descriptor",
                                    .layout = &layout_of<MemberDescriptor>,
                                    .ancestors = ancestors,
                                    .protocols = slots,
                                    .is_final = true});
  if (g_member_descriptor == nullptr) return kRaised;
  return define_attributes(*g_member_descriptor, kAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
