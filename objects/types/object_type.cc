#include "objects/types/object_type.h"

#include <algorithm>
#include <bit>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/class_bases.h"
#include "objects/types/construct.h"
#include "objects/types/descriptor.h"
#include "objects/types/digits.h"
#include "objects/types/format.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/special_methods.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {

// --- Slots. ---

Ref<> plain_repr(Value self) noexcept {
  const Ref<Str> name = full_name(type_of(self));
  if (!name) return kRaised;
  const void* const place = self.is_object() ? self.object() : nullptr;
  return str_of({"<", Utf8Text(*name).view(), " object at ", Address(place).text(), ">"});
}

namespace {

// The low bits of an address are always 0.
Status plain_hash(Value self, std::int64_t& hash) noexcept {
  hash = std::bit_cast<std::int64_t>(std::rotr(self.word(), 4));
  if (hash == -1) hash = -2;
  return Status::kDone;
}

// The opposite of what the type says of equality.
Ref<> plain_not_equal(Value self, Value other) noexcept {
  const CompareFunction compare = type_of(self).block().protocols().compare;
  const Ref<> equal = compare(CompareOp::kEqual, self, other);
  if (!equal || equal.value().is(Special::kNotImplemented)) return equal.share();
  const Truth truth_value = truth(equal.value());
  if (failed(truth_value)) return kRaised;
  return truth_value == Truth::kTrue ? Special::kFalse : Special::kTrue;
}

Ref<> plain_compare(CompareOp op, Value self, Value other) noexcept {
  if (op == CompareOp::kNotEqual) return plain_not_equal(self, other);
  if (op == CompareOp::kEqual && self == other) return Special::kTrue;
  return Special::kNotImplemented;
}

[[nodiscard]] Protocols object_slots() noexcept {
  Protocols slots;
  slots.repr = plain_repr;
  slots.str = repr;
  slots.format = format_plainly;
  slots.hash = plain_hash;
  slots.compare = plain_compare;
  slots.get_attribute = generic_get_attribute;
  slots.set_attribute = generic_set_attribute;
  slots.initialise = initialise_plain;
  return slots;
}

// --- __class__ ---

[[nodiscard]] Type* class_to_be(Value value) noexcept {
  Type* const type = as_type(value);
  if (type == nullptr)
    raise(ErrorKind::kType,
          {"__class__ must be set to a class, not '", type_of(value).name(), "' object"});
  return type;
}

// The shape with the same attributes, in the same slots, in another type. Null: it raised.
[[nodiscard]] Shape* same_shape_in(Type& type, const Shape& shape) noexcept {
  if (shape.is_dict_mode()) return type.root().dict_mode();
  if (shape.name() == nullptr) return &type.root();
  Shape* const parent = same_shape_in(type, *shape.parent());
  return parent == nullptr ? nullptr : parent->with(*shape.name());
}

// False: the other type has no such shape any more, or there is no memory.
[[nodiscard]] bool move_to(Object& object, Type& type) noexcept {
  const Locked lock(object);
  Shape* const shape = same_shape_in(type, Shape::of(object));
  if (shape != nullptr) object.set_shape(shape->index());
  return shape != nullptr;
}

Status set_class(Value self, Ref<> value) noexcept {
  if (!value) return raise(ErrorKind::kType, {"can't delete __class__ attribute"});
  Type* const type = class_to_be(value.value());
  if (type == nullptr) return kRaised;
  const Type& before = type_of(self);
  if (!before.is_class() || !type->is_class())
    return raise(ErrorKind::kType, {"__class__ assignment only supported for mutable types or "
                                    "ModuleType subclasses"});
  if (!have_same_layout(before, *type))
    return raise(ErrorKind::kType, {"__class__ assignment: '", type->name(),
                                    "' object layout differs from '", before.name(), "'"});
  if (move_to(*self.object(), *type)) return Status::kDone;
  // A dict has all that the tree of shapes has no room for.
  const bool moved = dict_of_instance(*self.object()) && move_to(*self.object(), *type);
  return moved ? Status::kDone : Status{raise_memory_error()};
}

Ref<> get_class(Value self) noexcept { return Ref<>::of(Value(&type_of(self))); }

constexpr AttributeSpec kAttributes[] = {
    {"__class__", get_class, set_class, "the object's class"},
};

// --- __dict__ ---

Ref<> get_dict(Value self) noexcept { return dict_of_instance(*self.object()); }

Status set_dict(Value self, Ref<> value) noexcept {
  if (!value) return replace_dict_of_instance(*self.object(), Dict::make());
  if (as_dict(value.value()) == nullptr)
    return raise(ErrorKind::kType, {"__dict__ must be set to a dictionary, not a '",
                                    type_of(value.value()).name(), "'"});
  return replace_dict_of_instance(*self.object(), std::move(value).cast<Dict>());
}

// --- Methods. ---

// It is asked of the class above: a class that wants keywords takes them.
Ref<> init_subclass(const Value* arguments) noexcept {
  const bool has_positional = static_cast<const Tuple&>(*arguments[1].object()).size() != 0;
  const std::string_view name = static_cast<const Type&>(*arguments[0].object()).name();
  if (!arguments[2].is_empty())
    return raise(ErrorKind::kType, {name, ".__init_subclass__() takes no keyword arguments"});
  if (!has_positional) return Special::kNone;
  const Digits count(static_cast<const Tuple&>(*arguments[1].object()).size());
  return raise(ErrorKind::kType,
               {name, ".__init_subclass__() takes no arguments (", count.text(), " given)"});
}

constexpr NativeSpec kClassMethods[] = {
    {"__init_subclass__(cls, /, *args, **kwargs)", init_subclass,
     "This method is called when a class is subclassed."},
    {"__subclasshook__(cls, /, *args)",
     [](const Value*) noexcept { return Ref<>(Special::kNotImplemented); },
     "Abstract classes can override this to customize issubclass()."},
};
constexpr NativeSpec kStaticMethods[] = {{"__new__(type, /, *args, **kwargs)", new_plain}};

}  // namespace

