#include "python/modules/native_type.h"

#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/object_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status describe(Type& type, const NativeTypeSpec& spec) noexcept {
  if (spec.doc.empty()) return Status::kDone;
  Ref<Str> doc = Str::of_utf8(spec.doc);
  return doc ? type.set(*names().doc, std::move(doc)) : Status{kRaised};
}

[[nodiscard]] Status define(Type& type, const NativeTypeSpec& spec) noexcept {
  if (!spec.statics.empty() && failed(define_static_methods(type, spec.statics))) return kRaised;
  if (!spec.methods.empty() && failed(define_methods(type, spec.methods))) return kRaised;
  if (!spec.class_methods.empty() && failed(define_class_methods(type, spec.class_methods)))
    return kRaised;
  if (spec.attributes.empty()) return Status::kDone;
  return define_attributes(type, spec.attributes);
}

}  // namespace

Type* make_native_type(const NativeTypeSpec& spec) noexcept {
  Type* ancestors[] = {spec.base, &object_type()};
  const std::size_t own = spec.base == nullptr ? 1 : 0;
  Type* const type = Type::make({.name = spec.name,
                                 .layout = spec.layout,
                                 .ancestors = std::span<Type* const>(ancestors).subspan(own),
                                 .protocols = spec.slots,
                                 .parts = {.is_open = spec.has_dict},
                                 .is_final = spec.is_final,
                                 .is_weakly_referable = spec.is_weakly_referable});
  if (type == nullptr || failed(describe(*type, spec)) || failed(define(*type, spec)))
    return nullptr;
  if (spec.has_dict && failed(type->set(*names().dict, make_dict_attribute(*type)))) return nullptr;
  return type;
}

Type* add_native_type(Module& module, const NativeTypeSpec& spec) noexcept {
  Type* const type = make_native_type(spec);
  return type == nullptr || failed(add_type(module, *type)) ? nullptr : type;
}

}  // namespace orochi::inline OROCHI_DESIGN
