#include "objects/types/str_methods.h"

#include <vector>

#include "memory/fault.h"
#include "objects/types/dict.h"
#include "objects/types/list.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/types/method_calls.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class StrMethodsTest : public ObjectsTest {
 protected:
  static std::vector<Ref<Str>> strs() {
    std::vector<Ref<Str>> all;
    for (const char32_t* const text :
         {U"", U"a", U"abcabc", U"Hello, World", U"HELLO", U"hello 12", U"12", U"\u0661\u0662",
          U"\u00BD", U"  pad\t", U"a\tbc\n\td", U"+5", U"-", U"\u00DF\u0130\u01C5",
          U"x\u6F22y\u6F22z", U"\U0001F600 \U0001F600", U"one\r\ntwo\u2028three\n", U"Title Case",
          U"not Title"})
      all.push_back(str_of(text));
    return all;
  }
  static Ref<Str> s(const char* utf8) { return str_of(utf8); }

  MethodCalls calls_;
};

TEST_F(StrMethodsTest, WithoutArgumentsAsPython) {
  OROCHI_NEED_PYTHON();
  for (const Ref<Str>& str : strs()) {
    for (const char* const name :
         {"capitalize", "casefold",   "lower",   "swapcase",  "title",       "upper",
          "isalnum",    "isalpha",    "isascii", "isdecimal", "isdigit",     "islower",
          "isupper",    "isnumeric",  "isspace", "istitle",   "isprintable", "strip",
          "lstrip",     "rstrip",     "split",   "rsplit",    "splitlines",  "isidentifier",
          "encode",     "expandtabs", "format"})
      calls_.expect(str.value(), name);
  }
  EXPECT_TRUE(calls_.finish());
}

TEST_F(StrMethodsTest, SearchesAsPython) {
  OROCHI_NEED_PYTHON();
  const Ref<Str> what[] = {s(""), s("a"), s("bc"), s("l"), s("\u6F22"), s("zz")};
  for (const Ref<Str>& str : strs()) {
    for (const Ref<Str>& sub : what) {
      for (const char* const name :
           {"find", "rfind", "index", "rindex", "count", "startswith", "endswith"}) {
        calls_.expect(str.value(), name, {sub.value()});
        calls_.expect(str.value(), name, {sub.value(), Value::of_int(1)});
        calls_.expect(str.value(), name, {sub.value(), Value::kNone, Value::of_int(-1)});
        calls_.expect(str.value(), name, {sub.value(), Value::of_int(-2), Value::of_int(100)});
      }
      for (const char* const name : {"partition", "rpartition", "removeprefix", "removesuffix",
                                     "strip", "lstrip", "rstrip", "split", "rsplit"})
        calls_.expect(str.value(), name, {sub.value()});
      for (const char* const name : {"split", "rsplit"})
        calls_.expect(str.value(), name, {sub.value(), Value::of_int(1)});
      calls_.expect(str.value(), "replace", {sub.value(), what[1].value()});
      calls_.expect(str.value(), "replace", {sub.value(), what[4].value(), Value::of_int(2)});
    }
    for (const char* const name : {"split", "rsplit"})
      calls_.expect(str.value(), name, {Value::kNone, Value::of_int(1)});
    calls_.expect(str.value(), "splitlines", {Value::kTrue});
  }
  EXPECT_TRUE(calls_.finish());
}

TEST_F(StrMethodsTest, PadsAsPython) {
  OROCHI_NEED_PYTHON();
  const Ref<Str> fill = s("\u6F22");
  for (const Ref<Str>& str : strs()) {
    for (std::int64_t width = -1; width < 17; width += 3) {
      for (const char* const name : {"center", "ljust", "rjust", "zfill", "expandtabs"})
        calls_.expect(str.value(), name, {Value::of_int(width)});
      for (const char* const name : {"center", "ljust", "rjust"})
        calls_.expect(str.value(), name, {Value::of_int(width), fill.value()});
    }
  }
  EXPECT_TRUE(calls_.finish());
}

