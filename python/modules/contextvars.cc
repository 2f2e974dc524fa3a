#include "python/modules/contextvars.h"

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/sequence_repr.h"
#include "objects/types/str_builder.h"
#include "python/modules/calls.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by `complete`.
constinit Type* g_variable = nullptr;
constinit Type* g_token = nullptr;
constinit Object* g_missing = nullptr;  // stands for the value of a variable that had none

// --- ContextVar and Token. ---

class ContextVar : public Object {
 public:
  ContextVar(ShapeIndex shape, Ref<> name, Ref<> standard) noexcept
      : Object(shape), name_(std::move(name)), standard_(std::move(standard)) {}

  [[nodiscard]] Ref<> name() const noexcept { return name_.load(); }
  // Empty: there is none.
  [[nodiscard]] Ref<> standard() const noexcept { return standard_.load(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(name_));
    visit(Children::of(standard_));
  }

 private:
  const ConstField name_;
  const ConstField standard_;
};

class Token : public Object {
 public:
  Token(ShapeIndex shape, Ref<> context, Ref<> variable, Ref<> before) noexcept
      : Object(shape),
        context_(std::move(context)),
        variable_(std::move(variable)),
        before_(std::move(before)) {}

  [[nodiscard]] Value context() const noexcept { return context_.get(); }
  [[nodiscard]] Value variable() const noexcept { return variable_.get(); }
  // Empty: the variable had no value.
  [[nodiscard]] Ref<> before() const noexcept { return before_.load(); }

  // relaxed, both: only the context's own flow uses a token up.
  [[nodiscard]] bool is_used() const noexcept { return is_used_.load(kRelaxed); }
  void use() noexcept { is_used_.store(true, kRelaxed); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(context_));
    visit(Children::of(variable_));
    visit(Children::of(before_));
  }

 private:
  const ConstField context_;
  const ConstField variable_;
  const ConstField before_;
  Atomic<bool> is_used_{false};
};

[[nodiscard]] ContextVar& variable_of(Value value) noexcept { return object_of<ContextVar>(value); }
[[nodiscard]] Token& token_of(Value value) noexcept { return object_of<Token>(value); }

Ref<> variable_new(const Value* arguments) noexcept {
  if (as_str(arguments[1]) == nullptr)
    return raise(ErrorKind::kType, {"context variable name must be a str"});
  return new_object<ContextVar>(*g_variable, ref_of(arguments[1]), ref_of(arguments[2]));
}

Ref<> variable_get(const Value* arguments) noexcept {
  Ref<> value;
  if (Context* const context = Context::peek()) {
    const Ref<Dict> vars = context->vars();
    if (failed(vars->find(arguments[0], value))) return kRaised;
  }
  if (value) return value;
  if (!arguments[1].is_empty()) return ref_of(arguments[1]);
  Ref<> standard = variable_of(arguments[0]).standard();
  if (standard) return standard;
  return raise_value(ErrorKind::kLookup, ref_of(arguments[0]));
}

Ref<> variable_set(const Value* arguments) noexcept {
  Ref<Context> context = Context::current();
  Ref<> before;
  if (!context || failed(context->vars()->find(arguments[0], before))) return kRaised;
  Context& here = *context;
  Ref<> token =
      new_object<Token>(*g_token, std::move(context), ref_of(arguments[0]), std::move(before));
  if (!token || failed(here.set(arguments[0], ref_of(arguments[1])))) return kRaised;
  return token;
}

[[nodiscard]] Status check_token(Value self, Value value) noexcept {
  if (!value.is_object() || &type_of(value) != g_token)
    return raise_about(ErrorKind::kType, "expected an instance of Token, got ", value, "");
  const Token& token = token_of(value);
  if (token.is_used())
    return raise_about(ErrorKind::kRuntime, "", value, " has already been used once");
  if (token.variable() != self)
    return raise_about(ErrorKind::kValue, "", value, " was created by a different ContextVar");
  if (Context::peek() == nullptr || token.context() != Value(Context::peek()))
    return raise_about(ErrorKind::kValue, "", value, " was created in a different Context");
  return Status::kDone;
}

Ref<> variable_reset(const Value* arguments) noexcept {
  if (failed(check_token(arguments[0], arguments[1]))) return kRaised;
  Token& token = token_of(arguments[1]);
  token.use();
  return none_or_raised(Context::peek()->set(arguments[0], token.before()));
}

