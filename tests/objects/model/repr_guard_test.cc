#include "objects/model/repr_guard.h"

#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using ReprGuardTest = ObjectsTest;

TEST_F(ReprGuardTest, KnowsWhatIsPrintedAround) {
  const Ref<Witness> one = Witness::make();
  const Ref<Witness> other = Witness::make();
  const ReprGuard outer(*one);
  EXPECT_FALSE(outer.is_inside());
  {
    const ReprGuard inner(*other);
    EXPECT_FALSE(inner.is_inside());
    EXPECT_TRUE(ReprGuard(*one).is_inside());
    EXPECT_TRUE(ReprGuard(*other).is_inside());
  }
  EXPECT_FALSE(ReprGuard(*other).is_inside());
  elsewhere([&] { EXPECT_FALSE(ReprGuard(*one).is_inside()) << "another thread's print"; });
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
