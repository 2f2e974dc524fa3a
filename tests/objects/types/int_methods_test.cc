#include "objects/types/int_methods.h"

#include "memory/fault.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class IntMethodsTest : public ObjectsTest {
 protected:
  PythonOracle oracle_;
  integer::Numbers numbers_{20'240'604};
};

TEST_F(IntMethodsTest, BitsAreAsPythonCountsThem) {
  OROCHI_NEED_PYTHON();
  for (int i = 0; i < 300; ++i) {
    const Ref<> number = random_int(numbers_, 6);
    const std::string python = python_int(number.value());
    oracle_.expect(python +
                   ".bit_length() == " + python_int(int_bit_length(number.value()).value()));
    oracle_.expect(python + ".bit_count() == " + python_int(int_bit_count(number.value()).value()));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(IntMethodsTest, BytesAreAsPythonWritesAndReadsThem) {
  OROCHI_NEED_PYTHON();
  for (int i = 0; i < 800; ++i) {
    const Ref<> number = random_int(numbers_, 3);
    std::string bytes(numbers_.below(26), '\0');
    const bool little = numbers_.below(2) == 0;
    const bool is_signed = numbers_.below(2) == 0;
    const auto order = little ? integer::ByteOrder::kLittle : integer::ByteOrder::kBig;
    const auto sign = is_signed ? integer::Signed::kYes : integer::Signed::kNo;
    const std::string how = std::string(little ? "\"little\"" : "\"big\"") +
                            ", signed=" + (is_signed ? "True" : "False") + ")";
    const std::span<std::uint8_t> out(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size());
    const std::string call =
        python_int(number.value()) + ".to_bytes(" + std::to_string(bytes.size()) + ", " + how;
    if (failed(int_to_bytes(number.value(), out, order, sign))) {
      oracle_.expect("raises(OverflowError, lambda: " + call + ") == \"" +
                     std::string(Error::take().text()) + "\"");
      continue;
    }
    oracle_.expect(call + " == " + text::python_bytes(bytes));
    oracle_.expect("int.from_bytes(" + text::python_bytes(bytes) + ", " + how +
                   " == " + python_int(int_from_bytes(out, order, sign).value()));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(IntMethodsTest, RoundsAsPython) {
  OROCHI_NEED_PYTHON();
  const auto expect = [&](Value number, std::uint64_t places) {
    oracle_.expect("round(" + python_int(number) + ", -" + std::to_string(places) +
                   ") == " + python_int(int_round(number, places).value()));
  };
  for (const std::int64_t number : {0, 5, 15, 25, -5, -15, -25, 49, 50, 51, -50, 149, 150, 250}) {
    for (const std::uint64_t places : {0U, 1U, 2U, 3U, 400U}) expect(Value::of_int(number), places);
  }
  for (int i = 0; i < 300; ++i) expect(random_int(numbers_, 4).value(), numbers_.below(85));
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(IntMethodsTest, EachAllocationMayFail) {
  const Ref<> number = int_of(std::string(300, '7'));
  for (std::uint64_t n = 0;; ++n) {
    Ref<> rounded;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      rounded = int_round(number.value(), 150);
      allocations = fault.allocations();
    }
    if (allocations <= n) {
      EXPECT_TRUE(rounded);
      EXPECT_GT(n, 3U);
      break;
    }
    EXPECT_FALSE(rounded);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
