// The checker is asked about code that is wrong in one way each.
#include "python/bytecode/checker.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace orochi::inline OROCHI_DESIGN::bytecode {
namespace {

constexpr Register kLocal = 0;  // a parameter
constexpr Register kOther = 1;  // a local that is unbound at first
constexpr Register t0 = 2;
constexpr Register t1 = 3;
constexpr Register t2 = 4;

class Subject {
 public:
  Subject& add(Opcode opcode, std::uint16_t a = 0, std::uint16_t b = 0, std::uint16_t c = 0,
               std::uint8_t marks = 0) {
    instructions_.push_back({opcode, marks, a, b, c});
    return *this;
  }
  Subject& jump(Opcode opcode, std::uint16_t a, std::uint32_t target, std::uint8_t marks = 0) {
    Instruction instruction{opcode, marks, a, 0, 0};
    instruction.set_wide(target);
    instructions_.push_back(instruction);
    return *this;
  }
  Subject& guard(const ExceptionEntry& entry) {
    exceptions_.push_back(entry);
    return *this;
  }
  [[nodiscard]] std::string flaw() {
    code_.argument_count = 1;
    code_.local_count = 2;
    code_.register_count = 7;
    code_.instructions = instructions_;
    code_.exceptions = exceptions_;
    code_.constants = constants_;
    const Flaw found = check(code_);
    return found ? found.what : "";
  }

