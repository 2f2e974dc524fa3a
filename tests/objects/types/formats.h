// tests/objects/types/formats.h: values for tests of formatting, with Python's way to write them,
// and what came of them: a text, or an exception and its message.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "objects/types/complex.h"
#include "objects/types/format.h"
#include "objects/types/str_builder.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// A value, and the same as Python writes it.
struct Written {
  Ref<> value;
  std::string text;
};

class FormatsTest : public ExceptionsTest {
 protected:
  FormatsTest() {
    oracle_.execute(R"py(exec("def made(f):\n try: return f()\n except Exception as e: )py"
                    R"py(return type(e).__name__ + chr(58) + chr(32) + str(e)"))py");
  }

  static Written written(std::int64_t number) { return {make_int(number), std::to_string(number)}; }
  static Written written(const char* utf8) { return {str_of(utf8), python(str_of(utf8))}; }
  static Written written(double number) {
    char text[64];
    std::snprintf(text, sizeof text, "float(\"%.17g\")", number);
    return {make_float(number), text};
  }
  static Written written(ComplexNumber number) {
    return {make_complex(number),
            "complex(" + written(number.real).text + ", " + written(number.imag).text + ")"};
  }
  static Written written_int(const std::string& decimal) {
    return {parse_int(decimal, 10), decimal};
  }
  static Written written(Special special) {
    const Ref<> shown = repr(Value(special));
    return {Ref<>(special), std::string(shown.as<Str>().ascii())};
  }

  // What came of it, as Python writes it: the text, or "ValueError: why".
  static std::string outcome(const Ref<>& made) {
    if (made) return python(made.as<Str>());
    const Ref<Exception> raised = take_exception();
    StrBuilder text;
    text.add(type_of(*raised).name());
    text.add(": ");
    EXPECT_EQ(text.add_str(raised.value()), Status::kDone);
    return python(text.finish());
  }
  // That `expression` gives the same, or raises the same.
  void expect_same(const std::string& expression, const Ref<>& made) {
    oracle_.expect("made(lambda: " + expression + ") == " + outcome(made));
  }

  PythonOracle oracle_;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
