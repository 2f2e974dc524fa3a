#include "python/vm/super_call.h"

#include "objects/types/cell.h"
#include "objects/types/descriptor.h"
#include "objects/types/super.h"
#include "python/vm/execute.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The first parameter, in a cell if closures share it.
[[nodiscard]] Ref<> first_parameter(const Frame& frame) noexcept {
  const Value held = frame.registers[0];
  const bool is_cell = held.is_object() && &type_of(*held.object()) == &cell_type();
  return is_cell ? static_cast<Cell&>(*held.object()).get() : Ref<>::of(held);
}

// The cell that class bodies fill with their class; empty: the method has none.
[[nodiscard]] Value class_cell(const Frame& frame) noexcept {
  const auto variables = frame.code->code().free_variables;
  for (std::uint32_t i = 0; i < variables.size(); ++i)
    if (variables[i].name == "__class__") return frame.function->cell(i);
  return {};
}

[[nodiscard]] Status find_arguments(Ref<>& start, Ref<>& self) noexcept {
  const Frame* const frame = current_frame();
  if (frame == nullptr) return raise(ErrorKind::kRuntime, {"super(): no current frame"});
  if (frame->code->code().argument_count == 0)
    return raise(ErrorKind::kRuntime, {"super(): no arguments"});
  self = first_parameter(*frame);
  if (!self) return raise(ErrorKind::kRuntime, {"super(): arg[0] deleted"});
  const Value cell = class_cell(*frame);
  if (cell.is_empty()) return raise(ErrorKind::kRuntime, {"super(): __class__ cell not found"});
  start = static_cast<Cell&>(*cell.object()).get();
  if (!start) return raise(ErrorKind::kRuntime, {"super(): empty __class__ cell"});
  if (as_type(start.value()) != nullptr) return Status::kDone;
  return raise(ErrorKind::kRuntime,
               {"super(): __class__ is not a type (", type_of(start.value()).name(), ")"});
}

}  // namespace

Status make_super_calls() noexcept {
  set_super_finder(find_arguments);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
