#include "objects/model/type.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <new>

#include "memory/buffer.h"
#include "memory/heap.h"
#include "objects/model/error.h"
#include "objects/model/instance.h"
#include "objects/model/kept.h"
#include "objects/model/type_change.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_first_types, before anybody else needs them.
constinit Type* g_object_type = nullptr;
constinit Type* g_type_type = nullptr;

constexpr std::size_t kImmediateKinds = 6;
constinit std::array<Atomic<Type*>, kImmediateKinds> g_immediate_types{};

[[nodiscard]] ImmediateKind kind_of(Value value) noexcept {
  if (value.is_int()) return ImmediateKind::kInt;
  if (value.is_float()) return ImmediateKind::kFloat;
  if (value.is_bool()) return ImmediateKind::kBool;
  if (value.is_none()) return ImmediateKind::kNone;
  return value.is(Special::kEllipsis) ? ImmediateKind::kEllipsis : ImmediateKind::kNotImplemented;
}

}  // namespace

Type& object_type() noexcept { return *g_object_type; }
Type& type_type() noexcept { return *g_type_type; }

Type& type_of(Value value) noexcept {
  if (value.is_object()) return type_of(*value.object());
  assert(!value.is_empty() && !value.is(Special::kUnset));
  // relaxed: set before the first such value is used
  Type* const type = g_immediate_types[static_cast<std::size_t>(kind_of(value))].load(kRelaxed);
  assert(type != nullptr && "nobody has said of which type such values are");
  return *type;
}

void set_immediate_type(ImmediateKind kind, Type& type) noexcept {
  g_immediate_types[static_cast<std::size_t>(kind)].store(&type, kRelaxed);  // relaxed: as above
}

// --- Making a type. ---

const Type::Name* Type::Name::make(std::string_view text) noexcept {
  void* const buffer = allocate_buffer(sizeof(Name) + text.size());
  if (buffer == nullptr) return nullptr;
  auto* const name = new (buffer) Name{text.size()};
  std::ranges::copy(text, reinterpret_cast<char*>(name + 1));
  return name;
}

Type::Type(const TypeSpec& spec, const Name& name, Type** bases) noexcept
    : Object(Shape::kNoShape),
      own_layout_(instance_layout(*spec.layout)),
      layout_(spec.is_class || spec.parts.bytes() != 0 ? &own_layout_ : spec.layout),
      native_(spec.layout),
      native_end_(spec.native_end),
      bases_(bases),
      parts_(spec.parts),
      is_class_(spec.is_class),
      is_final_(spec.is_final),
      is_weakly_referable_(spec.is_weakly_referable),
      name_(&name) {
  const std::span<Type* const> first = spec.ancestors.first(spec.ancestors.empty() ? 0 : 1);
  const std::span<Type* const> all = spec.bases.empty() ? first : spec.bases;
  base_count_ = static_cast<std::uint32_t>(all.size());
  std::ranges::copy(all, bases_);
  base_ = spec.base != nullptr || first.empty() ? spec.base : first[0];
  if (native_end_ == nullptr && base_ != nullptr && base_->native_ == native_)
    native_end_ = base_->native_end_;
}

Type* Type::construct(const TypeSpec& spec) noexcept {
  const std::size_t bases = std::max<std::size_t>(spec.bases.size(), 1);
  void* const block = heap::allocate(sizeof(Type) + bases * sizeof(Type*));
  const Name* const name = block == nullptr ? nullptr : Name::make(spec.name);
  if (name == nullptr) {
    if (block != nullptr) heap::free(block);
    return nullptr;
  }
  auto** const room = reinterpret_cast<Type**>(static_cast<std::byte*>(block) + sizeof(Type));
  auto* const type = new (block) Type(spec, *name, room);
  type->root_ = Shape::make_root(*type, *type->layout_);
  if (type->root_ != nullptr) return type;
  type->discard();
  return nullptr;
}

void Type::discard() noexcept {
  free_buffer(const_cast<Name*>(name_.load(kRelaxed)));  // relaxed: nobody else has seen it
  heap::free(this);
}

// Of the first types, `type` is of itself.
bool Type::complete(const TypeSpec& spec, Type& meta) noexcept {
  if (!TypeChange::make_first_block(*this, spec)) return false;
  set_shape(meta.root().index());
  mark_shared();  // I1: before anybody else can reach it
  begin_immortal_life();
  return true;
}

Type* Type::make(const TypeSpec& spec) noexcept {
  Type* const type = construct(spec);
  if (type == nullptr || !type->complete(spec, spec.meta == nullptr ? type_type() : *spec.meta)) {
    // Its root shape stays behind, of no type: indices are not issued twice.
    if (type != nullptr) type->discard();
    raise_memory_error();
    return nullptr;
  }
  return failed(TypeChange::describe(*type)) ? nullptr : type;
}

namespace {

// Names that types had before. Readers may still look at them, so they stay, as types do.
constinit KeptList<const void*> g_former_names;

}  // namespace

bool Type::rename(std::string_view name) noexcept {
  const Name* const renamed = Name::make(name);
  const Name* const before = name_.load(kRelaxed);  // relaxed: kept, not read
  if (renamed == nullptr || g_former_names.make(before) == nullptr) {
    free_buffer(const_cast<Name*>(renamed));
    return false;
  }
  name_.store(renamed, kRelease);
  return true;
}

bool Type::for_each(FunctionRef<bool(Type&)> visit) noexcept {
  return TypeChange::for_each_type(visit);
}

Status make_first_types() noexcept {
  const TypeSpec object{.name = "object", .layout = &layout_of<Object>};
  Type* const object_made = Type::construct(object);
  if (object_made == nullptr) return raise_memory_error();
  const TypeSpec type{.name = "type",
                      .layout = &layout_of<Type>,
                      .ancestors = {&object_made, 1},
                      .is_weakly_referable = true};
  Type* const type_made = Type::construct(type);
  const bool done = type_made != nullptr && object_made->complete(object, *type_made) &&
                    type_made->complete(type, *type_made);
  if (!done) return raise_memory_error();
  g_object_type = object_made;
  g_type_type = type_made;
  return Status::kDone;
}

// --- Reading. ---

bool Type::is_subtype_of(const Type& other) const noexcept {
  for (const Type* type : block().order()) {
    if (type == &other) return true;
  }
  return false;
}

Ref<> Type::find(const Object& name) const noexcept {
  const TypeEntry* const entry = block().find(name);
  if (entry == nullptr) return {};
  if (detail::try_count(entry->value)) [[likely]]
    return Ref<>::adopt(entry->value);
  return TypeChange::find_locked(*this, name);
}

// --- Changing. ---

Status Type::set(Object& name, Ref<> value) noexcept {
  const TypeAttribute attribute{&name, value.value()};
  return set_all({&attribute, 1});
}

Status Type::set_all(std::span<const TypeAttribute> attributes) noexcept {
  return TypeChange(*this, attributes).run();
}

Status Type::remove(Object& name) noexcept { return set(name, Ref<>()); }

void Type::skip_versions_for_test(std::uint32_t version) noexcept {
  TypeChange::skip_versions(version);
}

}  // namespace orochi::inline OROCHI_DESIGN
