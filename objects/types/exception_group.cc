#include "objects/types/exception_group.h"

#include <array>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/recursion.h"
#include "objects/types/dict.h"
#include "objects/types/exception_methods.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "objects/types/owned_values.h"
#include "objects/types/str_builder.h"
#include "objects/types/traceback.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool is_one_of(Value value, BuiltinException which) noexcept {
  return value.is_object() && type_of(*value.object()).is_subtype_of(exception_type(which));
}

// --- Making one. ---

[[nodiscard]] Status check_arguments(const Tuple& args) noexcept {
  if (args.size() != 2) {
    StrBuilder text;
    text.add("BaseExceptionGroup.__new__() takes exactly 2 arguments (");
    text.add_number(static_cast<std::int64_t>(args.size()));
    text.add(" given)");
    return raise(ErrorKind::kType, text);
  }
  if (as_str(args[0]) != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {"BaseExceptionGroup.__new__() argument 1 must be str, not ",
                                  type_of(args[0]).name()});
}

[[nodiscard]] bool is_sequence(Value value) noexcept {
  const Protocols& slots = type_of(value).block().protocols();
  return slots.get_item != nullptr && slots.length != nullptr && as_dict(value) == nullptr;
}

// Each of them an exception, and at least one.
[[nodiscard]] Ref<Tuple> checked_members(Value given) noexcept {
  if (!is_sequence(given))
    return raise(ErrorKind::kType, {"second argument (exceptions) must be a sequence"});
  Ref<Tuple> members = Tuple::from(given);
  if (!members) return kRaised;
  if (members->size() == 0)
    return raise(ErrorKind::kValue, {"second argument (exceptions) must be a non-empty sequence"});
  for (std::size_t i = 0; i < members->size(); ++i) {
    if (as_exception((*members)[i]) != nullptr) continue;
    StrBuilder text;
    text.add("Item ");
    text.add_number(static_cast<std::int64_t>(i));
    text.add(" of second argument (exceptions) is not an exception");
    return raise(ErrorKind::kValue, text);
  }
  return members;
}

[[nodiscard]] bool has_base_exceptions(const Tuple& members) noexcept {
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!is_one_of(members[i], BuiltinException::kException)) return true;
  }
  return false;
}

// Groups that `except Exception` catches have only what it would catch alone. Null: it raised.
[[nodiscard]] Type* type_for(Type& type, const Tuple& members) noexcept {
  const bool has_base = has_base_exceptions(members);
  Type& plain = exception_type(BuiltinException::kExceptionGroup);
  if (&type == &exception_type(BuiltinException::kBaseExceptionGroup))
    return has_base ? &type : &plain;
  if (!has_base || !type.is_subtype_of(exception_type(BuiltinException::kException))) return &type;
  if (&type == &plain)
    raise(ErrorKind::kType, {"Cannot nest BaseExceptions in an ExceptionGroup"});
  else
    raise(ErrorKind::kType, {"Cannot nest BaseExceptions in '", type.name(), "'"});
  return nullptr;
}

}  // namespace

Ref<Exception> new_exception_group(Type& type, Tuple& args) noexcept {
  if (failed(check_arguments(args))) return kRaised;
  Ref<Tuple> members = checked_members(args[1]);
  if (!members) return kRaised;
  Type* const exact = type_for(type, *members);
  if (exact == nullptr) return kRaised;
  Ref<Exception> group = Exception::make(*exact, Ref<Tuple>::of(args));
  if (!group) return kRaised;
  group->set_extra(extra::kGroupMessage, args.load(0));
  group->set_extra(extra::kGroupMembers, std::move(members));
  return group;
}

Exception* as_exception_group(Value value) noexcept {
  return is_one_of(value, BuiltinException::kBaseExceptionGroup)
             ? static_cast<Exception*>(value.object())
             : nullptr;
}

Ref<Tuple> members_of(Exception& group) noexcept {
  return group.extra(extra::kGroupMembers).cast<Tuple>();
}

// --- Deriving. ---

Ref<Exception> derive_group(Exception& group, Value members) noexcept {
  const Ref<Tuple> args = Tuple::of(group.extra(extra::kGroupMessage), Ref<>::of(members));
  if (!args) return kRaised;
  return new_exception_group(exception_type(BuiltinException::kBaseExceptionGroup), *args);
}

