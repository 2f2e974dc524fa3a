// The type BytesIO: what programs call; and what its getbuffer() is a view of.
#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/each_item.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/memoryview.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "python/modules/io/bytes_io.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/memory_state.h"
#include "python/modules/io/names.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_bytes_io_type.
constinit Type* g_bytes_io = nullptr;
constinit Type* g_bytes_io_buffer = nullptr;

[[nodiscard]] BytesIo& self_of(Value self) noexcept {
  return static_cast<BytesIo&>(*self.object());
}

// --- What views of its bytes count. ---

class BytesIoBuffer : public Object {
 public:
  BytesIoBuffer(ShapeIndex shape, Ref<BytesIo> source) noexcept
      : Object(shape), source_(std::move(source)) {}
  [[nodiscard]] BytesIo& source() const noexcept {
    return static_cast<BytesIo&>(*source_.get().object());
  }
  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(source_));
  }

 private:
  const ConstField source_;
};

[[nodiscard]] BytesIo& source_of(Value buffer) noexcept {
  return static_cast<BytesIoBuffer&>(*buffer.object()).source();
}

Ref<> getbuffer(const Value* arguments) noexcept {
  BytesIo& self = self_of(arguments[0]);
  if (failed(self.check_open())) return kRaised;
  const Ref<> buffer = new_object<BytesIoBuffer>(*g_bytes_io_buffer, Ref<BytesIo>::of(self));
  return buffer ? Ref<>(Memoryview::make(buffer.value())) : Ref<>();
}

// --- Making one. ---

Ref<> make(const Value* arguments) noexcept {
  return new_object<BytesIo>(static_cast<Type&>(*arguments[0].object()));
}

Ref<> initialise(const Value* arguments) noexcept {
  if (arguments[1].is_empty() || arguments[1].is_none())
    return none_or_raised(self_of(arguments[0]).start({}));
  BytesLike bytes;
  if (failed(bytes.take(arguments[1]))) return kRaised;
  return none_or_raised(self_of(arguments[0]).start(bytes.span()));
}

// --- Reading. ---

Ref<> read(const Value* arguments) noexcept {
  std::int64_t size = -1;
  if (failed(read_size_argument(arguments[1], size))) return kRaised;
  return self_of(arguments[0]).read(size);
}

Ref<> readline(const Value* arguments) noexcept {
  std::int64_t limit = -1;
  if (failed(read_size_argument(arguments[1], limit))) return kRaised;
  return self_of(arguments[0]).read_line(limit);
}

Status next_line(Value self, Ref<>& item) noexcept {
  Ref<Bytes> line = self_of(self).read_line(-1);
  if (!line) return kRaised;
  if (line->size() != 0) item = std::move(line);
  return Status::kDone;
}

// Until they have so many bytes together; all if that is not positive.
Ref<> readlines(const Value* arguments) noexcept {
  std::int64_t most = -1;
  if (failed(self_of(arguments[0]).check_open()) || failed(read_size_argument(arguments[1], most)))
    return kRaised;
  Ref<List> lines = List::make();
  std::int64_t size = 0;
  while (lines && (most <= 0 || size < most)) {
    Ref<Bytes> line = self_of(arguments[0]).read_line(-1);
    if (!line) return kRaised;
    if (line->size() == 0) break;
    size += static_cast<std::int64_t>(line->size());
    if (failed(lines->append(std::move(line)))) return kRaised;
  }
  return lines;
}

Ref<> readinto(const Value* arguments) noexcept {
  BytesLease room;
  if (failed(self_of(arguments[0]).check_open()) ||
      failed(take_writable(room, arguments[1], "readinto")))
    return kRaised;
  const Ref<Bytes> bytes = self_of(arguments[0]).read(static_cast<std::int64_t>(room.size()));
  if (!bytes) return kRaised;
  copy_into(room, 0, bytes->span());
  return make_size(bytes->size());
}

Ref<> getvalue(const Value* arguments) noexcept { return self_of(arguments[0]).value(); }

// --- Writing. ---

Ref<> write(const Value* arguments) noexcept {
  BytesIo& self = self_of(arguments[0]);
  BytesLike bytes;
  if (failed(self.check_open()) || failed(bytes.take(arguments[1])) ||
      failed(self.write(bytes.span())))
    return kRaised;
  return make_size(bytes.span().size());
}

Ref<> writelines(const Value* arguments) noexcept {
  BytesIo& self = self_of(arguments[0]);
  if (failed(self.check_open())) return kRaised;
  return none_or_raised(for_each_item(arguments[1], [&](Value line) noexcept {
    BytesLike bytes;
    return failed(bytes.take(line)) ? Status::kFailed : self.write(bytes.span());
  }));
}

// --- Places. ---

Ref<> seek(const Value* arguments) noexcept {
  BytesIo& self = self_of(arguments[0]);
  std::int64_t offset = 0;
  int whence = 0;
  if (failed(read_index(arguments[1], offset)) || failed(read_int_argument(arguments[2], whence)) ||
      failed(self.check_open()))
    return kRaised;
  if (whence == 0 && offset < 0) return raise_number("negative seek value ", offset, "");
  if (whence < 0 || whence > 2)
    return raise_number("invalid whence (", whence, ", should be 0, 1 or 2)");
  std::size_t place = 0;
  return failed(self.seek(offset, whence, place)) ? Ref<>() : make_size(place);
}

