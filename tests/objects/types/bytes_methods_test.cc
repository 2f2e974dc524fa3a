// The methods of bytes and bytearrays, each beside CPython's.
#include <random>

#include "memory/fault.h"
#include "tests/objects/types/python_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class BytesMethodsTest : public ObjectsTest {
 protected:
  // Of the same bytes, both kinds.
  static std::vector<Ref<>> receivers(std::string_view chars) {
    std::vector<Ref<>> both;
    both.emplace_back(bytes_of(chars));
    both.emplace_back(bytearray_of(chars));
    return both;
  }
  static std::string random_chars(std::mt19937& random, std::string_view alphabet,
                                  std::size_t most) {
    std::string chars(random() % (most + 1), ' ');
    for (char& c : chars) c = alphabet[random() % alphabet.size()];
    return chars;
  }
  // type.name(*arguments), of a class method or a static method.
  static Ref<> call_of_type(Type& type, std::string_view name,
                            const std::vector<Value>& arguments) {
    const Ref<> found = type.find(*intern(name));
    const Ref<> bound = type_of(found.value())
                            .block()
                            .protocols()
                            .descriptor_get(found.value(), Value(), Value(&type));
    return call(bound.value(), {arguments.data(), arguments.size(), nullptr});
  }
  static std::int64_t random_bound(std::mt19937& random) {
    return static_cast<std::int64_t>(random() % 24) - 12;
  }
};

constexpr std::string_view kTexts[] = {"",
                                       "a",
                                       "A",
                                       "ab cd",
                                       " \t\n\r\x0b\x0c ",
                                       "Hello World",
                                       "hello",
                                       "HELLO",
                                       "123",
                                       "a1",
                                       "\xff\x80",
                                       "They're Bill's",
                                       "a\tb\n\tc",
                                       "-12",
                                       "+5",
                                       "l1\nl2\r\nl3\r",
                                       "x\r\ry\n\nz",
                                       "\x1c\x1d\x85",
                                       "aXbXXc",
                                       "abcabca",
                                       "UPPER1low",
                                       "a-b"};

TEST_F(BytesMethodsTest, WithoutArguments) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  for (const std::string_view text : kTexts)
    for (const Ref<>& self : receivers(text))
      for (const std::string_view name :
           {"lower",   "upper",   "title",      "capitalize", "swapcase", "isalnum", "isalpha",
            "isascii", "isdigit", "islower",    "isspace",    "istitle",  "isupper", "expandtabs",
            "split",   "rsplit",  "splitlines", "strip",      "lstrip",   "rstrip",  "hex"})
        oracle.compare(self.value(), name);
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytesMethodsTest, SearchesWithBounds) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::mt19937 random(4);
  for (int i = 0; i < 150; ++i) {
    const Ref<> what = receivers(random_chars(random, "ab", 3))[random() % 2].share();
    const Value bounds[] = {Value::of_int(random_bound(random)),
                            Value::of_int(random_bound(random))};
    for (const Ref<>& self : receivers(random_chars(random, "ab", 10)))
      for (const std::string_view name :
           {"find", "rfind", "index", "rindex", "count", "startswith", "endswith"}) {
        oracle.compare(self.value(), name, {what.value()});
        oracle.compare(self.value(), name, {what.value(), bounds[0]});
        oracle.compare(self.value(), name, {what.value(), bounds[0], bounds[1]});
        oracle.compare(self.value(), name, {what.value(), Value::kNone, bounds[1]});
      }
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytesMethodsTest, CutsAndReplaces) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::mt19937 random(5);
  for (int i = 0; i < 150; ++i) {
    const Ref<Bytes> what = bytes_of(random_chars(random, "a ", 2));
    const Ref<Bytes> with = bytes_of(random_chars(random, "xy", 3));
    const Value count = Value::of_int(static_cast<std::int64_t>(random() % 6) - 2);
    for (const Ref<>& self : receivers(random_chars(random, "ab \n", 12))) {
      for (const std::string_view name : {"split", "rsplit"}) {
        oracle.compare(self.value(), name, {what.value(), count});
        oracle.compare(self.value(), name, {Value::kNone, count});
      }
      for (const std::string_view name :
           {"partition", "rpartition", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix"})
        oracle.compare(self.value(), name, {what.value()});
      oracle.compare(self.value(), "replace", {what.value(), with.value()});
      oracle.compare(self.value(), "replace", {what.value(), with.value(), count});
      oracle.compare(self.value(), "splitlines", {Value::of_bool(random() % 2 == 0)});
      oracle.compare(self.value(), "translate", {Value::kNone, what.value()});
    }
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytesMethodsTest, WidthsAndTabs) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Bytes> fill = bytes_of("*");
  for (const std::string_view text : {"", "a", "ab", "-1", "+", "a\tb", "\t\tx\n\ty"})
    for (const Ref<>& self : receivers(text))
      for (const std::int64_t width : {-1, 0, 1, 2, 3, 4, 5, 8, 9}) {
        for (const std::string_view name : {"center", "ljust", "rjust"}) {
          oracle.compare(self.value(), name, {Value::of_int(width)});
          oracle.compare(self.value(), name, {Value::of_int(width), fill.value()});
        }
        oracle.compare(self.value(), "zfill", {Value::of_int(width)});
        oracle.compare(self.value(), "expandtabs", {Value::of_int(width)});
      }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytesMethodsTest, JoinsHexAndTables) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Str> dash = str_of("-");
  const Ref<Tuple> parts = Tuple::of(bytes_of("a"), bytearray_of("bc"), bytes_of(""));
  const Ref<List> list = List::of(bytes_of("a"), Ref<>::adopt(Value::of_int(5)));
  for (const Ref<>& self : receivers("abc-\xff")) {
    oracle.compare(self.value(), "join", {parts.value()});
    oracle.compare(self.value(), "join", {list.value()});
    oracle.compare(self.value(), "join", {Value::of_int(1)});
    for (const std::int64_t group : {-5, -2, -1, 0, 1, 2, 3, 9})
      oracle.compare(self.value(), "hex", {dash.value(), Value::of_int(group)});
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytesMethodsTest, SayWhatIsWrong) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Str> str = str_of("x");
  const Ref<Bytes> bytes = bytes_of("x");
  const Ref<Bytes> empty = bytes_of("");
  const Ref<Bytes> two = bytes_of("xx");
  const Ref<Str> long_text = str_of("xx");
  const Ref<Str> wide_text = str_of("\u00e9");
  const Ref<Tuple> mixed = Tuple::of(bytes_of("q"), str_of("a"));
  for (const Ref<>& self : receivers("abc")) {
    for (const std::string_view name : {"find", "index", "count", "rfind", "rindex"})
      for (const Value what : {str.value(), Value::of_int(300), Value::of_int(-1),
                               Value::of_float(1.5), bytes.value(), Value::kNone})
        oracle.compare(self.value(), name, {what});
    oracle.compare(self.value(), "find", {bytes.value(), str.value()});
    for (const std::string_view name : {"startswith", "endswith"}) {
      oracle.compare(self.value(), name, {str.value()});
      oracle.compare(self.value(), name, {mixed.value()});
      oracle.compare(self.value(), name, {Value::of_int(97)});
    }
    for (const std::string_view name : {"split", "rsplit", "partition", "rpartition", "strip",
                                        "removeprefix", "removesuffix", "translate"})
      for (const Value what : {str.value(), empty.value(), two.value(), Value::of_int(1)})
        oracle.compare(self.value(), name, {what});
    for (const std::string_view name : {"center", "ljust", "rjust"})
      for (const Value fill : {str.value(), two.value(), Value::of_int(1)})
        oracle.compare(self.value(), name, {Value::of_int(9), fill});
    for (const std::string_view name : {"center", "zfill", "expandtabs"})
      oracle.compare(self.value(), name, {str.value()});
    for (const Value sep : {long_text.value(), wide_text.value(), two.value(), Value::of_int(1)})
      oracle.compare(self.value(), "hex", {sep});
    oracle.compare(self.value(), "replace", {str.value(), bytes.value()});
    oracle.compare(self.value(), "decode", {str.value()});
    oracle.compare(self.value(), "decode", {Value::of_int(1)});
    oracle.compare(self.value(), "join");
    oracle.compare(self.value(), "lower", {Value::of_int(1)});
  }
  EXPECT_EQ(oracle.finish(), 0);
}

