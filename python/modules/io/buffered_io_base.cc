// _BufferedIOBase: reading into a buffer, on top of a read that somebody else has written.
#include "objects/model/error.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/names.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

template <const char* kName>
Ref<> unsupported(const Value*) noexcept {
  return raise_unsupported(kName);
}
constexpr char kDetach[] = "detach";
constexpr char kRead[] = "read";
constexpr char kRead1[] = "read1";
constexpr char kWrite[] = "write";

[[nodiscard]] Ref<> read_into(const Value* arguments, Str& read,
                              std::string_view function) noexcept {
  BytesLease room;
  if (failed(take_writable(room, arguments[1], function))) return kRaised;
  const Ref<> size = make_size(room.size());
  if (!size) return kRaised;
  const Ref<> result = call_named(arguments[0], read, {size.value()});
  if (!result) return kRaised;
  const Bytes* const bytes = as_bytes(result.value());
  if (bytes == nullptr) return raise(ErrorKind::kType, {"read() should return bytes"});
  if (bytes->size() > room.size())
    return raise(ErrorKind::kValue,
                 {"read() returned too much data: ", Digits(room.size()).text(),
                  " bytes requested, ", Digits(bytes->size()).text(), " returned"});
  copy_into(room, 0, bytes->span());
  return make_size(bytes->size());
}

Ref<> readinto(const Value* arguments) noexcept {
  return read_into(arguments, *io_names().read, "readinto");
}
Ref<> readinto1(const Value* arguments) noexcept {
  return read_into(arguments, *io_names().read1, "readinto1");
}

constexpr NativeSpec kMethods[] = {
    {"detach(self, /)", unsupported<kDetach>, "Give up the stream below, and return it."},
    {"read(self, /, *args)", unsupported<kRead>},
    {"read1(self, /, *args)", unsupported<kRead1>},
    {"readinto(self, buffer, /)", readinto},
    {"readinto1(self, buffer, /)", readinto1},
    {"write(self, b, /)", unsupported<kWrite>},
};

}  // namespace

Type* make_buffered_io_base_type() noexcept {
  return make_io_type({.name = "_BufferedIOBase",
                       .layout = &layout_of<IoBase>,
                       .base = &io_base_type(),
                       .constructor = {},
                       .methods = kMethods,
                       .doc = "The base of streams of bytes with a buffer."});
}

}  // namespace orochi::inline OROCHI_DESIGN
