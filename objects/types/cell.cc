#include "objects/types/cell.h"

#include "objects/model/new_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_cell_type = nullptr;  // written by make_cell_type, before there are cells

}  // namespace

Type& cell_type() noexcept { return *g_cell_type; }

Status make_cell_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_cell_type = Type::make({.name = "cell", .layout = &layout_of<Cell>, .ancestors = ancestors});
  return g_cell_type == nullptr ? Status::kFailed : Status::kDone;
}

Ref<Cell> Cell::make(Ref<> content) noexcept {
  return new_object<Cell>(cell_type(), std::move(content));
}

}  // namespace orochi::inline OROCHI_DESIGN
