// How each form of slot is called by the name that stands for it.
#include <string_view>

#include "objects/model/error.h"
#include "objects/types/attribute.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "objects/types/slot_wrapper.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// A call of one slot: what it is, what it gets.
struct SlotCall {
  const SpecialMethod& method;
  AnySlot function;
  Value self;
  const Arguments& arguments;

  template <class Function>
  [[nodiscard]] Function as() const noexcept {
    return reinterpret_cast<Function>(function);
  }
  [[nodiscard]] Value operator[](std::size_t index) const noexcept {
    return arguments.values[index];
  }
};

[[nodiscard]] Ref<> truth_value(Truth truth) noexcept {
  if (failed(truth)) return kRaised;
  return truth == Truth::kTrue ? Special::kTrue : Special::kFalse;
}
[[nodiscard]] Ref<> none_or_raised(Status status) noexcept {
  if (failed(status)) return kRaised;
  return Special::kNone;
}

template <class Act>
[[nodiscard]] Ref<> with_name(Value value, Act act) noexcept {
  const Ref<Str> name = attribute_name(value);
  return name ? act(*name) : Ref<>();
}

Ref<> call_hash(const SlotCall& call) noexcept {
  std::int64_t hash = 0;
  if (failed(call.as<HashFunction>()(call.self, hash))) return kRaised;
  return make_int(hash);
}

Ref<> call_length(const SlotCall& call) noexcept {
  std::size_t length = 0;
  if (failed(call.as<LengthFunction>()(call.self, length))) return kRaised;
  return make_size(length);
}

Ref<> call_format(const SlotCall& call) noexcept {
  if (as_str(call[0]) == nullptr)
    return raise(ErrorKind::kType,
                 {"__format__() argument must be str, not ", type_of(call[0]).name()});
  return call.as<BinaryFunction>()(call.self, call[0]);
}

Ref<> call_next(const SlotCall& call) noexcept {
  Ref<> item;
  if (failed(call.as<NextFunction>()(call.self, item))) return kRaised;
  if (!item) return raise(ErrorKind::kStopIteration, {});
  return item;
}

Ref<> call_get(const SlotCall& call) noexcept {
  const bool has_owner = call.arguments.positional == 2;
  const Value instance = call[0].is_none() ? Value() : call[0];
  const Value owner = has_owner && !call[1].is_none() ? call[1] : Value();
  if (instance.is_empty() && owner.is_empty())
    return raise(ErrorKind::kType, {"__get__(None, None) is invalid"});
  return call.as<DescriptorGet>()(call.self, instance, owner);
}

Ref<> call_get_attribute(const SlotCall& call) noexcept {
  return with_name(call[0], [&](Object& name) { return call.as<GetAttribute>()(call.self, name); });
}

Ref<> call_set_attribute(const SlotCall& call, Ref<> value) noexcept {
  return with_name(call[0], [&](Object& name) {
    return none_or_raised(call.as<SetAttribute>()(call.self, name, std::move(value)));
  });
}

[[nodiscard]] Ref<> call_form(const SlotCall& call) noexcept {
  switch (call.method.form) {
    case SlotForm::kUnary:
      return call.as<UnaryFunction>()(call.self);
    case SlotForm::kBinary:
      return call.as<BinaryFunction>()(call.self, call[0]);
    case SlotForm::kFormat:
      return call_format(call);
    case SlotForm::kCompare:
      return call.as<CompareFunction>()(call.method.compare, call.self, call[0]);
    case SlotForm::kTruth:
      return truth_value(call.as<TruthFunction>()(call.self));
    case SlotForm::kContains:
      return truth_value(call.as<ContainsFunction>()(call.self, call[0]));
    case SlotForm::kHash:
      return call_hash(call);
    case SlotForm::kLength:
      return call_length(call);
    case SlotForm::kNext:
      return call_next(call);
    case SlotForm::kCall:
      return call.as<CallFunction>()(call.self, call.arguments);
    case SlotForm::kInitialise:
      return none_or_raised(call.as<InitialiseFunction>()(call.self, call.arguments));
    case SlotForm::kGetAttribute:
      return call_get_attribute(call);
    case SlotForm::kSetAttribute:
      return call_set_attribute(call, Ref<>::of(call[1]));
    case SlotForm::kDeleteAttribute:
      return call_set_attribute(call, Ref<>());
    case SlotForm::kSetItem:
      return none_or_raised(call.as<SetItem>()(call.self, call[0], Ref<>::of(call[1])));
    case SlotForm::kDeleteItem:
      return none_or_raised(call.as<SetItem>()(call.self, call[0], Ref<>()));
    case SlotForm::kGet:
      return call_get(call);
    case SlotForm::kSet:
      return none_or_raised(call.as<DescriptorSet>()(call.self, call[0], Ref<>::of(call[1])));
    case SlotForm::kDelete:
      return none_or_raised(call.as<DescriptorSet>()(call.self, call[0], Ref<>()));
    case SlotForm::kConstruct:
    case SlotForm::kMissingAttribute:
      break;  // no wrapper stands for these
  }
  return raise(ErrorKind::kSystem, {"no slot is called ", call.method.name});
}

// How many arguments the slot takes behind the receiver.
struct Bounds {
  std::size_t least;
  std::size_t most;
};
[[nodiscard]] Bounds bounds_of(SlotForm form) noexcept {
  switch (form) {
    case SlotForm::kUnary:
    case SlotForm::kTruth:
    case SlotForm::kHash:
    case SlotForm::kLength:
    case SlotForm::kNext:
      return {0, 0};
    case SlotForm::kGet:
      return {1, 2};
    case SlotForm::kSetAttribute:
    case SlotForm::kSetItem:
    case SlotForm::kSet:
      return {2, 2};
    case SlotForm::kCall:
    case SlotForm::kInitialise:
      return {0, SIZE_MAX};
    default:
      return {1, 1};
  }
}

Raised raise_count(const Bounds& bounds, std::size_t given) noexcept {
  const bool too_few = given < bounds.least;
  const std::size_t wanted = too_few ? bounds.least : bounds.most;
  const std::string_view how = bounds.least == bounds.most ? "expected "
                               : too_few                   ? " expected at least "
                                                           : " expected at most ";
  return raise(ErrorKind::kType, {how, Digits(wanted).text(), " argument", wanted == 1 ? "" : "s",
                                  ", got ", Digits(given).text()});
}

}  // namespace

Ref<> call_slot(const SpecialMethod& method, AnySlot function, Value self,
                const Arguments& arguments) noexcept {
  const Bounds bounds = bounds_of(method.form);
  const bool takes_names = bounds.most == SIZE_MAX;
  if (arguments.keywords != nullptr && !takes_names)
    return raise(ErrorKind::kType, {"wrapper ", method.name, "() takes no keyword arguments"});
  if (arguments.positional < bounds.least || arguments.positional > bounds.most)
    return raise_count(bounds, arguments.positional);
  return call_form({method, function, self, arguments});
}

}  // namespace orochi::inline OROCHI_DESIGN
