#include "python/modules/struct/buffers.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/bytes_like.h"
#include "objects/types/digits.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"

namespace orochi::inline OROCHI_DESIGN::structs {
namespace {

[[nodiscard]] Status check_count(const Format& format, std::size_t given,
                                 std::string_view function) noexcept {
  if (given == format.values()) return Status::kDone;
  return raise_error({function, " expected ", Digits(format.values()).text(),
                      " items for packing (got ", Digits(given).text(), ")"});
}

// Where in a buffer; an offset below 0 counts from its end.
[[nodiscard]] Status find_place(const Format& format, std::int64_t offset, std::size_t size,
                                bool packs, std::size_t& place) noexcept {
  const auto room = static_cast<std::int64_t>(size);
  const auto wanted = static_cast<std::int64_t>(format.size());
  StrBuilder text;
  if (offset < 0 && offset + wanted > 0) {
    text.add(packs ? "no space to pack " : "not enough data to unpack ");
    text.add_number(wanted);
    text.add(" bytes at offset ");
    text.add_number(offset);
    return raise_error(text);
  }
  if (offset < -room) {
    text.add("offset ");
    text.add_number(offset);
    text.add(" out of range for ");
    text.add_number(room);
    text.add("-byte buffer");
    return raise_error(text);
  }
  place = static_cast<std::size_t>(offset < 0 ? offset + room : offset);
  if (place <= size && size - place >= format.size()) return Status::kDone;
  text.add(packs ? "pack_into" : "unpack_from");
  text.add(" requires a buffer of at least ");
  text.add(Digits(place + format.size()).text());
  text.add(packs ? " bytes for packing " : " bytes for unpacking ");
  text.add_number(wanted);
  text.add(" bytes at offset ");
  text.add(Digits(place).text());
  text.add(" (actual buffer size is ");
  text.add_number(room);
  text.add(")");
  return raise_error(text);
}

[[nodiscard]] Status read_offset(Value value, std::int64_t& offset) noexcept {
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  const Index index = index_of(number.value());
  if (index.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kIndex,
                 {"cannot fit '", type_of(value).name(), "' into an index-sized integer"});
  offset = index.number;
  return Status::kDone;
}

}  // namespace

Ref<Bytes> pack_all(const Format& format, const Tuple& values, std::size_t first,
                    std::string_view function) noexcept {
  if (failed(check_count(format, values.size() - first, function))) return kRaised;
  Ref<Bytes> bytes = format.size() == 0 ? Bytes::empty() : Bytes::make_blank(format.size());
  if (!bytes || format.size() == 0) return bytes;
  std::uint8_t* const out = bytes->writable();
  std::fill_n(out, format.size(), std::uint8_t{0});
  for (const Item& item : format.items()) {
    for (std::size_t i = 0; i < item.values(); ++i)
      if (failed(pack_value(format, item, out + item.offset + i * item.width, values[first++])))
        return kRaised;
  }
  return bytes;
}

// All are packed first, and then come into the buffer in one step.
Ref<> pack_into_all(const Format& format, const Tuple& given, std::size_t first) noexcept {
  if (given.size() == first) return raise_error({"pack_into expected buffer argument"});
  if (given.size() == first + 1) return raise_error({"pack_into expected offset argument"});
  if (failed(check_count(format, given.size() - first - 2, "pack_into"))) return kRaised;
  const Value target = given[first];
  BytesLease lease;
  if (!is_bytes_like(target) || failed(lease.take(target)) || lease.is_readonly()) {
    clear_error();
    return raise(ErrorKind::kType,
                 {"argument must be read-write bytes-like object, not ", type_of(target).name()});
  }
  std::int64_t offset = 0;
  std::size_t place = 0;
  if (failed(read_offset(given[first + 1], offset)) ||
      failed(find_place(format, offset, lease.size(), true, place)))
    return kRaised;
  const Ref<Bytes> bytes = pack_all(format, given, first + 2, "pack_into");
  if (!bytes) return kRaised;
  lease.read(
      [&](ByteSpan) { std::copy_n(bytes->span().data(), bytes->size(), lease.data() + place); });
  return Special::kNone;
}

Ref<> unpack_at(const Format& format, const std::uint8_t* bytes) noexcept {
  Ref<Tuple> values = Tuple::make_blank(format.values());
  std::size_t place = 0;
  if (!values) return kRaised;
  for (const Item& item : format.items()) {
    for (std::size_t i = 0; i < item.values(); ++i) {
      Ref<> value = unpack_value(format, item, bytes + item.offset + i * item.width);
      if (!value) return kRaised;
      values->initialise(place++, std::move(value));
    }
  }
  return values;
}

Ref<> unpack_all(const Format& format, Value buffer) noexcept {
  BytesLike bytes;
  if (failed(bytes.take(buffer))) return kRaised;
  if (bytes.span().size() != format.size())
    return raise_error({"unpack requires a buffer of ", Digits(format.size()).text(), " bytes"});
  return unpack_at(format, bytes.span().data());
}

Ref<> unpack_from_all(const Format& format, Value buffer, Value from) noexcept {
  std::int64_t offset = 0;
  std::size_t place = 0;
  BytesLike bytes;
  if (failed(read_index(from, offset)) || failed(bytes.take(buffer)) ||
      failed(find_place(format, offset, bytes.span().size(), false, place)))
    return kRaised;
  return unpack_at(format, bytes.span().data() + place);
}

}  // namespace orochi::inline OROCHI_DESIGN::structs
