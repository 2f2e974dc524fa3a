#include "objects/types/cell.h"

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/ordering.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_cell_type = nullptr;  // written by make_cell_type, before there are cells

[[nodiscard]] bool is_cell(Value value) noexcept {
  return value.is_object() && &type_of(*value.object()) == &cell_type();
}

// By content; nothing is less than anything.
Ref<> cell_compare(CompareOp op, Value self, Value other) noexcept {
  if (!is_cell(other)) return Special::kNotImplemented;
  const Ref<> mine = static_cast<Cell*>(self.object())->get();
  const Ref<> theirs = static_cast<Cell*>(other.object())->get();
  if (mine && theirs) return compare(op, mine.value(), theirs.value());
  return bool_of(holds(op, static_cast<bool>(mine) <=> static_cast<bool>(theirs)));
}

}  // namespace

Type& cell_type() noexcept { return *g_cell_type; }

Status make_cell_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  Protocols slots;
  slots.compare = cell_compare;  // and no hash: a cell changes
  g_cell_type = Type::make(
      {.name = "cell", .layout = &layout_of<Cell>, .ancestors = ancestors, .protocols = slots});
  return g_cell_type == nullptr ? Status::kFailed : Status::kDone;
}

Ref<Cell> Cell::make(Ref<> content) noexcept {
  return new_object<Cell>(cell_type(), std::move(content));
}

}  // namespace orochi::inline OROCHI_DESIGN
