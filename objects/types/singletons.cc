#include "objects/types/singletons.h"

#include <string_view>

#include "objects/types/hash_secret.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_singleton_types, before their values are asked for a type.
constinit Type* g_none_type = nullptr;
constinit Type* g_not_implemented_type = nullptr;
constinit Type* g_ellipsis_type = nullptr;

[[nodiscard]] std::string_view text_of(Value self) noexcept {
  if (self.is_none()) return "None";
  return self.is(Special::kEllipsis) ? "Ellipsis" : "NotImplemented";
}

Ref<> singleton_repr(Value self) noexcept { return Str::of_ascii(text_of(self)); }

Status singleton_hash(Value self, std::int64_t& hash) noexcept {
  const std::string_view text = text_of(self);
  hash = hash_of_bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  return Status::kDone;
}

Truth is_true(Value) noexcept { return Truth::kTrue; }
Truth is_false(Value) noexcept { return Truth::kFalse; }

[[nodiscard]] Type* make_type(std::string_view name, ImmediateKind kind,
                              TruthFunction truth) noexcept {
  Protocols slots;
  slots.truth = truth;
  slots.hash = singleton_hash;
  slots.repr = singleton_repr;
  Type* const ancestors[] = {&object_type()};
  Type* const type = Type::make(
      {.name = name, .layout = &layout_of<Object>, .ancestors = ancestors, .protocols = slots});
  if (type != nullptr) set_immediate_type(kind, *type);
  return type;
}

}  // namespace

Type& none_type() noexcept { return *g_none_type; }
Type& not_implemented_type() noexcept { return *g_not_implemented_type; }
Type& ellipsis_type() noexcept { return *g_ellipsis_type; }

Status make_singleton_types() noexcept {
  g_none_type = make_type("NoneType", ImmediateKind::kNone, is_false);
  if (g_none_type == nullptr) return kRaised;
  g_not_implemented_type = make_type("NotImplementedType", ImmediateKind::kNotImplemented, is_true);
  if (g_not_implemented_type == nullptr) return kRaised;
  g_ellipsis_type = make_type("ellipsis", ImmediateKind::kEllipsis, is_true);
  return g_ellipsis_type == nullptr ? Status{kRaised} : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
