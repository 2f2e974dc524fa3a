#include "objects/types/bytes_protocols.h"

#include "objects/types/byte_protocols.h"
#include "objects/types/sequence_key.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Common = ByteProtocols<Bytes>;

Status bytes_hash(Value self, std::int64_t& hash) noexcept {
  hash = Common::self_of(self).hash();
  return Status::kDone;
}

// Bytearrays and others compare themselves with bytes.
Ref<> bytes_compare(CompareOp op, Value self, Value other) noexcept {
  const Bytes* const b = as_bytes(other);
  if (b == nullptr) return Special::kNotImplemented;
  const Bytes& a = Common::self_of(self);
  if (op == CompareOp::kEqual) return bool_of(equal(a, *b));
  if (op == CompareOp::kNotEqual) return bool_of(!equal(a, *b));
  return bool_of(holds(op, text::compare(view_of(a.span()), view_of(b->span()))));
}

Ref<> bytes_part(Bytes& bytes, const SlicePart& part) noexcept {
  if (part.count == bytes.size() && part.step == 1 && &type_of(bytes) == &bytes_type())
    return Ref<Bytes>::of(bytes);
  if (part.step == 1)
    return Bytes::of(bytes.span().subspan(static_cast<std::size_t>(part.start), part.count));
  return made<Bytes>([&](ByteRoom room) { return slice(bytes.span(), part, room); });
}

Ref<> bytes_get_item(Value self, Value key) noexcept {
  SequenceKey place;
  if (failed(place.read(key, "byte"))) return kRaised;
  Bytes& bytes = Common::self_of(self);
  if (place.is_slice) return bytes_part(bytes, place.bounds.within(bytes.size()));
  std::size_t index = 0;
  if (!find_position(place.index, bytes.size(), index))
    return raise(ErrorKind::kIndex, {"index out of range"});
  return Ref<>::adopt(Value::of_int(bytes.span()[index]));
}

Ref<> bytes_repr(Value self) noexcept {
  return Common::shown(self, text::ByteQuotes::kOfBytes, "", "");
}

Status bytes_lend(Value self, LentBytes& lent) noexcept {
  const ByteSpan bytes = Common::self_of(self).span();
  // Readonly: nobody writes there.
  lent = {.data = const_cast<std::uint8_t*>(bytes.data()), .size = bytes.size()};
  return Status::kDone;
}

}  // namespace

Protocols bytes_protocols() noexcept {
  Protocols slots = Common::common();
  slots.hash = bytes_hash;
  slots.compare = bytes_compare;
  slots.get_item = bytes_get_item;
  slots.repr = bytes_repr;
  slots.lend_bytes = bytes_lend;
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
