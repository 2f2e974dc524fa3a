// What a buffered stream asks its raw stream: a FileIO directly, others by their methods.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/bytearray.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/memoryview.h"
#include "objects/types/str_builder.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/file_io.h"
#include "python/modules/io/names.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] RawCount count_of(const SystemResult& result) noexcept {
  if (result.would_block()) return RawCount::would_block();
  if (result.has_failed()) {
    raise_failed(result);
    return RawCount::failed();
  }
  return {.count = static_cast<std::size_t>(result.value)};
}

void raise_wrong_count(std::string_view method, std::int64_t count, std::size_t most) noexcept {
  StrBuilder text;
  text.add("raw ");
  text.add(method);
  text.add("() returned invalid length ");
  text.add_number(count);
  text.add(" (should have been between 0 and ");
  text.add_number(static_cast<std::int64_t>(most));
  text.add(")");
  raise(ErrorKind::kOs, text);
}

// What a method returned: None, or a number of bytes.
[[nodiscard]] RawCount count_of(const Ref<>& result, std::string_view method,
                                std::size_t most) noexcept {
  if (!result) return RawCount::failed();
  if (result.value().is_none()) return RawCount::would_block();
  std::int64_t count = 0;
  if (failed(read_index(result.value(), count))) return RawCount::failed();
  if (count >= 0 && count <= static_cast<std::int64_t>(most))
    return {.count = static_cast<std::size_t>(count)};
  raise_wrong_count(method, count, most);
  return RawCount::failed();
}

// --- Reading. ---

[[nodiscard]] RawCount read_file(FileIo& file, std::uint8_t* out, std::size_t size) noexcept {
  return failed(file.check_readable()) ? RawCount::failed() : count_of(file.read(out, size));
}

[[nodiscard]] RawCount read_stream(Value raw, std::uint8_t* out, std::size_t size) noexcept {
  const Ref<Bytearray> room = Bytearray::make_blank(size);
  if (!room) return RawCount::failed();
  std::ranges::fill_n(room->writable(), static_cast<std::ptrdiff_t>(size), std::uint8_t{0});
  const Ref<Memoryview> view = Memoryview::make(room.value());
  if (!view) return RawCount::failed();
  const Ref<> result = call_named(raw, *io_names().readinto, {view.value()});
  const RawCount count = count_of(result, "readinto", size);
  if (!count.is_done()) return count;
  room->read([&](ByteSpan bytes) {
    std::ranges::copy(bytes.first(std::min(bytes.size(), count.count)), out);
  });
  return count;
}

// --- Writing. ---

[[nodiscard]] RawCount write_file(FileIo& file, ByteSpan bytes) noexcept {
  if (failed(file.check_writable())) return RawCount::failed();
  return count_of(file.write(bytes.data(), bytes.size()));
}

// With bytes of its own: the stream may keep them.
[[nodiscard]] RawCount write_stream(Value raw, ByteSpan bytes) noexcept {
  const Ref<Bytes> copy = Bytes::of(bytes);
  if (!copy) return RawCount::failed();
  const Ref<> result = call_named(raw, *io_names().write, {copy.value()});
  return count_of(result, "write", bytes.size());
}

}  // namespace

RawCount Buffered::read_raw(std::uint8_t* out, std::size_t size) noexcept {
  const Ref<> below = raw();
  if (!below) return RawCount::failed();
  FileIo* const file = as_exact_file_io(below.value());
  const RawCount got =
      file != nullptr ? read_file(*file, out, size) : read_stream(below.value(), out, size);
  if (got.is_done() && place_ >= 0) place_ += static_cast<std::int64_t>(got.count);
  return got;
}

RawCount Buffered::write_raw(ByteSpan bytes) noexcept {
  const Ref<> below = raw();
  if (!below) return RawCount::failed();
  FileIo* const file = as_exact_file_io(below.value());
  const RawCount put =
      file != nullptr ? write_file(*file, bytes) : write_stream(below.value(), bytes);
  if (put.is_done() && place_ >= 0) place_ += static_cast<std::int64_t>(put.count);
  return put;
}

// --- Places. ---

namespace {

[[nodiscard]] Status place_of(const SystemResult& result, std::int64_t& place) noexcept {
  if (result.has_failed()) return raise_failed(result);
  place = result.value;
  return Status::kDone;
}

// What a method returned.
[[nodiscard]] Status place_of(const Ref<>& result, std::int64_t& place) noexcept {
  if (failed(read_place(result, place))) return kRaised;
  if (place >= 0) return Status::kDone;
  StrBuilder text;
  text.add("Raw stream returned invalid position ");
  text.add_number(place);
  return raise(ErrorKind::kOs, text);
}

[[nodiscard]] Status seek_stream(Value raw, std::int64_t offset, int whence,
                                 std::int64_t& place) noexcept {
  const Ref<> to = make_int(offset);
  if (!to) return kRaised;
  return place_of(call_named(raw, *io_names().seek, {to.value(), Value::of_int(whence)}), place);
}

}  // namespace

Status Buffered::seek_raw(std::int64_t offset, int whence, std::int64_t& place) noexcept {
  const Ref<> below = raw();
  if (!below) return kRaised;
  place_ = -1;
  FileIo* const file = as_exact_file_io(below.value());
  if (file != nullptr && failed(file->check_open())) return kRaised;
  const Status moved = file != nullptr ? place_of(file->seek(offset, whence), place)
                                       : seek_stream(below.value(), offset, whence, place);
  if (!failed(moved)) place_ = place;
  return moved;
}

Status Buffered::tell_raw(std::int64_t& place) noexcept {
  const Ref<> below = raw();
  if (!below) return kRaised;
  FileIo* const file = as_exact_file_io(below.value());
  if (file != nullptr && failed(file->check_open())) return kRaised;
  place = place_;
  if (place >= 0) return Status::kDone;
  const Status told = file != nullptr
                          ? place_of(file->seek(0, 1), place)
                          : place_of(call_named(below.value(), *io_names().tell), place);
  if (!failed(told)) place_ = place;
  return told;
}

}  // namespace orochi::inline OROCHI_DESIGN
