#include "python/modules/struct_field.h"

#include "memory/atomic.h"
#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/instance.h"
#include "objects/model/new_object.h"
#include "objects/types/intern.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- Which types are struct sequences. ---

struct Known {
  const Type* type;
  const StructSequenceSpec* spec;
  Known* before;
};
constinit Atomic<Known*> g_known{nullptr};

[[nodiscard]] const StructSequenceSpec* own_spec(const Type& type) noexcept {
  // Pairs with the release in keep_struct_spec.
  for (const Known* known = g_known.load(kAcquire); known != nullptr; known = known->before) {
    if (known->type == &type) return known->spec;
  }
  return nullptr;
}

// --- The attribute that reads a field. ---

class StructFieldDescriptor : public Object {
 public:
  StructFieldDescriptor(ShapeIndex shape, Type& owner, const StructSequenceSpec& spec, Str& name,
                        std::size_t index) noexcept
      : Object(shape), owner_(owner), spec_(spec), name_(name), index_(index) {}

  [[nodiscard]] Type& owner() const noexcept { return owner_; }
  [[nodiscard]] const StructSequenceSpec& spec() const noexcept { return spec_; }
  [[nodiscard]] Str& name() const noexcept { return name_; }
  [[nodiscard]] std::size_t index() const noexcept { return index_; }

 private:
  Type& owner_;
  const StructSequenceSpec& spec_;
  Str& name_;  // interned, immortal
  const std::size_t index_;
};

constinit Type* g_type = nullptr;  // written once, under g_made
constinit Once g_made;

[[nodiscard]] const StructFieldDescriptor& self_of(Value self) noexcept {
  return static_cast<const StructFieldDescriptor&>(*self.object());
}

Ref<> field_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty()) return Ref<>::of(self);
  const StructFieldDescriptor& field = self_of(self);
  if (type_of(instance).is_subtype_of(field.owner()))
    return load_struct_field(*instance.object(), field.spec(), field.index());
  return raise(ErrorKind::kType,
               {"descriptor '", field.name().ascii(), "' for '", field.owner().name(),
                "' objects doesn't apply to a '", type_of(instance).name(), "' object"});
}

Status field_set(Value, Value, Ref<>) noexcept {
  return raise(ErrorKind::kAttribute, {"readonly attribute"});
}

Ref<> field_repr(Value self) noexcept {
  const StructFieldDescriptor& field = self_of(self);
  return str_of({"<member '", field.name().ascii(), "' of '", field.owner().name(), "' objects>"});
}

Ref<> field_doc(Value self) noexcept {
  const StructFieldDescriptor& field = self_of(self);
  const std::string_view doc = field.spec().fields[field.index()].doc;
  return doc.empty() ? Ref<>(Special::kNone) : Ref<>(Str::of_utf8(doc));
}

constexpr AttributeSpec kAttributes[] = {
    {"__name__", [](Value self) noexcept { return Ref<>::of(Value(&self_of(self).name())); }},
    {"__objclass__", [](Value self) noexcept { return Ref<>::of(Value(&self_of(self).owner())); }},
    {"__doc__", field_doc},
};

[[nodiscard]] bool make_descriptor_type() noexcept {
  Protocols slots;
  slots.descriptor_get = field_get;
  slots.descriptor_set = field_set;
  slots.repr = field_repr;
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "member_descriptor",
                       .layout = &layout_of<StructFieldDescriptor>,
                       .ancestors = ancestors,
                       .protocols = slots,
                       .is_final = true});
  return g_type != nullptr && !failed(define_attributes(*g_type, kAttributes));
}

}  // namespace

Status keep_struct_spec(const Type& type, const StructSequenceSpec& spec) noexcept {
  void* const memory = allocate_buffer(sizeof(Known));
  if (memory == nullptr) return raise_memory_error();
  // relaxed: a guess, which the exchange checks.
  auto* const known = new (memory) Known{&type, &spec, g_known.load(kRelaxed)};
  // release: for whoever goes through the list. relaxed: it is tried again.
  while (!g_known.compare_exchange_weak(known->before, known, kRelease, kRelaxed)) continue;
  return Status::kDone;
}

const StructSequenceSpec* spec_of_struct_sequence(const Type& type) noexcept {
  for (const Type* const each : type.block().order()) {
    if (const auto* const spec = own_spec(*each)) return spec;
  }
  return nullptr;
}

// Hidden fields never change once they can be seen, so a look needs no lock; the owner may be
// another thread, and the place is a Field, which asks.
Ref<> load_struct_field(Object& object, const StructSequenceSpec& spec,
                        std::size_t index) noexcept {
  if (index < spec.shown) return static_cast<const Tuple&>(object).load(index);
  const auto place = static_cast<std::uint32_t>(index - spec.shown);
  Ref<> value = InstanceStore(object).member(place).load(object);
  return value ? std::move(value) : Ref<>(Special::kNone);
}

Status add_struct_fields(Type& type, const StructSequenceSpec& spec) noexcept {
  if (!g_made.run([] { return make_descriptor_type(); })) return kRaised;
  for (std::size_t i = 0; i < spec.fields.size(); ++i) {
    const std::string_view text = spec.fields[i].name;
    if (text.empty()) continue;
    Str* const name = intern_for_ever(text);
    if (name == nullptr) return kRaised;
    Ref<> field = new_object<StructFieldDescriptor>(*g_type, type, spec, *name, i);
    if (!field || failed(type.set(*name, std::move(field)))) return kRaised;
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
