#include "objects/types/memoryview_protocols.h"

#include <array>
#include <charconv>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/bytes_like.h"
#include "objects/types/digits.h"
#include "objects/types/index.h"
#include "objects/types/memoryview.h"
#include "objects/types/ordering.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Memoryview& self_of(Value value) noexcept {
  return *static_cast<Memoryview*>(value.object());
}

Raised raise_not_implemented(std::string_view what) noexcept {
  return raise(ErrorKind::kNotImplemented, {what, " are not implemented"});
}

// --- Keys. ---

// The places of one item: an integer, or a tuple of as many as there are dimensions.
class ItemKey {
 public:
  // False: it is something else, and nothing is raised.
  [[nodiscard]] bool take(Value key, std::size_t dimensions, Status& status) noexcept {
    const Tuple* const tuple = as_tuple(key);
    if (index_of(key).kind != IndexKind::kNone) {
      status = take_single(key, dimensions);
      return true;
    }
    if (tuple == nullptr || !is_of_integers(*tuple)) return false;
    status = take_all(*tuple, dimensions);
    return true;
  }
  [[nodiscard]] std::span<const std::int64_t> indices() const noexcept {
    return {indices_.data(), count_};
  }

 private:
  [[nodiscard]] static bool is_of_integers(const Tuple& tuple) noexcept {
    for (std::size_t i = 0; i < tuple.size(); ++i)
      if (index_of(tuple[i]).kind == IndexKind::kNone) return false;
    return true;
  }
  [[nodiscard]] Status add(Value key) noexcept {
    const Index index = index_of(key);
    if (index.kind == IndexKind::kTooLarge)
      return raise(ErrorKind::kIndex, {"cannot fit 'int' into an index-sized integer"});
    indices_[count_++] = index.number;
    return Status::kDone;
  }
  [[nodiscard]] Status take_single(Value key, std::size_t dimensions) noexcept {
    if (dimensions == 0) return raise(ErrorKind::kType, {"invalid indexing of 0-dim memory"});
    if (dimensions != 1) return raise_not_implemented("multi-dimensional sub-views");
    return add(key);
  }
  [[nodiscard]] Status take_all(const Tuple& tuple, std::size_t dimensions) noexcept {
    if (tuple.size() < dimensions) return raise_not_implemented("sub-views");
    if (tuple.size() > dimensions)
      return raise(ErrorKind::kType,
                   {"cannot index ", Digits(dimensions).text(), "-dimension view with ",
                    Digits(tuple.size()).text(), "-element tuple"});
    for (std::size_t i = 0; i < tuple.size(); ++i)
      if (failed(add(tuple[i]))) return kRaised;
    return Status::kDone;
  }

  std::array<std::int64_t, MemoryShape::kMostDimensions> indices_{};
  std::size_t count_ = 0;
};

Ref<> view_get_item(Value self, Value key) noexcept {
  Memoryview& view = self_of(self);
  if (failed(view.check_open())) return kRaised;
  ItemKey item;
  Status status = Status::kDone;
  if (item.take(key, view.memory().dimensions(), status))
    return failed(status) ? Ref<>() : view.get(item.indices());
  const Slice* const slice = as_slice(key);
  if (slice == nullptr || view.memory().dimensions() == 0)
    return raise(ErrorKind::kType, {"memoryview: invalid slice key"});
  SliceBounds bounds;
  if (failed(bounds.read(*slice))) return kRaised;
  return view.part(bounds);
}

Status view_set_item(Value self, Value key, Ref<> value) noexcept {
  Memoryview& view = self_of(self);
  if (failed(view.check_open())) return kRaised;
  if (view.is_readonly()) return raise(ErrorKind::kType, {"cannot modify read-only memory"});
  if (!value) return raise(ErrorKind::kType, {"cannot delete memory"});
  ItemKey item;
  Status status = Status::kDone;
  if (item.take(key, view.memory().dimensions(), status))
    return failed(status) ? status : view.set(item.indices(), value.value());
  const Slice* const slice = as_slice(key);
  if (slice == nullptr || view.memory().dimensions() != 1)
    return raise(ErrorKind::kType, {"memoryview: invalid slice key"});
  SliceBounds bounds;
  return failed(bounds.read(*slice)) ? Status::kFailed : view.set_part(bounds, value.value());
}

