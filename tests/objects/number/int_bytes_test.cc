#include "objects/number/int_bytes.h"

#include <gtest/gtest.h>

#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::string literal(const Bytes& bytes) {
  std::string text = "bytes.fromhex('";
  for (const std::uint8_t byte : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    text += digits;
  }
  return text + "')";
}

Number read(const Bytes& bytes, ByteOrder order, Signed is_signed) {
  const Room out{from_bytes_room(bytes.size())};
  return Number{from_bytes(out, bytes, order, is_signed)};
}

TEST(IntBytes, SizesAtTheEdge) {
  Bytes one(1);
  EXPECT_EQ(to_bytes(one, Number{255}, ByteOrder::kBig, Signed::kNo), ToBytes::kDone);
  EXPECT_EQ(to_bytes(one, Number{256}, ByteOrder::kBig, Signed::kNo), ToBytes::kTooBig);
  EXPECT_EQ(to_bytes(one, Number{127}, ByteOrder::kBig, Signed::kYes), ToBytes::kDone);
  EXPECT_EQ(to_bytes(one, Number{128}, ByteOrder::kBig, Signed::kYes), ToBytes::kTooBig);
  EXPECT_EQ(to_bytes(one, Number{-128}, ByteOrder::kBig, Signed::kYes), ToBytes::kDone);
  EXPECT_EQ(to_bytes(one, Number{-129}, ByteOrder::kBig, Signed::kYes), ToBytes::kTooBig);
  EXPECT_EQ(to_bytes(one, Number{-1}, ByteOrder::kBig, Signed::kNo), ToBytes::kNegative);
  EXPECT_EQ(to_bytes({}, Number{0}, ByteOrder::kBig, Signed::kYes), ToBytes::kDone);
  EXPECT_EQ(to_bytes({}, Number{-1}, ByteOrder::kBig, Signed::kYes), ToBytes::kTooBig);
}

TEST(IntBytes, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Numbers numbers{1};
  for (int i = 0; i < 2'000; ++i) {
    const Number a = numbers.next(4);
    Bytes bytes(numbers.below(36));
    const ByteOrder order = i % 2 == 0 ? ByteOrder::kBig : ByteOrder::kLittle;
    const Signed is_signed = numbers.below(2) == 0 ? Signed::kNo : Signed::kYes;
    const std::string how = std::string(order == ByteOrder::kBig ? "'big'" : "'little'") +
                            ", signed=" + (is_signed == Signed::kYes ? "True" : "False");
    const std::string call =
        "(" + hex(a) + ").to_bytes(" + std::to_string(bytes.size()) + ", " + how + ")";
    switch (to_bytes(bytes, a, order, is_signed)) {
      case ToBytes::kDone:
        python.expect(call + " == " + literal(bytes));
        EXPECT_TRUE(equal(read(bytes, order, is_signed), a));
        break;
      case ToBytes::kTooBig:
        python.expect("raises(OverflowError, lambda: " + call + ") == 'int too big to convert'");
        break;
      case ToBytes::kNegative:
        python.expect("'negative int' in raises(OverflowError, lambda: " + call + ")");
        break;
    }
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(numbers.below(256));
    python.expect("int.from_bytes(" + literal(bytes) + ", " + how +
                  ") == " + hex(read(bytes, order, is_signed)));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
