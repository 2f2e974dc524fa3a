// What a program sees of generators and coroutines.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/exception_type.h"
#include "objects/types/native_function.h"
#include "objects/types/owned_values.h"
#include "objects/types/traceback.h"
#include "objects/types/utf8_text.h"
#include "python/vm/coroutine_wrapper.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_generator = nullptr;  // all written by make_generator_types
constinit Type* g_coroutine = nullptr;

constinit Type* g_wrapper = nullptr;

// A coroutine's wrapper does what the coroutine does.
[[nodiscard]] Generator& self_of(Value self) noexcept {
  if (&type_of(*self.object()) == g_wrapper)
    return static_cast<CoroutineWrapper&>(*self.object()).coroutine();
  return static_cast<Generator&>(*self.object());
}

// A return is a StopIteration for whoever called a method.
[[nodiscard]] Ref<> as_answer(Ref<> yielded, Ref<> returned) noexcept {
  if (yielded || !returned) return yielded;
  if (returned.value().is_none()) return raise(ErrorKind::kStopIteration, {});
  return raise_value(ErrorKind::kStopIteration, std::move(returned));
}

// A coroutine is run once.
[[nodiscard]] Status check_reuse(const Generator& generator) noexcept {
  const bool is_over = generator.state() == Generator::State::kDone;
  if (!is_over || generator.kind() != GeneratorKind::kCoroutine) return Status::kDone;
  return raise(ErrorKind::kRuntime, {"cannot reuse already awaited coroutine"});
}

// --- Methods. ---

Ref<> send(const Value* arguments) noexcept {
  Generator& generator = self_of(arguments[0]);
  if (failed(check_reuse(generator))) return kRaised;
  Ref<> returned;
  Ref<> yielded = generator.send(arguments[1], returned);
  return as_answer(std::move(yielded), std::move(returned));
}

// kind(value), or kind(*value) of a tuple.
[[nodiscard]] Ref<> instance_of(Value kind, Value value) noexcept {
  if (!type_of(value).is_subtype_of(tuple_type())) return call(kind, {&value, 1});
  const auto& tuple = static_cast<const Tuple&>(*value.object());
  OwnedValues values;
  if (!values.reserve(tuple.size())) return raise_memory_error();
  for (std::size_t i = 0; i < tuple.size(); ++i) values.push(tuple.load(i));
  return call(kind, {values.all().data(), values.size()});
}

// What throw(type, value, traceback) raises is pending afterwards, as it always is.
Raised raise_given(Value kind, Value value, Value traceback) noexcept {
  if (!traceback.is_empty() && !traceback.is_none() && as_traceback(traceback) == nullptr)
    return raise(ErrorKind::kType, {"throw() third argument must be a traceback object"});
  const bool has_value = !value.is_empty() && !value.is_none();
  if (as_exception(kind) != nullptr && has_value)
    return raise(ErrorKind::kType, {"instance exception may not have a separate value"});
  if (as_exception(kind) == nullptr && !is_exception_type(kind))
    return raise(ErrorKind::kType,
                 {"exceptions must be classes or instances deriving from BaseException, not ",
                  type_of(kind).name()});
  Ref<> made = Ref<>::of(kind);
  if (is_exception_type(kind) && has_value) {
    if (as_exception(value) != nullptr)
      made = Ref<>::of(value);
    else
      made = instance_of(kind, value);
    if (!made) return kRaised;
  }
  Exception* const exception = as_exception(made.value());
  Traceback* const given = as_traceback(traceback);
  if (exception != nullptr && given != nullptr)
    exception->set_traceback(Ref<Traceback>::of(*given));
  return raise_any(made.value(), Value());
}

Ref<> throw_in(const Value* arguments) noexcept {
  Generator& generator = self_of(arguments[0]);
  if (failed(check_reuse(generator))) return kRaised;
  static_cast<void>(raise_given(arguments[1], arguments[2], arguments[3]));
  Ref<> returned;
  Ref<> yielded = generator.throw_in(returned);
  return as_answer(std::move(yielded), std::move(returned));
}

Ref<> close(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).close());
}

constexpr NativeSpec kMethods[] = {
    {"send(self, value, /)", send},
    {"throw(self, type, value=<none>, traceback=<none>, /)", throw_in},
    {"close(self, /)", close},
};

// --- Attributes. ---

