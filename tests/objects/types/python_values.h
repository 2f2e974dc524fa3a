// tests/objects/types/python_values.h: values written as Python expressions, and calls compared
// with CPython's.
//
//     MethodOracle oracle;
//     oracle.compare(receiver, "split", {sep, count});
//     EXPECT_EQ(oracle.finish(), 0) << "lines above were false";
//
// What a call returns must be equal and of the same type; what it raises must be of the same type
// and say the same.
#pragma once

#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/strs.h"

namespace orochi::inline OROCHI_DESIGN::testing {

inline std::string_view chars(ByteSpan bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline ByteSpan span_of(std::string_view chars) {
  return {reinterpret_cast<const std::uint8_t*>(chars.data()), chars.size()};
}
inline Ref<Bytes> bytes_of(std::string_view chars) { return Bytes::of(span_of(chars)); }
inline Ref<Bytearray> bytearray_of(std::string_view chars) { return Bytearray::of(span_of(chars)); }

std::string python_of(Value value);

inline std::string python_items(std::vector<std::string> items, std::string_view open,
                                std::string_view close) {
  std::ostringstream out;
  out << open;
  for (const std::string& item : items) out << item << ',';
  out << close;
  return out.str();
}

inline std::string python_of(Value value) {
  if (value.is_none()) return "None";
  if (value.is_bool()) return value.is(Special::kTrue) ? "True" : "False";
  if (is_int(value)) return std::string(print_int(value, 10)->ascii());
  if (value.is_float()) return std::to_string(value.as_float());
  if (const Str* const str = as_str(value)) return python(*str);
  if (const Bytes* const bytes = as_bytes(value)) return text::python_bytes(chars(bytes->span()));
  if (Bytearray* const bytes = as_bytearray(value)) {
    return bytes->read([](ByteSpan all) {
      std::ostringstream out;
      out << "bytearray(" << text::python_bytes(chars(all)) << ')';
      return out.str();
    });
  }
  std::vector<std::string> items;
  if (const Tuple* const tuple = as_tuple(value)) {
    for (std::size_t i = 0; i < tuple->size(); ++i) items.push_back(python_of((*tuple)[i]));
    return items.empty() ? "()" : python_items(std::move(items), "(", ")");
  }
  List* const list = as_list(value);
  EXPECT_NE(list, nullptr) << "no way to write a " << type_of(value).name();
  for (std::int64_t i = 0; list != nullptr; ++i) {
    Ref<> item;
    if (!list->get(i, item)) break;
    items.push_back(python_of(item.value()));
  }
  return python_items(std::move(items), "[", "]");
}

// As a program would call it.
inline Ref<> call_method(Value self, std::string_view name, const std::vector<Value>& arguments) {
  const Ref<> method = type_of(self).find(*intern(name));
  EXPECT_TRUE(method) << name;
  if (!method) return {};
  std::vector<Value> values{self};
  values.insert(values.end(), arguments.begin(), arguments.end());
  return call(method.value(), {values.data(), values.size(), nullptr});
}

class MethodOracle {
 public:
  MethodOracle() {
    python_.execute("import operator, warnings; warnings.simplefilter('ignore')");
    python_.execute(
        "def is_same(a, b): return type(a) is type(b) and (a == b if type(a) not in "
        "(list, tuple) else len(a) == len(b) and all(map(is_same, a, b)))");
  }

  // self.name(*arguments)
  void compare(Value self, std::string_view name, const std::vector<Value>& arguments = {}) {
    std::ostringstream call;
    call << python_of(self) << '.' << name << '(';
    for (const Value argument : arguments) call << python_of(argument) << ", ";
    call << ')';
    expect(call.str(), call_method(self, name, arguments));
  }
  // What an expression is to us; nothing: it has raised.
  void expect(const std::string& expression, const Ref<>& result) {
    std::ostringstream line;
    if (result) {
      line << "is_same(" << expression << ", " << python_of(result.value()) << ')';
    } else {
      const Error error = Error::take();
      line << "raises(" << name_of(error.kind()) << ", lambda: " << expression << ") == "
           << text::python_text(
                  text::Text(std::u32string(error.text().begin(), error.text().end())).view());
    }
    python_.expect(line.str());
    ++compared_;
  }
  [[nodiscard]] int finish() { return python_.finish(); }
  [[nodiscard]] int compared() const { return compared_; }

 private:
  PythonOracle python_;
  int compared_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
