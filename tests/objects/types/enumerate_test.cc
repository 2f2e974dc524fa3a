#include "objects/types/enumerate.h"

#include "memory/fault.h"
#include "objects/types/int_arithmetic.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class EnumerateTest : public SequencesTest {
 protected:
  static std::string all(const Ref<>& iterator) {
    return shown(List::from(iterator.value()).value());
  }
};

TEST_F(EnumerateTest, NumbersItems) {
  const Ref<List> list = ints({7, 8});
  EXPECT_EQ(all(Enumerate::make(enumerate_type(), list.value(), key_of(0))), "[(0, 7), (1, 8)]");
  EXPECT_EQ(all(Enumerate::make(enumerate_type(), list.value(), key_of(-1))), "[(-1, 7), (0, 8)]");
  EXPECT_EQ(all(Enumerate::make(enumerate_type(), list.value(), Value::kTrue)), "[(1, 7), (2, 8)]");
  EXPECT_EQ(all(Enumerate::make(enumerate_type(), List::make().value(), key_of(5))), "[]");
  EXPECT_FALSE(Enumerate::make(enumerate_type(), key_of(1), key_of(0)));
  EXPECT_EQ(raised(), "TypeError: 'int' object is not iterable");
}

TEST_F(EnumerateTest, NumbersMayBeOfAnySize) {
  const Ref<> start = make_int(INT64_MAX);
  EXPECT_EQ(all(Enumerate::make(enumerate_type(), ints({7, 8}).value(), start.value())),
            "[(9223372036854775807, 7), (9223372036854775808, 8)]");
}

TEST_F(EnumerateTest, WithoutMemoryItSaysSo) {
  const Ref<> iterator = Enumerate::make(enumerate_type(), ints({7}).value(), key_of(0));
  Ref<> pair;
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_EQ(next(iterator.value(), pair), Status::kFailed);
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