Ref<> make_dict_attribute(Type& owner) noexcept {
  return new_object<AttributeDescriptor>(
      attribute_descriptor_type(), owner, *names().dict,
      AttributeSpec{"__dict__", get_dict, set_dict, "dictionary for instance variables"});
}

Status make_object_methods() noexcept {
  Type& type = object_type();
  if (failed(define_slots(type, object_slots())) || failed(define_attributes(type, kAttributes)) ||
      failed(define_static_methods(type, kStaticMethods)))
    return kRaised;
  Ref<Str> doc = Str::of_ascii("What every class stands on, and what its instances can do.");
  if (!doc || failed(type.set(*names().doc, std::move(doc)))) return kRaised;
  return define_class_methods(type, kClassMethods);
}

// --- Calls with a dict. ---

namespace {

// Names and values of a dict, as a call passes them.
class KeywordArguments {
 public:
  KeywordArguments() noexcept = default;
  KeywordArguments(const KeywordArguments&) = delete;
  KeywordArguments& operator=(const KeywordArguments&) = delete;
  ~KeywordArguments() { free_buffer(values_); }

  [[nodiscard]] Status take(Dict& dict) noexcept {
    items_ = dict.copy();
    if (!items_) return kRaised;
    names_ = Tuple::make_blank(items_->size());
    values_ = static_cast<Value*>(allocate_buffer((items_->size() + 1) * sizeof(Value)));
    if (!names_) return kRaised;
    if (values_ == nullptr) return raise_memory_error();
    std::size_t place = 0;
    for (std::size_t i = 0; i < names_->size(); ++i, ++place) {
      DictItem item = items_->next(place);
      values_[i] = item.value.value();  // the copy counts it
      names_->initialise(i, std::move(item.key));
    }
    return Status::kDone;
  }
  [[nodiscard]] Arguments arguments() const noexcept { return {values_, 0, names_.get()}; }

 private:
  Ref<Dict> items_;
  Ref<Tuple> names_;
  Value* values_ = nullptr;
};

}  // namespace

Ref<> call_with_dict(Value callee, Dict* keywords) noexcept {
  if (keywords == nullptr || keywords->size() == 0) return call(callee, Arguments());
  KeywordArguments passed;
  return failed(passed.take(*keywords)) ? Ref<>() : call(callee, passed.arguments());
}

}  // namespace orochi::inline OROCHI_DESIGN
