// The methods of `bytes`.
#include "objects/model/operations.h"
#include "objects/types/byte_edit_methods.h"
#include "objects/types/byte_search_methods.h"
#include "objects/types/byte_static_methods.h"
#include "objects/types/bytes_iterator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// As bytes and no more: those of a subtype are copied.
Ref<> to_bytes(const Value* arguments) noexcept {
  Bytes& bytes = *static_cast<Bytes*>(arguments[0].object());
  if (&type_of(bytes) == &bytes_type()) return Ref<Bytes>::of(bytes);
  return Bytes::of(bytes.span());
}

Ref<> from_hex(const Value* arguments) noexcept {
  const Str* const digits = as_str(arguments[1]);
  if (digits == nullptr) return raise_not_hex(arguments[1]);
  return instance_of(arguments[0], bytes_type(), bytes_from_hex(*digits));
}

Ref<> new_bytes(const Value* arguments) noexcept {
  Type& type = static_cast<Type&>(*arguments[0].object());
  Ref<Bytes> made = bytes_from(arguments[1], arguments[2], arguments[3]);
  if (!made || &type == &bytes_type()) return made;
  return Bytes::of(made->span(), type);
}

constexpr NativeSpec kNew[] = {
    {"__new__(cls, source=<none>, encoding=<none>, errors=<none>)", new_bytes}};
constexpr NativeSpec kMethods[] = {{"__bytes__(self, /)", to_bytes}};
constexpr NativeSpec kClassMethods[] = {{"fromhex(type, string, /)", from_hex}};

}  // namespace

Status define_bytes_methods() noexcept {
  Type& type = bytes_type();
  if (failed(define_static_methods(type, kNew))) return kRaised;
  if (failed(define_methods(type, kMethods))) return kRaised;
  if (failed(define_methods(type, ByteSearchMethods<Bytes>::kMethods))) return kRaised;
  if (failed(define_methods(type, ByteEditMethods<Bytes>::kMethods))) return kRaised;
  if (failed(define_class_methods(type, kClassMethods))) return kRaised;
  if (failed(define_bytes_iterator_methods())) return kRaised;
  return define_static_methods(type, kByteStaticMethods);
}

}  // namespace orochi::inline OROCHI_DESIGN