// --- Other protocols. ---

Status view_length(Value self, std::size_t& length) noexcept {
  Memoryview& view = self_of(self);
  if (failed(view.check_open())) return kRaised;
  if (view.memory().dimensions() == 0)
    return raise(ErrorKind::kType, {"0-dim memory has no length"});
  length = static_cast<std::size_t>(view.memory().extents[0]);
  return Status::kDone;
}

Ref<> view_compare(CompareOp op, Value self, Value other) noexcept {
  const bool is_equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (!is_equality || !is_bytes_like(other)) return Special::kNotImplemented;
  const Truth equal = self_of(self).equals(other);
  if (failed(equal)) return kRaised;
  return bool_of((equal == Truth::kTrue) == (op == CompareOp::kEqual));
}

Ref<> view_repr(Value self) noexcept {
  std::array<char, 64> text{};
  const std::string_view before =
      self_of(self).is_released() ? "<released memory at 0x" : "<memory at 0x";
  char* out = std::ranges::copy(before, text.data()).out;
  out = std::to_chars(out, text.data() + text.size() - 1, self.word(), 16).ptr;
  *out++ = '>';
  return Str::of_ascii({text.data(), static_cast<std::size_t>(out - text.data())});
}

// --- The iterator. ---

constinit Type* g_iterator_type = nullptr;  // written by make_memory_iterator_type

// Each item is given to one of the threads that share it.
class MemoryIterator : public Object {
 public:
  MemoryIterator(ShapeIndex shape, Ref<Memoryview> view) noexcept
      : Object(shape), view_(std::move(view)) {}

  [[nodiscard]] Status next(Ref<>& item) noexcept {
    Memoryview& view = self_of(view_.get());
    std::int64_t place = 0;
    {
      const Locked lock(*this);
      if (place_ >= view.memory().extents[0]) return Status::kDone;
      place = place_++;
    }
    item = view.get({&place, 1});
    return item ? Status::kDone : Status::kFailed;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(view_));
  }

 private:
  const ConstField view_;
  std::int64_t place_ = 0;  // with the lock
};

Ref<> view_iterate(Value self) noexcept {
  Memoryview& view = self_of(self);
  if (failed(view.check_open())) return kRaised;
  const std::size_t dimensions = view.memory().dimensions();
  if (dimensions == 0) return raise(ErrorKind::kType, {"invalid indexing of 0-dim memory"});
  if (dimensions != 1) return raise_not_implemented("multi-dimensional sub-views");
  return new_object<MemoryIterator>(*g_iterator_type, Ref<Memoryview>::of(view));
}

}  // namespace

Status make_memory_iterator_type() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    return static_cast<MemoryIterator*>(self.object())->next(item);
  };
  Type* const ancestors[] = {&object_type()};
  g_iterator_type = Type::make({.name = "memory_iterator",
                                .layout = &layout_of<MemoryIterator>,
                                .ancestors = ancestors,
                                .protocols = slots,
                                .is_final = true});
  return g_iterator_type == nullptr ? Status::kFailed : Status::kDone;
}

Protocols memoryview_protocols() noexcept {
  Protocols slots;
  slots.length = view_length;
  slots.get_item = view_get_item;
  slots.set_item = view_set_item;
  slots.compare = view_compare;
  slots.repr = view_repr;
  slots.iter = view_iterate;
  slots.hash = [](Value self, std::int64_t& hash) noexcept { return self_of(self).hash(hash); };
  slots.lend_bytes = [](Value self, LentBytes& lent) noexcept { return self_of(self).lend(lent); };
  slots.give_back_bytes = [](Value self) noexcept { self_of(self).take_back(); };
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
