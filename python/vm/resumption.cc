#include "python/vm/resumption.h"

#include "objects/model/operations.h"
#include "objects/model/recursion.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "objects/types/owned_values.h"
#include "objects/types/traceback.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

// --- Throwing. ---

namespace {

// kind(value), or kind(*value) of a tuple.
[[nodiscard]] Ref<> instance_of(Value kind, Value value) noexcept {
  if (!type_of(value).is_subtype_of(tuple_type())) return call(kind, {&value, 1});
  const auto& tuple = static_cast<const Tuple&>(*value.object());
  OwnedValues values;
  if (!values.reserve(tuple.size())) return raise_memory_error();
  for (std::size_t i = 0; i < tuple.size(); ++i) values.push(tuple.load(i));
  return call(kind, {values.all().data(), values.size()});
}

// False: a TypeError says why it cannot be thrown.
[[nodiscard]] bool check_throw(Value kind, bool has_value, Value traceback) noexcept {
  const bool is_exception = as_exception(kind) != nullptr;
  if (!traceback.is_empty() && !traceback.is_none() && as_traceback(traceback) == nullptr)
    static_cast<void>(
        raise(ErrorKind::kType, {"throw() third argument must be a traceback object"}));
  else if (is_exception && has_value)
    static_cast<void>(
        raise(ErrorKind::kType, {"instance exception may not have a separate value"}));
  else if (!is_exception && !is_exception_type(kind))
    static_cast<void>(
        raise(ErrorKind::kType,
              {"exceptions must be classes or instances deriving from BaseException, not ",
               type_of(kind).name()}));
  else
    return true;
  return false;
}

// The exception that is meant. Empty: making it has raised another one.
[[nodiscard]] Ref<> thrown(Value kind, Value value, bool has_value) noexcept {
  if (as_exception(kind) != nullptr) return Ref<>::of(kind);
  if (!has_value) return call(kind, {});
  const bool is_meant = as_exception(value) != nullptr &&
                        type_of(value).is_subtype_of(static_cast<Type&>(*kind.object()));
  return is_meant ? Ref<>::of(value) : instance_of(kind, value);
}

}  // namespace

bool prepare_throw(Value kind, Value value, Value traceback) noexcept {
  const bool has_value = !value.is_empty() && !value.is_none();
  if (!check_throw(kind, has_value, traceback)) return false;
  const Ref<> made = thrown(kind, value, has_value);
  if (!made) return true;  // that is thrown instead
  Exception* const exception = as_exception(made.value());
  Traceback* const given = as_traceback(traceback);
  if (exception != nullptr && given != nullptr)
    exception->set_traceback(Ref<Traceback>::of(*given));
  // What the caller is handling is not its context, but perhaps what the generator is.
  if (exception != nullptr)
    static_cast<void>(reraise(Ref<Exception>::of(*exception)));
  else
    static_cast<void>(raise_any(made.value(), Value()));
  return true;
}

Raised raise_bare(Type& type) noexcept { return raise_any(Value(&type), Value()); }

// --- Answers. ---

Ref<> as_answer(Ref<> yielded, Ref<> returned) noexcept {
  if (yielded || !returned) return yielded;
  if (returned.value().is_none()) return raise(ErrorKind::kStopIteration, {});
  return raise_value(ErrorKind::kStopIteration, std::move(returned));
}

Status as_next(Ref<> yielded, Ref<> returned, Ref<>& item) noexcept {
  item = std::move(yielded);
  if (item) return Status::kDone;
  if (!returned) return kRaised;
  if (returned.value().is_none()) return Status::kDone;
  return raise_value(ErrorKind::kStopIteration, std::move(returned));
}

// --- Any iterator. ---

Status next_as_it_says(Value iterator, Ref<>& item) noexcept {
  const NextFunction slot = type_of(iterator).block().protocols().next;
  if (slot == nullptr) return next(iterator, item);  // which says that it is none
  const RecursionGuard guard;
  return guard ? slot(iterator, item) : Status{kRaised};
}

Ref<> next_or_stop(Value iterator) noexcept {
  // The slot of a class has no room for what its StopIteration says.
  if (type_of(iterator).is_class()) {
    const Ref<Str> name = intern("__next__");
    Ref<> method;
    if (!name || failed(find_special(iterator, *name, method))) return kRaised;
    if (method) return call(method.value(), {});
  }
  Ref<> item;
  if (failed(next_as_it_says(iterator, item)) || item) return item;
  return raise(ErrorKind::kStopIteration, {});
}

}  // namespace orochi::inline OROCHI_DESIGN
