// Cells, and locals that may be unbound.

#include "objects/types/cell.h"
#include "objects/types/utf8_text.h"
#include "python/vm/handlers.h"
#include "python/vm/names.h"

namespace orochi::inline OROCHI_DESIGN::handlers {
namespace {

Raised raise_unbound(const Str& name) noexcept {
  return raise(ErrorKind::kUnboundLocal, {"cannot access local variable '", Utf8Text(name).view(),
                                          "' where it is not associated with a value"});
}

Raised raise_free_unbound(const Str& name) noexcept {
  return raise(ErrorKind::kName, {"cannot access free variable '", Utf8Text(name).view(),
                                  "' where it is not associated with a value in enclosing scope"});
}

[[nodiscard]] Cell& cell_of(Value value) noexcept { return static_cast<Cell&>(*value.object()); }
[[nodiscard]] Cell& free_cell(const Step& step, std::uint32_t number) noexcept {
  return cell_of(step.function().cell(number));
}

}  // namespace

Status CheckLocal(const Step& step) noexcept {
  if (!step.a().is_empty()) return step.end();
  return raise_unbound(step.frame().code->local_name(step.number_a()));
}

Status MakeCell(const Step& step) noexcept {
  Ref<> cell = Cell::make(Ref<>::of(step.a()));
  if (!cell) return kRaised;
  drop(std::exchange(step.window_a()[0], cell.release()));
  return Status::kDone;
}

Status LoadCell(const Step& step) noexcept {
  Ref<> value = cell_of(step.b()).get();
  if (value) return step.give(std::move(value));
  return raise_unbound(step.frame().code->local_name(step.number_b()));
}

Status StoreCell(const Step& step) noexcept {
  cell_of(step.a()).set(Ref<>::of(step.b()));
  return step.end();
}

Status DeleteCell(const Step& step) noexcept {
  Cell& cell = cell_of(step.a());
  if (!cell.get()) return raise_unbound(step.frame().code->local_name(step.number_a()));
  cell.set(Ref<>());
  return step.end();
}

Status LoadFree(const Step& step) noexcept {
  Ref<> value = free_cell(step, step.number_b()).get();
  if (value) return step.give(std::move(value));
  return raise_free_unbound(step.frame().code->free_name(step.number_b()));
}

Status StoreFree(const Step& step) noexcept {
  free_cell(step, step.number_b()).set(Ref<>::of(step.a()));
  return step.end();
}

Status DeleteFree(const Step& step) noexcept {
  Cell& cell = free_cell(step, step.number_a());
  if (!cell.get()) return raise_free_unbound(step.frame().code->free_name(step.number_a()));
  cell.set(Ref<>());
  return step.end();
}

Status LoadClassFree(const Step& step) noexcept {
  Str& name = step.frame().code->free_name(step.number_b());
  Ref<> value;
  if (failed(find_name(*step.frame().names, name, value))) return kRaised;
  return value ? step.give(std::move(value)) : LoadFree(step);
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
