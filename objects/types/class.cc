#include "objects/types/class.h"

#include <algorithm>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/cell.h"
#include "objects/types/class_bases.h"
#include "objects/types/class_slots.h"
#include "objects/types/intern.h"
#include "objects/types/member_descriptor.h"
#include "objects/types/mro.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/object_type.h"
#include "objects/types/slot_wrapper.h"
#include "objects/types/special_methods.h"
#include "objects/types/super.h"
#include "objects/types/type_bases.h"
#include "objects/types/utf8_text.h"
#include "objects/types/wrapped_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// With the header and the word for what is outside this is 64 bytes.
constexpr std::uint32_t kAttributesInside = 5;

// Attributes for a new class, owned until it has them.
class ClassAttributes {
 public:
  ClassAttributes() noexcept = default;
  ClassAttributes(const ClassAttributes&) = delete;
  ClassAttributes& operator=(const ClassAttributes&) = delete;
  ~ClassAttributes() {
    for (const TypeAttribute& attribute : all()) {
      drop(Value(attribute.name));
      drop(attribute.value);
    }
    free_buffer(attributes_);
  }

  [[nodiscard]] Status add(Ref<Str> name, Ref<> value) noexcept {
    if (!name || !value) return kRaised;
    auto* const more = static_cast<TypeAttribute*>(
        reallocate_buffer(attributes_, (count_ + 1) * sizeof(TypeAttribute)));
    if (more == nullptr) return raise_memory_error();
    attributes_ = more;
    attributes_[count_++] = {.name = name.release(), .value = value.release()};
    return Status::kDone;
  }
  [[nodiscard]] std::span<const TypeAttribute> all() const noexcept {
    return {attributes_, count_};
  }

 private:
  TypeAttribute* attributes_ = nullptr;
  std::size_t count_ = 0;
};

// A function that a program has written, not one of ours.
[[nodiscard]] bool is_program_function(Value value) noexcept {
  const Type& type = type_of(value);
  return type.block().protocols().takes_self && &type != &method_descriptor_type() &&
         &type != &slot_wrapper_type();
}

// One class in the making.
class ClassMaker {
 public:
  ClassMaker(const ClassSpec& spec, Type& meta) noexcept : spec_(spec), meta_(meta) {}

  [[nodiscard]] Type* make() noexcept {
    if (failed(choose_bases()) || failed(read_slots(spec_.name, *base_, spec_.names, slots_)))
      return nullptr;
    if (failed(collect_attributes()) || failed(make_type()) || failed(add_descriptors()))
      return nullptr;
    if (failed(fill_class_cell()) || failed(tell_attributes()) || failed(tell_bases()))
      return nullptr;
    return type_;
  }

 private:
  [[nodiscard]] Status choose_bases() noexcept {
    bases_changes_ = bases_changes();
    if (failed(collect_bases(spec_.bases, bases_))) return kRaised;
    base_ = find_best_base(bases_.types());
    return base_ == nullptr ? Status::kFailed : linearise(bases_.types(), ancestors_);
  }

  // --- The namespace. ---

  [[nodiscard]] Status collect_attributes() noexcept {
    std::size_t place = 0;
    for (; const DictItem item = spec_.names.next(place); ++place) {
      if (failed(collect(item))) return kRaised;
    }
    if (!qualified_name_) qualified_name_ = Ref<>::of(Value(&spec_.name));
    return add_defaults();
  }

  [[nodiscard]] Status collect(const DictItem& item) noexcept {
    Ref<Str> name = attribute_name(item.key.value());
    if (!name) return kRaised;
    if (name.get() == names().qualified_name) return keep_qualified_name(item.value.value());
    if (name.get() == names().class_cell) return keep_class_cell(item.value.value());
    Ref<> value = adapt(*name, item.value.share());
    return attributes_.add(std::move(name), std::move(value));
  }

  [[nodiscard]] Status keep_qualified_name(Value value) noexcept {
    if (as_str(value) == nullptr)
      return raise(ErrorKind::kType,
                   {"type __qualname__ must be a str, not ", type_of(value).name()});
    qualified_name_ = Ref<>::of(value);
    return Status::kDone;
  }

  [[nodiscard]] Status keep_class_cell(Value value) noexcept {
    if (!value.is_object() || &type_of(value) != &cell_type())
      return raise(ErrorKind::kType, {"__classcell__ must be a nonlocal cell, not <class '",
                                      type_of(value).name(), "'>"});
    class_cell_ = Ref<>::of(value);
    return Status::kDone;
  }

  // Functions of some names are bound otherwise than methods.
  [[nodiscard]] static Ref<> adapt(const Str& name, Ref<> value) noexcept {
    if (!is_program_function(value.value())) return value;
    if (&name == &special_name(special("__new__")))
      return WrappedFunction::make(static_method_type(), std::move(value));
    if (&name == names().init_subclass || &name == names().class_get_item)
      return WrappedFunction::make(class_method_type(), std::move(value));
    return value;
  }

