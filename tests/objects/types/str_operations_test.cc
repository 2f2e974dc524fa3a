#include "objects/types/str_operations.h"

#include <functional>

#include "memory/fault.h"
#include "objects/text/search.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class StrOperationsTest : public ObjectsTest {
 protected:
  // A position as str.find returns it.
  static std::string shown(std::size_t found) {
    return found == text::kNotFound ? "-1" : std::to_string(found);
  }
  std::int64_t bound() { return static_cast<std::int64_t>(random_.below(24)) - 12; }

  text::Random random_{20'240'601};
};

TEST_F(StrOperationsTest, ConcatAndRepeatAreAsPythonHasThem) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  for (int i = 0; i < 500; ++i) {
    const Ref<Str> a = random_str(random_, 12);
    const Ref<Str> b = random_str(random_, 12);
    oracle.expect(python(a) + " + " + python(b) + " == " + python(concat(*a, *b)));
    const std::int64_t times = bound();
    oracle.expect(python(a) + " * " + std::to_string(times) + " == " + python(repeat(*a, times)));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(StrOperationsTest, SlicesAreAsPythonHasThem) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  for (int i = 0; i < 1'000; ++i) {
    const Ref<Str> str = random_str(random_, 16);
    if (str->size() == 0) continue;
    const std::size_t begin = random_.below(str->size());
    const auto step = static_cast<std::int64_t>(random_.below(7)) - 3;
    if (step == 0) continue;
    const std::size_t room = step > 0 ? str->size() - 1 - begin : begin;
    const std::size_t most = room / static_cast<std::size_t>(std::abs(step)) + 1;
    const std::size_t count = random_.below(most + 1);
    const Ref<Str> sliced = slice(*str, begin, step, count);
    oracle.expect(python(str) + "[" + std::to_string(begin) + "::" + std::to_string(step) +
                  "][:" + std::to_string(count) + "] == " + python(sliced));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(StrOperationsTest, SearchesAreAsPythonHasThem) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  for (int i = 0; i < 1'000; ++i) {
    const Ref<Str> str = random_str(random_, 12);
    const Ref<Str> what = random_str(random_, 3);
    const std::int64_t begin = bound();
    const std::int64_t end = bound();
    const Bounds bounds = Bounds::within(str->size(), begin, end);
    const std::string arguments =
        "(" + python(what) + ", " + std::to_string(begin) + ", " + std::to_string(end) + ") == ";
    const auto expect = [&](const char* method, const std::string& ours) {
      oracle.expect(python(str) + "." + method + arguments + ours);
    };
    expect("find", shown(find(*str, *what, bounds)));
    expect("rfind", shown(find_last(*str, *what, bounds)));
    expect("count", std::to_string(count(*str, *what, bounds)));
    expect("startswith", starts_with(*str, *what, bounds) ? "True" : "False");
    expect("endswith", ends_with(*str, *what, bounds) ? "True" : "False");
    oracle.expect("(" + python(what) + " in " + python(str) +
                  ") == " + (contains(*str, *what) ? "True" : "False"));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(StrOperationsTest, ExtremeBoundsAreBounds) {
  const Ref<Str> str = str_of("abc");
  const Bounds all = Bounds::within(3, INT64_MIN, INT64_MAX);
  EXPECT_EQ(all.begin, 0U);
  EXPECT_EQ(all.end, 3U);
  EXPECT_TRUE(Bounds::within(3, INT64_MAX, INT64_MAX).is_outside);
  EXPECT_FALSE(Bounds::within(3, 3).is_outside) << "an empty text is found at the end";
  EXPECT_TRUE(Bounds::within(3, 4).is_outside) << "but not behind it";
  EXPECT_EQ(find(*str, *Str::empty(), Bounds::within(3, 3)), 3U);
  EXPECT_EQ(find(*str, *Str::empty(), Bounds::within(3, 4)), text::kNotFound);
}

TEST_F(StrOperationsTest, TheWholeIsTheSameObject) {
  const Ref<Str> str = str_of("some text");
  EXPECT_EQ(slice(*str, 0, str->size()).get(), str.get());
  EXPECT_EQ(slice(*str, 0, 1, str->size()).get(), str.get());
  EXPECT_EQ(repeat(*str, 1).get(), str.get());
  EXPECT_EQ(concat(*str, *Str::empty()).get(), str.get());
  EXPECT_EQ(concat(*Str::empty(), *str).get(), str.get());
}

TEST_F(StrOperationsTest, WhatIsTooLongIsRefused) {
  const Ref<Str> str = str_of("ab");
  EXPECT_FALSE(repeat(*str, INT64_MAX));
  EXPECT_EQ(Error::take().text(), "repeated string is too long");
  EXPECT_FALSE(repeat(*str, INT64_MAX / 2));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

TEST_F(StrOperationsTest, WithoutMemoryItIsAMemoryError) {
  const Ref<Str> str = str_of("some text");
  const std::function<Ref<Str>()> operations[] = {
      [&] { return concat(*str, *str); },
      [&] { return repeat(*str, 3); },
      [&] { return slice(*str, 1, 4); },
      [&] { return slice(*str, 0, 2, 4); },
  };
  for (const auto& operation : operations) {
    {
      const auto fault = fault::Injection::from(0);
      EXPECT_FALSE(operation());
    }
    EXPECT_EQ(taken(), ErrorKind::kMemory);
    EXPECT_TRUE(operation());
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
