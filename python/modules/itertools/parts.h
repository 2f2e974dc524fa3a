// python/modules/itertools/parts.h: the types of itertools, by the files that have them.
//
// An iterator may be shared: threads that step it at once each get items of their own, and none is
// given twice. Those whose step calls nobody are one step for all who watch. The others hold their
// lock while they call out, so it is let go of where that waits (runtime/critical_section.h); they
// look again afterwards, and what somebody else has done meanwhile stands.
//
// Each function is called once, when the module is made.
// Tests: tests/python/modules/itertools_test.cc
#pragma once

#include "objects/model/locked.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN::itertools {

[[nodiscard]] Status add_endless(Module& module) noexcept;  // count, cycle, repeat
[[nodiscard]] Status add_filters(Module& module) noexcept;  // compress ... filterfalse
[[nodiscard]] Status add_islice(Module& module) noexcept;
[[nodiscard]] Status add_joins(Module& module) noexcept;  // chain, zip_longest
[[nodiscard]] Status add_folds(Module& module) noexcept;  // accumulate, pairwise, starmap
[[nodiscard]] Status add_groupby(Module& module) noexcept;
[[nodiscard]] Status add_tee(Module& module) noexcept;
[[nodiscard]] Status add_product(Module& module) noexcept;
[[nodiscard]] Status add_permutations(Module& module) noexcept;
[[nodiscard]] Status add_combinations(Module& module) noexcept;  // with replacement, too

Ref<> tee(const Value* arguments) noexcept;

// Of a class T with `Status next(Ref<>& item) noexcept`.
template <class T>
[[nodiscard]] Protocols iterator_slots() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept { return object_of<T>(self).next(item); };
  return slots;
}

// Such an iterator without anything else. Its __new__ is a NativeSpec.
template <class T>
[[nodiscard]] Status add_iterator(Module& module, std::string_view name,
                                  std::span<const NativeSpec> make,
                                  std::span<const NativeSpec> methods = {},
                                  std::span<const NativeSpec> class_methods = {}) noexcept {
  const Type* const type = add_native_type(module, {.name = name,
                                                    .layout = &layout_of<T>,
                                                    .slots = iterator_slots<T>(),
                                                    .statics = make,
                                                    .methods = methods,
                                                    .class_methods = class_methods});
  return type == nullptr ? Status::kFailed : Status::kDone;
}

// Puts `value` where `expected` is. False: something else is there, and `value` is as it was. What
// was there is in `old`, to be dropped after the lock.
[[nodiscard]] inline bool replace_if(Held holder, Field& field, Value expected, Ref<>& value,
                                     Ref<>& old) noexcept {
  if (field.get(holder) != expected) return false;
  old = field.replace(holder, std::move(value));
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
