// partial: a function with some of its arguments.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/dict.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/object_type.h"
#include "objects/types/str_builder.h"
#include "objects/types/type_object.h"
#include "python/modules/calls.h"
#include "python/modules/functools/parts.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN::functools {
namespace {

constinit Type* g_partial = nullptr;  // written by partial_type

// All three are set together: by the constructor, and by __setstate__ in one hold.
class Partial : public Object {
 public:
  Partial(ShapeIndex shape, Ref<> function, Ref<> values, Ref<> names) noexcept
      : Object(shape),
        function_(std::move(function)),
        values_(std::move(values)),
        names_(std::move(names)) {}

  struct Parts {
    Ref<> function;
    Ref<> values;  // a tuple
    Ref<> names;   // a dict
  };
  [[nodiscard]] Parts parts() noexcept {
    const Locked lock(*this);
    const Held held = lock.held();
    return {function_.load(held), values_.load(held), names_.load(held)};
  }
  void set(Parts& parts) noexcept {
    const Locked lock(*this);
    const Held held = lock.held();
    parts.function = function_.replace(held, std::move(parts.function));
    parts.values = values_.replace(held, std::move(parts.values));
    parts.names = names_.replace(held, std::move(parts.names));
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
    visit(Children::of(values_));
    visit(Children::of(names_));
  }

 private:
  Field function_;
  Field values_;
  Field names_;
};

[[nodiscard]] Partial& self_of(Value value) noexcept { return object_of<Partial>(value); }

// --- Making one. ---

[[nodiscard]] Ref<Tuple> join(const Tuple& before, const Tuple& values, std::size_t from) noexcept {
  Ref<Tuple> both = Tuple::make_blank(before.size() + values.size() - from);
  if (!both) return kRaised;
  for (std::size_t i = 0; i < before.size(); ++i) both->initialise(i, before.load(i));
  for (std::size_t i = from; i < values.size(); ++i)
    both->initialise(before.size() + i - from, values.load(i));
  return both;
}

// What is to be called: of a partial that has no attributes of its own, what that calls.
[[nodiscard]] Partial::Parts base_parts(Value function) noexcept {
  const bool is_plain =
      &type_of(function) == g_partial && function.object()->shape() == g_partial->root().index();
  if (is_plain) return self_of(function).parts();
  return {ref_of(function), Tuple::make_blank(0), Dict::make()};
}

Ref<> partial_new(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[1]);
  if (given.size() == 0)
    return raise(ErrorKind::kType, {"type 'partial' takes at least one argument"});
  if (!is_callable(given[0]))
    return raise(ErrorKind::kType, {"the first argument must be callable"});
  const Partial::Parts base = base_parts(given[0]);
  if (!base.values || !base.names) return kRaised;
  Ref<Tuple> values = join(base.values.as<Tuple>(), given, 1);
  Ref<Dict> names = base.names.as<Dict>().copy();
  if (!values || !names) return kRaised;
  if (!arguments[2].is_empty() && failed(names->update(object_of<Dict>(arguments[2]))))
    return kRaised;
  return new_object<Partial>(wanted_type(arguments), base.function.share(), std::move(values),
                             std::move(names));
}

// --- Calling it. ---

// The names of the call go before those that are here.
[[nodiscard]] Ref<> call_with_names(const Partial::Parts& parts, const Arguments& given) noexcept {
  const auto& before = parts.values.as<Tuple>();
  const auto* const keywords = static_cast<const Tuple*>(given.keywords);
  Ref<Tuple> values = Tuple::make_blank(before.size() + given.positional);
  const Ref<Dict> names = parts.names.as<Dict>().copy();
  if (!values || !names) return kRaised;
  for (std::size_t i = 0; i < before.size(); ++i) values->initialise(i, before.load(i));
  for (std::size_t i = 0; i < given.positional; ++i)
    values->initialise(before.size() + i, ref_of(given.values[i]));
  for (std::size_t i = 0; keywords != nullptr && i < keywords->size(); ++i) {
    if (failed(names->set((*keywords)[i], ref_of(given.values[given.positional + i]))))
      return kRaised;
  }
  return call_with_all(parts.function.value(), *values, names.value());
}

Ref<> partial_call(Value self, const Arguments& given) noexcept {
  const Partial::Parts parts = self_of(self).parts();
  if (parts.names.as<Dict>().size() != 0) return call_with_names(parts, given);
  const auto& before = parts.values.as<Tuple>();
  const std::size_t named =
      given.keywords == nullptr ? 0 : static_cast<const Tuple*>(given.keywords)->size();
  GatheredCall gathered;
  if (failed(gathered.reserve(before.size() + given.positional + named))) return kRaised;
  gathered.add_all(before);
  gathered.add_all(given.values, given.positional + named);
  return gathered.call(parts.function.value(), given.keywords);
}

// --- What it says about itself. ---