TEST_F(StrMethodsTest, JoinsAsPython) {
  OROCHI_NEED_PYTHON();
  const Ref<Str> comma = s(", ");
  const Ref<Tuple> none = Tuple::make_blank(0);
  const Ref<Tuple> one = Tuple::of(s("\u6F22"));
  const Ref<List> three = List::of(s("a"), s(""), s("\u00E9"));
  const Ref<Dict> keys = Dict::make();
  ASSERT_EQ(keys->set(one->load(0).value(), Ref<>(Special::kNone)), Status::kDone);
  const Ref<Tuple> wrong = Tuple::of(s("a"), make_int(std::int64_t{1}));
  for (const Value parts : {none.value(), one.value(), three.value(), keys.value(), wrong.value(),
                            comma.value(), Value::of_int(1)})
    calls_.expect(comma.value(), "join", {parts});
  EXPECT_TRUE(calls_.finish());
}

TEST_F(StrMethodsTest, TranslatesAsPython) {
  OROCHI_NEED_PYTHON();
  const Ref<Dict> table = Dict::make();
  const auto set = [&](char32_t from, Ref<> to) {
    ASSERT_EQ(table->set(Value::of_int(static_cast<std::int64_t>(from)), std::move(to)),
              Status::kDone);
  };
  set(U'a', s("xyz"));
  set(U'b', Ref<>(Special::kNone));
  set(U'l', make_int(std::int64_t{0x6F22}));
  for (const Ref<Str>& str : strs()) calls_.expect(str.value(), "translate", {table.value()});
  set(U'H', make_float(1.5));
  const Ref<Str> hello = s("Hello");
  calls_.expect(hello.value(), "translate", {table.value()});
  set(U'H', make_int(std::int64_t{-1}));
  calls_.expect(hello.value(), "translate", {table.value()});
  calls_.expect(hello.value(), "translate", {Value::of_int(1)});
  EXPECT_TRUE(calls_.finish());
}

TEST_F(StrMethodsTest, WrongArgumentsInPythonsWords) {
  OROCHI_NEED_PYTHON();
  const Ref<Str> str = s("abcabc");
  const Ref<Str> x = s("x");
  const Ref<Str> ab = s("ab");
  const Ref<Str> empty = s("");
  const Ref<> large = int_of("1180591620717411303424");
  const Ref<Tuple> wrong = Tuple::of(make_int(std::int64_t{5}));
  const Value five = Value::of_int(5);
  for (const char* const name : {"find", "index", "count", "startswith", "endswith", "join",
                                 "partition", "rpartition", "split", "rsplit", "strip", "lstrip",
                                 "rstrip", "removeprefix", "removesuffix", "format_map"})
    calls_.expect(str.value(), name, {five});
  for (const char* const name : {"center", "ljust", "zfill", "expandtabs", "splitlines"}) {
    calls_.expect(str.value(), name, {x.value()});
    calls_.expect(str.value(), name, {large.value()});
  }
  for (const char* const name : {"find", "startswith"}) {
    calls_.expect(str.value(), name, {x.value(), x.value()});
    calls_.expect(str.value(), name, {x.value(), large.value()});
  }
  calls_.expect(str.value(), "center", {five, five});
  calls_.expect(str.value(), "center", {Value::of_int(10), ab.value()});
  calls_.expect(str.value(), "center");
  calls_.expect(str.value(), "startswith", {wrong.value()});
  calls_.expect(str.value(), "endswith", {wrong.value()});
  calls_.expect(str.value(), "split", {empty.value()});
  calls_.expect(str.value(), "rsplit", {empty.value()});
  calls_.expect(str.value(), "partition", {empty.value()});
  calls_.expect(str.value(), "replace", {five, x.value()});
  calls_.expect(str.value(), "replace", {x.value(), five});
  calls_.expect(str.value(), "replace", {x.value(), x.value(), x.value()});
  calls_.expect(str.value(), "split", {x.value(), x.value()});
  calls_.expect(str.value(), "isascii", {five});
  EXPECT_TRUE(calls_.finish());
}

