// python/bytecode/opcodes.h: every instruction of the register machine: the specification.
//
// A row is one opcode: its name, what its operands A, B and C are, where control goes next, and a
// sentence. docs/bytecode.md is written from this table, and so are the disassembler, the liveness
// pass and the checker; the machine has one handler a row.
//
// Operands (Operand below) are 16 bits wide. What needs 32 (jumps, constants, names) takes B and C.
// A register is a local (numbers below Code::local_count) or a temporary. A *window* is a run of
// temporaries that begins at the operand.
//
// O1  A temporary holds a value or is empty, and which of them is known at each instruction; an
//     instruction that writes one finds it empty or says by a mark that it does not.
// O2  What an instruction takes from a window it leaves empty.
// O3  Above the window of a call all temporaries are empty: the callee's frame may lie there.
// O4  An instruction that raises has written nothing, and whatever it read is still where it was.
//     Windows may be empty or not: the unwinder looks (ExceptionEntry in code.h).
//
// Marks (instruction.h): each operand that is a register has one. Of a read: this is the last use,
// and the register is empty afterwards; who wants the value moves it, others drop it. Of a write:
// the register may hold a value, which is dropped once the new one is in place. A register that is
// read and written by the same instruction is marked at the write alone.
//
// Tests: tests/python/bytecode/page_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {

enum class Operand : std::uint8_t {
  kNone,
  kRead,             // a register, read in place
  kWrite,            // a register that is given a value; at a kSkip only where the next is skipped
  kUpdate,           // a register whose value is replaced by one made of it
  kEmpty,            // a register that is emptied, whatever it holds
  kLocal,            // a local that may be unbound
  kTake,             // a register that gives its value away
  kTake2,            // a window of two, taken
  kTake3,            // a window of three, taken
  kTakeC,            // a window of C, taken
  kTakePairs,        // a window of C pairs, taken
  kTakeShape,        // a window as long as the shape's first number, taken
  kTakeCall,         // callable, an empty register, C arguments, taken
  kTakeMethod,       // callable, self or empty, C arguments, taken
  kTakeCallShape,    // as kTakeCall, the shape's first number being how many arguments there are
  kTakeMethodShape,  // as kTakeMethod, likewise
  kGive2,            // a window of two that is written
  kGive3,            // a window of three that is written
  kGiveC,            // a window of C that is written
  kGiveShape,        // a window of the shape's first number, one more, and its second one; written
  kConstant,         // number of a constant
  kWideConstant,     // of B and C
  kCode,             // of B and C: number of a constant that is a code object
  kName,             // number of a name
  kWideName,         // of B and C
  kSite,             // number of a site: a name and a word of inline cache
  kWideSite,         // of B and C
  kJump,             // of B and C: number of an instruction
  kFree,             // number of a free variable
  kShape,            // number of a shape: two numbers
  kCount,            // a number
  kSense,            // 0 or 1: which truth the jump behind waits for
  kConversion,       // 0, or the letter of !s, !r or !a
};

enum class Flow : std::uint8_t {
  kNext,
  kJump,    // always
  kBranch,  // to the target or to the next
  kSkip,    // to the next, which is a jump, or over it
  kEnd,     // out of the frame, or to a handler
};