[[nodiscard]] Status add_names(StrBuilder& out, Dict& names) noexcept {
  std::size_t place = 0;
  for (DictItem item = names.next(place); item; item = names.next(++place)) {
    out.add(", ");
    if (failed(out.add_str(item.key.value()))) return kRaised;
    out.add("=");
    if (failed(out.add_repr(item.value.value()))) return kRaised;
  }
  return Status::kDone;
}

Ref<> partial_repr(Value self) noexcept {
  const ReprGuard guard(*self.object());
  if (guard.is_inside()) return Str::of_ascii("...");
  const Partial::Parts parts = self_of(self).parts();
  const auto& values = parts.values.as<Tuple>();
  StrBuilder out;
  out.add_utf8(type_of(self).name());
  out.add("(");
  if (failed(out.add_repr(parts.function.value()))) return kRaised;
  for (std::size_t i = 0; i < values.size(); ++i) {
    out.add(", ");
    if (failed(out.add_repr(values[i]))) return kRaised;
  }
  if (failed(add_names(out, parts.names.as<Dict>()))) return kRaised;
  out.add(")");
  return out.finish();
}

// (type, (function,), (function, values, names, its __dict__))
Ref<> reduce_partial(const Value* arguments) noexcept {
  Partial::Parts parts = self_of(arguments[0]).parts();
  Ref<Dict> own = dict_of_instance(self_of(arguments[0]));
  Ref<Tuple> first = own ? whole_tuple(parts.function.share()) : Ref<Tuple>();
  if (!first) return kRaised;
  Ref<> attributes = own->size() == 0 ? Ref<>(Special::kNone) : Ref<>(std::move(own));
  Ref<Tuple> state = whole_tuple(std::move(parts.function), std::move(parts.values),
                                 std::move(parts.names), std::move(attributes));
  if (!state) return kRaised;
  return whole_tuple(ref_of(Value(&type_of(arguments[0]))), std::move(first), std::move(state));
}

[[nodiscard]] bool is_state(Value value) noexcept {
  const Tuple* const state = as_tuple(value);
  return state != nullptr && state->size() == 4 && is_callable((*state)[0]) &&
         as_tuple((*state)[1]) != nullptr &&
         (as_dict((*state)[2]) != nullptr || (*state)[2].is_none()) &&
         (as_dict((*state)[3]) != nullptr || (*state)[3].is_none());
}

Ref<> set_state(const Value* arguments) noexcept {
  if (!is_state(arguments[1])) return raise(ErrorKind::kType, {"invalid partial state"});
  const auto& state = object_of<Tuple>(arguments[1]);
  Ref<Dict> names = state[2].is_none() ? Dict::make() : object_of<Dict>(state[2]).copy();
  Ref<Tuple> values = names ? Tuple::from(state[1]) : Ref<Tuple>();
  Ref<Dict> attributes =
      state[3].is_none() ? Dict::make() : Ref<Dict>::of(object_of<Dict>(state[3]));
  if (!values || !attributes) return kRaised;
  Partial& self = self_of(arguments[0]);
  if (failed(replace_dict_of_instance(self, std::move(attributes)))) return kRaised;
  Partial::Parts parts{state.load(0), std::move(values), std::move(names)};
  self.set(parts);
  return Special::kNone;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **keywords)", partial_new}};
constexpr NativeSpec kMethods[] = {
    {"__reduce__(self)", reduce_partial},
    {"__setstate__(self, state, /)", set_state},
};
constexpr NativeSpec kClassMethods[] = {kClassGetItem};
constexpr AttributeSpec kAttributes[] = {
    {.name = "func",
     .get = [](Value self) noexcept { return self_of(self).parts().function; },
     .set = refuse_write,
     .doc = "function object to use in future partial calls"},
    {.name = "args",
     .get = [](Value self) noexcept { return self_of(self).parts().values; },
     .set = refuse_write,
     .doc = "tuple of arguments to future partial calls"},
    {.name = "keywords",
     .get = [](Value self) noexcept { return self_of(self).parts().names; },
     .set = refuse_write,
     .doc = "dictionary of keyword arguments to future partial calls"},
};

}  // namespace

Type* partial_type() noexcept {
  static constinit Once once;
  const bool done = once.run([] {
    Protocols slots;
    slots.call = partial_call;
    slots.repr = partial_repr;
    g_partial = make_native_type({.name = "functools.partial",
                                  .layout = &layout_of<Partial>,
                                  .slots = slots,
                                  .statics = kNew,
                                  .methods = kMethods,
                                  .class_methods = kClassMethods,
                                  .attributes = kAttributes,
                                  .doc = "partial(func, *args, **keywords) - new function with "
                                         "partial application of the given arguments and keywords.",
                                  .is_weakly_referable = true,
                                  .has_dict = true});
    return g_partial != nullptr;
  });
  return done ? g_partial : nullptr;
}

Status add_partial(Module& module) noexcept {
  Type* const type = partial_type();
  return type == nullptr ? Status::kFailed : add_type(module, *type);
}

}  // namespace orochi::inline OROCHI_DESIGN::functools