// --- Class and static methods. ---

TEST_F(BytesMethodsTest, FromHexAndTranslations) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  for (const std::string_view digits :
       {"", "00ff", " aA\t0b ", "a", "aa b", "aaxx", "0 0", "\u0660\u0660", "ab\u00e9"})
    for (const Ref<>& self : receivers("")) {
      const Ref<Str> text = str_of(digits);
      const Ref<> result = call_of_type(type_of(self.value()), "fromhex", {text.value()});
      std::ostringstream line;
      line << type_of(self.value()).name() << ".fromhex(" << testing::python(text) << ')';
      oracle.expect(line.str(), result);
    }
  const Ref<Bytes> from = bytes_of("ab\xff");
  const Ref<Bytes> to = bytes_of("xyz");
  const Ref<> table = call_of_type(bytes_type(), "maketrans", {from.value(), to.value()});
  oracle.expect("bytes.maketrans(b'ab\\xff', b'xyz')", table);
  oracle.expect("bytes.maketrans(b'ab\\xff', b'x')",
                call_of_type(bytes_type(), "maketrans", {from.value(), bytes_of("x").value()}));
  for (const Ref<>& self : receivers("banana\xff")) {
    const Ref<> translated = call_method(self.value(), "translate", {table.value()});
    std::ostringstream line;
    line << python_of(self.value()) << ".translate(bytes.maketrans(b'ab\\xff', b'xyz'))";
    oracle.expect(line.str(), translated);
  }
  EXPECT_EQ(oracle.finish(), 0);
}

// --- Without memory. ---

TEST_F(BytesMethodsTest, WithoutMemoryTheyRaise) {
  const Ref<Bytes> what = bytes_of("b");
  for (const Ref<>& self : receivers("abcbd"))
    for (const std::string_view name : {"upper", "split", "partition", "hex", "decode"}) {
      const Ref<> method = type_of(self.value()).find(*intern(name));
      const bool has_argument = name == "split" || name == "partition";
      const Value values[] = {self.value(), what.value()};
      int failures = 0;
      for (std::uint64_t n = 0;; ++n) {
        auto fault = fault::Injection::nth(n);
        const Ref<> result = call(method.value(), {values, has_argument ? 2U : 1U, nullptr});
        if (!result) {
          EXPECT_EQ(taken(), ErrorKind::kMemory);
          ++failures;
        }
        if (fault.allocations() <= n) break;
      }
      EXPECT_GT(failures, 0) << name;
    }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
