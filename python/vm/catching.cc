#include "python/vm/catching.h"

#include "objects/model/recursion.h"
#include "objects/types/exception_group.h"
#include "objects/types/exception_type.h"
#include "objects/types/list.h"
#include "objects/types/native_function.h"
#include "objects/types/owned_values.h"
#include "objects/types/traceback.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Raised raise_no_class() noexcept {
  return raise(ErrorKind::kType,
               {"catching classes that do not inherit from BaseException is not allowed"});
}

[[nodiscard]] const Type& type_in(Value value) noexcept {
  return static_cast<const Type&>(*value.object());
}

}  // namespace

Truth is_caught_by(const Exception& exception, Value kind) noexcept {
  if (is_exception_type(kind)) return truth_of(type_of(exception).is_subtype_of(type_in(kind)));
  if (!kind.is_object() || !type_of(kind).is_subtype_of(tuple_type())) return raise_no_class();
  const auto& kinds = static_cast<const Tuple&>(*kind.object());
  bool is_caught = false;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (!is_exception_type(kinds[i])) return raise_no_class();
    is_caught = is_caught || type_of(exception).is_subtype_of(type_in(kinds[i]));
  }
  return truth_of(is_caught);
}

namespace {

[[nodiscard]] Exception& exception_at(Value value) noexcept {
  return static_cast<Exception&>(*value.object());
}

// Cut out of `whole`, or `whole` itself: nobody has raised it since.
[[nodiscard]] bool is_part_of(Exception& part, Exception& whole) noexcept {
  return part.traceback().get() == whole.traceback().get() &&
         part.cause().get() == whole.cause().get() && part.context().get() == whole.context().get();
}

[[nodiscard]] Status add_leaves(Exception& exception, OwnedValues& leaves) noexcept {
  const RecursionGuard guard;
  if (!guard) return kRaised;
  if (as_exception_group(Value(&exception)) == nullptr) {
    Ref<> leaf = Ref<>::of(Value(&exception));
    return leaves.add(leaf) ? Status::kDone : Status{raise_memory_error()};
  }
  const Ref<Tuple> members = members_of(exception);
  for (std::size_t i = 0; i < members->size(); ++i)
    if (failed(add_leaves(exception_at((*members)[i]), leaves))) return kRaised;
  return Status::kDone;
}

// The condition of split_group: the exception itself is one of the list's.
Ref<> is_listed(const Value* arguments) noexcept {
  const auto& leaves = static_cast<const Tuple&>(*arguments[0].object());
  for (std::size_t i = 0; i < leaves.size(); ++i)
    if (leaves[i] == arguments[1]) return Special::kTrue;
  return Special::kFalse;
}

[[nodiscard]] Ref<> condition_of(OwnedValues& leaves) noexcept {
  static const NativeDefinition* const definition = NativeDefinition::make(
      {"is_listed(self, exception, /)", is_listed}, nullptr, Receiver::kFirst);
  if (definition == nullptr) return raise_memory_error();
  Ref<Tuple> listed = Tuple::make_blank(leaves.size());
  for (std::size_t i = 0; listed && i < leaves.size(); ++i) listed->initialise(i, leaves.take(i));
  if (!listed) return kRaised;
  return BuiltinFunction::make(*definition, std::move(listed));
}

// The members of `handled` that are in one of the parts, nested as they were.
[[nodiscard]] Status gather(Exception& handled, OwnedValues& leaves,
                            Ref<Exception>& gathered) noexcept {
  if (leaves.size() == 0) return Status::kDone;
  const Ref<> condition = condition_of(leaves);
  SplitGroup parts;
  if (!condition || failed(split_group(handled, condition.value(), SplitParts::kMatch, parts)))
    return kRaised;
  gathered = std::move(parts.match);
  return Status::kDone;
}

// One exception stays itself.
[[nodiscard]] Status group_of(OwnedValues& raised, Ref<Exception>& result) noexcept {
  if (raised.size() == 1) {
    result = raised.take(0).cast<Exception>();
    return Status::kDone;
  }
  Ref<Tuple> members = Tuple::make_blank(raised.size());
  for (std::size_t i = 0; members && i < raised.size(); ++i) members->initialise(i, raised.take(i));
  Ref<Str> message = Str::empty();
  if (!members || !message) return kRaised;
  const Ref<Tuple> args = Tuple::of(std::move(message), std::move(members));
  if (!args) return kRaised;
  result = new_exception_group(exception_type(BuiltinException::kBaseExceptionGroup), *args);
  return result ? Status::kDone : Status::kFailed;
}

}  // namespace

Status join_groups(Exception& handled, std::span<const Value> left,
                   Ref<Exception>& result) noexcept {
  const bool is_group = as_exception_group(Value(&handled)) != nullptr;
  OwnedValues raised;
  OwnedValues leaves;
  for (const Value each : left) {
    if (each.is_none()) continue;
    Exception& exception = exception_at(each);
    if (is_group && is_part_of(exception, handled)) {
      if (failed(add_leaves(exception, leaves))) return kRaised;
      continue;
    }
    Ref<> own = Ref<>::of(each);
    if (!raised.add(own)) return raise_memory_error();
  }
  Ref<Exception> again;
  if (failed(gather(handled, leaves, again))) return kRaised;
  if (raised.size() == 0) {
    result = std::move(again);
    return Status::kDone;
  }
  Ref<> last(std::move(again));
  if (last && !raised.add(last)) return raise_memory_error();
  return group_of(raised, result);
}

}  // namespace orochi::inline OROCHI_DESIGN