 private:
  std::vector<Instruction> instructions_;
  std::vector<ExceptionEntry> exceptions_;
  std::vector<Constant> constants_ = std::vector<Constant>(1);
  Code code_;
};

Subject code() { return {}; }

TEST(Checker, IsContentWithWhatIsRight) {
  EXPECT_EQ(code().add(Opcode::kReturn, kLocal).flaw(), "");
  EXPECT_EQ(code()
                .add(Opcode::kAdd, t0, kLocal, kLocal)
                .add(Opcode::kAdd, t0, t0, kLocal, kMarkA)
                .add(Opcode::kReturn, t0)
                .flaw(),
            "");
}

TEST(Checker, FindsReadsOfWhatMayBeEmpty) {
  EXPECT_EQ(code().add(Opcode::kReturn, kOther).flaw(), "takes what may be empty");
  EXPECT_EQ(code().add(Opcode::kNot, t0, kOther).add(Opcode::kReturn, t0).flaw(),
            "reads what may be empty");
  EXPECT_EQ(code()
                .add(Opcode::kCheckLocal, kOther)
                .add(Opcode::kNot, t0, kOther)
                .add(Opcode::kReturn, t0)
                .flaw(),
            "")
      << "it was looked at";
}

TEST(Checker, FindsReadsBehindTheLastUse) {
  EXPECT_EQ(code()
                .add(Opcode::kLoadConstant, t0)
                .add(Opcode::kNot, t1, t0, 0, kMarkB)
                .add(Opcode::kAdd, t1, t0, t1, kMarkA)
                .add(Opcode::kReturn, t1)
                .flaw(),
            "reads what may be empty");
}

TEST(Checker, FindsValuesThatAreLost) {
  EXPECT_EQ(code()
                .add(Opcode::kLoadConstant, t0)
                .add(Opcode::kLoadConstant, t0)
                .add(Opcode::kReturn, t0)
                .flaw(),
            "loses what may be there");
  EXPECT_EQ(code().add(Opcode::kLoadConstant, t0).jump(Opcode::kReturnConstant, 0, 0).flaw(),
            "stays behind when the frame is left");
}

TEST(Checker, FindsMarksThatAreNotNeeded) {
  Instruction load{Opcode::kLoadConstant, kMarkA, t0, 0, 0};
  EXPECT_EQ(code().add(load.opcode, load.a, 0, 0, load.marks).add(Opcode::kReturn, t0).flaw(),
            "drops what is not there");
}

TEST(Checker, FindsLocalsThatAreGivenAway) {
  EXPECT_EQ(code().add(Opcode::kNot, t0, kLocal, 0, kMarkB).add(Opcode::kReturn, t0).flaw(),
            "the last use of a local");
}

TEST(Checker, FollowsBothWaysOfABranch) {
  EXPECT_EQ(code()
                .jump(Opcode::kJumpIfFalse, kLocal, 2)
                .add(Opcode::kLoadConstant, t0)
                .add(Opcode::kReturn, t0)
                .flaw(),
            "takes what may be empty");
  EXPECT_EQ(code()
                .jump(Opcode::kJumpIfFalse, kLocal, 2)
                .add(Opcode::kLoadConstant, t0)
                .add(Opcode::kDrop, t0)
                .jump(Opcode::kReturnConstant, 0, 0)
                .flaw(),
            "")
      << "a drop asks nothing";
}

TEST(Checker, FollowsLoops) {
  const auto loop = [](std::uint16_t value, std::uint8_t marks) {
    return code()
        .add(Opcode::kGetIterator, t0, kLocal)
        .add(Opcode::kForNext, value, t0, 0, marks)
        .jump(Opcode::kJump, 0, 4)
        .jump(Opcode::kJumpBack, 0, 1)
        .jump(Opcode::kReturnConstant, 0, 0)
        .flaw();
  };
  EXPECT_EQ(loop(kOther, kMarkA), "");
  EXPECT_EQ(loop(kOther, 0), "loses what may be there") << "the second time";
}

TEST(Checker, FollowsExceptions) {
  const auto guarded = [](Register exception, Register depth) {
    return code()
        .add(Opcode::kLoadConstant, t0)
        .add(Opcode::kNot, t1, kLocal)
        .add(Opcode::kReturn, t1)
        .add(Opcode::kReraise, t0)
        .guard({1, 2, 3, exception, depth})
        .flaw();
  };
  EXPECT_EQ(guarded(t0, t0), "stays behind when the frame is left") << "t0, at the return";
  EXPECT_EQ(guarded(kOther, t0), "the exception's register is no free one");
  EXPECT_EQ(code()
                .add(Opcode::kNot, t1, kLocal)
                .add(Opcode::kReturn, t1)
                .add(Opcode::kReraise, t1)
                .guard({0, 1, 2, t0, t0})
                .flaw(),
            "takes what may be empty")
      << "t0 has the exception, and t1 nothing";
}

TEST(Checker, WantsRoomForTheCallee) {
  const auto call = [](Register busy) {
    return code()
        .add(Opcode::kLoadConstant, busy)
        .add(Opcode::kLoadConstant, t1)
        .add(Opcode::kCall, t1, t1, 0)
        .add(Opcode::kDrop, busy)
        .add(Opcode::kReturn, t1)
        .flaw();
  };
  EXPECT_EQ(call(t0), "");
  EXPECT_EQ(call(t2), "something is where self goes");
  EXPECT_EQ(call(6), "something lies above a call");
}

TEST(Checker, LooksAtNumbers) {
  EXPECT_EQ(code().add(Opcode::kReturn, 7).flaw(), "no such register");
  EXPECT_EQ(code().add(Opcode::kLoadConstant, t0, 1).flaw(), "an operand is too large");
  EXPECT_EQ(code().jump(Opcode::kJump, 0, 1).flaw(), "an operand is too large");
  EXPECT_EQ(code().add(Opcode::kDrop, t0).flaw(), "runs out of the code");
  EXPECT_EQ(code().add(Opcode::kBuildList, t0, kLocal, 2).add(Opcode::kReturn, t0).flaw(),
            "a window of locals");
  EXPECT_EQ(code()
                .add(Opcode::kTestLess, kLocal, kLocal, 1)
                .jump(Opcode::kReturnConstant, 0, 0)
                .jump(Opcode::kReturnConstant, 0, 0)
                .flaw(),
            "no jump to skip");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::bytecode
