#include "objects/types/memoryview.h"

#include <algorithm>
#include <array>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/bytes_like.h"
#include "objects/types/digits.h"
#include "objects/types/memoryview_protocols.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_memoryview_type =
    nullptr;  // written by make_memoryview_type, before there are any

[[nodiscard]] std::int64_t signed_size(std::size_t size) noexcept {
  return static_cast<std::int64_t>(size);
}

}  // namespace

// --- The type. ---

Type& memoryview_type() noexcept { return *g_memoryview_type; }

Status make_memoryview_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_memoryview_type = Type::make({.name = "memoryview",
                                  .layout = &layout_of<Memoryview>,
                                  .ancestors = ancestors,
                                  .protocols = memoryview_protocols(),
                                  .is_final = true,
                                  .is_weakly_referable = true});
  return g_memoryview_type == nullptr ? Status::kFailed : make_memory_iterator_type();
}

Memoryview* as_memoryview(Value value) noexcept {
  const bool is_one = value.is_object() && &type_of(*value.object()) == g_memoryview_type;
  return is_one ? static_cast<Memoryview*>(value.object()) : nullptr;
}

// --- Shapes. ---

std::size_t MemoryShape::items() const noexcept {
  std::size_t product = 1;
  for (const std::int64_t extent : extents) product *= static_cast<std::size_t>(extent);
  return product;
}

// A row of no items has its stride all the same, as in CPython.
bool MemoryShape::is_empty_table() const noexcept { return dimensions() > 1 && items() == 0; }

bool MemoryShape::is_c_contiguous(std::size_t item_size) const noexcept {
  std::int64_t expected = signed_size(item_size);
  if (is_empty_table()) return true;
  for (std::size_t i = dimensions(); i-- != 0;) {
    if (extents[i] != 1 && strides[i] != expected) return false;
    expected *= extents[i];
  }
  return true;
}

bool MemoryShape::is_f_contiguous(std::size_t item_size) const noexcept {
  std::int64_t expected = signed_size(item_size);
  if (is_empty_table()) return true;
  for (std::size_t i = 0; i < dimensions(); ++i) {
    if (extents[i] != 1 && strides[i] != expected) return false;
    expected *= extents[i];
  }
  return true;
}

// --- Making. ---

Memoryview::Memoryview(ShapeIndex shape, Ref<> root, const LentBytes& lent, std::uint8_t* first,
                       bool is_readonly, const MemoryFormat& format,
                       const MemoryShape& memory) noexcept
    : Object(shape),
      root_(std::move(root)),
      lent_(lent),
      first_(first),
      format_(format),
      is_readonly_(is_readonly),
      dimensions_(static_cast<std::uint8_t>(memory.dimensions())) {
  std::ranges::copy(memory.extents, numbers());
  std::ranges::copy(memory.strides, numbers() + dimensions_);
}

Ref<Memoryview> Memoryview::make_of(Value root, const MemoryFormat& format, bool is_readonly,
                                    std::ptrdiff_t first, const MemoryShape& memory) noexcept {
  const Protocols& protocols = type_of(root).block().protocols();
  const GiveBackBytes give_back = protocols.give_back_bytes;
  LentBytes lent;
  if (failed(protocols.lend_bytes(root, lent))) return kRaised;
  Ref<Memoryview> made = new_object_with_trailing<Memoryview>(
      memoryview_type(), 2 * memory.dimensions() * sizeof(std::int64_t), Ref<>::of(root), lent,
      lent.data + first, is_readonly || lent.is_readonly, format, memory);
  if (!made && give_back != nullptr) give_back(root);
  return made;
}

