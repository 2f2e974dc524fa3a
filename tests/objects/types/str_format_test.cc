#include "objects/types/str_format.h"

#include "memory/fault.h"
#include "objects/types/format_markup.h"
#include "objects/types/dict.h"
#include "tests/objects/types/formats.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class StrFormatTest : public FormatsTest {
 protected:
  // With these, on both sides.
  StrFormatTest() {
    oracle_.execute("args = (5, \"w\\u00e9\", 2.5, (1, (2, 3)))");
    oracle_.execute("named = {\"a\": 7, \"b c\": \"x\", \"width\": 8, \"\": 1, \"d\": {\"k\": 9}}");
    const Ref<Tuple> inner = Tuple::of(make_int(std::int64_t{2}), make_int(std::int64_t{3}));
    args_ = Tuple::of(make_int(std::int64_t{5}), str_of("w\u00E9"), make_float(2.5),
                      Tuple::of(make_int(std::int64_t{1}), inner.share()));
    named_ = Dict::make();
    const Ref<Dict> nested = Dict::make();
    set(*nested, "k", make_int(std::int64_t{9}));
    set(*named_, "a", make_int(std::int64_t{7}));
    set(*named_, "b c", str_of("x"));
    set(*named_, "width", make_int(std::int64_t{8}));
    set(*named_, "", make_int(std::int64_t{1}));
    set(*named_, "d", nested.share());
  }
  static void set(Dict& dict, const char* key, Ref<> value) {
    EXPECT_EQ(dict.set(str_of(key).value(), std::move(value)), Status::kDone);
  }
  void expect_format(const std::string& format) {
    const Ref<Str> text = str_of(format);
    expect_same(python(text) + ".format(*args, **named)",
                format_str_with(*text, *args_, named_.value()));
    expect_same(python(text) + ".format_map(named)", format_str_map(*text, named_.value()));
  }

  Ref<Tuple> args_;
  Ref<Dict> named_;
};

TEST_F(StrFormatTest, FieldsAsPython) {
  OROCHI_NEED_PYTHON();
  for (const char* const format : {"",
                                   "plain \u6F22",
                                   "{}",
                                   "{} {} {}",
                                   "{0} {0} {2}",
                                   "{a}",
                                   "{b c}",
                                   "{a}{}{a}{}",
                                   "{{}}",
                                   "{{{}}}",
                                   "{{",
                                   "}}",
                                   "{!r} {!s} {!a}",
                                   "{1!r:>8}",
                                   "{1!a:*^12}",
                                   "{:>8}",
                                   "{0:{width}}",
                                   "{0:>{width}}",
                                   "{:{}}",
                                   "{:{}>{width}}",
                                   "{3[1][0]}",
                                   "{3[0]:03}",
                                   "{d[k]}",
                                   "{d[k]:>{width}}",
                                   "{0:}",
                                   "{2:.3f}",
                                   "{0:#x}{0:b}",
                                   "{1:\u6F22^9}",
                                   "{\xD9\xA1}"}) {
    expect_format(format);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(StrFormatTest, FaultsInPythonsWords) {
  OROCHI_NEED_PYTHON();
  for (const char* const format : {"{",
                                   "}",
                                   "{0",
                                   "{0!",
                                   "{0!r",
                                   "{0!x}",
                                   "{0!rx}",
                                   "{0.}",
                                   "{0[}",
                                   "{0[]}",
                                   "{3[1]b}",
                                   "{0[a}",
                                   "{:{:{}}}",
                                   "{0:}}",
                                   "{0:{{}}",
                                   "{:{",
                                   "{0:a{",
                                   "{0:{1}",
                                   "}}{",
                                   "{!}",
                                   "{0!}",
                                   "{:d",
                                   "{0} {}",
                                   "{} {0}",
                                   "{9}",
                                   "{4}{}{}{}{}{}",
                                   "{zz}",
                                   "{99999999999999999999}",
                                   "{3[99999999999999999999]}",
                                   "{3[7]}",
                                   "{ 0}",
                                   "{-1}",
                                   "{[}",
                                   "{0]}",
                                   "{0!\xC3\xA9}",
                                   "{0!\xE6\xBC\xA2}",
                                   "{0!\x01}",
                                   "{a{}}",
                                   "{0:{",
                                   "{d[q]}",
                                   "{3[1].}",
                                   "{3[1]..a}",
                                   "{1:d}",
                                   "{0:s}"}) {
    expect_format(format);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(StrFormatTest, RandomFormatsAsPython) {
  OROCHI_NEED_PYTHON();
  text::Random random{42};
  static constexpr std::string_view kPieces[] = {"{", "}", "{", "}", "0", "1", "a", "width", "[",
                                                 "]", "!", "r", ":", ">", "5", "d", "k",     "x "};
  for (int i = 0; i < 2'000; ++i) {
    std::string format;
    for (std::uint64_t n = random.below(9); n != 0; --n)
      format += kPieces[random.below(std::size(kPieces))];
    expect_format(format);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(StrFormatTest, WithoutKeywordsANameIsAKeyError) {
  EXPECT_FALSE(format_str_with(*str_of("{name}"), *args_, Value()));
  EXPECT_EQ(taken_text(), "KeyError: 'name'");
}

TEST_F(StrFormatTest, WithoutMemoryItIsAMemoryError) {
  const Ref<Str> text = str_of("{1!r:>300}{d[k]}{a:{width}}");
  for (std::uint64_t n = 0;; ++n) {
    Ref<Str> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      made = format_str_with(*text, *args_, named_.value());
      allocations = fault.allocations();
    }
    if (allocations <= n) {
      EXPECT_TRUE(made);
      EXPECT_GT(n, 4U);
      break;
    }
    EXPECT_FALSE(made);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
