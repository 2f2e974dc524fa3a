#include "objects/types/mapping_proxy.h"

#include <algorithm>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/descriptor.h"
#include "objects/types/intern.h"
#include "objects/types/native_function.h"
#include "objects/types/type_object.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_mapping_proxy = nullptr;  // written by make_mapping_proxy_type

[[nodiscard]] Value mapping_of(Value self) noexcept {
  return static_cast<const MappingProxy&>(*self.object()).mapping();
}

// The mapping as one that has all methods of mappings.
[[nodiscard]] Ref<> as_mapping(Value self) noexcept {
  const Type* const type = as_type(mapping_of(self));
  return type == nullptr ? Ref<>::of(mapping_of(self)) : Ref<>(attributes_of_type(*type));
}

// --- Of a class, one item. ---

// Done and nothing in `value`: the class has no such attribute.
[[nodiscard]] Status find_in_type(const Type& type, Value key, Ref<>& value) noexcept {
  const Str* const str = as_exact_str(key);
  if (str == nullptr) return Status::kDone;
  const Ref<Str> name = attribute_name(key);
  if (!name) return kRaised;
  value = find_own_of_type(type, *name);
  return Status::kDone;
}

Ref<> proxy_get_item(Value self, Value key) noexcept {
  const Type* const type = as_type(mapping_of(self));
  if (type == nullptr) return get_item(mapping_of(self), key);
  Ref<> value;
  if (failed(find_in_type(*type, key, value))) return kRaised;
  if (!value) return raise_missing_key(key);
  return value;
}

Truth proxy_contains(Value self, Value key) noexcept {
  const Type* const type = as_type(mapping_of(self));
  if (type == nullptr) return contains(mapping_of(self), key);
  Ref<> value;
  if (failed(find_in_type(*type, key, value))) return kRaised;
  return truth_of(static_cast<bool>(value));
}

// --- All items. ---

Status proxy_length(Value self, std::size_t& size) noexcept {
  const Ref<> mapping = as_mapping(self);
  return mapping ? length(mapping.value(), size) : Status{kRaised};
}

Ref<> proxy_iterate(Value self) noexcept {
  const Ref<> mapping = as_mapping(self);
  return mapping ? iterate(mapping.value()) : Ref<>();
}

Ref<> proxy_repr(Value self) noexcept {
  const Ref<> mapping = as_mapping(self);
  const Ref<> text = mapping ? repr(mapping.value()) : Ref<>();
  if (!text) return kRaised;
  return str_of({"mappingproxy(", Utf8Text(text.as<Str>()).view(), ")"});
}

Ref<> proxy_compare(CompareOp op, Value self, Value other) noexcept {
  const Ref<> mapping = as_mapping(self);
  return mapping ? compare(op, mapping.value(), other) : Ref<>();
}

Ref<> proxy_or(Value self, Value other) noexcept {
  const Ref<> a = as_mapping(self);
  const bool is_proxy = other.is_object() && &type_of(other) == g_mapping_proxy;
  const Ref<> b = is_proxy ? as_mapping(other) : Ref<>::of(other);
  return a && b ? binary(BinaryOp::kOr, a.value(), b.value()) : Ref<>();
}

// The mapping's own method of the name.
[[nodiscard]] Ref<> delegate(Value self, std::string_view name,
                             const Arguments& arguments) noexcept {
  const Ref<> mapping = as_mapping(self);
  const Ref<Str> method = mapping ? intern(name) : Ref<Str>();
  return method ? call_method(mapping.value(), *method, arguments) : Ref<>();
}

constexpr NativeSpec kMethods[] = {
    {"get(self, key, default=None, /)",
     [](const Value* arguments) noexcept {
       return delegate(arguments[0], "get", {arguments + 1, 2});
     }},
    {"keys(self, /)",
     [](const Value* arguments) noexcept { return delegate(arguments[0], "keys", {}); }},
    {"values(self, /)",
     [](const Value* arguments) noexcept { return delegate(arguments[0], "values", {}); }},
    {"items(self, /)",
     [](const Value* arguments) noexcept { return delegate(arguments[0], "items", {}); }},
    {"copy(self, /)",
     [](const Value* arguments) noexcept { return delegate(arguments[0], "copy", {}); }},
};

Ref<> proxy_new(const Value* arguments) noexcept {
  const Type& type = type_of(arguments[1]);
  if (type.block().protocols().get_item == nullptr)
    return raise(ErrorKind::kType,
                 {"mappingproxy() argument must be a mapping, not ", type.name()});
  return MappingProxy::make(Ref<>::of(arguments[1]));
}
constexpr NativeSpec kNew[] = {{"__new__(cls, mapping)", proxy_new}};

}  // namespace

// --- The attributes of a type. ---

namespace {

// Counted entries of one block.
class OwnEntries {
 public:
  OwnEntries() noexcept = default;
  OwnEntries(const OwnEntries&) = delete;
  OwnEntries& operator=(const OwnEntries&) = delete;
  ~OwnEntries() {
    for (const TypeEntry& entry : all()) drop(Value(entry.name));
    free_buffer(entries_);
  }

  // No safepoint comes between the look at the block and the counting of the names in it. Values
  // are asked for by their names, later.
  [[nodiscard]] bool take(const Type& type) noexcept {
    const std::size_t room = type.block().table().size();
    entries_ = static_cast<TypeEntry*>(allocate_buffer(room * sizeof(TypeEntry)));
    if (entries_ == nullptr) return false;
    for (const TypeEntry& entry : type.block().table()) {
      const bool is_own = entry.name != nullptr && entry.home == &type && count_ < room;
      if (is_own && detail::try_count(Value(entry.name))) entries_[count_++] = entry;
    }
    std::ranges::sort(all(), {}, &TypeEntry::serial);
    return true;
  }
  [[nodiscard]] std::span<TypeEntry> all() const noexcept { return {entries_, count_}; }

 private:
  TypeEntry* entries_ = nullptr;
  std::size_t count_ = 0;
};

}  // namespace

Ref<Dict> attributes_of_type(const Type& type) noexcept {
  Ref<Dict> dict = Dict::make();
  OwnEntries entries;
  if (!dict) return kRaised;
  if (!entries.take(type)) return raise_memory_error();
  for (const TypeEntry& entry : entries.all()) {
    Ref<> value = find_own_of_type(type, *entry.name);
    if (value && failed(dict->set(Value(entry.name), std::move(value)))) return kRaised;
  }
  return dict;
}

// --- The type. ---

Ref<> MappingProxy::make(Ref<> mapping) noexcept {
  return new_object<MappingProxy>(*g_mapping_proxy, std::move(mapping));
}

Type& mapping_proxy_type() noexcept { return *g_mapping_proxy; }

Status make_mapping_proxy_type() noexcept {
  Protocols slots;
  slots.get_item = proxy_get_item;
  slots.contains = proxy_contains;
  slots.length = proxy_length;
  slots.iter = proxy_iterate;
  slots.repr = proxy_repr;
  slots.compare = proxy_compare;
  slots.binary[static_cast<std::size_t>(BinaryOp::kOr)] = proxy_or;
  Type* const ancestors[] = {&object_type()};
  g_mapping_proxy = Type::make({.name = "mappingproxy",
                                .layout = &layout_of<MappingProxy>,
                                .ancestors = ancestors,
                                .protocols = slots,
                                .is_final = true});
  if (g_mapping_proxy == nullptr || failed(define_static_methods(*g_mapping_proxy, kNew)))
    return kRaised;
  return define_methods(*g_mapping_proxy, kMethods);
}

}  // namespace orochi::inline OROCHI_DESIGN
