// str.encode; bytes have their `decode` among their own methods.
#include "objects/types/codec.h"
#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Ref<> encode(const Value* arguments) noexcept {
  Codec codec;
  if (failed(codec.take(arguments[1], arguments[2], "encode"))) return kRaised;
  return codec.encode(*static_cast<Str*>(arguments[0].object()));
}

constexpr NativeSpec kOfStrs[] = {{"encode(self, /, encoding='utf-8', errors='strict')", encode}};

}  // namespace

Status define_codec_methods() noexcept { return define_methods(str_type(), kOfStrs); }

}  // namespace orochi::inline OROCHI_DESIGN
