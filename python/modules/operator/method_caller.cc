// methodcaller: a function that calls a method of what it is given.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/attribute.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/intern.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "python/modules/calls.h"
#include "python/modules/functools/parts.h"
#include "python/modules/operator/parts.h"

namespace orochi::inline OROCHI_DESIGN::operators {
namespace {

class MethodCaller : public Object {
 public:
  MethodCaller(ShapeIndex shape, Ref<Str> name, Ref<Tuple> values, Ref<> names) noexcept
      : Object(shape),
        name_(std::move(name)),
        values_(std::move(values)),
        names_(std::move(names)) {}

  [[nodiscard]] Str& name() const noexcept { return object_of<Str>(name_.get()); }
  [[nodiscard]] const Tuple& values() const noexcept { return object_of<Tuple>(values_.get()); }
  // A dict, or empty.
  [[nodiscard]] Value names() const noexcept { return names_.get(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(name_));
    visit(Children::of(values_));
    visit(Children::of(names_));
  }

 private:
  const ConstField name_;
  const ConstField values_;
  const ConstField names_;
};

[[nodiscard]] const MethodCaller& self_of(Value value) noexcept {
  return object_of<MethodCaller>(value);
}

Ref<> caller_new(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[1]);
  if (given.size() == 0)
    return raise(ErrorKind::kType, {"methodcaller needs at least one argument, the method name"});
  if (as_str(given[0]) == nullptr) return raise(ErrorKind::kType, {"method name must be a string"});
  Ref<Str> name = attribute_name(given[0]);
  Ref<Tuple> values = name ? Tuple::make_blank(given.size() - 1) : Ref<Tuple>();
  if (!values) return kRaised;
  for (std::size_t i = 1; i < given.size(); ++i) values->initialise(i - 1, given.load(i));
  return new_object<MethodCaller>(wanted_type(arguments), std::move(name), std::move(values),
                                  ref_of(arguments[2]));
}

Ref<> caller_call(Value self, const Arguments& given) noexcept {
  if (given.keywords != nullptr)
    return raise(ErrorKind::kType, {"methodcaller() takes no keyword arguments"});
  if (given.positional != 1)
    return raise(ErrorKind::kType,
                 {"methodcaller expected 1 argument, got ", Digits(given.positional).text()});
  const MethodCaller& caller = self_of(self);
  const Ref<> method = get_attribute(given.values[0], caller.name());
  return method ? call_with_all(method.value(), caller.values(), caller.names()) : Ref<>();
}

[[nodiscard]] Status add_names(StrBuilder& out, Dict& names) noexcept {
  std::size_t place = 0;
  for (DictItem item = names.next(place); item; item = names.next(++place)) {
    out.add(", ");
    if (failed(out.add_str(item.key.value()))) return kRaised;
    out.add("=");
    if (failed(out.add_repr(item.value.value()))) return kRaised;
  }
  return Status::kDone;
}

Ref<> caller_repr(Value self) noexcept {
  const MethodCaller& caller = self_of(self);
  StrBuilder out;
  out.add_utf8(type_of(self).name());
  const ReprGuard guard(*self.object());
  if (guard.is_inside()) {
    out.add("(...)");
    return out.finish();
  }
  out.add("(");
  if (failed(out.add_repr(Value(&caller.name())))) return kRaised;
  for (std::size_t i = 0; i < caller.values().size(); ++i) {
    out.add(", ");
    if (failed(out.add_repr(caller.values()[i]))) return kRaised;
  }
  if (!caller.names().is_empty() && failed(add_names(out, object_of<Dict>(caller.names()))))
    return kRaised;
  out.add(")");
  return out.finish();
}

// What makes such a caller of the values alone.
[[nodiscard]] Ref<> maker_of(Value self) noexcept {
  const MethodCaller& caller = self_of(self);
  Type* const partial = functools::partial_type();
  if (partial == nullptr) return kRaised;
  const Ref<Tuple> values =
      whole_tuple(ref_of(Value(&type_of(self))), ref_of(Value(&caller.name())));
  return values ? call_with_all(Value(partial), *values, caller.names()) : Ref<>();
}

Ref<> caller_reduce(const Value* arguments) noexcept {
  const MethodCaller& caller = self_of(arguments[0]);
  if (!caller.names().is_empty()) {
    Ref<> maker = maker_of(arguments[0]);
    return maker
               ? whole_tuple(std::move(maker), ref_of(Value(const_cast<Tuple*>(&caller.values()))))
               : Ref<Tuple>();
  }
  Ref<Tuple> all = Tuple::make_blank(caller.values().size() + 1);
  if (!all) return kRaised;
  all->initialise(0, ref_of(Value(&caller.name())));
  for (std::size_t i = 0; i < caller.values().size(); ++i)
    all->initialise(i + 1, caller.values().load(i));
  return whole_tuple(ref_of(Value(&type_of(arguments[0]))), std::move(all));
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", caller_new}};
constexpr NativeSpec kMethods[] = {{"__reduce__(self)", caller_reduce}};

}  // namespace

Status add_method_caller(Module& module) noexcept {
  Protocols slots;
  slots.call = caller_call;
  slots.repr = caller_repr;
  const Type* const type =
      add_native_type(module, {.name = "operator.methodcaller",
                               .layout = &layout_of<MethodCaller>,
                               .slots = slots,
                               .statics = kNew,
                               .methods = kMethods,
                               .doc = "Return a callable object that calls the given method on "
                                      "its operand."});
  return type == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::operators
