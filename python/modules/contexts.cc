// Contexts: which values variables have, and which context is a thread's.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/intern.h"
#include "objects/types/sequence_repr.h"
#include "python/modules/calls.h"
#include "python/modules/contextvars.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by add_context_type.
constinit Type* g_context = nullptr;
constinit Type* g_variable = nullptr;

// Counted. Null: nobody has asked yet.
constinit thread_local Context* t_current = nullptr;

[[nodiscard]] Context& context_of(Value value) noexcept { return object_of<Context>(value); }

// --- Context, as a mapping. ---

[[nodiscard]] Status find_in(Value context, Value key, Ref<>& value) noexcept {
  if (!key.is_object() || &type_of(key) != g_variable)
    return raise_about(ErrorKind::kType, "a ContextVar key was expected, got ", key, "");
  return context_of(context).vars()->find(key, value);
}

Ref<> context_new(const Value* arguments) noexcept {
  const bool has_any = object_of<Tuple>(arguments[1]).size() != 0 || !arguments[2].is_empty();
  if (has_any) return raise(ErrorKind::kType, {"Context() does not accept any arguments"});
  return Context::make();
}

Ref<> context_get_item(Value self, Value key) noexcept {
  Ref<> value;
  if (failed(find_in(self, key, value))) return kRaised;
  return value ? std::move(value) : Ref<>(raise_missing_key(key));
}

Truth context_contains(Value self, Value key) noexcept {
  Ref<> value;
  return failed(find_in(self, key, value)) ? Truth::kFailed : truth_of(static_cast<bool>(value));
}

Status context_length(Value self, std::size_t& length) noexcept {
  const Ref<> vars = context_of(self).vars();
  length = vars.as<Dict>().size();
  return Status::kDone;
}

Ref<> context_compare(CompareOp op, Value self, Value other) noexcept {
  const bool is_asked = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (!is_asked || !other.is_object() || &type_of(other) != g_context)
    return Special::kNotImplemented;
  const Truth equal = context_of(self).vars()->equals(*context_of(other).vars());
  if (failed(equal)) return kRaised;
  return truth_value((equal == Truth::kTrue) == (op == CompareOp::kEqual));
}

Ref<> context_iterate(Value self) noexcept {
  const Ref<Dict> vars = context_of(self).vars();
  return iterate(vars.value());
}

[[nodiscard]] Ref<> iterate_view(Value self, std::string_view view) noexcept {
  const Ref<Dict> vars = context_of(self).vars();
  const Ref<Str> name = intern(view);
  const Ref<> all = name ? call_method(vars.value(), *name) : Ref<>();
  return all ? iterate(all.value()) : Ref<>();
}

Ref<> context_keys(const Value* arguments) noexcept { return iterate_view(arguments[0], "keys"); }
Ref<> context_values(const Value* arguments) noexcept {
  return iterate_view(arguments[0], "values");
}
Ref<> context_items(const Value* arguments) noexcept { return iterate_view(arguments[0], "items"); }

Ref<> context_get(const Value* arguments) noexcept {
  Ref<> value;
  if (failed(find_in(arguments[0], arguments[1], value))) return kRaised;
  return value ? std::move(value) : ref_of(arguments[2]);
}

Ref<> context_copy(const Value* arguments) noexcept { return context_of(arguments[0]).copy(); }

// run(callable, *values, **names)
Ref<> context_run(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[1]);
  if (given.size() == 0)
    return raise(ErrorKind::kType, {"run() missing 1 required positional argument"});
  Ref<Tuple> rest = Tuple::make_blank(given.size() - 1);
  if (!rest) return kRaised;
  for (std::size_t i = 1; i < given.size(); ++i) rest->initialise(i - 1, given.load(i));
  return context_of(arguments[0]).run([&] { return call_with_all(given[0], *rest, arguments[2]); });
}

constexpr NativeSpec kContextNew[] = {{"__new__(cls, /, *args, **kwargs)", context_new}};
constexpr NativeSpec kContextMethods[] = {
    {"get(self, key, default=None, /)", context_get,
     "Return the value for `key` if `key` has the value in the context object."},
    {"keys(self)", context_keys, "Return a list of all variables in the context object."},
    {"values(self)", context_values,
     "Return a list of all variables' values in the context object."},
    {"items(self)", context_items, "Return all variables and their values in the context object."},
    {"copy(self)", context_copy, "Return a shallow copy of the context object."},
    {"run(self, /, *args, **kwargs)", context_run},
};

}  // namespace

Status add_context_type(Module& module, Type& variable) noexcept {
  g_variable = &variable;
  Protocols slots;
  slots.get_item = context_get_item;
  slots.contains = context_contains;
  slots.length = context_length;
  slots.compare = context_compare;  // and no hash
  slots.iter = context_iterate;
  g_context = add_native_type(module, {.name = "_contextvars.Context",
                                       .layout = &layout_of<Context>,
                                       .slots = slots,
                                       .statics = kContextNew,
                                       .methods = kContextMethods,
                                       .is_weakly_referable = true,
                                       .is_final = true});
  return g_context == nullptr ? Status::kFailed : Status::kDone;
}

// --- The context itself. ---

Ref<Context> Context::make() noexcept {
  Ref<Dict> vars = Dict::make();
  return vars ? new_object<Context>(*g_context, std::move(vars)) : Ref<Context>();
}

Ref<Context> Context::current() noexcept {
  if (t_current == nullptr) {
    Ref<Context> made = make();
    if (!made) return kRaised;
    made->is_entered_.store(true, kRelaxed);  // relaxed: nobody else knows it
    t_current = made.release();
  }
  return Ref<Context>::of(*t_current);
}

Ref<Context> Context::copy() noexcept { return new_object<Context>(*g_context, vars()); }

Status Context::set(Value variable, Ref<> value) noexcept {
  Ref<Dict> vars = this->vars()->copy();
  if (!vars) return kRaised;
  Ref<> old;
  const Status done = value ? vars->set(variable, std::move(value)) : vars->remove(variable, old);
  if (failed(done)) return kRaised;
  vars_.store(*this, std::move(vars));
  return Status::kDone;
}

// V2
Status Context::enter() noexcept {
  bool was_entered = false;
  // acquire: we see what the flow before has set. relaxed: then nothing is read.
  if (!is_entered_.compare_exchange(was_entered, true, kAcquire, kRelaxed))
    return raise_about(ErrorKind::kRuntime, "cannot enter context: ", Value(this),
                       " is already entered");
  outer_.store(*this, t_current == nullptr ? Ref<>() : ref_of(Value(t_current)));
  const Ref<> before = t_current == nullptr ? Ref<>() : Ref<>::adopt(Value(t_current));
  t_current = Ref<Context>::of(*this).release();
  return Status::kDone;
}

void Context::leave() noexcept {
  const Ref<> mine = Ref<>::adopt(Value(t_current));
  Ref<> outer = outer_.load(*this);
  t_current = std::move(outer).cast<Context>().release();
  outer_.store(*this, Ref<>());
  is_entered_.store(false, kRelease);  // pairs with the acquire in enter
}

Ref<> Context::run(FunctionRef<Ref<>()> body) noexcept {
  if (failed(enter())) return kRaised;
  Ref<> result = body();
  leave();
  return result;
}

void Context::clear() noexcept { outer_.store(*this, Ref<>()); }

void end_context() noexcept {
  const Ref<> last = t_current == nullptr ? Ref<>() : Ref<>::adopt(Value(t_current));
  t_current = nullptr;
}

Context* Context::peek() noexcept { return t_current; }

}  // namespace orochi::inline OROCHI_DESIGN