TEST_F(StrMethodsTest, GoesThroughItsCharacters) {
  const Ref<Str> str = str_of(U"a\u00E9\u6F22");
  const Ref<> iterator = iterate(str.value());
  EXPECT_EQ(type_of(iterator.value()).name(), "str_iterator");
  EXPECT_EQ(type_of(iterate(s("a").value()).value()).name(), "str_ascii_iterator");
  EXPECT_EQ(call_method(iterator.value(), "__length_hint__").value(), Value::of_int(3));
  text::Points found;
  for (;;) {
    Ref<> item;
    ASSERT_EQ(next(iterator.value(), item), Status::kDone);
    if (!item) break;
    found.push_back(item.as<Str>().view()[0]);
  }
  EXPECT_EQ(found, (text::Points{'a', 0xE9, 0x6F22}));
  EXPECT_EQ(call_method(iterator.value(), "__length_hint__").value(), Value::of_int(0));
}

// A static method is called through the type.
TEST_F(StrMethodsTest, TablesAreMadeAsPythonMakesThem) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const Ref<Str> ab = s("ab");
  const Ref<Str> cd = s("cd");
  const Ref<Str> abc = s("abc");
  const Ref<Dict> mapping = Dict::make();
  ASSERT_EQ(mapping->set(s("a").value(), make_int(std::int64_t{1})), Status::kDone);
  ASSERT_EQ(mapping->set(Value::of_int(5), s("x")), Status::kDone);
  const auto expect = [&](const std::vector<Value>& arguments, const std::string& written_ones) {
    std::vector<Value> all(arguments);
    all.resize(3);
    const Ref<> made = make_translation(all.data());
    const Ref<> shown = made ? repr(made.value()) : Ref<>();
    std::ostringstream line;
    if (shown) {
      line << "repr(str.maketrans(" << written_ones << ")) == " << testing::python(shown.as<Str>());
    } else {
      const Error error = Error::take();
      line << "raises(" << name_of(error.kind()) << ", str.maketrans, " << written_ones << ") == \""
           << error.text() << "\"";
    }
    python.expect(line.str());
  };
  expect({ab.value(), cd.value()}, "\"ab\", \"cd\"");
  expect({ab.value(), cd.value(), abc.value()}, "\"ab\", \"cd\", \"abc\"");
  expect({mapping.value()}, "{\"a\": 1, 5: \"x\"}");
  expect({ab.value(), abc.value()}, "\"ab\", \"abc\"");
  expect({ab.value()}, "\"ab\"");
  expect({Value::of_int(5), ab.value()}, "5, \"ab\"");
  expect({ab.value(), Value::of_int(5)}, "\"ab\", 5");
  expect({ab.value(), cd.value(), Value::of_int(5)}, "\"ab\", \"cd\", 5");
  ASSERT_EQ(mapping->set(ab.value(), Ref<>(Special::kNone)), Status::kDone);
  expect({mapping.value()}, "{\"a\": 1, 5: \"x\", \"ab\": None}");
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(StrMethodsTest, WithoutMemoryItIsAMemoryError) {
  const Ref<Str> str = s("one two three four five six seven eight nine ten");
  const Ref<Str> space = s(" ");
  for (const char* const name : {"split", "rsplit", "splitlines", "upper", "partition"}) {
    const Ref<> method = type_of(*str).find(*intern(name));
    const Value values[] = {str.value(), space.value()};
    const std::size_t count = std::string_view(name) == "partition" ? 2 : 1;
    for (std::uint64_t n = 0;; ++n) {
      Ref<> made;
      std::uint64_t allocations = 0;
      {
        const auto fault = fault::Injection::nth(n);
        made = call(method.value(), {values, count, nullptr});
        allocations = fault.allocations();
      }
      if (allocations <= n) {
        EXPECT_TRUE(made);
        break;
      }
      EXPECT_FALSE(made);
      EXPECT_EQ(taken(), ErrorKind::kMemory) << name;
    }
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
