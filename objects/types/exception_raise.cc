#include "objects/types/exception_raise.h"

#include <array>
#include <cassert>
#include <cstring>

#include "memory/heap.h"
#include "objects/model/operations.h"
#include "objects/types/exception_type.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_last_memory_error, before there are exceptions.
constinit Tuple* g_no_arguments = nullptr;
constinit Exception* g_last_memory_error = nullptr;

// Null without memory.
template <class T, class... Parameters>
[[nodiscard]] T* make_immortal(Type& type, Parameters&&... parameters) noexcept {
  const std::size_t behind = type.parts().bytes();
  void* const block = heap::allocate(sizeof(T) + behind);
  if (block == nullptr) return nullptr;
  std::memset(static_cast<std::byte*>(block) + sizeof(T), 0, behind);
  T* const made = new (block) T(type.root().index(), std::forward<Parameters>(parameters)...);
  made->mark_shared();
  made->begin_immortal_life();
  return made;
}

// --- From errors to objects. ---

[[nodiscard]] Ref<Tuple> args_of(const Error& error) noexcept {
  if (error.value()) return Tuple::of(Ref<>::of(error.value()));
  if (error.text().empty()) return Ref<Tuple>::of(no_arguments());
  Ref<Str> text = Str::of_utf8(error.text());
  if (!text) return kRaised;
  return Tuple::of(std::move(text));
}

// Empty: a MemoryError is pending.
[[nodiscard]] Ref<Exception> made_of(const Error& error) noexcept {
  Ref<Tuple> args = args_of(error);
  if (!args) return kRaised;
  Ref<Exception> made = Exception::make(exception_type(error.kind()), args.share());
  if (!made) return kRaised;
  if (made->family() == ExceptionFamily::kStopIteration)
    made->set_extra(extra::kStopValue, Ref<>::of(error.value()));
  if (made->family() == ExceptionFamily::kImport && args->size() == 1)
    made->set_extra(extra::kImportMessage, args->load(0));
  if (made->family() == ExceptionFamily::kSyntax && args->size() == 1)
    made->set_extra(extra::kSyntaxMessage, args->load(0));
  return made;
}

// --- Contexts. ---

// Half as quick as the walk beside it, so that it meets it in a circle that somebody made by hand.
class Follower {
 public:
  explicit Follower(Ref<Exception> start) noexcept : at_(std::move(start)) {}

  // False: the walk has come to where this one is.
  [[nodiscard]] bool follow(const Exception& walk) noexcept {
    moves_ = !moves_;
    if (moves_) return true;
    at_ = at_->context();
    return at_ && at_.get() != &walk;
  }

 private:
  Ref<Exception> at_;
  bool moves_ = false;
};

// X2
void take_out_of_contexts(const Exception& raised, Exception& handled) noexcept {
  Follower follower(Ref<Exception>::of(handled));
  Ref<Exception> at = Ref<Exception>::of(handled);
  for (;;) {
    Ref<Exception> next = at->context();
    if (!next) return;
    if (next.get() == &raised) return at->set_context(Ref<Exception>());
    at = std::move(next);
    if (!follower.follow(*at)) return;
  }
}

void chain_context(Exception& raised) noexcept {
  Exception* const handled = Handling::innermost();
  if (handled == nullptr || handled == &raised) return;
  take_out_of_contexts(raised, *handled);
  raised.set_context(Ref<Exception>::of(*handled));
}

}  // namespace

Ref<Exception> exception_of(Error error) noexcept {
  assert(error);
  if (error.kind() == ErrorKind::kObject)
    return Ref<Exception>::of(static_cast<Exception&>(*error.value().object()));
  Ref<Exception> made = made_of(error);
  if (!made) {
    clear_error();
    made = Ref<Exception>::of(last_memory_error());
  }
  chain_context(*made);
  return made;
}

Ref<Exception> take_exception() noexcept { return exception_of(Error::take()); }

// --- From objects to errors. ---

Raised reraise(Ref<Exception> exception) noexcept {
  return raise_value(ErrorKind::kObject, std::move(exception));
}

Raised raise_exception(Ref<Exception> exception) noexcept {
  if (!exception) return kRaised;
  chain_context(*exception);
  return reraise(std::move(exception));
}

Raised raise_new(Type& type, std::string_view utf8) noexcept {
  Ref<Str> text = Str::of_utf8(utf8);
  if (!text) return kRaised;
  const Value argument = text.value();
  return raise_exception(call_exception_type(type, {&argument, 1, nullptr}));
}

namespace {

// A type stands for an exception that it makes of nothing. Empty: it raised.
[[nodiscard]] Ref<Exception> exception_from(Value value, std::string_view otherwise) noexcept {
  if (Exception* const exception = as_exception(value)) return Ref<Exception>::of(*exception);
  if (!is_exception_type(value)) return raise(ErrorKind::kType, {otherwise});
  Ref<> made = call(value, {});
  if (!made || as_exception(made.value()) != nullptr) return std::move(made).cast<Exception>();
  return raise(ErrorKind::kType, {"calling ", static_cast<Type*>(value.object())->name(),
                                  " should have returned an instance of BaseException, not ",
                                  type_of(made.value()).name()});
}

}  // namespace

Raised raise_any(Value value, Value cause) noexcept {
  Ref<Exception> raised = exception_from(value, "exceptions must derive from BaseException");
  if (!raised) return kRaised;
  if (cause && cause.is_none()) raised->set_cause(Ref<Exception>());
  if (cause && !cause.is_none()) {
    Ref<Exception> from = exception_from(cause, "exception causes must derive from BaseException");
    if (!from) return kRaised;
    raised->set_cause(std::move(from));
  }
  return raise_exception(std::move(raised));
}

bool is_pending(Type& type) noexcept {
  const Error& pending = ThreadRecord::mine().pending;
  if (!pending) return false;
  const Type& raised = pending.kind() == ErrorKind::kObject ? type_of(pending.value())
                                                            : exception_type(pending.kind());
  return raised.is_subtype_of(type);
}

// --- The last resort. ---

Exception& last_memory_error() noexcept { return *g_last_memory_error; }
Tuple& no_arguments() noexcept { return *g_no_arguments; }

Status make_last_memory_error() noexcept {
  if (g_no_arguments == nullptr)
    g_no_arguments = make_immortal<Tuple>(tuple_type(), std::size_t{0});
  if (g_no_arguments == nullptr) return raise_memory_error();
  if (g_last_memory_error == nullptr)
    g_last_memory_error = make_immortal<ExceptionOf<ExceptionFamily::kPlain>>(
        exception_type(BuiltinException::kMemoryError), Ref<Tuple>::of(no_arguments()));
  return g_last_memory_error == nullptr ? Status{raise_memory_error()} : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
