// attrgetter and itemgetter: functions that look into what they are given.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/attribute.h"
#include "objects/types/digits.h"
#include "objects/types/intern.h"
#include "objects/types/sequence_repr.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "python/modules/operator/parts.h"

namespace orochi::inline OROCHI_DESIGN::operators {
namespace {

// Both: what is looked for, as it was given, in a tuple.
class Getter : public Object {
 public:
  Getter(ShapeIndex shape, Ref<Tuple> wanted) noexcept
      : Object(shape), wanted_(std::move(wanted)) {}

  [[nodiscard]] const Tuple& wanted() const noexcept { return object_of<Tuple>(wanted_.get()); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(wanted_));
  }

 private:
  const ConstField wanted_;
};

[[nodiscard]] const Getter& self_of(Value value) noexcept { return object_of<Getter>(value); }

[[nodiscard]] Status check_one(const Arguments& given, std::string_view name) noexcept {
  if (given.keywords != nullptr)
    return raise(ErrorKind::kType, {name, "() takes no keyword arguments"});
  if (given.positional == 1) return Status::kDone;
  return raise(ErrorKind::kType,
               {name, " expected 1 argument, got ", Digits(given.positional).text()});
}

// look(value, wanted) for each; several results are a tuple.
template <class Look>
[[nodiscard]] Ref<> look_all(const Tuple& wanted, Value value, Look look) noexcept {
  if (wanted.size() == 1) return look(value, wanted[0]);
  Ref<Tuple> results = Tuple::make_blank(wanted.size());
  for (std::size_t i = 0; results && i < wanted.size(); ++i) {
    Ref<> result = look(value, wanted[i]);
    if (!result) return kRaised;
    results->initialise(i, std::move(result));
  }
  return results;
}

// --- itemgetter ---

Ref<> item_getter_call(Value self, const Arguments& given) noexcept {
  if (failed(check_one(given, "itemgetter"))) return kRaised;
  return look_all(self_of(self).wanted(), given.values[0],
                  [](Value value, Value key) noexcept { return get_item(value, key); });
}

Ref<> item_getter_new(const Value* arguments) noexcept {
  auto& wanted = object_of<Tuple>(arguments[1]);
  if (wanted.size() == 0) return raise(ErrorKind::kType, {"itemgetter expected 1 argument, got 0"});
  return new_object<Getter>(wanted_type(arguments), Ref<Tuple>::of(wanted));
}

// --- attrgetter ---

// The attribute of a name without dots.
[[nodiscard]] Ref<> get_part(Value value, text::View points) noexcept {
  Ref<Str> part = Str::of(points);
  const Ref<Str> name = part ? intern(std::move(part)) : Ref<Str>();
  return name ? get_attribute(value, *name) : Ref<>();
}

[[nodiscard]] Ref<> get_path(Value value, Value path) noexcept {
  const text::View points = object_of<Str>(path).view();
  Ref<> found = ref_of(value);
  std::size_t start = 0;
  for (std::size_t i = 0; found && i <= points.size; ++i) {
    if (i < points.size && points[i] != '.') continue;
    found = get_part(found.value(), points.slice(start, i));
    start = i + 1;
  }
  return found;
}

Ref<> attribute_getter_call(Value self, const Arguments& given) noexcept {
  if (failed(check_one(given, "attrgetter"))) return kRaised;
  return look_all(self_of(self).wanted(), given.values[0], get_path);
}

Ref<> attribute_getter_new(const Value* arguments) noexcept {
  auto& wanted = object_of<Tuple>(arguments[1]);
  if (wanted.size() == 0) return raise(ErrorKind::kType, {"attrgetter expected 1 argument, got 0"});
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (as_str(wanted[i]) == nullptr)
      return raise(ErrorKind::kType, {"attribute name must be a string"});
  return new_object<Getter>(wanted_type(arguments), Ref<Tuple>::of(wanted));
}

// --- Both. ---

Ref<> getter_repr(Value self) noexcept {
  StrBuilder open;
  open.add_utf8(type_of(self).name());
  open.add("(");
  const ReprGuard guard(*self.object());
  if (guard.is_inside()) {
    open.add("...)");
    return open.finish();
  }
  const Tuple& wanted = self_of(self).wanted();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i != 0) open.add(", ");
    if (failed(open.add_repr(wanted[i]))) return kRaised;
  }
  open.add(")");
  return open.finish();
}

Ref<> getter_reduce(const Value* arguments) noexcept {
  return whole_tuple(ref_of(Value(&type_of(arguments[0]))),
                     ref_of(Value(const_cast<Tuple*>(&self_of(arguments[0]).wanted()))));
}

constexpr NativeSpec kItemGetterNew[] = {{"__new__(cls, /, *items)", item_getter_new}};
constexpr NativeSpec kAttributeGetterNew[] = {{"__new__(cls, /, *attrs)", attribute_getter_new}};
constexpr NativeSpec kMethods[] = {{"__reduce__(self)", getter_reduce}};

[[nodiscard]] Status add_getter(Module& module, std::string_view name, CallFunction call,
                                std::span<const NativeSpec> make, std::string_view doc) noexcept {
  Protocols slots;
  slots.call = call;
  slots.repr = getter_repr;
  const Type* const type = add_native_type(module, {.name = name,
                                                    .layout = &layout_of<Getter>,
                                                    .slots = slots,
                                                    .statics = make,
                                                    .methods = kMethods,
                                                    .doc = doc});
  return type == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace

Status add_getters(Module& module) noexcept {
  if (failed(add_getter(module, "operator.itemgetter", item_getter_call, kItemGetterNew,
                        "Return a callable object that fetches the given items from its "
                        "operand.")))
    return kRaised;
  return add_getter(module, "operator.attrgetter", attribute_getter_call, kAttributeGetterNew,
                    "Return a callable object that fetches the given attributes from its "
                    "operand.");
}

}  // namespace orochi::inline OROCHI_DESIGN::operators
