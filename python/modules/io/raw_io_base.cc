// _RawIOBase: reading, on top of a readinto that somebody else has written.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/bytearray.h"
#include "objects/types/index_arguments.h"
#include "python/modules/io/byte_store.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/names.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The first bytes of what was read into.
[[nodiscard]] Ref<> first_bytes(Bytearray& room, const Ref<>& count) noexcept {
  std::int64_t size = 0;
  if (failed(read_index(count.value(), size))) return kRaised;
  return room.read([&](ByteSpan bytes) noexcept -> Ref<> {
    const auto least = static_cast<std::size_t>(std::max<std::int64_t>(size, 0));
    return Bytes::of(bytes.first(std::min(bytes.size(), least)));
  });
}

Ref<> raw_read(const Value* arguments) noexcept {
  std::int64_t size = -1;
  if (failed(read_size_argument(arguments[1], size))) return kRaised;
  if (size < 0) return call_named(arguments[0], *io_names().readall);
  const Ref<Bytearray> room = Bytearray::make_blank(static_cast<std::size_t>(size));
  if (!room) return kRaised;
  std::ranges::fill_n(room->writable(), size, std::uint8_t{0});
  Ref<> count = call_named(arguments[0], *io_names().readinto, {room.value()});
  if (!count || count.value().is_none()) return count;
  return first_bytes(*room, count);
}

Ref<> raw_readall(const Value* arguments) noexcept {
  ByteBuilder all;
  for (;;) {
    const Ref<> more = call_named(arguments[0], *io_names().read,
                                  {Value::of_int(std::int64_t{kDefaultBufferSize})});
    if (!more) return kRaised;
    if (more.value().is_none() && all.size() == 0) return Special::kNone;
    if (more.value().is_none()) break;
    const Bytes* const bytes = as_bytes(more.value());
    if (bytes == nullptr) return raise(ErrorKind::kType, {"read() should return bytes"});
    if (bytes->size() == 0) break;
    if (!all.append(bytes->span())) return raise_memory_error();
  }
  return Bytes::of(all.span());
}

Ref<> not_implemented(const Value*) noexcept { return raise(ErrorKind::kNotImplemented, {}); }

constexpr NativeSpec kMethods[] = {
    {"read(self, size=-1, /)", raw_read, "At most so many bytes, by one readinto."},
    {"readall(self, /)", raw_readall, "All bytes until the end."},
    {"readinto(self, buffer, /)", not_implemented},
    {"write(self, b, /)", not_implemented},
};

}  // namespace

Type* make_raw_io_base_type() noexcept {
  return make_io_type({.name = "_RawIOBase",
                       .layout = &layout_of<IoBase>,
                       .base = &io_base_type(),
                       .constructor = {},
                       .methods = kMethods,
                       .doc = "The base of raw streams of bytes."});
}

}  // namespace orochi::inline OROCHI_DESIGN
