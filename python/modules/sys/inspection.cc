// exc_info exception exit getallocatedblocks getrefcount getsizeof intern.

#include "memory/heap.h"
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_fields.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/traceback.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/call_arguments.h"
#include "python/modules/late_name.h"
#include "python/modules/sys/functions.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN::sys {
namespace {

template <class T>
[[nodiscard]] Ref<> or_none(Ref<T> object) noexcept {
  return object ? Ref<>(std::move(object)) : Ref<>(Special::kNone);
}

[[nodiscard]] Ref<Exception> handled() noexcept {
  Exception* const innermost = Handling::innermost();
  return innermost == nullptr ? Ref<Exception>() : Ref<Exception>::of(*innermost);
}

}  // namespace

// --- What is being handled. ---

Ref<> exception(const Value*) noexcept { return or_none(handled()); }

Ref<> exc_info(const Value*) noexcept {
  Ref<Exception> exception = handled();
  if (!exception) return Tuple::of(Special::kNone, Special::kNone, Special::kNone);
  Ref<> traceback = or_none(exception->traceback());
  Ref<> type = Ref<>::of(Value(&type_of(*exception)));
  return Tuple::of(std::move(type), std::move(exception), std::move(traceback));
}

// A tuple as status is the exception's arguments.
Ref<> exit(const Value* arguments) noexcept {
  CallArguments args;
  const Tuple* const several = as_tuple(arguments[0]);
  if (several != nullptr && failed(args.add_all(*several))) return kRaised;
  const bool has_one = several == nullptr && !arguments[0].is_none();
  if (has_one && failed(args.add(Ref<>::of(arguments[0])))) return kRaised;
  return raise_exception(
      call_exception_type(exception_type(BuiltinException::kSystemExit), args.all()));
}

// --- Objects. ---

// Exact: nobody counts meanwhile. What nobody counts has as many as could ever be.
Ref<> getrefcount(const Value* arguments) noexcept {
  constexpr std::int64_t kUncounted = 0xFFFFFFFF;
  if (!arguments[0].is_object()) return make_int(kUncounted);
  const Refcount& count = arguments[0].object()->count();
  if (count.is_immortal()) return make_int(kUncounted);
  const StoppedWorld stopped;
  return make_int(count.total_stopped());
}

namespace {

constinit LateName g_sizeof("__sizeof__");

// The bytes of the object itself, as far as its type knows them.
[[nodiscard]] Ref<> plain_size(Value value) noexcept {
  if (!value.is_object()) return make_size(sizeof(Value));
  return make_size(type_of(value).native_end(*value.object()) + type_of(value).parts().bytes());
}

[[nodiscard]] Ref<> size_of(Value value) noexcept {
  Str* const name = g_sizeof.get();
  Ref<> method;
  if (name == nullptr || failed(find_special(value, *name, method))) return kRaised;
  return method ? call(method.value(), {}) : plain_size(value);
}

}  // namespace

Ref<> getsizeof(const Value* arguments) noexcept {
  const Value otherwise = arguments[1];
  const Ref<> size = size_of(arguments[0]);
  if (!size) {
    if (otherwise.is_empty() || !is_pending(exception_type(ErrorKind::kType))) return kRaised;
    clear_error();
    return Ref<>::of(otherwise);
  }
  std::int64_t number = 0;
  if (failed(read_integer(size.value(), "C ssize_t", number))) return kRaised;
  if (number >= 0) return make_int(number);
  return raise(ErrorKind::kValue, {"__sizeof__() should return >= 0"});
}

// Blocks of objects are not counted one by one: the bytes that they take, in blocks of the smallest
// size.
Ref<> getallocatedblocks(const Value*) noexcept {
  constexpr std::size_t kSmallestBlock = 16;
  return make_size(heap::bytes_taken() / kSmallestBlock);
}

Ref<> intern(const Value* arguments) noexcept {
  Str* const str = as_str(arguments[0]);
  if (str == nullptr)
    return raise(ErrorKind::kType,
                 {"intern() argument must be str, not ", type_name(arguments[0])});
  if (&type_of(*str) != &str_type())
    return raise(ErrorKind::kType, {"can't intern ", type_name(arguments[0])});
  return orochi::intern(Ref<Str>::of(*str));
}

}  // namespace orochi::inline OROCHI_DESIGN::sys
