#include "objects/types/byte_static_methods.h"

#include <numeric>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytes_like.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<> make_byte_translation(const Value* arguments) noexcept {
  BytesLike from;
  BytesLike to;
  if (failed(from.take(arguments[0])) || failed(to.take(arguments[1]))) return kRaised;
  if (from.span().size() != to.span().size())
    return raise(ErrorKind::kValue, {"maketrans arguments must have same length"});
  Ref<Bytes> table = Bytes::make_blank(256);
  if (!table) return kRaised;
  std::uint8_t* const out = table->writable();
  std::iota(out, out + 256, std::uint8_t{0});
  for (std::size_t i = 0; i < from.span().size(); ++i) out[from.span()[i]] = to.span()[i];
  return table;
}

Raised raise_not_hex(Value value) noexcept {
  return raise(ErrorKind::kType, {"fromhex() argument must be str, not ", type_of(value).name()});
}

Ref<> instance_of(Value wanted, const Type& base, Ref<> made) noexcept {
  if (!made || wanted.object() == &base) return made;
  const Value value = made.value();
  return call(wanted, {&value, 1, nullptr});
}

}  // namespace orochi::inline OROCHI_DESIGN