template <Field Generator::*kField>
Ref<> get_text(Value self) noexcept {
  return (self_of(self).*kField).load(self_of(self));
}
template <Field Generator::*kField>
[[nodiscard]] Status set_text(Value self, Ref<> value, std::string_view name) noexcept {
  if (!value || as_str(value.value()) == nullptr)
    return raise(ErrorKind::kType, {name, " must be set to a string object"});
  (self_of(self).*kField).store(self_of(self), std::move(value));
  return Status::kDone;
}
Status set_name(Value self, Ref<> value) noexcept {
  return set_text<&Generator::name>(self, std::move(value), "__name__");
}
Status set_qualified_name(Value self, Ref<> value) noexcept {
  return set_text<&Generator::qualified_name>(self, std::move(value), "__qualname__");
}

Ref<> get_code(Value self) noexcept { return Ref<>::of(Value(&self_of(self).function().code())); }
[[nodiscard]] Ref<> get_state(Value self, Generator::State state) noexcept {
  return self_of(self).state() == state ? Special::kTrue : Special::kFalse;
}
Ref<> is_running(Value self) noexcept { return get_state(self, Generator::State::kRunning); }
Ref<> is_suspended(Value self) noexcept { return get_state(self, Generator::State::kSuspended); }
Ref<> get_delegate(Value self) noexcept { return self_of(self).current_delegate(); }
Ref<> get_frame(Value self) noexcept { return self_of(self).frame(); }

constexpr AttributeSpec kGeneratorAttributes[] = {
    {"__name__", get_text<&Generator::name>, set_name},
    {"__qualname__", get_text<&Generator::qualified_name>, set_qualified_name},
    {"gi_code", get_code},
    {"gi_running", is_running},
    {"gi_suspended", is_suspended},
    {"gi_yieldfrom", get_delegate},
    {"gi_frame", get_frame},
};
constexpr AttributeSpec kCoroutineAttributes[] = {
    {"__name__", get_text<&Generator::name>, set_name},
    {"__qualname__", get_text<&Generator::qualified_name>, set_qualified_name},
    {"cr_code", get_code},
    {"cr_running", is_running},
    {"cr_suspended", is_suspended},
    {"cr_await", get_delegate},
    {"cr_frame", get_frame},
};

// --- Slots. ---

Ref<> repr_of(Value self) noexcept {
  Generator& generator = self_of(self);
  const Ref<> name = generator.qualified_name.load(generator);
  return str_of({"<", type_of(self).name(), " object ", Utf8Text(name.as<Str>()).view(), " at ",
                 Address(&generator).text(), ">"});
}

Ref<> itself(Value self) noexcept { return Ref<>::of(self); }

Status next_of(Value self, Ref<>& item) noexcept {
  Ref<> returned;
  item = self_of(self).send(Value::kNone, returned);
  if (item) return Status::kDone;
  if (!returned) return kRaised;
  if (returned.value().is_none()) return Status::kDone;
  return raise_value(ErrorKind::kStopIteration, std::move(returned));
}

[[nodiscard]] Type* make_type(std::string_view name, const Layout& layout,
                              const Protocols& slots) noexcept {
  Type* const ancestors[] = {&object_type()};
  Type* const made = Type::make({.name = name,
                                 .layout = &layout,
                                 .ancestors = ancestors,
                                 .protocols = slots,
                                 .is_final = true,
                                 .is_weakly_referable = true});
  if (made != nullptr) made->set_abstract(true);
  return made;
}

}  // namespace

Generator* as_generator(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type* const type = &type_of(*value.object());
  const bool is_one = type == g_generator || type == g_coroutine || type == g_wrapper;
  return is_one ? &self_of(value) : nullptr;
}

Ref<> coroutine_await(Value coroutine) noexcept {
  return new_object<CoroutineWrapper>(*g_wrapper, Ref<>::of(coroutine));
}

Type& generator_type() noexcept { return *g_generator; }
Type& coroutine_type() noexcept { return *g_coroutine; }

Status make_generator_types() noexcept {
  Protocols slots;
  slots.iter = itself;
  slots.next = next_of;
  g_wrapper = make_type("coroutine_wrapper", layout_of<CoroutineWrapper>, slots);
  slots.repr = repr_of;
  g_generator = make_type("generator", layout_of<Generator>, slots);
  Protocols of_coroutine;
  of_coroutine.repr = repr_of;
  of_coroutine.await = coroutine_await;
  g_coroutine = make_type("coroutine", layout_of<Generator>, of_coroutine);
  if (g_generator == nullptr || g_coroutine == nullptr || g_wrapper == nullptr) return kRaised;
  for (Type* type : {g_generator, g_coroutine, g_wrapper})
    if (failed(define_methods(*type, kMethods))) return kRaised;
  if (failed(define_attributes(*g_generator, kGeneratorAttributes))) return kRaised;
  return define_attributes(*g_coroutine, kCoroutineAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