// clang-format off
// Four forms of a binary operator.
#define OROCHI_BINARY_OPCODES(OP, Name, sign) \
  OP(Name, kWrite, kRead, kRead, kNext, "A = B " sign " C.") \
  OP(Name##K, kWrite, kRead, kConstant, kNext, "A = B " sign " the constant C.") \
  OP(Inplace##Name, kWrite, kRead, kRead, kNext, "A = what `B " sign "= C` leaves in B.") \
  OP(Inplace##Name##K, kWrite, kRead, kConstant, kNext, \
     "A = what `B " sign "= constant C` leaves in B.")

// Four forms of an ordering comparison.
#define OROCHI_COMPARE_OPCODES(OP, Name, sign) \
  OP(Compare##Name, kWrite, kRead, kRead, kNext, "A = B " sign " C.") \
  OP(Compare##Name##K, kWrite, kRead, kConstant, kNext, "A = B " sign " the constant C.") \
  OP(Test##Name, kRead, kRead, kSense, kSkip, \
     "Skips the next, a jump, unless the truth of A " sign " B is C.") \
  OP(Test##Name##K, kRead, kConstant, kSense, kSkip, \
     "Skips the next, a jump, unless the truth of A " sign " constant B is C.")

#define OROCHI_OPCODES(OP) \
  /* Registers and constants */ \
  OP(Nop, kNone, kNone, kNone, kNext, "Does nothing: a line of its own, for who traces lines.") \
  OP(Move, kWrite, kRead, kNone, kNext, "A = B, as they are: a cell stays a cell.") \
  OP(LoadConstant, kWrite, kWideConstant, kNone, kNext, "A = the constant.") \
  OP(Drop, kEmpty, kNone, kNone, kNext, "Empties A, dropping what it held.") \
  OP(CheckLocal, kLocal, kNone, kNone, kNext, "Raises UnboundLocalError if A is empty.") \
  /* Variables that closures share */ \
  OP(MakeCell, kUpdate, kNone, kNone, kNext, \
     "Puts what A holds, be it nothing, into a new cell, which A holds from then on.") \
  OP(LoadCell, kWrite, kRead, kNone, kNext, \
     "A = what the cell B holds; UnboundLocalError if nothing.") \
  OP(StoreCell, kRead, kRead, kNone, kNext, "Puts B into the cell A.") \
  OP(DeleteCell, kRead, kNone, kNone, kNext, \
     "Empties the cell A; UnboundLocalError if it is empty.") \
  OP(LoadFree, kWrite, kFree, kNone, kNext, \
     "A = what the function's cell B holds; NameError if nothing.") \
  OP(StoreFree, kRead, kFree, kNone, kNext, "Puts A into the function's cell B.") \
  OP(DeleteFree, kFree, kNone, kNone, kNext, \
     "Empties the function's cell A; NameError if it is empty.") \
  OP(LoadClassFree, kWrite, kFree, kNone, kNext, \
     "A = the name of cell B in the namespace of a class body, or else as LoadFree.") \
  /* Names */ \
  OP(LoadGlobal, kWrite, kWideSite, kNone, kNext, "A = the name in globals, or in builtins.") \
  OP(StoreGlobal, kRead, kWideSite, kNone, kNext, "Binds the name to A in globals.") \
  OP(DeleteGlobal, kNone, kWideName, kNone, kNext, "Unbinds the name in globals.") \
  OP(LoadName, kWrite, kWideSite, kNone, kNext, \
     "A = the name in the frame's namespace, or in globals, or in builtins.") \
  OP(StoreName, kRead, kWideSite, kNone, kNext, "Binds the name to A in the frame's namespace.") \
  OP(DeleteName, kNone, kWideName, kNone, kNext, "Unbinds the name in the frame's namespace.") \
  OP(LoadAttribute, kWrite, kRead, kSite, kNext, "A = B.name.") \
  OP(StoreAttribute, kRead, kRead, kSite, kNext, "A.name = B.") \
  OP(DeleteAttribute, kRead, kNone, kName, kNext, "Deletes A.name.") \
  OP(LoadMethod, kGive2, kRead, kSite, kNext, \
     "A = what to call for B.name(), A + 1 = its first argument B, or empty if that is bound.") \
  /* Operators */ \
  OROCHI_BINARY_OPCODES(OP, Add, "+") \
  OROCHI_BINARY_OPCODES(OP, Subtract, "-") \
  OROCHI_BINARY_OPCODES(OP, Multiply, "*") \
  OROCHI_BINARY_OPCODES(OP, Power, "**") \
  OROCHI_BINARY_OPCODES(OP, Divide, "/") \
  OROCHI_BINARY_OPCODES(OP, FloorDivide, "//") \
  OROCHI_BINARY_OPCODES(OP, Remainder, "%") \
  OROCHI_BINARY_OPCODES(OP, ShiftLeft, "<<") \
  OROCHI_BINARY_OPCODES(OP, ShiftRight, ">>") \
  OROCHI_BINARY_OPCODES(OP, And, "&") \
  OROCHI_BINARY_OPCODES(OP, Or, "|") \
  OROCHI_BINARY_OPCODES(OP, Xor, "^") \
  OROCHI_BINARY_OPCODES(OP, MatrixMultiply, "@") \
  OP(Invert, kWrite, kRead, kNone, kNext, "A = ~B.") \
  OP(Not, kWrite, kRead, kNone, kNext, "A = not B.") \
  OP(Positive, kWrite, kRead, kNone, kNext, "A = +B.") \
  OP(Negative, kWrite, kRead, kNone, kNext, "A = -B.") \
  /* Comparisons */ \
  OROCHI_COMPARE_OPCODES(OP, Equal, "==") \
  OROCHI_COMPARE_OPCODES(OP, NotEqual, "!=") \
  OROCHI_COMPARE_OPCODES(OP, Less, "<") \
  OROCHI_COMPARE_OPCODES(OP, LessEqual, "<=") \
  OROCHI_COMPARE_OPCODES(OP, Greater, ">") \
  OROCHI_COMPARE_OPCODES(OP, GreaterEqual, ">=") \
  OP(Is, kWrite, kRead, kRead, kNext, "A = B is C.") \
  OP(IsNot, kWrite, kRead, kRead, kNext, "A = B is not C.") \
  OP(In, kWrite, kRead, kRead, kNext, "A = B in C.") \
  OP(InK, kWrite, kRead, kConstant, kNext, "A = B in the constant C.") \
  OP(NotIn, kWrite, kRead, kRead, kNext, "A = B not in C.") \
  OP(NotInK, kWrite, kRead, kConstant, kNext, "A = B not in the constant C.") \
  /* Items */ \
  OP(Subscript, kWrite, kRead, kRead, kNext, "A = B[C].") \
  OP(SubscriptK, kWrite, kRead, kConstant, kNext, "A = B[constant C].") \
  OP(StoreSubscript, kRead, kRead, kRead, kNext, "A[B] = C.") \
  OP(StoreSubscriptK, kRead, kConstant, kRead, kNext, "A[constant B] = C.") \
  OP(DeleteSubscript, kRead, kRead, kNone, kNext, "Deletes A[B].") \
  OP(BuildSlice, kWrite, kTakeC, kCount, kNext, \
     "A = a slice of start, stop and, where C is 3, step: the window B.") \
  /* Jumps */ \
  OP(Jump, kNone, kJump, kNone, kJump, "Goes on at the target.") \
  OP(JumpBack, kNone, kJump, kNone, kJump, "Goes back to the target; a safepoint.") \
  OP(JumpIfTrue, kRead, kJump, kNone, kBranch, "Goes to the target if A is true.") \
  OP(JumpIfFalse, kRead, kJump, kNone, kBranch, "Goes to the target unless A is true.") \
  OP(JumpIfNone, kRead, kJump, kNone, kBranch, "Goes to the target if A is None.") \
  OP(JumpIfNotNone, kRead, kJump, kNone, kBranch, "Goes to the target unless A is None.") \
  OP(JumpIfTrueElseDrop, kTake, kJump, kNone, kBranch, \
     "If A is true, keeps it and goes to the target; else drops it.") \
  OP(JumpIfFalseElseDrop, kTake, kJump, kNone, kBranch, \
     "Unless A is true, keeps it and goes to the target; else drops it.") \
  /* Calls */ \
  OP(Call, kWrite, kTakeCall, kCount, kNext, "A = the call that stands in the window B.") \
  OP(CallMethod, kWrite, kTakeMethod, kCount, kNext, \
     "A = the call that stands in the window B, as LoadMethod began it.") \
  OP(CallKeywords, kWrite, kTakeCallShape, kShape, kNext, \
     "As Call; the last arguments are named by the tuple that is the shape's second number.") \
  OP(CallMethodKeywords, kWrite, kTakeMethodShape, kShape, kNext, \
     "As CallMethod, and named as by CallKeywords.") \
  OP(CallSpread, kWrite, kTake2, kNone, kNext, \
     "A = the call of B with the items of B + 1, any iterable.") \
  OP(CallSpreadKeywords, kWrite, kTake3, kNone, kNext, \
     "As CallSpread, with the items of B + 2, a dict, by name.") \
  /* Functions and classes */ \
  OP(MakeFunction, kWrite, kCode, kNone, kNext, \
     "A = a function of the code, which names the cells that it captures.") \
  OP(SetDefaults, kRead, kRead, kNone, kNext, "Gives the function A the tuple B of defaults.") \
  OP(SetKeywordDefaults, kRead, kRead, kNone, kNext, \
     "Gives the function A the dict B of defaults of parameters that are given by name.") \
  OP(SetAnnotations, kRead, kRead, kNone, kNext, \
     "Gives the function A the annotations B: a tuple of names and values in turn.") \
  OP(LoadBuildClass, kWrite, kNone, kNone, kNext, "A = builtins.__build_class__.") \
  OP(Return, kTake, kNone, kNone, kEnd, "Returns A. All other temporaries are empty.") \
  OP(ReturnConstant, kNone, kWideConstant, kNone, kEnd, \
     "Returns the constant. All temporaries are empty.") \
  /* Building */ \
  OP(BuildTuple, kWrite, kTakeC, kCount, kNext, "A = a tuple of the window B.") \
  OP(BuildList, kWrite, kTakeC, kCount, kNext, "A = a list of the window B.") \
  OP(BuildSet, kWrite, kTakeC, kCount, kNext, "A = a set of the window B.") \
  OP(BuildDict, kWrite, kTakePairs, kCount, kNext, \
     "A = a dict of the keys and values in turn that are the window B.") \
  OP(BuildKeyedDict, kWrite, kTakeShape, kShape, kNext, \
     "A = a dict of the values in the window B; their keys are the constant tuple of the shape.") \
  OP(BuildString, kWrite, kTakeC, kCount, kNext, "A = the strs of the window B, joined.") \
  OP(ListAppend, kRead, kRead, kNone, kNext, "Appends B to the list A.") \
  OP(ListExtend, kRead, kRead, kNone, kNext, "Appends all items of B to the list A.") \
  OP(ListFill, kRead, kTakeC, kCount, kNext, "Appends the window B to the list A.") \
  OP(ListToTuple, kWrite, kRead, kNone, kNext, "A = a tuple of the list B.") \
  OP(SetAdd, kRead, kRead, kNone, kNext, "Adds B to the set A.") \
  OP(SetUpdate, kRead, kRead, kNone, kNext, "Adds all items of B to the set A.") \
  OP(DictSet, kRead, kRead, kRead, kNext, "A[B] = C, A being a dict.") \
  OP(DictUpdate, kRead, kRead, kNone, kNext, "Updates the dict A from the mapping B.") \
  OP(DictMerge, kRead, kRead, kRead, kNext, \
     "As DictUpdate, for a call of C: TypeError if a key is there already or is no str.") \
  OP(FormatValue, kWrite, kRead, kConversion, kNext, "A = format(B), or of its conversion.") \
  OP(FormatSpec, kWrite, kTake2, kConversion, kNext, \
     "A = format(B, B + 1), or of the conversion of B.") \
  /* Iteration */ \
  OP(GetIterator, kWrite, kRead, kNone, kNext, "A = iter(B).") \
  OP(ForNext, kWrite, kTake, kNone, kSkip, \
     "A = next(B), skipping the next, a jump; when there is none, drops B and goes there.") \
  OP(UnpackPair, kWrite, kWrite, kRead, kNext, "A, B = C.") \
  OP(UnpackSequence, kGiveC, kRead, kCount, kNext, "The window A = the C items of B.") \
  OP(UnpackStar, kGiveShape, kRead, kShape, kNext, \
     "The window A = the shape's first number of items of B, a list, and the last ones.") \
  /* Generators and coroutines */ \
  OP(Yield, kWrite, kRead, kNone, kNext, \
     "Yields B, in an async generator wrapped; A = what is sent.") \
  OP(GetYieldFromIterator, kWrite, kRead, kNone, kNext, \
     "A = iter(B), or B itself if it is a generator or a coroutine that may be awaited here.") \
  OP(GetAwaitable, kWrite, kRead, kCount, kNext, \
     "A = the iterator of the awaitable B; C is 1 behind __aenter__, 2 behind __aexit__.") \
  OP(Delegate, kUpdate, kTake, kNone, kNext, \
     "Sends A to the iterator B and yields what comes, again and again; A = its result.") \
  OP(GetAsyncIterator, kWrite, kRead, kNone, kNext, "A = aiter(B).") \
  OP(GetAsyncNext, kWrite, kRead, kNone, kNext, \
     "A = the iterator of the awaitable anext(B).") \
  OP(EndAsyncFor, kTake, kNone, kNone, kNext, \
     "Drops the exception A if it is StopAsyncIteration, else raises it again.") \
  /* Exceptions */ \
  OP(Raise, kRead, kNone, kNone, kEnd, "Raises A.") \
  OP(RaiseFrom, kRead, kRead, kNone, kEnd, "Raises A, its cause being B.") \
  OP(RaiseAgain, kNone, kNone, kNone, kEnd, "Raises the exception that is being handled.") \
  OP(Reraise, kTake, kNone, kNone, kEnd, "Raises A again, adding nothing to its traceback.") \
  OP(EnterHandler, kWrite, kRead, kNone, kNext, \
     "A = the exception that was being handled, or None; from now on it is B.") \
  OP(LeaveHandler, kTake, kNone, kNone, kNext, "From now on A is being handled, or nothing.") \
  OP(MatchException, kWrite, kRead, kRead, kNext, \
     "A = whether the exception B is one of C: a class, or a tuple of them.") \
  OP(MatchGroup, kGive2, kTake, kRead, kNext, \
     "A = what is left of the group B, A + 1 = its part of class C, which is being handled from " \
     "now on; None stands for nothing.") \
  OP(JoinGroups, kWrite, kRead, kTake, kNext, \
     "A = what is to be raised after `except*` clauses for the exception B have left the list C " \
     "behind, or None.") \
  OP(LoadExceptionInfo, kGive3, kRead, kNone, kNext, \
     "The window A = class, value and traceback of the exception B.") \
  OP(LoadAssertionError, kWrite, kNone, kNone, kNext, "A = AssertionError.") \
  /* Context managers */ \
  OP(LoadEnter, kGive2, kWrite, kRead, kNext, \
     "A and A + 1 = __enter__ of C as LoadMethod has it, B = its __exit__, bound.") \
  OP(LoadAsyncEnter, kGive2, kWrite, kRead, kNext, \
     "A and A + 1 = __aenter__ of C as LoadMethod has it, B = its __aexit__, bound.") \
  /* Patterns */ \
  OP(MatchSequence, kWrite, kRead, kNone, kNext, "A = whether B is a sequence for patterns.") \
  OP(MatchMapping, kWrite, kRead, kNone, kNext, "A = whether B is a mapping for patterns.") \
  OP(MatchKeys, kWrite, kRead, kRead, kNext, \
     "A = a tuple of what the mapping B has under the keys C, or None if one is missing.") \
  OP(MatchClass, kWrite, kTake3, kCount, kNext, \
     "A = a tuple of attributes of B, if it is a B + 1, or None: C of them by position, then " \
     "those that the tuple B + 2 names.") \
  OP(Length, kWrite, kRead, kNone, kNext, "A = len(B).") \
  /* Imports and the rest */ \
  OP(ImportModule, kWrite, kTake2, kName, kNext, \
     "A = __import__ of the name, with level B and names B + 1.") \
  OP(ImportFrom, kWrite, kRead, kName, kNext, "A = the name from the module B.") \
  OP(ImportStar, kRead, kNone, kNone, kNext, "Binds the public names of the module A.") \
  OP(SetupAnnotations, kNone, kNone, kNone, kNext, \
     "Sees to it that the frame's namespace has __annotations__.") \
  OP(PrintExpression, kRead, kNone, kNone, kNext, "Gives A to sys.displayhook.")
// clang-format on

enum class Opcode : std::uint8_t {
#define OROCHI_OPCODE_NAME(Name, a, b, c, flow, sentence) k##Name,
  OROCHI_OPCODES(OROCHI_OPCODE_NAME)
#undef OROCHI_OPCODE_NAME
};

struct OpcodeInfo {
  std::string_view name;
  Operand a;
  Operand b;
  Operand c;
  Flow flow;
  std::string_view sentence;
};

inline constexpr OpcodeInfo kOpcodeTable[] = {
#define OROCHI_OPCODE_ROW(Name, a, b, c, flow, sentence) \
  {#Name, Operand::a, Operand::b, Operand::c, Flow::flow, sentence},
    OROCHI_OPCODES(OROCHI_OPCODE_ROW)
#undef OROCHI_OPCODE_ROW
};
inline constexpr std::size_t kOpcodeCount = sizeof kOpcodeTable / sizeof kOpcodeTable[0];
static_assert(kOpcodeCount <= 256, "an opcode is a byte");

[[nodiscard]] constexpr const OpcodeInfo& info_of(Opcode opcode) noexcept {
  return kOpcodeTable[static_cast<std::size_t>(opcode)];
}

// The form of a binary or comparing opcode whose right operand is a constant.
[[nodiscard]] constexpr Opcode with_constant(Opcode opcode) noexcept {
  return static_cast<Opcode>(static_cast<std::uint8_t>(opcode) + 1);
}
static_assert(with_constant(Opcode::kAdd) == Opcode::kAddK);
static_assert(with_constant(Opcode::kTestLess) == Opcode::kTestLessK);
static_assert(with_constant(Opcode::kNotIn) == Opcode::kNotInK);
static_assert(with_constant(Opcode::kSubscript) == Opcode::kSubscriptK);

[[nodiscard]] constexpr bool is_wide(Operand operand) noexcept {
  return operand == Operand::kJump || operand == Operand::kWideConstant ||
         operand == Operand::kCode || operand == Operand::kWideName ||
         operand == Operand::kWideSite;
}

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
