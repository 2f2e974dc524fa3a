// Items of memoryviews: one, several, all.
#include <algorithm>
#include <cstring>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytes_like.h"
#include "objects/types/digits.h"
#include "objects/types/hash_secret.h"
#include "objects/types/index.h"
#include "objects/types/list.h"
#include "objects/types/memoryview.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// act(item) for each item, in the order of a C array.
template <class Act>
void for_each_place(std::uint8_t* first, const MemoryShape& memory, std::size_t dimension,
                    Act& act) noexcept {
  if (dimension == memory.dimensions()) {
    act(first);
    return;
  }
  for (std::int64_t i = 0; i < memory.extents[dimension]; ++i)
    for_each_place(first + i * memory.strides[dimension], memory, dimension + 1, act);
}

}  // namespace

template <class Act>
Status Memoryview::with_bytes(Act act) noexcept {
  const LockedPair locks(*this, guard());
  if (is_released_) return raise_released();
  return act();
}

// --- One item. ---

std::uint8_t* Memoryview::item_at(std::span<const std::int64_t> indices) const noexcept {
  std::uint8_t* item = first_;
  for (std::size_t i = 0; i < indices.size(); ++i) {
    std::size_t place = 0;
    if (!find_position(indices[i], static_cast<std::size_t>(memory().extents[i]), place)) {
      raise(ErrorKind::kIndex, {"index out of bounds on dimension ", Digits(i + 1).text()});
      return nullptr;
    }
    item += static_cast<std::int64_t>(place) * memory().strides[i];
  }
  return item;
}

Ref<> Memoryview::get(std::span<const std::int64_t> indices) noexcept {
  Ref<> result;
  const Status done = with_bytes([&]() -> Status {
    const std::uint8_t* const item = item_at(indices);
    if (item != nullptr) result = format_.read(item);
    return result ? Status::kDone : Status::kFailed;
  });
  return failed(done) ? Ref<>() : std::move(result);
}

Status Memoryview::set(std::span<const std::int64_t> indices, Value value) noexcept {
  if (failed(with_bytes([&] { return item_at(indices) == nullptr ? kRaised : Status::kDone; })))
    return kRaised;
  // May run any code, and that may release the view.
  MemoryFormat::Packed packed;
  if (failed(format_.pack(value, packed))) return kRaised;
  return with_bytes([&] {
    std::memcpy(item_at(indices), packed.bytes, format_.item_size());
    return Status::kDone;
  });
}

// --- Several. ---

Status Memoryview::set_part(const SliceBounds& bounds, Value value) noexcept {
  if (!is_bytes_like(value)) return raise_not_bytes_like(value);
  const Ref<Memoryview> to = part(bounds);
  const Ref<Memoryview> from = to ? make(value) : Ref<Memoryview>();
  if (!from) return kRaised;
  const bool is_same_kind = from->format_ == format_ && from->dimensions_ == 1 &&
                            from->memory().extents[0] == to->memory().extents[0];
  if (!is_same_kind)
    return raise(ErrorKind::kValue,
                 {"memoryview assignment: lvalue and rvalue have different structures"});
  // The two may overlap.
  const Ref<Bytes> bytes = from->to_bytes();
  if (!bytes) return kRaised;
  return to->with_bytes([&] {
    const std::uint8_t* next = bytes->span().data();
    const auto put = [&](std::uint8_t* item) {
      std::memcpy(item, next, format_.item_size());
      next += format_.item_size();
    };
    for_each_place(to->first_, to->memory(), 0, put);
    return Status::kDone;
  });
}

// --- All of them. ---

Ref<Bytes> Memoryview::to_bytes() noexcept {
  Ref<Bytes> made = Bytes::make_blank(bytes());
  if (!made) return kRaised;
  std::uint8_t* out = made->writable();
  const Status done = with_bytes([&] {
    const auto put = [&](const std::uint8_t* item) {
      out = std::copy_n(item, format_.item_size(), out);
    };
    for_each_place(first_, memory(), 0, put);
    return Status::kDone;
  });
  return failed(done) ? Ref<Bytes>() : std::move(made);
}

namespace {

// Of contiguous items, which `next` goes through.
[[nodiscard]] Ref<> listed(const std::uint8_t*& next, const MemoryFormat& format,
                           std::span<const std::int64_t> extents) noexcept {
  if (extents.empty()) {
    Ref<> item = format.read(next);
    next += format.item_size();
    return item;
  }
  Ref<List> list = List::make();
  if (!list) return kRaised;
  for (std::int64_t i = 0; i < extents[0]; ++i) {
    Ref<> item = listed(next, format, extents.subspan(1));
    if (!item || failed(list->append(std::move(item)))) return kRaised;
  }
  return list;
}

[[nodiscard]] Truth have_equal_values(const std::uint8_t* a, const MemoryFormat& format_a,
                                      const std::uint8_t* b, const MemoryFormat& format_b,
                                      std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    const Ref<> one = format_a.read(a + i * format_a.item_size());
    const Ref<> other = format_b.read(b + i * format_b.item_size());
    if (!one || !other) return kRaised;
    const Truth equal = compare_truth(CompareOp::kEqual, one.value(), other.value());
    if (equal != Truth::kTrue) return equal;
  }
  return Truth::kTrue;
}

}  // namespace

Ref<> Memoryview::to_list() noexcept {
  const Ref<Bytes> bytes = to_bytes();
  if (!bytes) return kRaised;
  const std::uint8_t* next = bytes->span().data();
  return listed(next, format_, memory().extents);
}

Truth Memoryview::equals(Value other) noexcept {
  if (other == Value(this)) return Truth::kTrue;
  Memoryview* const view = as_memoryview(other);
  if (is_released() || (view != nullptr && view->is_released())) return Truth::kFalse;
  const Ref<Memoryview> b = make(other);
  if (!b) return kRaised;
  if (!std::ranges::equal(memory().extents, b->memory().extents)) return Truth::kFalse;
  const Ref<Bytes> mine = to_bytes();
  const Ref<Bytes> theirs = mine ? b->to_bytes() : Ref<Bytes>();
  if (!theirs) return kRaised;
  if (format_ == b->format_ && format_.is_exact()) return truth_of(equal(*mine, *theirs));
  return have_equal_values(mine->span().data(), format_, theirs->span().data(), b->format_,
                           memory().items());
}

Status Memoryview::hash(std::int64_t& hash) noexcept {
  {
    const Locked lock(*this);
    hash = hash_;
    if (hash != -1) return Status::kDone;
  }
  if (failed(check_open())) return kRaised;
  if (!is_readonly_) return raise(ErrorKind::kValue, {"cannot hash writable memoryview object"});
  if (!format_.is_of_bytes())
    return raise(ErrorKind::kValue,
                 {"memoryview: hashing is restricted to formats 'B', 'b' or 'c'"});
  // What can change through others has no hash either.
  if (failed(orochi::hash(root(), hash))) return kRaised;
  const Ref<Bytes> bytes = to_bytes();
  if (!bytes) return kRaised;
  hash = bytes->hash();
  const Locked lock(*this);
  hash_ = hash;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
