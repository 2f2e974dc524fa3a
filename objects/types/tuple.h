// objects/types/tuple.h: a sequence that never changes.
//
// The items follow the header in the same block. They are put in before anybody else can reach the
// tuple, so reading one is a plain load, from any thread that counts the tuple.
//
// There is one tuple of nothing, and it is immortal.
//
// Beside it: tuple_protocols.h (what operators do), tuple_iterator.h.
// Attached threads.
// Tests: tests/objects/types/tuple_test.cc   Bench: TupleBuild in list_bench.cc
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& tuple_type() noexcept;
// Once, after start_model. Its iterators too.
[[nodiscard]] Status make_tuple_type() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_tuple_methods() noexcept;

class Tuple : public Object {
 public:
  // For new_object_with_trailing.
  explicit Tuple(ShapeIndex shape, std::size_t size) noexcept;

  // Of items that are moved away.
  [[nodiscard]] static Ref<Tuple> make(std::span<Ref<>> items) noexcept;
  template <class... Items>
  [[nodiscard]] static Ref<Tuple> of(Items&&... items) noexcept {
    std::array<Ref<>, sizeof...(Items)> all{Ref<>(std::forward<Items>(items))...};
    return make(all);
  }
  // tuple(iterable).
  [[nodiscard]] static Ref<Tuple> from(Value iterable) noexcept;
  // For one that is filled in place: its items are nothing until `initialise`, once each, by the
  // thread that made it, before anybody else can reach it.
  [[nodiscard]] static Ref<Tuple> make_blank(std::size_t size) noexcept;
  void initialise(std::size_t index, Ref<> item) noexcept {
    assert(index < size_);
    items()[index].initialise(std::move(item));
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  // Borrowed from the tuple. Requires: index < size().
  [[nodiscard]] Value operator[](std::size_t index) const noexcept {
    assert(index < size_);
    return items()[index].get();
  }
  [[nodiscard]] Ref<> load(std::size_t index) const noexcept {
    assert(index < size_);
    return items()[index].load();
  }

  // The first place, of those from `start` to before `stop`, whose item is the value or equals it;
  // false: there is none. Bounds below 0 count from the end. May run any code.
  [[nodiscard]] Truth find(Value value, std::int64_t start, std::int64_t stop,
                           std::size_t& place) const noexcept;
  [[nodiscard]] Status count_equal(Value value, std::size_t& count) const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    for (std::size_t i = 0; i < size_; ++i) visit(Children::of(items()[i]));
  }

 private:
  [[nodiscard]] ConstField* items() noexcept { return reinterpret_cast<ConstField*>(this + 1); }
  [[nodiscard]] const ConstField* items() const noexcept {
    return reinterpret_cast<const ConstField*>(this + 1);
  }

  const std::size_t size_;
};
static_assert(sizeof(Tuple) == 24 && alignof(ConstField) <= alignof(Tuple));

// The tuple that a value is, of the type or of a subtype; null: it is none.
[[nodiscard]] const Tuple* as_tuple(Value value) noexcept;
// Not of a subtype, whose way of being gone through may be its own.
[[nodiscard]] const Tuple* as_exact_tuple(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
