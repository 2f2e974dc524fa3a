#include "objects/types/sequence_repr.h"

#include "memory/fault.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/strs.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SequenceReprTest : public SequencesTest {
 protected:
  static std::string of(std::initializer_list<int> items) {
    ItemsRepr text("<");
    for (const int item : items) EXPECT_EQ(text.add(key_of(item)), Status::kDone);
    const Ref<> made = text.finish(">");
    return std::string(made.as<Str>().ascii());
  }
};

TEST_F(SequenceReprTest, PutsCommasBetween) {
  EXPECT_EQ(of({}), "<>");
  EXPECT_EQ(of({1}), "<1>");
  EXPECT_EQ(of({1, 2, 3}), "<1, 2, 3>");
}

TEST_F(SequenceReprTest, AReprIsAStr) {
  Protocols slots;
  slots.repr = [](Value) noexcept { return number(1); };
  Type* const ancestors[] = {&object_type()};
  Type* const type = Type::make(
      {.name = "odd", .layout = &layout_of<Object>, .ancestors = ancestors, .protocols = slots});
  const Ref<> odd = new_object<Object>(*type);
  StrBuilder text;
  EXPECT_EQ(text.add_repr(odd.value()), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: __repr__ returned non-string (type int)");
}

TEST_F(SequenceReprTest, RaisesAboutAValue) {
  raise_about(ErrorKind::kValue, "<", ints({1}).value(), "> is it");
  EXPECT_EQ(raised(), "ValueError: <[1]> is it");
  raise_about(ErrorKind::kKey, "", str_of(U"\u6F22").value(), "");
  EXPECT_EQ(raised(), "KeyError: '\u6F22'");
}

TEST_F(SequenceReprTest, WithoutMemoryThatIsWhatItRaises) {
  const Ref<List> list = ints({1, 2, 3});
  for (std::uint64_t n = 0;; ++n) {
    auto fault = fault::Injection::nth(n);
    raise_about(ErrorKind::kValue, "", list.value(), "");
    if (fault.allocations() <= n) break;
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
  EXPECT_EQ(taken(), ErrorKind::kValue);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
