#include "objects/types/length_hint.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/index.h"
#include "objects/types/intern.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// A TypeError says that the value does not know: nothing is pending then. Others are failures.
[[nodiscard]] bool was_type_error() noexcept {
  if (!is_pending(exception_type(ErrorKind::kType))) return false;
  clear_error();
  return true;
}

[[nodiscard]] Status read_hint(Value answer, std::size_t& hint) noexcept {
  const Index index = index_of(answer);
  if (index.kind == IndexKind::kNone)
    return raise(ErrorKind::kType,
                 {"__length_hint__ must be an integer, not ", type_of(answer).name()});
  if (index.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to C ssize_t"});
  if (index.number < 0) return raise(ErrorKind::kValue, {"__length_hint__() should return >= 0"});
  hint = static_cast<std::size_t>(index.number);
  return Status::kDone;
}

[[nodiscard]] Status ask(Value iterable, std::size_t& hint) noexcept {
  const Ref<Str> name = intern("__length_hint__");
  if (!name) return kRaised;
  bool found = false;
  const Ref<> answer = call_special({&iterable, 1}, *name, found);
  if (!found) return Status::kDone;
  if (!answer) return was_type_error() ? Status::kDone : Status::kFailed;
  return answer.value().is(Special::kNotImplemented) ? Status::kDone
                                                     : read_hint(answer.value(), hint);
}

}  // namespace

Status length_hint(Value iterable, std::size_t otherwise, std::size_t& hint) noexcept {
  hint = otherwise;
  if (type_of(iterable).block().protocols().length != nullptr) {
    if (!failed(length(iterable, hint))) return Status::kDone;
    if (!was_type_error()) return kRaised;
  }
  return ask(iterable, hint);
}

}  // namespace orochi::inline OROCHI_DESIGN
