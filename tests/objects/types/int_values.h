// tests/objects/types/int_values.h: numbers for tests, as values, and values as Python writes them.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "objects/types/complex.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/tuple.h"
#include "tests/objects/number/doubles.h"
#include "tests/objects/number/numbers.h"

namespace orochi::inline OROCHI_DESIGN::testing {

inline Ref<> int_of(std::int64_t number) { return make_int(number); }
// Decimal.
inline Ref<> int_of(std::string_view text) { return parse_int(text, 10); }

// As a Python expression. Also checks that an int which fits into a Value is no object (I1).
inline std::string python_int(Value value) {
  if (value.is_bool()) return value.is(Special::kTrue) ? "True" : "False";
  const IntView number(value);
  if (value.is_object()) {
    const auto small = integer::to_int64(number.view());
    EXPECT_FALSE(small && Value::fits(*small));
    EXPECT_TRUE(integer::is_normalized(number.view()));
  }
  return "(" + integer::hex(number.view()) + ")";
}
// Exactly, and so that -0.0 and what is not a number can be told.
inline std::string python_float(double x) {
  char text[64];
  if (!std::isfinite(x)) {
    std::snprintf(text, sizeof text, "float(\"%f\")", std::isnan(x) ? std::fabs(x) : x);
  } else {
    std::snprintf(text, sizeof text, "float.fromhex(\"%a\")", x);
  }
  return text;
}
inline std::string python_complex(ComplexNumber x) {
  return "complex(" + python_float(x.real) + ", " + python_float(x.imag) + ")";
}
inline std::string python_value(Value value) {
  if (is_int(value)) return python_int(value);
  if (is_float(value)) return python_float(as_float(value));
  if (is_complex(value)) return python_complex(as_complex(value));
  const auto& tuple = *static_cast<const Tuple*>(value.object());
  return "(" + python_value(tuple[0]) + ", " + python_value(tuple[1]) + ")";
}

// An int of up to some limbs, many of them near the edge of what fits into a Value.
inline Ref<> random_int(integer::Numbers& numbers, std::size_t most_limbs) {
  if (numbers.below(3) == 0) {
    const std::int64_t near = static_cast<std::int64_t>(numbers.below(5)) - 2;
    const std::int64_t edge = numbers.below(2) == 0 ? Value::kMaxInt : Value::kMinInt;
    return make_int(numbers.below(2) == 0 ? near : edge + near);
  }
  return make_int(numbers.next(most_limbs).view());
}

}  // namespace orochi::inline OROCHI_DESIGN::testing
