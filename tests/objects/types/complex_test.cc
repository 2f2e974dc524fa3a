#include "objects/types/complex.h"

#include <cmath>

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ComplexTest : public ObjectsTest {
 protected:
  static std::int64_t hash_of(Value value) {
    std::int64_t result = 0;
    EXPECT_EQ(hash(value, result), Status::kDone);
    return result;
  }
};

TEST_F(ComplexTest, IsWhatItWasMadeOf) {
  const Ref<> made = make_complex({1.5, -2});
  EXPECT_EQ(&type_of(made.value()), &complex_type());
  EXPECT_TRUE(is_complex(made.value()));
  EXPECT_EQ(as_complex(made.value()), (ComplexNumber{1.5, -2}));
  EXPECT_FALSE(is_complex(Value::of_int(1)));
  EXPECT_FALSE(is_number(Value::kNone));
  EXPECT_TRUE(is_number(made.value()));
}

TEST_F(ComplexTest, OtherNumbersAreComplexToo) {
  ComplexNumber number{7, 7};
  EXPECT_EQ(complex_of(Value::of_int(3), number), Status::kDone);
  EXPECT_EQ(number, (ComplexNumber{3, 0}));
  EXPECT_EQ(complex_of(make_float(0.5).value(), number), Status::kDone);
  EXPECT_EQ(number, (ComplexNumber{0.5, 0}));
  EXPECT_EQ(complex_of(int_of(std::string(400, '9')).value(), number), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kOverflow);
}

TEST_F(ComplexTest, HashesAsTheNumberThatItEquals) {
  for (const double x : {0.0, 1.0, -1.0, 1e15, 0.5, -2.75}) {
    const Ref<> alone = make_float(x);
    EXPECT_EQ(hash_of(make_complex({x, 0}).value()), hash_of(alone.value()));
  }
  EXPECT_EQ(hash_of(make_complex({3, 0}).value()), hash_of(Value::of_int(3)));
}

TEST_F(ComplexTest, WithoutMemoryThereIsNone) {
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_FALSE(make_complex({1, 2}));
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
