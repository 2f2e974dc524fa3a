// The methods and attributes of `memoryview`.
#include <array>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/byte_hex.h"
#include "objects/types/byte_operands.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/memoryview.h"
#include "objects/types/native_function.h"
#include "objects/types/ordering.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Memoryview& self_of(const Value* arguments) noexcept {
  return *static_cast<Memoryview*>(arguments[0].object());
}

// --- Casting. ---

// The extents that cast() is given.
class Extents {
 public:
  // Of a list or a tuple of integers above 0.
  [[nodiscard]] Status take(Value value) noexcept {
    const Tuple* const tuple = as_tuple(value);
    List* const list = as_list(value);
    if (tuple == nullptr && list == nullptr)
      return raise(ErrorKind::kType, {"shape must be a list or a tuple"});
    const std::size_t size = tuple != nullptr ? tuple->size() : list->size();
    if (size > MemoryShape::kMostDimensions)
      return raise(ErrorKind::kValue, {"memoryview: number of dimensions must not exceed 64"});
    for (std::size_t i = 0; i < size; ++i) {
      Ref<> item;
      if (tuple != nullptr) {
        item = tuple->load(i);
      } else if (!list->get(static_cast<std::int64_t>(i), item)) {
        break;  // somebody has taken it away
      }
      if (failed(add(item.value()))) return kRaised;
    }
    return Status::kDone;
  }
  void set_single(std::size_t extent) noexcept {
    all_[0] = static_cast<std::int64_t>(extent);
    count_ = 1;
  }

  [[nodiscard]] std::span<const std::int64_t> all() const noexcept { return {all_.data(), count_}; }

 private:
  [[nodiscard]] Status add(Value value) noexcept {
    if (!is_int(value))
      return raise(ErrorKind::kType, {"memoryview.cast(): elements of shape must be integers"});
    std::int64_t extent = 0;
    if (failed(read_index(value, extent))) return kRaised;
    if (extent <= 0)
      return raise(ErrorKind::kValue,
                   {"memoryview.cast(): elements of shape must be integers > 0"});
    if (__builtin_mul_overflow(product_, extent, &product_))
      return raise(ErrorKind::kValue, {"memoryview.cast(): product(shape) > SSIZE_MAX"});
    all_[count_++] = extent;
    return Status::kDone;
  }

  std::array<std::int64_t, MemoryShape::kMostDimensions> all_{};
  std::size_t count_ = 0;
  std::int64_t product_ = 1;
};

[[nodiscard]] Status check_castable(const Memoryview& view, bool has_shape) noexcept {
  const MemoryShape memory = view.memory();
  if (!memory.is_c_contiguous(view.format().item_size()))
    return raise(ErrorKind::kType, {"memoryview: casts are restricted to C-contiguous views"});
  if ((has_shape || memory.dimensions() != 1) && memory.items() == 0)
    return raise(ErrorKind::kType, {"memoryview: cannot cast view with zeros in shape or strides"});
  return Status::kDone;
}

[[nodiscard]] Status read_format(const Memoryview& view, Value value,
                                 MemoryFormat& format) noexcept {
  const Str* const text = as_str(value);
  if (text == nullptr)
    return raise(ErrorKind::kType,
                 {"cast() argument 'format' must be str, not ", type_of(value).name()});
  if (!MemoryFormat::parse(*text, format))
    return raise(ErrorKind::kValue,
                 {"memoryview: destination format must be a native single character format "
                  "prefixed with an optional '@'"});
  if (!view.format().is_of_bytes() && !format.is_of_bytes())
    return raise(ErrorKind::kType, {"memoryview: cannot cast between two non-byte formats"});
  if (view.bytes() % format.item_size() != 0)
    return raise(ErrorKind::kType, {"memoryview: length is not a multiple of itemsize"});
  return Status::kDone;
}

[[nodiscard]] Status read_shape(const Memoryview& view, Value value, std::size_t items,
                                Extents& extents) noexcept {
  if (value.is_empty()) {
    extents.set_single(items);
    return Status::kDone;
  }
  if (failed(extents.take(value))) return kRaised;
  if (view.memory().dimensions() != 1 && extents.all().size() != 1)
    return raise(ErrorKind::kType, {"memoryview: cast must be 1D -> ND or ND -> 1D"});
  if (MemoryShape{extents.all(), {}}.items() != items)
    return raise(ErrorKind::kType, {"memoryview: product(shape) * itemsize != buffer size"});
  return Status::kDone;
}

Ref<> cast(const Value* arguments) noexcept {
  Memoryview& view = self_of(arguments);
  MemoryFormat format;
  Extents extents;
  if (failed(view.check_open())) return kRaised;
  if (failed(check_castable(view, !arguments[2].is_empty()))) return kRaised;
  if (failed(read_format(view, arguments[1], format))) return kRaised;
  const std::size_t items = view.bytes() / format.item_size();
  if (failed(read_shape(view, arguments[2], items, extents))) return kRaised;
  return view.cast(format, extents.all());
}

