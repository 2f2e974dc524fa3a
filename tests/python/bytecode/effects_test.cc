#include "python/bytecode/effects.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace orochi::inline OROCHI_DESIGN::bytecode {
namespace {

// Each access as a letter, its registers and its mark.
std::string effects(const Instruction& instruction, std::span<const Shape> shapes = {}) {
  std::ostringstream text;
  for (const Access& access : accesses_of(instruction, shapes)) {
    text << "rmtew"[static_cast<int>(access.kind)] << access.first;
    if (access.count != 1) text << '+' << access.count;
    if (access.mark != 0) text << '\'' << static_cast<int>(access.mark);
    text << ' ';
  }
  return text.str();
}

TEST(Effects, ReadsComeBeforeWrites) {
  EXPECT_EQ(effects({Opcode::kAdd, 0, 7, 8, 9}), "r8'2 r9'4 w7'1 ");
  EXPECT_EQ(effects({Opcode::kAddK, 0, 7, 8, 9}), "r8'2 w7'1 ");
  EXPECT_EQ(effects({Opcode::kStoreAttribute, 0, 1, 2, 3}), "r1'1 r2'2 ");
  EXPECT_EQ(effects({Opcode::kUnpackPair, 0, 1, 2, 3}), "r3'4 w1'1 w2'2 ");
}

TEST(Effects, CallsTakeTheirWindows) {
  EXPECT_EQ(effects({Opcode::kCall, 0, 1, 10, 3}), "t10 t12+3 w1'1 ");
  EXPECT_EQ(effects({Opcode::kCallMethod, 0, 1, 10, 3}), "t10+5 w1'1 ");
  const Shape shapes[] = {{4, 0}};
  EXPECT_EQ(effects({Opcode::kCallKeywords, 0, 1, 10, 0}, shapes), "t10 t12+4 w1'1 ");
  EXPECT_EQ(effects({Opcode::kCallMethodKeywords, 0, 1, 10, 0}, shapes), "t10+6 w1'1 ");
}

TEST(Effects, WindowsAreAsLongAsTheirOperandsSay) {
  EXPECT_EQ(effects({Opcode::kBuildDict, 0, 1, 10, 3}), "t10+6 w1'1 ");
  EXPECT_EQ(effects({Opcode::kUnpackSequence, 0, 10, 1, 3}), "r1'2 w10+3 ");
  const Shape shapes[] = {{2, 5}};
  EXPECT_EQ(effects({Opcode::kUnpackStar, 0, 10, 1, 0}, shapes), "r1'2 w10+8 ");
  EXPECT_EQ(effects({Opcode::kBuildKeyedDict, 0, 1, 10, 0}, shapes), "t10+2 w1'1 ");
}

TEST(Effects, ACellIsMadeOfAnUnboundVariableToo) {
  EXPECT_EQ(effects({Opcode::kMakeCell, 0, 3, 0, 0}), "e3 w3 ");
  EXPECT_EQ(effects({Opcode::kDelegate, 0, 3, 4, 0}), "t3 t4 w3 ");
}

TEST(Effects, SomeHappenOnOneWayOnly) {
  const Instruction next{Opcode::kForNext, 0, 1, 2, 0};
  const Accesses accesses = accesses_of(next, {});
  ASSERT_EQ(accesses.size, 2);
  EXPECT_TRUE(happens(next, accesses.items[0], Way::kNext)) << "an exhausted iterator is dropped";
  EXPECT_FALSE(happens(next, accesses.items[0], Way::kOther));
  EXPECT_FALSE(happens(next, accesses.items[1], Way::kNext));
  EXPECT_TRUE(happens(next, accesses.items[1], Way::kOther)) << "there is a next value";
}

// Windows, shapes and marks: whatever the table says, there is room for it.
TEST(Effects, EveryOpcodeHasFewEnough) {
  const Shape shapes[] = {{1, 1}};
  for (std::size_t opcode = 0; opcode < kOpcodeCount; ++opcode) {
    const Instruction instruction{static_cast<Opcode>(opcode), 0, 0, 0, 0};
    EXPECT_LE(accesses_of(instruction, shapes).size, Accesses::kMost) << kOpcodeTable[opcode].name;
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::bytecode
