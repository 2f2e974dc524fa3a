#include "python/vm/pattern_kind.h"

#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/dict.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/mapping_proxy.h"
#include "objects/types/memoryview.h"
#include "objects/types/set.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

template <std::size_t kCount>
[[nodiscard]] bool is_below_one_of(const Type& type, const Type* const (&types)[kCount]) noexcept {
  for (const Type* each : types)
    if (type.is_subtype_of(*each)) return true;
  return false;
}

[[nodiscard]] bool is_native(const Type& type, PatternKind kind) noexcept {
  const Type* const sequences[] = {&list_type(), &tuple_type(), &memoryview_type()};
  const Type* const mappings[] = {&dict_type(), &mapping_proxy_type()};
  return kind == PatternKind::kSequence ? is_below_one_of(type, sequences)
                                        : is_below_one_of(type, mappings);
}

// Sequences for everybody but patterns.
[[nodiscard]] bool is_text(const Type& type) noexcept {
  const Type* const texts[] = {&str_type(), &bytes_type(), &bytearray_type()};
  return is_below_one_of(type, texts);
}

}  // namespace

Truth matches_kind(Value subject, PatternKind kind) noexcept {
  const Type& type = type_of(subject);
  if (is_native(type, kind)) return Truth::kTrue;
  if (is_text(type)) return Truth::kFalse;
  const Ref<Str> name = intern("__abc_tpflags__");
  if (!name) return kRaised;
  const Ref<> flags = type.find(*name);
  if (!flags || !flags.value().is_int()) return Truth::kFalse;
  return truth_of((flags.value().as_int() & static_cast<std::int64_t>(kind)) != 0);
}

bool is_matched_itself(const Type& kind) noexcept {
  const Type* const types[] = {&bool_type(),  &bytearray_type(), &bytes_type(), &dict_type(),
                               &float_type(), &frozenset_type(), &int_type(),   &list_type(),
                               &set_type(),   &str_type(),       &tuple_type()};
  return is_below_one_of(kind, types);
}

}  // namespace orochi::inline OROCHI_DESIGN
