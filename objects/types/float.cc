#include "objects/types/float.h"

#include <optional>

#include "objects/model/new_object.h"
#include "objects/number/int_double.h"
#include "objects/types/float_protocols.h"
#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_float_type = nullptr;  // written by make_float_type, before there are floats

}  // namespace

Type& float_type() noexcept { return *g_float_type; }

Status make_float_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_float_type = Type::make({.name = "float",
                             .layout = &layout_of<Float>,
                             .ancestors = ancestors,
                             .protocols = float_protocols()});
  if (g_float_type == nullptr) return kRaised;
  set_immediate_type(ImmediateKind::kFloat, *g_float_type);
  return Status::kDone;
}

Ref<> make_float(double number) noexcept {
  if (Value::fits(number)) [[likely]]
    return Ref<>::adopt(Value::of_float(number));
  return new_object<Float>(float_type(), number);
}

bool is_float(Value value) noexcept {
  if (value.is_float()) return true;
  if (!value.is_object()) return false;
  const Type& type = type_of(*value.object());
  return &type == g_float_type || type.is_subtype_of(*g_float_type);
}

Status float_of(Value value, double& number) noexcept {
  if (is_float(value)) {
    number = as_float(value);
    return Status::kDone;
  }
  const IntView integer(value);
  const std::optional<double> nearest = integer::to_double(integer.view());
  if (!nearest) return raise(ErrorKind::kOverflow, {"int too large to convert to float"});
  number = *nearest;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
