// tests/objects/types/method_calls.h: methods called as programs call them, beside Python's own.
//
//     MethodCalls calls;
//     calls.expect(list, "pop", {index});      // result, or kind and text of the exception, and
//     EXPECT_TRUE(calls.finish());             // what the receiver is afterwards
#pragma once

#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "objects/model/operations.h"
#include "objects/types/exception_raise.h"
#include "objects/types/intern.h"
#include "objects/types/sequence_repr.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/strs.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// As an expression of Python; empty after an exception.
inline std::string written(Value value) {
  const Ref<> text = repr(value);
  return text ? text::python_text(text.as<Str>().view()) : std::string();
}

inline Ref<> call_method(Value self, std::string_view name,
                         std::initializer_list<Value> arguments = {}) {
  const Ref<> method = type_of(self).find(*intern(name));
  EXPECT_TRUE(method) << name;
  std::vector<Value> values{self};
  values.insert(values.end(), arguments);
  return call(method.value(), {values.data(), values.size(), nullptr});
}

class MethodCalls {
 public:
  MethodCalls() {
    python_.execute(
        "exec(\"def outcome(f, *a):\\n try: return repr(f(*a))\\n except Exception as e: "
        "return type(e).__name__ + ': ' + str(e)\")");
    python_.execute("called = lambda x, name, *a: (outcome(getattr(x, name), *a), repr(x))");
  }

  void expect(Value self, std::string_view name, std::initializer_list<Value> arguments = {}) {
    std::ostringstream line;
    line << "called(eval(" << written(self) << "), '" << name << '\'';
    for (const Value argument : arguments) line << ", eval(" << written(argument) << ')';
    line << ") == (" << outcome(call_method(self, name, arguments));
    line << ", " << written(self) << ')';
    python_.expect(line.str());
  }
  [[nodiscard]] bool finish() { return python_.finish() == 0; }

 private:
  static std::string outcome(const Ref<>& result) {
    if (result) return written(result.value());
    const Ref<Exception> raised = take_exception();
    const Ref<> text = str(raised.value());
    std::ostringstream expression;
    expression << '\'' << type_of(*raised).name() << ": ' + " << python(text.as<Str>());
    return expression.str();
  }

  PythonOracle python_;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
