#include "objects/types/zip.h"

#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ZipTest : public SequencesTest {
 protected:
  template <class... Lists>
  static std::string all(Zip::Ends ends, Lists&&... lists) {
    const Ref<Tuple> iterables = Tuple::of(std::forward<Lists>(lists)...);
    const Ref<> zip = Zip::make(zip_type(), *iterables, ends);
    if (!zip) return raised();
    const Ref<List> items = List::from(zip.value());
    return items ? shown(items.value()) : raised();
  }
  static constexpr Zip::Ends kAny = Zip::Ends::kAny;
  static constexpr Zip::Ends kStrict = Zip::Ends::kStrict;
};

TEST_F(ZipTest, PutsItemsTogetherUntilOneEnds) {
  EXPECT_EQ(all(kAny), "[]");
  EXPECT_EQ(all(kAny, ints({1, 2})), "[(1,), (2,)]");
  EXPECT_EQ(all(kAny, ints({1, 2}), ints({3, 4, 5})), "[(1, 3), (2, 4)]");
  EXPECT_EQ(all(kAny, ints({1, 2}), ints({}), ints({3})), "[]");
  EXPECT_EQ(all(kAny, ints({}), number(1)), "TypeError: 'int' object is not iterable");
}

TEST_F(ZipTest, StrictlyAllEndTogether) {
  EXPECT_EQ(all(kStrict, ints({1}), ints({2})), "[(1, 2)]");
  EXPECT_EQ(all(kStrict, ints({1, 2}), ints({2})),
            "ValueError: zip() argument 2 is shorter than argument 1");
  EXPECT_EQ(all(kStrict, ints({1}), ints({2, 3})),
            "ValueError: zip() argument 2 is longer than argument 1");
  EXPECT_EQ(all(kStrict, ints({1}), ints({2}), ints({})),
            "ValueError: zip() argument 3 is shorter than arguments 1-2");
  EXPECT_EQ(all(kStrict, ints({}), ints({}), ints({1})),
            "ValueError: zip() argument 3 is longer than arguments 1-2");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