Ref<> variable_repr(Value self) noexcept {
  const Ref<> name = variable_of(self).name();
  const Ref<> standard = variable_of(self).standard();
  StrBuilder out;
  out.add("<ContextVar name=");
  if (failed(out.add_repr(name.value()))) return kRaised;
  if (standard) {
    out.add(" default=");
    if (failed(out.add_repr(standard.value()))) return kRaised;
  }
  out.add(" at ");
  out.add(Address(self.object()).text());
  out.add(">");
  return out.finish();
}

Ref<> token_new(const Value*) noexcept {
  return raise(ErrorKind::kRuntime, {"Tokens can only be created by ContextVars"});
}

Ref<> token_repr(Value self) noexcept {
  StrBuilder out;
  out.add(token_of(self).is_used() ? "<Token used var=" : "<Token var=");
  if (failed(out.add_repr(token_of(self).variable()))) return kRaised;
  out.add(" at ");
  out.add(Address(self.object()).text());
  out.add(">");
  return out.finish();
}

Ref<> token_before(Value self) noexcept {
  Ref<> before = token_of(self).before();
  return before ? std::move(before) : ref_of(Value(g_missing));
}

Ref<> copy_context(const Value*) noexcept {
  const Ref<Context> context = Context::current();
  return context ? Ref<>(context->copy()) : Ref<>();
}

constexpr NativeSpec kVariableNew[] = {{"__new__(cls, name, /, *, default=<none>)", variable_new}};
constexpr NativeSpec kVariableMethods[] = {
    {"get(self, default=<none>, /)", variable_get,
     "Return a value for the context variable for the current context."},
    {"set(self, value, /)", variable_set,
     "Call to set a new value for the context variable in the current context."},
    {"reset(self, token, /)", variable_reset, "Reset the context variable."},
};
constexpr AttributeSpec kVariableAttributes[] = {
    {.name = "name",
     .get = [](Value self) noexcept { return variable_of(self).name(); },
     .set = refuse_write}};

constexpr NativeSpec kClassMethods[] = {kClassGetItem};
constexpr NativeSpec kTokenNew[] = {{"__new__(cls, /, *args, **kwargs)", token_new}};
constexpr AttributeSpec kTokenAttributes[] = {
    {.name = "var", .get = [](Value self) noexcept { return ref_of(token_of(self).variable()); }},
    {.name = "old_value", .get = token_before},
};

constexpr NativeSpec kFunctions[] = {{"copy_context()", copy_context}};

// --- Types. ---

[[nodiscard]] Status add_variable(Module& module) noexcept {
  Protocols slots;
  slots.repr = variable_repr;
  g_variable = add_native_type(module, {.name = "_contextvars.ContextVar",
                                        .layout = &layout_of<ContextVar>,
                                        .slots = slots,
                                        .statics = kVariableNew,
                                        .methods = kVariableMethods,
                                        .class_methods = kClassMethods,
                                        .attributes = kVariableAttributes,
                                        .is_final = true});
  return g_variable == nullptr ? Status::kFailed : Status::kDone;
}

Status refuse_hash(Value self, std::int64_t&) noexcept {
  return raise(ErrorKind::kType, {"unhashable type: '", type_of(self).name(), "'"});
}

// Token.MISSING
[[nodiscard]] Status make_missing() noexcept {
  Protocols slots;
  slots.repr = [](Value) noexcept -> Ref<> { return Str::of_ascii("<Token.MISSING>"); };
  Type* const type = make_native_type({.name = "_contextvars.Token.MISSING",
                                       .layout = &object_type().layout(),
                                       .slots = slots,
                                       .is_final = true});
  Ref<Object> missing = type == nullptr ? Ref<Object>() : new_object<Object>(*type);
  const Ref<Str> name = missing ? intern("MISSING") : Ref<Str>();
  if (!name) return kRaised;
  missing->count().immortalise();
  g_missing = missing.get();
  return g_token->set(*name, std::move(missing));
}

[[nodiscard]] Status add_token(Module& module) noexcept {
  Protocols slots;
  slots.repr = token_repr;
  slots.hash = refuse_hash;
  g_token = add_native_type(module, {.name = "_contextvars.Token",
                                     .layout = &layout_of<Token>,
                                     .slots = slots,
                                     .statics = kTokenNew,
                                     .class_methods = kClassMethods,
                                     .attributes = kTokenAttributes,
                                     .is_final = true});
  return g_token == nullptr ? Status::kFailed : make_missing();
}

Status complete(Module& module) noexcept {
  if (failed(add_variable(module)) || failed(add_token(module))) return kRaised;
  return add_context_type(module, *g_variable);
}

}  // namespace

extern constinit const NativeModule kContextvarsModule{"_contextvars", "Context Variables",
                                                       kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
