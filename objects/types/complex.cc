#include "objects/types/complex.h"

#include "objects/model/new_object.h"
#include "objects/types/complex_protocols.h"
#include "objects/types/float.h"
#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_complex_type = nullptr;  // written by make_complex_type, before there are any

}  // namespace

Type& complex_type() noexcept { return *g_complex_type; }

Status make_complex_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  if (g_complex_type == nullptr)
    g_complex_type = Type::make({.name = "complex",
                                 .layout = &layout_of<Complex>,
                                 .ancestors = ancestors,
                                 .protocols = complex_protocols()});
  return g_complex_type == nullptr ? Status{kRaised} : Status::kDone;
}

Ref<> make_complex(ComplexNumber number) noexcept {
  return new_object<Complex>(complex_type(), number);
}

bool is_complex(Value value) noexcept {
  if (!value.is_object()) return false;
  const Type& type = type_of(*value.object());
  return &type == g_complex_type || type.is_subtype_of(*g_complex_type);
}

bool is_number(Value value) noexcept {
  return is_float(value) || is_int(value) || is_complex(value);
}

Status complex_of(Value value, ComplexNumber& number) noexcept {
  if (is_complex(value)) {
    number = as_complex(value);
    return Status::kDone;
  }
  number.imag = 0;
  return float_of(value, number.real);
}

}  // namespace orochi::inline OROCHI_DESIGN
