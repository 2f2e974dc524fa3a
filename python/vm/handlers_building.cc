// Displays, comprehensions, f-strings.

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_type.h"
#include "objects/types/format.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/set.h"
#include "objects/types/utf8_text.h"
#include "python/vm/callable_name.h"
#include "python/vm/handlers.h"

namespace orochi::inline OROCHI_DESIGN::handlers {
namespace {

[[nodiscard]] List& list_of(Value value) noexcept { return static_cast<List&>(*value.object()); }
[[nodiscard]] Set& set_of(Value value) noexcept { return static_cast<Set&>(*value.object()); }
[[nodiscard]] Dict& dict_of(Value value) noexcept { return static_cast<Dict&>(*value.object()); }

// Registers that own what they hold, as what takes it from them wants them.
[[nodiscard]] std::span<Ref<>> as_refs(Value* window, std::size_t count) noexcept {
  static_assert(sizeof(Ref<>) == sizeof(Value));
  return {reinterpret_cast<Ref<>*>(window), count};
}

}  // namespace

Status BuildTuple(const Step& step) noexcept {
  return step.give(Tuple::make(as_refs(step.window_b(), step.number_c())));
}

Status BuildList(const Step& step) noexcept {
  return step.give(List::make(as_refs(step.window_b(), step.number_c())));
}

Status BuildSet(const Step& step) noexcept {
  Ref<Set> made = Set::make(set_type());
  if (!made) return kRaised;
  Value* const window = step.window_b();
  for (std::size_t i = 0; i < step.number_c(); ++i) {
    const Ref<> key = Step::take(window[i]);
    if (failed(made->add(key.value()))) return kRaised;
  }
  return step.give(std::move(made));
}

Status BuildDict(const Step& step) noexcept {
  Ref<Dict> made = Dict::make();
  if (!made) return kRaised;
  Value* const window = step.window_b();
  for (std::size_t i = 0; i < step.number_c(); ++i) {
    const Ref<> key = Step::take(window[2 * i]);
    if (failed(made->set(key.value(), Step::take(window[2 * i + 1])))) return kRaised;
  }
  return step.give(std::move(made));
}

Status BuildKeyedDict(const Step& step) noexcept {
  const auto& keys =
      static_cast<const Tuple&>(*step.frame().code->constant(step.shape().second).object());
  Ref<Dict> made = Dict::make();
  if (!made) return kRaised;
  Value* const window = step.window_b();
  for (std::size_t i = 0; i < step.shape().first; ++i)
    if (failed(made->set(keys[i], Step::take(window[i])))) return kRaised;
  return step.give(std::move(made));
}

Status BuildString(const Step& step) noexcept {
  Value* const window = step.window_b();
  Ref<> made = concat_all({window, step.number_c()});
  if (!made) return kRaised;
  for (std::size_t i = 0; i < step.number_c(); ++i) drop(std::exchange(window[i], Value()));
  return step.give(std::move(made));
}

// --- Lists. ---

Status ListAppend(const Step& step) noexcept {
  return step.end(list_of(step.a()).append(Ref<>::of(step.b())));
}

Status ListExtend(const Step& step) noexcept {
  const Value items = step.b();
  const Protocols& slots = type_of(items).block().protocols();
  if (slots.iter == nullptr && slots.get_item == nullptr)
    return raise(ErrorKind::kType,
                 {"Value after * must be an iterable, not ", type_of(items).name()});
  return step.end(list_of(step.a()).extend(items));
}

Status ListFill(const Step& step) noexcept {
  Value* const window = step.window_b();
  for (std::size_t i = 0; i < step.number_c(); ++i)
    if (failed(list_of(step.a()).append(Step::take(window[i])))) return kRaised;
  return step.end();
}

Status ListToTuple(const Step& step) noexcept { return step.give(list_of(step.b()).to_tuple()); }

// --- Sets and dicts. ---

Status SetAdd(const Step& step) noexcept { return step.end(set_of(step.a()).add(step.b())); }

Status SetUpdate(const Step& step) noexcept {
  const Ref<> iterator = iterate(step.b());
  if (!iterator) return kRaised;
  for (;;) {
    Ref<> item;
    if (failed(next(iterator.value(), item))) return kRaised;
    if (!item) return step.end();
    if (failed(set_of(step.a()).add(item.value()))) return kRaised;
  }
}

Status DictSet(const Step& step) noexcept {
  return step.end(dict_of(step.a()).set(step.b(), Ref<>::of(step.c())));
}

namespace {

[[nodiscard]] bool is_exact_dict(const Dict& dict) noexcept {
  return &type_of(dict) == &dict_type();
}

// Calls `take(key, value)` for each item of a mapping, which is no dict.
template <class Take>
[[nodiscard]] Status for_each_item(Value mapping, Take take) noexcept {
  const Ref<Str> name = intern("keys");
  if (!name) return kRaised;
  const Ref<> keys = call_method(mapping, *name);
  const Ref<> iterator = keys ? iterate(keys.value()) : Ref<>();
  if (!iterator) return kRaised;
  for (;;) {
    Ref<> key;
    if (failed(next(iterator.value(), key))) return kRaised;
    if (!key) return Status::kDone;
    Ref<> value = get_item(mapping, key.value());
    if (!value || failed(take(key.value(), std::move(value)))) return kRaised;
  }
}

[[nodiscard]] Status update_from(Dict& dict, Value mapping) noexcept {
  if (Dict* const other = as_dict(mapping); other != nullptr && is_exact_dict(*other))
    return dict.update(*other);
  return for_each_item(
      mapping, [&](Value key, Ref<> value) noexcept { return dict.set(key, std::move(value)); });
}

}  // namespace

Status DictUpdate(const Step& step) noexcept {
  if (!failed(update_from(dict_of(step.a()), step.b()))) return step.end();
  if (!is_pending(exception_type(ErrorKind::kAttribute))) return kRaised;
  clear_error();
  return raise(ErrorKind::kType, {"'", type_of(step.b()).name(), "' object is not a mapping"});
}

namespace {

[[nodiscard]] Status merge_item(const Step& step, Value key, Ref<> value) noexcept {
  Str* const name = as_str(key);
  if (name == nullptr) return raise(ErrorKind::kType, {"keywords must be strings"});
  Dict& dict = dict_of(step.a());
  const Truth is_there = dict.contains(key);
  if (failed(is_there)) return kRaised;
  if (is_there == Truth::kTrue)
    return raise_about_callable(
        step.c(), {" got multiple values for keyword argument '", Utf8Text(*name).view(), "'"});
  return dict.set(key, std::move(value));
}

[[nodiscard]] Status merge(const Step& step) noexcept {
  const Value mapping = step.b();
  Dict* const other = as_dict(mapping);
  if (other == nullptr || !is_exact_dict(*other))
    return for_each_item(mapping, [&](Value key, Ref<> value) noexcept {
      return merge_item(step, key, std::move(value));
    });
  for (std::size_t place = 0;; ++place) {
    DictItem item = other->next(place);
    if (!item.key) return Status::kDone;
    if (failed(merge_item(step, item.key.value(), std::move(item.value)))) return kRaised;
  }
}

}  // namespace

Status DictMerge(const Step& step) noexcept {
  if (!failed(merge(step))) return step.end();
  if (!is_pending(exception_type(ErrorKind::kAttribute))) return kRaised;
  clear_error();
  return raise_about_callable(
      step.c(), {" argument after ** must be a mapping, not ", type_of(step.b()).name()});
}

// --- f-strings. ---

namespace {

[[nodiscard]] Conversion conversion_of(std::uint16_t letter) noexcept {
  switch (letter) {
    case 's':
      return Conversion::kStr;
    case 'r':
      return Conversion::kRepr;
    case 'a':
      return Conversion::kAscii;
    default:
      return Conversion::kNone;
  }
}

}  // namespace

Status FormatValue(const Step& step) noexcept {
  return step.give(format_field(step.b(), conversion_of(step.number_c()), nullptr));
}

Status FormatSpec(const Step& step) noexcept {
  Value* const window = step.window_b();
  const auto& spec = static_cast<const Str&>(*window[1].object());
  Ref<> made = format_field(window[0], conversion_of(step.number_c()), &spec);
  if (!made) return kRaised;
  const Ref<> value = Step::take(window[0]);
  const Ref<> used = Step::take(window[1]);
  return step.give(std::move(made));
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
