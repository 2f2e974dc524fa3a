#include "objects/types/format.h"

#include "objects/model/new_object.h"
#include "tests/objects/types/formats.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class FormatTest : public FormatsTest {
 protected:
  static Ref<> answering(UnaryFunction, BinaryFunction format) {
    Protocols slots;
    slots.format = format;
    Type* const ancestors[] = {&object_type()};
    Type* const type = Type::make({.name = "answering",
                                   .layout = &layout_of<Object>,
                                   .ancestors = ancestors,
                                   .protocols = slots});
    return new_object<Object>(*type);
  }
};

TEST_F(FormatTest, ATextWithoutASpecifierIsItself) {
  const Ref<Str> text = str_of("spam");
  EXPECT_EQ(format(text.value(), *Str::empty()).get(), text.get());
  EXPECT_EQ(format(Value::of_int(12), *Str::empty())->ascii(), "12");
}

TEST_F(FormatTest, WhoHasNoFormatTakesNoSpecifier) {
  EXPECT_EQ(format(Value::kNone, *Str::empty())->ascii(), "None");
  EXPECT_FALSE(format(Value::kNone, *str_of(">5")));
  EXPECT_EQ(taken_text(), "TypeError: unsupported format string passed to NoneType.__format__");
}

TEST_F(FormatTest, AFormatMustBeAText) {
  const Ref<> wrong =
      answering(nullptr, [](Value, Value) noexcept { return Ref<>::of(Value::of_int(3)); });
  EXPECT_FALSE(format(wrong.value(), *Str::empty()));
  EXPECT_EQ(taken_text(), "TypeError: __format__ must return a str, not int");
}

TEST_F(FormatTest, ConvertsFirst) {
  const Ref<Str> text = str_of(U"\u00E9\u6F22\U0001F600");
  const Ref<Str> spec = str_of(">4");
  EXPECT_EQ(python(format_field(text.value(), Conversion::kNone, spec.get())),
            python(str_of(U" \u00E9\u6F22\U0001F600")));
  EXPECT_EQ(python(format_field(text.value(), Conversion::kRepr, nullptr)),
            python(str_of(U"'\u00E9\u6F22\U0001F600'")));
  EXPECT_EQ(format_field(text.value(), Conversion::kAscii, nullptr)->ascii(),
            "'\\xe9\\u6f22\\U0001f600'");
  const Ref<Str> width = str_of("4");
  EXPECT_EQ(format_field(Value::of_int(7), Conversion::kStr, width.get())->ascii(), "7   ")
      << "a text is on the left";
  EXPECT_EQ(format_field(Value::of_int(7), Conversion::kNone, width.get())->ascii(), "   7");
}

TEST_F(FormatTest, PartsAreJoinedInOneAllocation) {
  const Ref<Str> a = str_of("a");
  const Ref<Str> b = str_of(U"\u6F22b");
  const Value parts[] = {a.value(), b.value(), Str::empty().value(), a.value()};
  EXPECT_EQ(python(concat_all(parts)), python(str_of(U"a\u6F22ba")));
  EXPECT_EQ(concat_all({}).get(), Str::empty().get());
  EXPECT_EQ(concat_all({parts, 1}).get(), a.get()) << "a single one is itself";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
