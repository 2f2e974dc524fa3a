// Structural pattern matching.

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/digits.h"
#include "objects/types/intern.h"
#include "objects/types/owned_values.h"
#include "objects/types/type_object.h"
#include "objects/types/utf8_text.h"
#include "python/vm/handlers.h"
#include "python/vm/pattern_kind.h"

namespace orochi::inline OROCHI_DESIGN::handlers {

Status MatchSequence(const Step& step) noexcept {
  return step.give(matches_kind(step.b(), PatternKind::kSequence));
}
Status MatchMapping(const Step& step) noexcept {
  return step.give(matches_kind(step.b(), PatternKind::kMapping));
}

// --- Keys. ---

namespace {

[[nodiscard]] Ref<Tuple> tuple_of(OwnedValues& values) noexcept {
  Ref<Tuple> made = Tuple::make_blank(values.size());
  for (std::size_t i = 0; made && i < values.size(); ++i) made->initialise(i, values.take(i));
  return made;
}

Raised raise_key_twice(Value key) noexcept {
  const Ref<> text = repr(key);
  if (!text) return kRaised;
  return raise(ErrorKind::kValue,
               {"mapping pattern checks duplicate key (", Utf8Text(text.as<Str>()).view(), ")"});
}

// By the mapping's `get` with a default that nobody else has, so nothing is made for what is not
// there. False in `found`: it is not.
[[nodiscard]] Status get_key(Value get, Value key, Value missing, Ref<>& value) noexcept {
  const Value arguments[] = {key, missing};
  value = call(get, {arguments, 2});
  return value ? Status::kDone : Status::kFailed;
}

}  // namespace

Status MatchKeys(const Step& step) noexcept {
  const auto& keys = static_cast<const Tuple&>(*step.c().object());
  const Ref<Str> name = intern("get");
  const Ref<Dict> seen = Dict::make();
  if (!name || !seen) return kRaised;
  const Ref<> get = get_attribute(step.b(), *name);
  if (!get) return kRaised;
  OwnedValues values;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Truth is_twice = seen->contains(keys[i]);
    if (failed(is_twice)) return kRaised;
    if (is_twice == Truth::kTrue) return raise_key_twice(keys[i]);
    Ref<> value;
    if (failed(seen->set(keys[i], Special::kNone)) ||
        failed(get_key(get.value(), keys[i], seen.value(), value)))
      return kRaised;
    if (value.value() == seen.value()) return step.give(Special::kNone);
    if (!values.add(value)) return raise_memory_error();
  }
  return step.give(tuple_of(values));
}

// --- Classes. ---

namespace {

// Matches `Kind(a, b, name=c)`: what the attributes are.
class ClassMatch {
 public:
  ClassMatch(Value subject, Type& kind) noexcept : subject_(subject), kind_(kind) {}

  [[nodiscard]] OwnedValues& values() noexcept { return values_; }

  // Done and false in `matches`: one is not there.
  [[nodiscard]] Status take_positional(std::size_t count, bool& matches) noexcept {
    matches = true;
    if (count == 0) return Status::kDone;
    Ref<> names;
    if (failed(match_names(names))) return kRaised;
    if (!names) return take_itself(count);
    const auto& tuple = names.as<Tuple>();
    if (tuple.size() < count) return raise_accepts(tuple.size(), count);
    for (std::size_t i = 0; matches && i < count; ++i) {
      Str* const name = as_str(tuple[i]);
      if (name == nullptr)
        return raise(ErrorKind::kType, {"__match_args__ elements must be strings (got ",
                                        type_of(tuple[i]).name(), ")"});
      if (failed(take_attribute(*name, matches))) return kRaised;
    }
    return Status::kDone;
  }

  [[nodiscard]] Status take_named(const Tuple& names, bool& matches) noexcept {
    for (std::size_t i = 0; matches && i < names.size(); ++i)
      if (failed(take_attribute(static_cast<Str&>(*names[i].object()), matches))) return kRaised;
    return Status::kDone;
  }

 private:
  // Nothing in `names`: the class has none, and its instances are matched themselves.
  [[nodiscard]] Status match_names(Ref<>& names) noexcept {
    const Ref<Str> name = intern("__match_args__");
    if (!name || failed(find_attribute(Value(&kind_), *name, names))) return kRaised;
    if (!names) {
      if (!is_matched_itself(kind_)) names = Tuple::make_blank(0);
      return Status::kDone;
    }
    if (type_of(names.value()).is_subtype_of(tuple_type())) return Status::kDone;
    return raise(ErrorKind::kType, {kind_.name(), ".__match_args__ must be a tuple (got ",
                                    type_of(names.value()).name(), ")"});
  }

  [[nodiscard]] Status take_itself(std::size_t count) noexcept {
    if (count > 1) return raise_accepts(1, count);
    Ref<> itself = Ref<>::of(subject_);
    return values_.add(itself) ? Status::kDone : Status{raise_memory_error()};
  }

  [[nodiscard]] Status take_attribute(Str& name, bool& matches) noexcept {
    for (const Value each : taken_.all())
      if (each == Value(&name))
        return raise(ErrorKind::kType,
                     {kind_.name(), "() got multiple sub-patterns for attribute '",
                      Utf8Text(name).view(), "'"});
    Ref<Str> interned = attribute_name(Value(&name));
    Ref<> value;
    if (!interned || failed(find_attribute(subject_, *interned, value))) return kRaised;
    matches = static_cast<bool>(value);
    Ref<> key(std::move(interned));
    if (!matches || (taken_.add(key) && values_.add(value))) return Status::kDone;
    return raise_memory_error();
  }

  Raised raise_accepts(std::size_t most, std::size_t given) const noexcept {
    return raise(ErrorKind::kType,
                 {kind_.name(), "() accepts ", Digits(most).text(), " positional sub-pattern",
                  most == 1 ? "" : "s", " (", Digits(given).text(), " given)"});
  }

  const Value subject_;
  Type& kind_;
  OwnedValues taken_;  // names
  OwnedValues values_;
};

[[nodiscard]] Ref<> match_class(Value subject, Value kind, const Tuple& names,
                                std::size_t positional) noexcept {
  if (!kind.is_object() || !type_of(kind).is_subtype_of(type_type()))
    return raise(ErrorKind::kType, {"called match pattern must be a type"});
  const Truth is_one = is_instance(subject, kind);
  if (failed(is_one)) return kRaised;
  if (is_one == Truth::kFalse) return Special::kNone;
  ClassMatch match(subject, static_cast<Type&>(*kind.object()));
  bool matches = true;
  if (failed(match.take_positional(positional, matches))) return kRaised;
  if (matches && failed(match.take_named(names, matches))) return kRaised;
  if (!matches) return Special::kNone;
  return tuple_of(match.values());
}

}  // namespace

Status MatchClass(const Step& step) noexcept {
  Value* const window = step.window_b();
  Ref<> result =
      match_class(window[0], window[1], static_cast<Tuple&>(*window[2].object()), step.number_c());
  if (!result) return kRaised;
  empty_registers(window, window + 3);
  return step.give(std::move(result));
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