Ref<> tell(const Value* arguments) noexcept {
  std::size_t place = 0;
  return failed(self_of(arguments[0]).tell(place)) ? Ref<>() : make_size(place);
}

Ref<> truncate(const Value* arguments) noexcept {
  BytesIo& self = self_of(arguments[0]);
  std::int64_t size = -1;
  if (failed(self.check_open()) || failed(read_size_argument(arguments[1], size))) return kRaised;
  if (!arguments[1].is_none() && size < 0) return raise_number("negative size value ", size, "");
  std::size_t cut = 0;
  return failed(self.truncate(size, cut)) ? Ref<>() : make_size(cut);
}

// --- What it is. ---

Ref<> close(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).close());
}
Ref<> flush(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).check_open());
}
template <Special kAnswer>
Ref<> answer(const Value* arguments) noexcept {
  return failed(self_of(arguments[0]).check_open()) ? Ref<>() : Ref<>(kAnswer);
}
Ref<> get_closed(Value self) noexcept {
  return Value::of_bool(self_of(self).is_marked_closed()).as_special();
}

// --- Being copied. ---

Ref<> getstate(const Value* arguments) noexcept {
  BytesIo& self = self_of(arguments[0]);
  Ref<Bytes> value = self.value();
  std::size_t place = 0;
  if (!value || failed(self.tell(place))) return kRaised;
  Ref<> at = make_size(place);
  Ref<> attributes = attributes_of_stream(self);
  if (!at || !attributes) return kRaised;
  return Tuple::of(std::move(value), std::move(at), std::move(attributes));
}

Ref<> setstate(const Value* arguments) noexcept {
  BytesIo& self = self_of(arguments[0]);
  const Tuple* const state = as_tuple(arguments[1]);
  if (state == nullptr || state->size() != 3)
    return raise_wrong_state(arguments[0], "3-tuple", arguments[1]);
  BytesLike bytes;
  std::size_t place = 0;
  if (failed(bytes.take((*state)[0])) || failed(self.start(bytes.span())) ||
      failed(read_state_place((*state)[1], "second", place)) ||
      failed(self.seek(static_cast<std::int64_t>(place), 0, place)))
    return kRaised;
  return none_or_raised(set_stream_attributes(self, (*state)[2], "third"));
}

// --- The types. ---

constexpr NativeSpec kConstructor[] = {{"__new__(cls, /, *args, **kwargs)", make}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, initial_bytes=<none>)", initialise},
    {"read(self, size=-1, /)", read, "At most so many bytes; all if below 0."},
    {"read1(self, size=-1, /)", read, "The same as read."},
    {"readline(self, size=-1, /)", readline, "A line, or as much of one as size says."},
    {"readlines(self, size=None, /)", readlines, "Lines, until they are as long as size says."},
    {"readinto(self, buffer, /)", readinto, "Read into a buffer that can be written."},
    {"write(self, b, /)", write, "Write all; returns how many bytes."},
    {"writelines(self, lines, /)", writelines, "Write each of them; nothing is put between."},
    {"getvalue(self, /)", getvalue, "All bytes that there are."},
    {"getbuffer(self, /)", getbuffer, "A view of all bytes, into which can be written."},
    {"seek(self, pos, whence=0, /)", seek, "Move to a position and return it."},
    {"tell(self, /)", tell, "The position."},
    {"truncate(self, size=None, /)", truncate, "Cut it to a size; the position stays."},
    {"close(self, /)", close, "Forget the bytes."},
    {"flush(self, /)", flush, "Does nothing."},
    {"isatty(self, /)", answer<Special::kFalse>, "It is no terminal."},
    {"seekable(self, /)", answer<Special::kTrue>, "It has positions."},
    {"readable(self, /)", answer<Special::kTrue>, "It can be read."},
    {"writable(self, /)", answer<Special::kTrue>, "It can be written."},
    {"__getstate__(self, /)", getstate},
    {"__setstate__(self, state, /)", setstate},
};
constexpr AttributeSpec kAttributes[] = {{"closed", get_closed}};

[[nodiscard]] Type* make_buffer_type() noexcept {
  Protocols slots;
  slots.lend_bytes = [](Value self, LentBytes& lent) noexcept {
    return source_of(self).lend(lent);
  };
  slots.give_back_bytes = [](Value self) noexcept { source_of(self).take_back(); };
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = "_BytesIOBuffer",
                     .layout = &layout_of<BytesIoBuffer>,
                     .ancestors = ancestors,
                     .protocols = slots});
}

}  // namespace

Type& bytes_io_type() noexcept { return *g_bytes_io; }

Status make_bytes_io_type() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = next_line;
  g_bytes_io_buffer = make_buffer_type();
  if (g_bytes_io_buffer == nullptr) return kRaised;
  g_bytes_io = make_io_type({.name = "BytesIO",
                             .layout = &layout_of<BytesIo>,
                             .base = &buffered_io_base_type(),
                             .protocols = slots,
                             .constructor = kConstructor,
                             .methods = kMethods,
                             .attributes = kAttributes,
                             .doc = "A stream of bytes in memory."});
  return g_bytes_io == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
