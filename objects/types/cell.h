// objects/types/cell.h: one place for a value, as closures share it.
//
// The smallest container there is: one Field. Any thread may read and write it; a read after a
// write sees that write or a later one.
//
// Attached threads.
// Tests: tests/objects/types/cell_test.cc
#pragma once

#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& cell_type() noexcept;
// Once, after start_model.
[[nodiscard]] Status make_cell_type() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_cell_attributes() noexcept;

class Cell : public Object {
 public:
  explicit Cell(ShapeIndex shape, Ref<> content) noexcept
      : Object(shape), content_(std::move(content)) {}

  // Nothing as content: the cell is empty.
  [[nodiscard]] static Ref<Cell> make(Ref<> content) noexcept;

  // Empty: there is no content. May park.
  [[nodiscard]] Ref<> get() noexcept { return content_.load(*this); }
  // May park, may run a destructor.
  void set(Ref<> content) noexcept { content_.store(*this, std::move(content)); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(content_));
  }
  void clear() noexcept { set(Ref<>()); }

 private:
  Field content_;
};
static_assert(sizeof(Cell) == 24);

}  // namespace orochi::inline OROCHI_DESIGN