Ref<Memoryview> Memoryview::make(Value exporter) noexcept {
  if (Memoryview* const view = as_memoryview(exporter)) {
    if (failed(view->check_open())) return kRaised;
    return view->another(view->format_, view->is_readonly_, view->first_, view->memory());
  }
  if (!is_bytes_like(exporter))
    return raise(ErrorKind::kType, {"memoryview: a bytes-like object is required, not '",
                                    type_of(exporter).name(), "'"});
  // How many there are can be said while they are lent, and so they are lent twice.
  BytesLease lease;
  if (failed(lease.take(exporter))) return kRaised;
  const std::int64_t extent = signed_size(lease.size());
  const std::int64_t stride = 1;
  return make_of(exporter, MemoryFormat(), false, 0, {{&extent, 1}, {&stride, 1}});
}

// As long as this view has its lease, a second one is of the same bytes at the same place; with
// both locks it has it until the second is there.
Ref<Memoryview> Memoryview::another(const MemoryFormat& format, bool is_readonly,
                                    std::uint8_t* first, const MemoryShape& memory) noexcept {
  const LockedPair locks(*this, guard());
  if (is_released_) return raise_released();
  return make_of(root(), format, is_readonly, first - lent_.data, memory);
}

Ref<Memoryview> Memoryview::part(const SliceBounds& bounds) noexcept {
  std::array<std::int64_t, 2 * MemoryShape::kMostDimensions> room;
  const std::span<std::int64_t> extents{room.data(), dimensions_};
  const std::span<std::int64_t> strides{room.data() + dimensions_, dimensions_};
  std::copy_n(numbers(), 2 * std::size_t{dimensions_}, room.data());
  const SlicePart part = bounds.within(static_cast<std::size_t>(extents[0]));
  std::uint8_t* const first = part.count == 0 ? first_ : first_ + part.start * strides[0];
  extents[0] = signed_size(part.count);
  strides[0] *= part.step;
  return another(format_, is_readonly_, first, {extents, strides});
}

Ref<Memoryview> Memoryview::cast(const MemoryFormat& format,
                                 std::span<const std::int64_t> extents) noexcept {
  std::array<std::int64_t, MemoryShape::kMostDimensions> room;
  const std::span<std::int64_t> strides{room.data(), extents.size()};
  std::int64_t stride = signed_size(format.item_size());
  for (std::size_t i = extents.size(); i-- != 0;) {
    strides[i] = stride;
    stride *= extents[i];
  }
  return another(format, is_readonly_, first_, {extents, strides});
}

Ref<Memoryview> Memoryview::read_only() noexcept {
  return another(format_, true, first_, memory());
}

// --- Leases. ---

Raised Memoryview::raise_released() noexcept {
  return raise(ErrorKind::kValue, {"operation forbidden on released memoryview object"});
}

bool Memoryview::is_released() noexcept {
  const Locked lock(*this);
  return is_released_;
}

Status Memoryview::check_open() noexcept {
  return is_released() ? Status{raise_released()} : Status::kDone;
}

void Memoryview::end_lease() const noexcept {
  if (!is_released_) give_bytes_back();
}

void Memoryview::give_bytes_back() const noexcept {
  const GiveBackBytes give_back = type_of(root()).block().protocols().give_back_bytes;
  if (give_back != nullptr) give_back(root());
}

Status Memoryview::release() noexcept {
  const LockedPair locks(*this, guard());
  if (is_released_) return Status::kDone;
  if (exports_ != 0)  // I1
    return raise(ErrorKind::kBuffer, {"memoryview has ", Digits(exports_).text(),
                                      exports_ == 1 ? " exported buffer" : " exported buffers"});
  is_released_ = true;
  give_bytes_back();
  return Status::kDone;
}

Status Memoryview::lend(LentBytes& lent) noexcept {
  const Locked lock(*this);
  if (is_released_) return raise_released();
  if (!memory().is_c_contiguous(format_.item_size()))
    return raise(ErrorKind::kBuffer, {"memoryview: underlying buffer is not C-contiguous"});
  ++exports_;
  lent = {.data = first_, .size = bytes(), .guard = lent_.guard, .is_readonly = is_readonly_};
  return Status::kDone;
}

void Memoryview::take_back() noexcept {
  const Locked lock(*this);
  assert(exports_ != 0);
  --exports_;
}

}  // namespace orochi::inline OROCHI_DESIGN
