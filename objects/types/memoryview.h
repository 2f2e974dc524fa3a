// objects/types/memoryview.h: the bytes of another object, seen as items with a shape.
//
//     view --> root, whose bytes they are: bytes, a bytearray, whatever lends bytes
//
//   0   16   header
//   16       root, what it lends; constant
//   ..       format, dimensions, the first item; constant
//   ..       released, exports, hash: with the view's lock
//   ..       shape and strides, 8 bytes each: after the fixed part, constant
//
// Each view has a lease of its own from the root, views of views too, and gives it back when it is
// released or dies. Whoever reads or writes items holds the locks of the view and of the root; so
// an item is read and written as a whole, and nobody looks at bytes that were given back.
//
// I1  A view is released at most once, and not while it has lent its bytes itself (BufferError).
// I2  As long as it is not released the bytes are there: the root's exports count it.
//
// Attached threads, in no section of their own. All may park. What compares items, or writes '?',
// may run any code.
// Tests: tests/objects/types/memoryview_test.cc   Stress: stress/objects/types/bytearray_stress.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/bytes.h"
#include "objects/types/memory_format.h"
#include "objects/types/slice.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& memoryview_type() noexcept;
// Once, after make_bytearray_type. Its iterator too.
[[nodiscard]] Status make_memoryview_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status define_memoryview_methods() noexcept;

// What a view makes of the bytes. Borrowed spans, of as many items as there are dimensions.
struct MemoryShape {
  static constexpr std::size_t kMostDimensions = 64;

  std::span<const std::int64_t> extents;
  std::span<const std::int64_t> strides;  // in bytes, may be below 0

  [[nodiscard]] std::size_t dimensions() const noexcept { return extents.size(); }
  [[nodiscard]] std::size_t items() const noexcept;
  // The last index moves fastest, without gaps; the first index does.
  [[nodiscard]] bool is_c_contiguous(std::size_t item_size) const noexcept;
  [[nodiscard]] bool is_f_contiguous(std::size_t item_size) const noexcept;

 private:
  [[nodiscard]] bool is_empty_table() const noexcept;
};

class Memoryview : public Object {
 public:
  Memoryview(ShapeIndex shape, Ref<> root, const LentBytes& lent, std::uint8_t* first,
             bool is_readonly, const MemoryFormat& format, const MemoryShape& memory) noexcept;

  // Of something that lends bytes; of a view: another one that sees the same. Raises TypeError.
  [[nodiscard]] static Ref<Memoryview> make(Value exporter) noexcept;

  // --- Other views of the same bytes. They raise ValueError if this one is released. ---

  [[nodiscard]] Ref<Memoryview> part(const SliceBounds& bounds) noexcept;
  // Requires: it is contiguous, and as many bytes.
  [[nodiscard]] Ref<Memoryview> cast(const MemoryFormat& format,
                                     std::span<const std::int64_t> extents) noexcept;
  [[nodiscard]] Ref<Memoryview> read_only() noexcept;

  // --- Items. Indices may count from the end; as many as there are dimensions. ---

  [[nodiscard]] Ref<> get(std::span<const std::int64_t> indices) noexcept;
  [[nodiscard]] Status set(std::span<const std::int64_t> indices, Value value) noexcept;
  // Requires: one dimension.
  [[nodiscard]] Status set_part(const SliceBounds& bounds, Value value) noexcept;

  // --- All of it. ---

  [[nodiscard]] Ref<Bytes> to_bytes() noexcept;
  // Lists in lists, as deep as there are dimensions.
  [[nodiscard]] Ref<> to_list() noexcept;
  // Item by item, of the same shape. `other`: whatever is bytes-like.
  [[nodiscard]] Truth equals(Value other) noexcept;
  [[nodiscard]] Status hash(std::int64_t& hash) noexcept;
  [[nodiscard]] Status release() noexcept;

  // --- What it is. ---

  // Raises ValueError: operation forbidden on released memoryview object.
  [[nodiscard]] Status check_open() noexcept;
  [[nodiscard]] bool is_released() noexcept;
  [[nodiscard]] Value root() const noexcept { return root_.get(); }
  [[nodiscard]] bool is_readonly() const noexcept { return is_readonly_; }
  [[nodiscard]] const MemoryFormat& format() const noexcept { return format_; }
  [[nodiscard]] MemoryShape memory() const noexcept {
    return {{numbers(), dimensions_}, {numbers() + dimensions_, dimensions_}};
  }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return memory().items() * format_.item_size();
  }

  // --- Lending, as others do. ---

  [[nodiscard]] Status lend(LentBytes& lent) noexcept;
  void take_back() noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    // The root must still be there when it gets its bytes back.
    if constexpr (std::is_same_v<std::remove_cvref_t<Visit>, Remains>) end_lease();
    visit(Children::of(root_));
  }

 private:
  [[nodiscard]] std::int64_t* numbers() noexcept {
    return reinterpret_cast<std::int64_t*>(this + 1);
  }
  [[nodiscard]] const std::int64_t* numbers() const noexcept {
    return reinterpret_cast<const std::int64_t*>(this + 1);
  }
  [[nodiscard]] static Ref<Memoryview> make_of(Value root, const MemoryFormat& format,
                                               bool is_readonly, std::ptrdiff_t first,
                                               const MemoryShape& memory) noexcept;
  [[nodiscard]] Ref<Memoryview> another(const MemoryFormat& format, bool is_readonly,
                                        std::uint8_t* first, const MemoryShape& memory) noexcept;

  // act(), a Status, with the locks of the view and of what guards the bytes.
  template <class Act>
  [[nodiscard]] Status with_bytes(Act act) noexcept;
  // Null: it has raised IndexError.
  [[nodiscard]] std::uint8_t* item_at(std::span<const std::int64_t> indices) const noexcept;
  [[nodiscard]] Status copy_out(std::uint8_t* out) noexcept;
  static Raised raise_released() noexcept;
  // The lease, if it was not given back before.
  void end_lease() const noexcept;
  void give_bytes_back() const noexcept;
  [[nodiscard]] Object& guard() noexcept { return lent_.guard == nullptr ? *this : *lent_.guard; }

  // Constant.
  const ConstField root_;
  const LentBytes lent_;
  std::uint8_t* const first_;
  const MemoryFormat format_;
  const bool is_readonly_;
  const std::uint8_t dimensions_;

  // With the lock.
  bool is_released_ = false;
  std::size_t exports_ = 0;
  std::int64_t hash_ = -1;  // -1: nobody has asked yet
};
static_assert(alignof(Memoryview) == 8);

// The memoryview that a value is; null: it is none.
[[nodiscard]] Memoryview* as_memoryview(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
