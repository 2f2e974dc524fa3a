#include "objects/types/str_builder.h"

#include "memory/fault.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class StrBuilderTest : public ObjectsTest {};

TEST_F(StrBuilderTest, OfNothingIsTheEmptyText) {
  StrBuilder out;
  EXPECT_EQ(out.finish().get(), Str::empty().get());
}

TEST_F(StrBuilderTest, AddsWhateverIsText) {
  StrBuilder out;
  out.add("a");
  out.add(*str_of(U"\u00E9"));
  out.add(text::CodePoint{0x6F22}, 3);
  out.add_number(-12);
  out.add_utf8("\xF0\x9F\x98\x80");
  EXPECT_EQ(out.add_str(Value::of_int(7)), Status::kDone);
  const Ref<Str> quoted = str_of("x");
  EXPECT_EQ(out.add_repr(quoted.value()), Status::kDone);
  const Ref<Str> made = out.finish();
  EXPECT_EQ(python(made), python(str_of(U"a\u00E9\u6F22\u6F22\u6F22-12\U0001F6007'x'")));
  EXPECT_EQ(made->size(), out.size());
}

TEST_F(StrBuilderTest, EscapesAreAsShortAsCanBe) {
  StrBuilder out;
  out.add_hex(0xBEEF, 6);
  for (const text::CodePoint point : {0xE9U, 0x6F22U, 0x1F600U}) out.add_escape(point);
  EXPECT_EQ(out.finish()->ascii(), "00beef\\xe9\\u6f22\\U0001f600");
}

TEST_F(StrBuilderTest, BytesThatAreNoTextAreReplaced) {
  StrBuilder out;
  out.add_utf8("a\xFFz");
  EXPECT_EQ(python(out.finish()), python(str_of(U"a\uFFFDz")));
}

TEST_F(StrBuilderTest, GrowsInSizeAndInWidth) {
  text::Random random{7};
  for (int i = 0; i < 200; ++i) {
    StrBuilder out;
    text::Points all;
    for (std::uint64_t parts = random.below(30); parts != 0; --parts) {
      const Ref<Str> part = random_str(random, 60);
      out.add(*part);
      for (const text::CodePoint point : text::points_of(part->view())) all.push_back(point);
    }
    EXPECT_EQ(python(out.finish()), python(str_of(all)));
  }
}

TEST_F(StrBuilderTest, WhatIsCutOffIsForgotten) {
  StrBuilder out;
  out.add("abc");
  out.add(text::CodePoint{0x6F22});
  out.cut(2);
  EXPECT_EQ(python(out.finish()), "\"ab\"") << "as narrow as can be";
  out.cut(0);
  out.add(text::CodePoint{'z'}, 1'000);
  EXPECT_EQ(out.finish()->size(), 1'000U);
}

TEST_F(StrBuilderTest, WithoutMemoryTheEndSaysSo) {
  StrBuilder out;
  {
    const auto fault = fault::Injection::nth(0);
    out.add(text::CodePoint{'a'}, 100'000);
    EXPECT_EQ(out.size(), 0U);
    out.add("short");
  }
  EXPECT_FALSE(out.finish());
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

TEST_F(StrBuilderTest, TextsBeyondAllMemoryAreRefused) {
  StrBuilder out;
  out.add("a");
  EXPECT_EQ(out.extend(SIZE_MAX, text::Repertoire::kAscii), nullptr);
  EXPECT_FALSE(out.finish());
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  StrBuilder wide;
  EXPECT_EQ(wide.extend(SIZE_MAX / 2, text::Repertoire::kUcs4), nullptr);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
