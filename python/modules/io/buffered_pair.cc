#include "python/modules/io/buffered_pair.h"

#include <iterator>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/tuple.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_buffered_pair = nullptr;  // written by make_buffered_pair_type

[[nodiscard]] BufferedPair& self_of(Value self) noexcept {
  return static_cast<BufferedPair&>(*self.object());
}

[[nodiscard]] Ref<> buffered(Type& type, Value raw, Value size) noexcept {
  const Value values[] = {raw, size};
  return call(Value(&type), {values, std::size(values), nullptr});
}

}  // namespace

Status BufferedPair::initialise(Value reader, Value writer, Value size) noexcept {
  if (failed(check_can(reader, *io_names().readable, "File or stream is not readable.")) ||
      failed(check_can(writer, *io_names().writable, "File or stream is not writable.")))
    return kRaised;
  Ref<> reads = buffered(buffered_reader_type(), reader, size);
  Ref<> writes = reads ? buffered(buffered_writer_type(), writer, size) : Ref<>();
  if (!writes) return kRaised;
  reader_.store(*this, std::move(reads));
  writer_.store(*this, std::move(writes));
  return Status::kDone;
}

Ref<> BufferedPair::part(Field& field) noexcept {
  Ref<> part = field.load(*this);
  if (part) return part;
  return raise(ErrorKind::kValue, {"I/O operation on uninitialized object"});
}

Status BufferedPair::close() noexcept {
  const Ref<> writes = writer();
  const Ref<> reads = writes ? reader() : Ref<>();
  if (!reads) return kRaised;
  const Ref<> written = call_named(writes.value(), *io_names().close);
  if (!may_go_on()) return kRaised;
  Error first = written ? Error() : Error::take();
  const Ref<> read = call_named(reads.value(), *io_names().close);
  if (!may_go_on()) return kRaised;
  return chain_errors(std::move(first), read ? Status::kDone : Status::kFailed);
}

// --- The type. ---

namespace {

Ref<> make(const Value* arguments) noexcept {
  return new_object<BufferedPair>(static_cast<Type&>(*arguments[0].object()));
}

Ref<> initialise(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).initialise(arguments[1], arguments[2], arguments[3]));
}

// With the arguments that the method was called with.
[[nodiscard]] Ref<> forward(const Ref<>& to, Str& name, Value arguments) noexcept {
  if (!to) return kRaised;
  const auto& given = static_cast<const Tuple&>(*arguments.object());
  if (given.size() == 0) return call_named(to.value(), name);
  return call_named(to.value(), name, {given[0]});
}
template <Str* IoNames::*kName>
Ref<> ask_reader(const Value* arguments) noexcept {
  return forward(self_of(arguments[0]).reader(), *(io_names().*kName), arguments[1]);
}
template <Str* IoNames::*kName>
Ref<> ask_writer(const Value* arguments) noexcept {
  return forward(self_of(arguments[0]).writer(), *(io_names().*kName), arguments[1]);
}

Ref<> isatty(const Value* arguments) noexcept {
  const Ref<> writes = self_of(arguments[0]).writer();
  Ref<> answer = writes ? call_named(writes.value(), *io_names().isatty) : Ref<>();
  if (!answer || !answer.value().is(Special::kFalse)) return answer;
  const Ref<> reads = self_of(arguments[0]).reader();
  return reads ? call_named(reads.value(), *io_names().isatty) : Ref<>();
}

Ref<> close(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).close());
}

Ref<> get_closed(Value self) noexcept {
  const Ref<> writes = self_of(self).writer();
  return writes ? get_attribute(writes.value(), *io_names().closed) : Ref<>();
}

constexpr NativeSpec kConstructor[] = {{"__new__(cls, /, *args, **kwargs)", make}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, reader, writer, buffer_size=8192, /)", initialise},
    {"read(self, /, *args)", ask_reader<&IoNames::read>},
    {"peek(self, /, *args)", ask_reader<&IoNames::peek>},
    {"read1(self, /, *args)", ask_reader<&IoNames::read1>},
    {"readinto(self, /, *args)", ask_reader<&IoNames::readinto>},
    {"readinto1(self, /, *args)", ask_reader<&IoNames::readinto1>},
    {"readable(self, /, *args)", ask_reader<&IoNames::readable>},
    {"write(self, /, *args)", ask_writer<&IoNames::write>},
    {"flush(self, /, *args)", ask_writer<&IoNames::flush>},
    {"writable(self, /, *args)", ask_writer<&IoNames::writable>},
    {"isatty(self, /)", isatty, "Whether one of the two is a terminal."},
    {"close(self, /)", close, "Close both."},
};
constexpr AttributeSpec kAttributes[] = {{"closed", get_closed}};

}  // namespace

Type& buffered_pair_type() noexcept { return *g_buffered_pair; }

Status make_buffered_pair_type() noexcept {
  g_buffered_pair =
      make_io_type({.name = "BufferedRWPair",
                    .layout = &layout_of<BufferedPair>,
                    .base = &buffered_io_base_type(),
                    .constructor = kConstructor,
                    .methods = kMethods,
                    .attributes = kAttributes,
                    .doc = "A buffered reader and a buffered writer, as one stream."});
  return g_buffered_pair == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