namespace {

// A class of the program may have a `derive` of its own.
[[nodiscard]] Ref<> ask_to_derive(Exception& group, Value members) noexcept {
  const Type& type = type_of(group);
  const bool is_builtin = &type == &exception_type(BuiltinException::kBaseExceptionGroup) ||
                          &type == &exception_type(BuiltinException::kExceptionGroup);
  if (is_builtin) return derive_group(group, members);
  const Ref<Str> name = intern("derive");
  if (!name) return kRaised;
  const Ref<> derive = get_attribute(Value(&group), *name);
  if (!derive) return kRaised;
  return call(derive.value(), {&members, 1, nullptr});
}

// A group of some of its members; nothing if there are none. Failed: it raised.
[[nodiscard]] Status make_part(Exception& group, OwnedValues& members,
                               Ref<Exception>& part) noexcept {
  if (members.size() == 0) return Status::kDone;
  const Ref<Tuple> tuple = Tuple::make_blank(members.size());
  if (!tuple) return kRaised;
  for (std::size_t i = 0; i < members.size(); ++i) tuple->initialise(i, members.take(i));
  Ref<> derived = ask_to_derive(group, tuple.value());
  if (!derived) return kRaised;
  if (as_exception_group(derived.value()) == nullptr)
    return raise(ErrorKind::kType, {"derive must return an instance of BaseExceptionGroup"});
  part = std::move(derived).cast<Exception>();
  part->set_traceback(group.traceback());
  part->set_context(group.context());
  Ref<Exception> cause = group.cause();
  if (cause) part->set_cause(std::move(cause));
  part->suppress_context(group.suppresses_context());
  return copy_notes(group, *part);
}

// --- Conditions. ---

[[nodiscard]] bool are_exception_types(const Tuple& types) noexcept {
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (!is_exception_type(types[i])) return false;
  }
  return true;
}

class Condition {
 public:
  explicit Condition(Value condition) noexcept : condition_(condition) {
    if (is_exception_type(condition)) kind_ = Kind::kType;
    const bool is_type = condition.is_object() && type_of(condition).is_subtype_of(type_type());
    if (!is_type && type_of(condition).block().protocols().call != nullptr) kind_ = Kind::kFunction;
    if (condition.is_object() && type_of(condition).is_subtype_of(tuple_type()) &&
        are_exception_types(static_cast<Tuple&>(*condition.object())))
      kind_ = Kind::kTypes;
  }
  [[nodiscard]] bool is_any() const noexcept { return kind_ != Kind::kNone; }

  [[nodiscard]] Truth holds_for(Exception& exception) const noexcept {
    const Type& type = type_of(exception);
    if (kind_ == Kind::kType) return truth_of(type.is_subtype_of(type_in(condition_)));
    if (kind_ == Kind::kTypes) return truth_of(is_one_of_types(type));
    const Value argument(&exception);
    const Ref<> answer = call(condition_, {&argument, 1, nullptr});
    return answer ? truth(answer.value()) : Truth{kRaised};
  }

 private:
  enum class Kind : std::uint8_t { kNone, kType, kTypes, kFunction };

  [[nodiscard]] static const Type& type_in(Value value) noexcept {
    return static_cast<const Type&>(*value.object());
  }
  [[nodiscard]] bool is_one_of_types(const Type& type) const noexcept {
    const auto& types = static_cast<const Tuple&>(*condition_.object());
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (type.is_subtype_of(type_in(types[i]))) return true;
    }
    return false;
  }

  Value condition_;
  Kind kind_ = Kind::kNone;
};

[[nodiscard]] Status split(Exception& exception, const Condition& condition, SplitParts parts,
                           SplitGroup& result) noexcept;

// If it is anything.
[[nodiscard]] Status add_to(OwnedValues& values, Ref<> value) noexcept {
  return !value || values.add(value) ? Status::kDone : Status{raise_memory_error()};
}

[[nodiscard]] Status split_members(Exception& group, const Condition& condition, SplitParts parts,
                                   SplitGroup& result) noexcept {
  const Ref<Tuple> members = members_of(group);
  OwnedValues matching;
  OwnedValues others;
  for (std::size_t i = 0; i < members->size(); ++i) {
    SplitGroup part;
    auto& member = static_cast<Exception&>(*(*members)[i].object());
    if (failed(split(member, condition, parts, part))) return kRaised;
    if (failed(add_to(matching, std::move(part.match)))) return kRaised;
    if (failed(add_to(others, std::move(part.rest)))) return kRaised;
  }
  if (failed(make_part(group, matching, result.match))) return kRaised;
  return make_part(group, others, result.rest);
}

Status split(Exception& exception, const Condition& condition, SplitParts parts,
             SplitGroup& result) noexcept {
  const RecursionGuard guard;
  if (!guard) return kRaised;
  const Truth matches = condition.holds_for(exception);
  if (failed(matches)) return kRaised;
  const bool is_group = as_exception_group(Value(&exception)) != nullptr;
  if (matches == Truth::kFalse && is_group)
    return split_members(exception, condition, parts, result);
  if (matches == Truth::kTrue) result.match = Ref<Exception>::of(exception);
  if (matches == Truth::kFalse && parts == SplitParts::kBoth)
    result.rest = Ref<Exception>::of(exception);
  return Status::kDone;
}

}  // namespace

Status split_group(Exception& group, Value condition, SplitParts parts,
                   SplitGroup& result) noexcept {
  const Condition known(condition);
  if (!known.is_any())
    return raise(ErrorKind::kType,
                 {"expected a function, exception type or tuple of exception types"});
  return split(group, known, parts, result);
}

}  // namespace orochi::inline OROCHI_DESIGN
