#include "python/modules/io/types.h"

#include <algorithm>
#include <array>

#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/buffered_pair.h"
#include "python/modules/io/bytes_io.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/file_io.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/names.h"
#include "python/modules/io/newline_decoder.h"
#include "python/modules/io/string_io.h"
#include "python/modules/io/text_io.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Once g_made;

constexpr std::size_t kMostAncestors = 4;

[[nodiscard]] Status set_doc(Type& type, std::string_view doc) noexcept {
  Ref<Str> text = Str::of_utf8(doc);
  return text ? type.set(*names().doc, std::move(text)) : Status::kFailed;
}

}  // namespace

Type* make_io_type(const IoTypeSpec& spec) noexcept {
  std::array<Type*, kMostAncestors> ancestors{};
  std::size_t count = 0;
  for (Type* each = spec.base; each != nullptr && each != &object_type(); each = each->base())
    ancestors[count++] = each;
  ancestors[count++] = &object_type();
  Type* const type = Type::make({.name = spec.name,
                                 .layout = spec.layout,
                                 .ancestors = std::span(ancestors).first(count),
                                 .protocols = spec.protocols,
                                 .parts = {.is_open = true},
                                 .is_weakly_referable = true});
  if (type == nullptr || failed(type->set(*names().module, intern("_io"))) ||
      failed(set_doc(*type, spec.doc)) ||
      (!spec.constructor.empty() && failed(define_static_methods(*type, spec.constructor))) ||
      (!spec.methods.empty() && failed(define_methods(*type, spec.methods))) ||
      (!spec.attributes.empty() && failed(define_attributes(*type, spec.attributes))))
    return nullptr;
  return type;
}

Status make_io_types() noexcept {
  constexpr Status (*kSteps[])() noexcept = {
      make_io_names,       make_unsupported_operation, make_io_base_types, make_file_io_type,
      make_buffered_types, make_buffered_pair_type,    make_text_io_type,  make_bytes_io_type,
      make_string_io_type, make_newline_decoder_type,
  };
  const bool done = g_made.run(
      [&] { return std::ranges::none_of(kSteps, [](const auto step) { return failed(step()); }); });
  return done ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN
