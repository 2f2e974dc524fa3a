// objects/types/tuple.h: a sequence that never changes.
//
// The items follow the header in the same block. They are put in before anybody else can reach the
// tuple, so reading one is a plain load, from any thread that counts the tuple.
//
// Attached threads.
// Tests: tests/objects/types/tuple_test.cc
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <span>
#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& tuple_type() noexcept;
// Once, after start_model.
[[nodiscard]] Status make_tuple_type() noexcept;

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

}  // namespace orochi::inline OROCHI_DESIGN
