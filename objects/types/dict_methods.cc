#include "objects/types/dict_methods.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/dict_iterator.h"
#include "objects/types/dict_view.h"
#include "objects/types/each_item.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/ordering.h"
#include "objects/types/set.h"
#include "objects/types/set_algebra.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Dict& self_of(const Value* arguments) noexcept {
  return static_cast<Dict&>(*arguments[0].object());
}
[[nodiscard]] const DictView& view_of(const Value* arguments) noexcept {
  return static_cast<const DictView&>(*arguments[0].object());
}

// --- One item. ---

Ref<> get(const Value* arguments) noexcept {
  Ref<> value;
  if (failed(self_of(arguments).find(arguments[1], value))) return kRaised;
  return value ? std::move(value) : Ref<>::of(arguments[2]);
}

Ref<> pop(const Value* arguments) noexcept {
  Ref<> value;
  if (failed(self_of(arguments).remove(arguments[1], value))) return kRaised;
  if (value) return value;
  if (arguments[2].is_empty()) return raise_missing_key(arguments[1]);
  return Ref<>::of(arguments[2]);
}

Ref<> popitem(const Value* arguments) noexcept {
  DictItem item = self_of(arguments).pop_last();
  if (!item) return raise(ErrorKind::kKey, {"popitem(): dictionary is empty"});
  return Tuple::of(std::move(item.key), std::move(item.value));
}

Ref<> setdefault(const Value* arguments) noexcept {
  return self_of(arguments).set_default(arguments[1], Ref<>::of(arguments[2]));
}

// --- All items. ---

Ref<> update(const Value* arguments) noexcept {
  return none_or_raised(update_dict(self_of(arguments), arguments[1], arguments[2]));
}

Ref<> clear(const Value* arguments) noexcept {
  self_of(arguments).clear();
  return Special::kNone;
}

Ref<> copy(const Value* arguments) noexcept { return self_of(arguments).copy(); }

template <DictPart kPart>
Ref<> view(const Value* arguments) noexcept {
  return DictView::make(self_of(arguments), kPart);
}

Ref<> reversed(const Value* arguments) noexcept {
  return DictIterator::make(self_of(arguments), DictPart::kKeys, Direction::kBackward);
}

// Into what the class makes, which may be of any type.
Ref<> fromkeys(const Value* arguments) noexcept {
  if (arguments[0] == Value(&dict_type())) return Dict::from_keys(arguments[1], arguments[2]);
  Ref<> made = call(arguments[0], {});
  if (!made) return kRaised;
  const Status done = for_each_item(arguments[1], [&](Value key) noexcept {
    return set_item(made.value(), key, Ref<>::of(arguments[2]));
  });
  return failed(done) ? Ref<>() : std::move(made);
}

// --- Views. ---

Ref<> reversed_view(const Value* arguments) noexcept {
  return view_of(arguments).iterate(Direction::kBackward);
}

Ref<> isdisjoint(const Value* arguments) noexcept {
  const DictView& view = view_of(arguments);
  const Truth all_missing = for_all_items(arguments[1], [&](Value item) noexcept {
    const Truth found = view.contains(item);
    return failed(found) ? found : truth_of(found == Truth::kFalse);
  });
  return failed(all_missing) ? Ref<>() : bool_of(all_missing == Truth::kTrue);
}

Ref<> remaining(const Value* arguments) noexcept {
  return make_size(static_cast<DictIterator*>(arguments[0].object())->remaining());
}

constexpr NativeSpec kMethods[] = {
    {"get(self, key, default=None, /)", get},
    {"pop(self, key, default=<unrepresentable>, /)", pop},
    {"popitem(self, /)", popitem},
    {"setdefault(self, key, default=None, /)", setdefault},
    {"update(self, other=<unrepresentable>, /, **named)", update},
    {"clear(self, /)", clear},
    {"copy(self, /)", copy},
    {"keys(self, /)", view<DictPart::kKeys>},
    {"values(self, /)", view<DictPart::kValues>},
    {"items(self, /)", view<DictPart::kItems>},
    {"__reversed__(self, /)", reversed},
};
constexpr NativeSpec kClassMethods[] = {{"fromkeys(type, iterable, value=None, /)", fromkeys}};
constexpr NativeSpec kOfViews[] = {{"__reversed__(self, /)", reversed_view}};
constexpr NativeSpec kOfSetViews[] = {{"isdisjoint(self, other, /)", isdisjoint}};
constexpr NativeSpec kOfIterators[] = {
    {"__length_hint__(self, /)", remaining},
    reduce_method<DictIterator, &DictIterator::reduce>(),
};

}  // namespace

Status define_dict_methods() noexcept {
  if (failed(define_methods(dict_type(), kMethods))) return kRaised;
  if (failed(define_class_methods(dict_type(), kClassMethods))) return kRaised;
  for (const DictPart part : {DictPart::kKeys, DictPart::kValues, DictPart::kItems}) {
    if (failed(define_methods(dict_view_type(part), kOfViews))) return kRaised;
    if (part != DictPart::kValues && failed(define_methods(dict_view_type(part), kOfSetViews)))
      return kRaised;
    for (const Direction direction : {Direction::kForward, Direction::kBackward}) {
      if (failed(define_methods(dict_iterator_type(part, direction), kOfIterators))) return kRaised;
    }
  }
  return Status::kDone;
}

// --- Updating. ---

namespace {

// What has a method `keys` is a mapping.
[[nodiscard]] Status update_from(Dict& dict, Value other) noexcept {
  if (Dict* const source = as_dict(other); source != nullptr && &type_of(*source) == &dict_type())
    return dict.update(*source);
  const Ref<Str> name = intern("keys");
  Ref<> method;
  if (!name || failed(find_attribute(other, *name, method))) return kRaised;
  if (!method) return dict.update_from_pairs(other);
  const Ref<> keys = call(method.value(), {});
  if (!keys) return kRaised;
  return for_each_item(keys.value(), [&](Value key) noexcept {
    Ref<> value = get_item(other, key);
    return value ? dict.set(key, std::move(value)) : Status{kRaised};
  });
}

}  // namespace

Status update_dict(Dict& dict, Value other, Value named) noexcept {
  if (!other.is_empty() && failed(update_from(dict, other))) return kRaised;
  return named.is_empty() ? Status::kDone : dict.update(static_cast<Dict&>(*named.object()));
}

// --- Views as sets. ---

namespace {

[[nodiscard]] bool can_be_gone_through(Value value) noexcept {
  return type_of(value).block().protocols().iter != nullptr;
}

// The set of the left side, changed by what the right side gives.
template <Status (*kChange)(Set&, Value) noexcept>
[[nodiscard]] Ref<> changed_set(Value left, Value other) noexcept {
  if (!can_be_gone_through(left) || !can_be_gone_through(other)) return Special::kNotImplemented;
  Ref<Set> set = Set::from(left, set_type());
  if (!set || failed(kChange(*set, other))) return kRaised;
  return set;
}

}  // namespace

Ref<> dict_view_and(Value left, Value right) noexcept {
  return changed_set<intersection_update>(left, right);
}
Ref<> dict_view_or(Value left, Value right) noexcept {
  return changed_set<orochi::update>(left, right);
}
Ref<> dict_view_subtract(Value left, Value right) noexcept {
  return changed_set<difference_update>(left, right);
}
Ref<> dict_view_xor(Value left, Value right) noexcept {
  return changed_set<symmetric_difference_update>(left, right);
}

}  // namespace orochi::inline OROCHI_DESIGN
