#include "objects/types/bytearray_protocols.h"

#include "objects/types/byte_protocols.h"
#include "objects/types/bytes_from.h"
#include "objects/types/sequence_key.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Common = ByteProtocols<Bytearray>;

Ref<> bytearray_compare(CompareOp op, Value self, Value other) noexcept {
  if (!is_bytes_like(other)) return Special::kNotImplemented;
  return Common::compare(op, self, other);
}

Ref<> bytearray_get_item(Value self, Value key) noexcept {
  SequenceKey place;
  if (failed(place.read(key, "bytearray"))) return kRaised;
  Bytearray& bytes = Common::self_of(self);
  if (place.is_slice) return bytes.copy_part(place.bounds);
  std::uint8_t byte = 0;
  if (!bytes.get(place.index, byte))
    return raise(ErrorKind::kIndex, {"bytearray index out of range"});
  return Ref<>::adopt(Value::of_int(byte));
}

[[nodiscard]] Status set_part(Bytearray& bytes, const SliceBounds& bounds, Value value) noexcept {
  const bool is_number = index_of(value).kind != IndexKind::kNone;
  if (is_number || as_str(value) != nullptr)
    return raise(ErrorKind::kType,
                 {"can assign only bytes, buffers, or iterables of ints in range(0, 256)"});
  const Ref<Bytes> with = bytes_of_any(value, "byte must be in range(0, 256)", "bytearray");
  return with ? bytes.replace_part(bounds, with->span()) : Status{kRaised};
}

[[nodiscard]] Status set_byte(Bytearray& bytes, std::int64_t index, Value value) noexcept {
  std::uint8_t byte = 0;
  if (failed(read_byte(value, byte))) return kRaised;
  if (bytes.set(index, byte)) return Status::kDone;
  return raise(ErrorKind::kIndex, {"bytearray index out of range"});
}

Status bytearray_set_item(Value self, Value key, Ref<> value) noexcept {
  SequenceKey place;
  if (failed(place.read(key, "bytearray"))) return kRaised;
  Bytearray& bytes = Common::self_of(self);
  if (value && place.is_slice) return set_part(bytes, place.bounds, value.value());
  if (value) return set_byte(bytes, place.index, value.value());
  return place.is_slice ? bytes.remove_part(place.bounds) : bytes.remove_at(place.index);
}

Ref<> bytearray_repr(Value self) noexcept {
  return Common::shown(self, text::ByteQuotes::kOfBytearrays, "bytearray(", ")");
}

// --- In place. ---

Ref<> bytearray_extend(Value self, Value other) noexcept {
  if (!is_bytes_like(other))
    return raise(ErrorKind::kType,
                 {"can't concat ", type_of(other).name(), " to ", type_of(self).name()});
  BytesLike more;
  if (failed(more.take(other)) || failed(Common::self_of(self).extend(more.span()))) return kRaised;
  return Ref<>::of(self);
}

Ref<> bytearray_repeat(Value self, Value other) noexcept {
  std::int64_t times = 0;
  Ref<> answer;
  if (!read_repeats(self, other, times, answer)) return answer;
  return failed(Common::self_of(self).repeat_in_place(times)) ? Ref<>() : Ref<>::of(self);
}

}  // namespace

Protocols bytearray_protocols() noexcept {
  Protocols slots = Common::common();
  slots.compare = bytearray_compare;  // and no hash: a bytearray changes
  slots.get_item = bytearray_get_item;
  slots.set_item = bytearray_set_item;
  slots.repr = bytearray_repr;
  slots.in_place[static_cast<std::size_t>(BinaryOp::kAdd)] = bytearray_extend;
  slots.in_place[static_cast<std::size_t>(BinaryOp::kMultiply)] = bytearray_repeat;
  slots.lend_bytes = [](Value self, LentBytes& lent) noexcept {
    Common::self_of(self).lend(lent);
    return Status::kDone;
  };
  slots.give_back_bytes = [](Value self) noexcept { Common::self_of(self).take_back(); };
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