  [[nodiscard]] bool has(const Str& name) const noexcept {
    const auto all = attributes_.all();
    return std::ranges::find(all, &name, &TypeAttribute::name) != all.end();
  }

  // Who compares in his own way does not hash in another's.
  [[nodiscard]] Status add_defaults() noexcept {
    Str& hash = special_name(special("__hash__"));
    if (has(special_name(special("__eq__"))) && !has(hash) &&
        failed(attributes_.add(Ref<Str>::of(hash), Special::kNone)))
      return kRaised;
    if (has(*names().doc)) return Status::kDone;
    return attributes_.add(Ref<Str>::of(*names().doc), Special::kNone);
  }

  // --- The type. ---

  [[nodiscard]] bool is_open() const noexcept {
    if (!slots_.are_given || slots_.ask_for_dict) return true;
    return std::ranges::any_of(bases_.types(),
                               [](const Type* base) { return base->parts().is_open; });
  }

  [[nodiscard]] bool is_weakly_referable() const noexcept {
    if (!slots_.are_given || slots_.ask_for_weakref) return true;
    return std::ranges::any_of(bases_.types(),
                               [](const Type* base) { return base->is_weakly_referable(); });
  }

  [[nodiscard]] InstanceParts parts() const noexcept {
    InstanceParts parts = base_->parts();
    parts.members += slots_.names ? static_cast<std::uint32_t>(slots_.names->size()) : 0;
    if (is_open() && !parts.is_open) {
      parts.is_open = true;
      parts.attributes = kAttributesInside;
    }
    return parts;
  }

  // What instances of metaclasses have is in their own blocks.
  [[nodiscard]] bool is_metaclass() const noexcept { return base_->is_subtype_of(type_type()); }

  [[nodiscard]] Status make_type() noexcept {
    const Utf8Text name(spec_.name);
    TypeSpec spec;
    spec.name = name.view();
    spec.layout = &base_->native_layout();
    spec.parts = is_metaclass() ? base_->parts() : parts();
    spec.ancestors = ancestors_.types();
    spec.meta = &meta_;
    spec.bases = bases_.types();
    spec.base = base_;
    spec.attributes = attributes_.all();
    spec.is_class = true;
    spec.is_weakly_referable = is_weakly_referable();
    type_ = Type::make(spec);
    if (type_ == nullptr) return kRaised;
    type_->qualified_name().store(*type_, qualified_name_.share());
    return bases_changes() == bases_changes_ ? Status::kDone : reorder(*type_);
  }

  // --- What only a type that is there can have. ---

  [[nodiscard]] Status add_descriptors() noexcept {
    ClassAttributes added;
    const bool brings_dict = type_->parts().is_open && !base_->parts().is_open;
    if (brings_dict && failed(added.add(Ref<Str>::of(*names().dict), make_dict_attribute(*type_))))
      return kRaised;
    const std::size_t members = slots_.names ? slots_.names->size() : 0;
    for (std::size_t i = 0; i < members; ++i) {
      const auto index = static_cast<std::uint32_t>(base_->parts().members + i);
      Ref<Str> name = slots_.names->load(i).cast<Str>();
      Ref<> member = MemberDescriptor::make(*type_, name.share(), index);
      if (failed(added.add(std::move(name), std::move(member)))) return kRaised;
    }
    return added.all().empty() ? Status::kDone : type_->set_all(added.all());
  }

  [[nodiscard]] Status fill_class_cell() noexcept {
    if (class_cell_) class_cell_.as<Cell>().set(Ref<>::of(Value(type_)));
    return Status::kDone;
  }

  // value.__set_name__(class, name), of each in the order of the body.
  [[nodiscard]] Status tell_attributes() const noexcept {
    for (const TypeAttribute& attribute : attributes_.all()) {
      const Value values[] = {attribute.value, Value(type_), Value(attribute.name)};
      bool found = false;
      const Ref<> result = call_special(values, *names().set_name, found);
      if (found && !result) return kRaised;
    }
    return Status::kDone;
  }

  // super(C, C).__init_subclass__(**keywords)
  [[nodiscard]] Status tell_bases() const noexcept {
    const Ref<> above = Super::make(*type_, Ref<>::of(Value(type_)));
    if (!above) return kRaised;
    const Ref<> method = get_attribute(above.value(), *names().init_subclass);
    if (!method) return kRaised;
    return call_with_dict(method.value(), spec_.keywords) ? Status::kDone : Status::kFailed;
  }

  const ClassSpec& spec_;
  Type& meta_;
  TypeList bases_;
  TypeList ancestors_;
  Type* base_ = nullptr;
  std::uint32_t bases_changes_ = 0;  // before the order was computed
  ClassSlots slots_;
  ClassAttributes attributes_;
  Ref<> qualified_name_;
  Ref<> class_cell_;
  Type* type_ = nullptr;
};

}  // namespace

Type* make_class(const ClassSpec& spec) noexcept {
  Type* const meta = find_metatype(*spec.meta, spec.bases);
  return meta == nullptr ? nullptr : ClassMaker(spec, *meta).make();
}

}  // namespace orochi::inline OROCHI_DESIGN
