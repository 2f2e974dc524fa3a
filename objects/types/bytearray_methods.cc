// The methods of `bytearray`.
#include "objects/types/byte_edit_methods.h"
#include "objects/types/byte_search_methods.h"
#include "objects/types/byte_static_methods.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Bytearray& self_of(const Value* arguments) noexcept {
  return *static_cast<Bytearray*>(arguments[0].object());
}

Ref<> append(const Value* arguments) noexcept {
  std::uint8_t byte = 0;
  if (failed(read_byte(arguments[1], byte))) return kRaised;
  return none_or_raised(self_of(arguments).append(byte));
}

Ref<> clear(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments).remove_all());
}

Ref<> copy(const Value* arguments) noexcept {
  return self_of(arguments).read([](ByteSpan bytes) { return Bytearray::of(bytes); });
}

// Of what is iterable, all at once: a failure has changed nothing.
Ref<> extend(const Value* arguments) noexcept {
  const Value more = arguments[1];
  const bool has_items = is_bytes_like(more) || type_of(more).block().protocols().iter != nullptr;
  if (!has_items)
    return raise(ErrorKind::kType, {"can't extend bytearray with ", type_of(more).name()});
  const Ref<Bytes> bytes = bytes_of_any(more, "byte must be in range(0, 256)", "bytearray");
  return bytes ? none_or_raised(self_of(arguments).extend(bytes->span())) : Ref<>();
}

Ref<> insert(const Value* arguments) noexcept {
  std::int64_t index = 0;
  std::uint8_t byte = 0;
  if (failed(read_index(arguments[1], index)) || failed(read_byte(arguments[2], byte)))
    return kRaised;
  return none_or_raised(self_of(arguments).insert(index, byte));
}

Ref<> pop(const Value* arguments) noexcept {
  std::int64_t index = 0;
  std::uint8_t byte = 0;
  if (failed(read_index(arguments[1], index))) return kRaised;
  if (failed(self_of(arguments).pop(index, byte))) return kRaised;
  return Ref<>::adopt(Value::of_int(byte));
}

Ref<> remove(const Value* arguments) noexcept {
  std::uint8_t byte = 0;
  if (failed(read_byte(arguments[1], byte))) return kRaised;
  return none_or_raised(self_of(arguments).remove(byte));
}

Ref<> reverse(const Value* arguments) noexcept {
  self_of(arguments).reverse();
  return Special::kNone;
}

Ref<> allocated(const Value* arguments) noexcept {
  return Ref<>::adopt(Value::of_int(static_cast<std::int64_t>(self_of(arguments).room())));
}

Ref<> from_hex(const Value* arguments) noexcept {
  const Str* const digits = as_str(arguments[1]);
  if (digits == nullptr) return raise_not_hex(arguments[1]);
  const Ref<Bytes> bytes = bytes_from_hex(*digits);
  if (!bytes) return kRaised;
  return instance_of(arguments[0], bytearray_type(), Bytearray::of(bytes->span()));
}

Ref<> new_bytearray(const Value* arguments) noexcept {
  return Bytearray::make(static_cast<Type&>(*arguments[0].object()));
}

Ref<> initialise(const Value* arguments) noexcept {
  const Ref<Bytes> bytes = bytes_for_bytearray(arguments[1], arguments[2], arguments[3]);
  return bytes ? none_or_raised(self_of(arguments).replace_part({}, bytes->span())) : Ref<>();
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", new_bytearray}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, source=<none>, encoding=<none>, errors=<none>)", initialise},
    {"append(self, item, /)", append},
    {"clear(self, /)", clear},
    {"copy(self, /)", copy},
    {"extend(self, iterable_of_ints, /)", extend},
    {"insert(self, index, item, /)", insert},
    {"pop(self, index=-1, /)", pop},
    {"remove(self, value, /)", remove},
    {"reverse(self, /)", reverse},
    {"__alloc__(self, /)", allocated},
};
constexpr NativeSpec kClassMethods[] = {{"fromhex(type, string, /)", from_hex}};

}  // namespace

Status define_bytearray_methods() noexcept {
  Type& type = bytearray_type();
  if (failed(define_static_methods(type, kNew))) return kRaised;
  if (failed(define_methods(type, kMethods))) return kRaised;
  if (failed(define_methods(type, ByteSearchMethods<Bytearray>::kMethods))) return kRaised;
  if (failed(define_methods(type, ByteEditMethods<Bytearray>::kMethods))) return kRaised;
  if (failed(define_class_methods(type, kClassMethods))) return kRaised;
  return define_static_methods(type, kByteStaticMethods);
}

}  // namespace orochi::inline OROCHI_DESIGN