// --- Other methods. ---

Ref<> to_bytes(const Value* arguments) noexcept {
  const Str* const order = arguments[1].is_none() ? nullptr : as_str(arguments[1]);
  const bool is_known = order == nullptr ||
                        (order->is_ascii() &&
                         (order->ascii() == "C" || order->ascii() == "F" || order->ascii() == "A"));
  if (!is_known) return raise(ErrorKind::kValue, {"order must be 'C', 'F' or 'A'"});
  return self_of(arguments).to_bytes();
}

Ref<> to_list(const Value* arguments) noexcept { return self_of(arguments).to_list(); }

Ref<> hex(const Value* arguments) noexcept {
  HexGroups groups;
  if (failed(groups.take(arguments[1], arguments[2]))) return kRaised;
  const Ref<Bytes> bytes = self_of(arguments).to_bytes();
  return bytes ? hex_of(bytes->span(), groups) : Ref<Str>();
}

Ref<> read_only(const Value* arguments) noexcept { return self_of(arguments).read_only(); }

Ref<> release(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments).release());
}

Ref<> enter(const Value* arguments) noexcept {
  return failed(self_of(arguments).check_open()) ? Ref<>() : Ref<>::of(arguments[0]);
}

Ref<> new_view(const Value* arguments) noexcept { return Memoryview::make(arguments[1]); }

constexpr NativeSpec kNew[] = {{"__new__(cls, /, object)", new_view}};
constexpr NativeSpec kMethods[] = {
    {"cast(self, /, format, shape=<none>)", cast},
    {"tobytes(self, /, order='C')", to_bytes},
    {"tolist(self, /)", to_list},
    {"hex(self, /, sep=<none>, bytes_per_sep=1)", hex},
    {"toreadonly(self, /)", read_only},
    {"release(self, /)", release},
    {"__enter__(self, /)", enter},
    {"__exit__(self, /, *exc_info)", release},
};

// --- Attributes. ---

[[nodiscard]] Ref<> tuple_of(std::span<const std::int64_t> numbers) noexcept {
  Ref<Tuple> tuple = Tuple::make_blank(numbers.size());
  for (std::size_t i = 0; tuple && i < numbers.size(); ++i) {
    Ref<> number = make_int(numbers[i]);
    if (!number) return kRaised;
    tuple->initialise(i, std::move(number));
  }
  return tuple;
}

// get(view), of one that is not released.
template <Ref<> (*get)(const Memoryview& view) noexcept>
Ref<> of_open(Value self) noexcept {
  Memoryview& view = *static_cast<Memoryview*>(self.object());
  return failed(view.check_open()) ? Ref<>() : get(view);
}

Ref<> obj(const Memoryview& view) noexcept { return Ref<>::of(view.root()); }
Ref<> nbytes(const Memoryview& view) noexcept { return make_size(view.bytes()); }
Ref<> is_readonly(const Memoryview& view) noexcept { return bool_of(view.is_readonly()); }
Ref<> item_size(const Memoryview& view) noexcept { return make_size(view.format().item_size()); }
Ref<> format(const Memoryview& view) noexcept { return Str::of_ascii(view.format().text()); }
Ref<> dimensions(const Memoryview& view) noexcept { return make_size(view.memory().dimensions()); }
Ref<> shape(const Memoryview& view) noexcept { return tuple_of(view.memory().extents); }
Ref<> strides(const Memoryview& view) noexcept { return tuple_of(view.memory().strides); }
Ref<> suboffsets(const Memoryview&) noexcept { return tuple_of({}); }
Ref<> c_contiguous(const Memoryview& view) noexcept {
  return bool_of(view.memory().is_c_contiguous(view.format().item_size()));
}
Ref<> f_contiguous(const Memoryview& view) noexcept {
  return bool_of(view.memory().is_f_contiguous(view.format().item_size()));
}
Ref<> contiguous(const Memoryview& view) noexcept {
  const std::size_t size = view.format().item_size();
  return bool_of(view.memory().is_c_contiguous(size) || view.memory().is_f_contiguous(size));
}

constexpr AttributeSpec kAttributes[] = {
    {"obj", of_open<obj>},
    {"nbytes", of_open<nbytes>},
    {"readonly", of_open<is_readonly>},
    {"itemsize", of_open<item_size>},
    {"format", of_open<format>},
    {"ndim", of_open<dimensions>},
    {"shape", of_open<shape>},
    {"strides", of_open<strides>},
    {"suboffsets", of_open<suboffsets>},
    {"c_contiguous", of_open<c_contiguous>},
    {"f_contiguous", of_open<f_contiguous>},
    {"contiguous", of_open<contiguous>},
};

}  // namespace

Status define_memoryview_methods() noexcept {
  if (failed(define_static_methods(memoryview_type(), kNew))) return kRaised;
  if (failed(define_methods(memoryview_type(), kMethods))) return kRaised;
  return define_attributes(memoryview_type(), kAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
