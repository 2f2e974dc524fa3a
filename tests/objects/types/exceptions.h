// tests/objects/types/exceptions.h: exceptions for tests, and their types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "objects/model/operations.h"
#include "objects/types/exception.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/traceback.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN::testing {

class ExceptionsTest : public ObjectsTest {
 protected:
  [[nodiscard]] static Ref<Exception> called(BuiltinException which,
                                             const std::vector<Value>& values) {
    return call_exception_type(exception_type(which), {values.data(), values.size(), nullptr});
  }
  [[nodiscard]] static Ref<Exception> called(BuiltinException which) {
    return called(which, std::vector<Value>());
  }
  // With a text.
  [[nodiscard]] static Ref<Exception> called(BuiltinException which, std::string_view text) {
    const Ref<Str> argument = str_of(text);
    return called(which, {argument.value()});
  }

  [[nodiscard]] static std::string text_of(const Ref<>& str) {
    if (!str) return "nothing";
    std::string utf8;
    for (const text::CodePoint point : text::points_of(str.as<Str>().view()))
      utf8 += point < 0x80 ? static_cast<char>(point) : '?';
    return utf8;
  }
  [[nodiscard]] static std::string shown(Exception& exception) {
    return text_of(str(Value(&exception)));
  }
  // The message of what is pending, and its kind before it; nothing is pending then.
  [[nodiscard]] static std::string taken_text() {
    const Ref<Exception> taken = take_exception();
    return std::string(type_of(*taken).name()) + ": " + shown(*taken);
  }
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
