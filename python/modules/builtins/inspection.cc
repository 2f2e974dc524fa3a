// callable delattr dir getattr hasattr hash id isinstance issubclass len setattr vars.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/names.h"
#include "objects/types/type_object.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/functions.h"

namespace orochi::inline OROCHI_DESIGN::builtins {
namespace {

[[nodiscard]] Ref<> bool_or_raised(Truth answer) noexcept {
  if (failed(answer)) return kRaised;
  return Value::of_bool(answer == Truth::kTrue).as_special();
}

}  // namespace

Ref<> callable(const Value* arguments) noexcept {
  const bool answer = type_of(arguments[0]).block().protocols().call != nullptr;
  return Value::of_bool(answer).as_special();
}

// --- Attributes. ---

Ref<> getattr(const Value* arguments) noexcept {
  const Ref<Str> name = attribute_name(arguments[1]);
  if (!name) return kRaised;
  if (arguments[2].is_empty()) return get_attribute(arguments[0], *name);
  Ref<> found;
  if (failed(find_attribute(arguments[0], *name, found))) return kRaised;
  return found ? std::move(found) : Ref<>::of(arguments[2]);
}

Ref<> hasattr(const Value* arguments) noexcept {
  const Ref<Str> name = attribute_name(arguments[1]);
  Ref<> found;
  if (!name || failed(find_attribute(arguments[0], *name, found))) return kRaised;
  return Value::of_bool(static_cast<bool>(found)).as_special();
}

Ref<> setattr(const Value* arguments) noexcept {
  const Ref<Str> name = attribute_name(arguments[1]);
  if (!name) return kRaised;
  return none_or_raised(set_attribute(arguments[0], *name, Ref<>::of(arguments[2])));
}

Ref<> delattr(const Value* arguments) noexcept {
  const Ref<Str> name = attribute_name(arguments[1]);
  return name ? none_or_raised(set_attribute(arguments[0], *name, Ref<>())) : Ref<>();
}

// What __dir__ says, sorted.
Ref<> dir(const Value* arguments) noexcept {
  if (arguments[0].is_empty()) return dir_of_caller();
  Ref<> method;
  if (failed(find_special(arguments[0], *names().dir, method))) return kRaised;
  if (!method) return raise(ErrorKind::kType, {"object does not provide __dir__"});
  const Ref<> answer = call(method.value(), {});
  Ref<List> sorted = answer ? List::from(answer.value()) : Ref<List>();
  if (!sorted || failed(sorted->sort(Value::kNone, List::Order::kRising))) return kRaised;
  return sorted;
}

Ref<> vars(const Value* arguments) noexcept {
  if (arguments[0].is_empty()) return locals(arguments);
  Ref<> dict;
  if (failed(find_attribute(arguments[0], *names().dict, dict))) return kRaised;
  if (dict) return dict;
  return raise(ErrorKind::kType, {"vars() argument must have __dict__ attribute"});
}

// --- What a value is. ---

Ref<> hash(const Value* arguments) noexcept {
  std::int64_t number = 0;
  return failed(orochi::hash(arguments[0], number)) ? Ref<>() : make_int(number);
}

// Of an object its address; of an immediate its word, which is no address.
Ref<> id(const Value* arguments) noexcept { return make_size(arguments[0].word()); }

Ref<> isinstance(const Value* arguments) noexcept {
  return bool_or_raised(is_instance(arguments[0], arguments[1]));
}

Ref<> issubclass(const Value* arguments) noexcept {
  return bool_or_raised(is_subclass(arguments[0], arguments[1]));
}

Ref<> len(const Value* arguments) noexcept {
  std::size_t size = 0;
  return failed(length(arguments[0], size)) ? Ref<>() : make_size(size);
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
