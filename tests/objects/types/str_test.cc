#include "objects/types/str.h"

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "runtime/safepoint.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using text::Repertoire;

using StrTest = ObjectsTest;
using StrConcurrency = ObjectsTest;

TEST_F(StrTest, HasTheNarrowestRepertoire) {
  const auto made = [](std::u32string_view points) { return str_of(points)->repertoire(); };
  EXPECT_EQ(made(U"plain"), Repertoire::kAscii);
  EXPECT_EQ(made(U"caf\u00E9"), Repertoire::kLatin1);
  EXPECT_EQ(made(U"\u6F22\u5B57"), Repertoire::kUcs2);
  EXPECT_EQ(made(U"ok \U0001F600"), Repertoire::kUcs4);
  // In units that are wider than needed.
  const char32_t wide[] = U"ab";
  EXPECT_EQ(Str::of({wide, 2, 4})->repertoire(), Repertoire::kAscii);
}

TEST_F(StrTest, OfUtf8IsOfItsCodePoints) {
  const Ref<Str> str = Str::of_utf8("a\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80");
  ASSERT_EQ(str->size(), 4U);
  EXPECT_EQ(str->view()[0], U'a');
  EXPECT_EQ(str->view()[1], 0xE9U);
  EXPECT_EQ(str->view()[2], 0x6F22U);
  EXPECT_EQ(str->view()[3], 0x1F600U);
  EXPECT_TRUE(equal(*str, *str_of(U"a\u00E9\u6F22\U0001F600")));
  EXPECT_EQ(Str::of_utf8("name")->ascii(), "name");
}

TEST_F(StrTest, WhatIsNotUtf8IsSaidAsPythonSaysIt) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  for (const std::string bytes : {"a\x80", "\xC3", "ab\xE6\xBC", "\xF0\x9F\x98", "\xED\xA0\x80",
                                  "x\xC0\xAF", "\xF5", "\xE6\xBCx"}) {
    EXPECT_FALSE(Str::of_utf8(bytes));
    const Error error = Error::take();
    EXPECT_EQ(error.kind(), ErrorKind::kUnicodeDecode);
    python.expect("raises(UnicodeDecodeError, str, " + text::python_bytes(bytes) +
                  ", \"utf-8\") == \"" + std::string(error.text()) + "\"");
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(StrTest, SmallOnesExistOnceAndAreImmortal) {
  EXPECT_EQ(Str::of_utf8("").get(), Str::empty().get());
  EXPECT_EQ(Str::of_utf8("x").get(), Str::of_character('x').get());
  const std::uint8_t latin1[] = {0xE9};
  EXPECT_EQ(Str::of_latin1(latin1).get(), Str::of_character(0xE9).get());
  EXPECT_EQ(Str::of_latin1(latin1)->repertoire(), Repertoire::kLatin1);
  EXPECT_TRUE(Str::empty()->count().is_immortal());
  EXPECT_TRUE(Str::of_character('x')->count().is_immortal());
  EXPECT_FALSE(Str::of_utf8("xy")->count().is_immortal());
  for (text::CodePoint point : {0U, 0x7FU, 0x80U, 0xFFU, 0x100U, 0xD800U, 0xFFFFU, 0x10FFFFU}) {
    const Ref<Str> character = Str::of_character(point);
    ASSERT_EQ(character->size(), 1U);
    EXPECT_EQ(character->view()[0], point);
    EXPECT_EQ(character->repertoire(), text::repertoire_of(point));
  }
}

TEST_F(StrTest, EqualTextsAreEqualAndHashAlike) {
  const Ref<Str> a = str_of("some text");
  const Ref<Str> b = str_of(U"some text");
  EXPECT_NE(a.get(), b.get());
  EXPECT_TRUE(equal(*a, *b));
  EXPECT_EQ(a->hash(), b->hash());
  EXPECT_EQ(a->hash(), a->hash());
  EXPECT_TRUE(equal(*a, *b)) << "also with known hashes";
  for (const char* other : {"some texu", "some tex", "some text ", "", "s\xC3\xB6me text"}) {
    const Ref<Str> c = str_of(other);
    EXPECT_FALSE(equal(*a, *c));
    EXPECT_NE(a->hash(), c->hash());
    EXPECT_FALSE(equal(*a, *c)) << "also with known hashes";
  }
  EXPECT_EQ(Str::empty()->hash(), 0);
}

// The same bytes, as text of another width.
TEST_F(StrTest, WidthIsAPartOfEquality) {
  const Ref<Str> narrow = str_of(U"ab\u00E9x");
  const char16_t same_bytes[] = {0x6261, 0x78E9};
  const Ref<Str> wide = Str::of({same_bytes, 2, 2});
  EXPECT_TRUE(std::ranges::equal(narrow->bytes(), wide->bytes()));
  EXPECT_FALSE(equal(*narrow, *wide));
}

TEST_F(StrTest, KnowsWhatIsAStr) {
  const Ref<Str> str = str_of("text");
  EXPECT_EQ(as_str(str.value()), str.get());
  EXPECT_EQ(as_str(Value::of_int(1)), nullptr);
  EXPECT_EQ(as_str(Value::kNone), nullptr);
  EXPECT_EQ(as_str(Cell::make({}).value()), nullptr);

  Type* const ancestors[] = {&str_type(), &object_type()};
  Type* const subtype =
      Type::make({.name = "name", .layout = &layout_of<Str>, .ancestors = ancestors});
  const Ref<Str> of_subtype =
      new_object_with_trailing<Str>(*subtype, 1, std::size_t{1}, Repertoire::kAscii);
  *of_subtype->writable<std::uint8_t>() = 'x';
  EXPECT_EQ(as_str(of_subtype.value()), of_subtype.get());
  EXPECT_TRUE(equal(*of_subtype, *Str::of_character('x')));
}

TEST_F(StrTest, ALongOneIsOneObjectToo) {
  constexpr std::size_t kSize = 3'000'000;
  const Ref<Str> str = Str::make_blank(kSize, Repertoire::kUcs2);
  std::fill_n(str->writable<std::uint16_t>(), kSize, std::uint16_t{0x3042});
  EXPECT_EQ(str->bytes().size(), 2 * kSize);
  EXPECT_EQ(str->view()[kSize - 1], 0x3042U);
}

TEST_F(StrTest, WithoutMemoryItIsAMemoryError) {
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_FALSE(str_of("some text"));
    EXPECT_TRUE(str_of("x")) << "there is one already";
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(Str::make_blank(SIZE_MAX, Repertoire::kAscii));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(Str::make_blank(SIZE_MAX / 4 + 2, Repertoire::kUcs4)) << "no wrap around";
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

// The hash of one object, asked for the first time by two threads at once.
TEST_F(StrConcurrency, TheHashIsTheSameForAll) {
  constexpr int kRounds = kThreadSanitizer ? 300 : 3'000;
  for (int round = 0; round < kRounds; ++round) {
    const Ref<Str> str = str_of("round " + std::to_string(round));
    std::int64_t there = 0;
    std::thread other = attached([&](Thread&) { there = str->hash(); });
    const std::int64_t here = str->hash();
    join_detached(other);
    ASSERT_EQ(here, there);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
