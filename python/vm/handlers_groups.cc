// Groups of exceptions: `except*`.

#include "objects/types/exception_group.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/list.h"
#include "objects/types/owned_values.h"
#include "python/vm/catching.h"
#include "python/vm/handlers.h"

namespace orochi::inline OROCHI_DESIGN::handlers {
namespace {

[[nodiscard]] Exception& exception_at(Value value) noexcept {
  return static_cast<Exception&>(*value.object());
}

[[nodiscard]] Ref<> or_none(Ref<Exception> exception) noexcept {
  return exception ? Ref<>(std::move(exception)) : Ref<>(Special::kNone);
}

// `except*` cannot name a group.
[[nodiscard]] Status check_star_kind(Value kind) noexcept {
  const Type& group = exception_type(BuiltinException::kBaseExceptionGroup);
  const auto check = [&](Value each) noexcept {
    if (!is_exception_type(each))
      return Status{raise(ErrorKind::kType, {"catching classes that do not inherit from "
                                             "BaseException is not allowed"})};
    if (!static_cast<Type&>(*each.object()).is_subtype_of(group)) return Status::kDone;
    return Status{raise(ErrorKind::kType, {"catching ExceptionGroup with except* is not allowed. "
                                           "Use except instead."})};
  };
  if (!kind.is_object() || !type_of(kind).is_subtype_of(tuple_type())) return check(kind);
  const auto& kinds = static_cast<const Tuple&>(*kind.object());
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (failed(check(kinds[i]))) return kRaised;
  return Status::kDone;
}

// An exception that is no group, as the only member of one.
[[nodiscard]] Ref<Exception> wrapped(Exception& exception) noexcept {
  Ref<Str> message = Str::empty();
  Ref<Tuple> members = Tuple::of(Ref<>::of(Value(&exception)));
  if (!message || !members) return kRaised;
  const Ref<Tuple> args = Tuple::of(std::move(message), std::move(members));
  if (!args) return kRaised;
  return new_exception_group(exception_type(BuiltinException::kBaseExceptionGroup), *args);
}

[[nodiscard]] Status split(Exception& raised, Value kind, SplitGroup& parts) noexcept {
  if (as_exception_group(Value(&raised)) != nullptr)
    return split_group(raised, kind, SplitParts::kBoth, parts);
  const Truth whole = is_caught_by(raised, kind);
  if (failed(whole)) return kRaised;
  if (whole == Truth::kFalse) {
    parts.rest = Ref<Exception>::of(raised);
    return Status::kDone;
  }
  parts.match = wrapped(raised);
  return parts.match ? Status::kDone : Status::kFailed;
}

}  // namespace

Status MatchGroup(const Step& step) noexcept {
  if (failed(check_star_kind(step.c()))) return kRaised;
  SplitGroup parts;
  const Value group = step.b();
  if (!group.is_none() && failed(split(exception_at(group), step.c(), parts))) return kRaised;
  if (parts.match) {
    HandlingPlace& place = *ThreadRecord::mine().handling;
    const Ref<> handled = Ref<>::adopt(Value(place.caught));
    place.caught = parts.match.share().release();
  }
  const Ref<> taken = Step::take(*step.window_b());
  return step.give_two(or_none(std::move(parts.rest)), or_none(std::move(parts.match)));
}

Status JoinGroups(const Step& step) noexcept {
  auto& left = static_cast<List&>(*step.c().object());
  const Ref<Tuple> all = left.to_tuple();
  if (!all) return kRaised;
  OwnedValues exceptions;
  if (!exceptions.reserve(all->size())) return raise_memory_error();
  for (std::size_t i = 0; i < all->size(); ++i) exceptions.push(all->load(i));
  Ref<Exception> result;
  if (failed(join_groups(exception_at(step.b()), exceptions.all(), result))) return kRaised;
  const Ref<> taken = Step::take(step.frame().registers[step.number_c()]);
  return step.give(or_none(std::move(result)));
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
