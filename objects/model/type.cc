#include "objects/model/type.h"

#include <array>
#include <cassert>
#include <cstring>

#include "memory/heap.h"
#include "objects/model/error.h"
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

Type* Type::construct(const TypeSpec& spec) noexcept {
  void* const block = heap::allocate(sizeof(Type) + spec.name.size());
  if (block == nullptr) return nullptr;
  char* const text = static_cast<char*>(block) + sizeof(Type);
  std::memcpy(text, spec.name.data(), spec.name.size());
  auto* const type = new (block) Type(spec, {text, spec.name.size()});
  type->root_ = Shape::make_root(*type, *spec.layout);
  if (type->root_ == nullptr) {
    heap::free(block);
    return nullptr;
  }
  return type;
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
  if (type != nullptr && type->complete(spec, spec.meta == nullptr ? type_type() : *spec.meta))
    return type;
  // Its root shape stays behind, of no type: indices are not issued twice.
  if (type != nullptr) heap::free(type);
  raise_memory_error();
  return nullptr;
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
