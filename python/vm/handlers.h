// python/vm/handlers.h: what opcodes do (python/bytecode/opcodes.h says what that is).
//
// A handler works on a Step: the frame and the instruction at hand. It has raised and written
// nothing (rule O4), or it is done: then it has called `give` or `end` once, as the last thing.
//
// Not here: what changes the frame or the flow, in interpreter.cc.
//
// The machine's own thread; all may run any code.
// Tests: tests/python/language
#pragma once

#include <utility>

#include "objects/model/status.h"
#include "python/vm/call.h"

namespace orochi::inline OROCHI_DESIGN {

class Step {
 public:
  Step(Frame& frame, bytecode::Instruction instruction) noexcept
      : frame_(frame), instruction_(instruction) {}

  [[nodiscard]] Frame& frame() const noexcept { return frame_; }
  [[nodiscard]] Function& function() const noexcept { return *frame_.function; }

  // Operands as numbers.
  [[nodiscard]] std::uint16_t number_a() const noexcept { return instruction_.a; }
  [[nodiscard]] std::uint16_t number_b() const noexcept { return instruction_.b; }
  [[nodiscard]] std::uint16_t number_c() const noexcept { return instruction_.c; }
  [[nodiscard]] std::uint32_t wide() const noexcept { return instruction_.wide(); }
  // Operands as registers, borrowed.
  [[nodiscard]] Value a() const noexcept { return frame_.registers[instruction_.a]; }
  [[nodiscard]] Value b() const noexcept { return frame_.registers[instruction_.b]; }
  [[nodiscard]] Value c() const noexcept { return frame_.registers[instruction_.c]; }
  // Operands as numbers of other things.
  [[nodiscard]] Value constant_b() const noexcept { return frame_.code->constant(instruction_.b); }
  [[nodiscard]] Value constant_c() const noexcept { return frame_.code->constant(instruction_.c); }
  [[nodiscard]] Str& name_c() const noexcept { return frame_.code->name(instruction_.c); }
  [[nodiscard]] Str& wide_name() const noexcept { return frame_.code->name(wide()); }
  [[nodiscard]] Str& name_of_site() const noexcept {
    return frame_.code->name_of_site(instruction_.c);
  }
  [[nodiscard]] CodeObject::Site& site() const noexcept {
    return frame_.code->site(instruction_.c);
  }
  [[nodiscard]] Str& name_of_wide_site() const noexcept {
    return frame_.code->name_of_site(wide());
  }
  [[nodiscard]] const bytecode::Shape& shape() const noexcept {
    return frame_.code->code().shapes[instruction_.c];
  }
  // Windows: the first register.
  [[nodiscard]] Value* window_a() const noexcept { return frame_.registers + instruction_.a; }
  [[nodiscard]] Value* window_b() const noexcept { return frame_.registers + instruction_.b; }
  // What a window holds; it is empty then.
  [[nodiscard]] static Ref<> take(Value& place) noexcept {
    return Ref<>::adopt(std::exchange(place, Value()));
  }

  // A is the value, and what was read for the last time is dropped. Nothing: it has raised.
  [[nodiscard]] Status give(Ref<> value) const noexcept {
    if (!value) return kRaised;
    Value* const registers = frame_.registers;
    const Ref<> before = taken(bytecode::kMarkA, instruction_.a);
    const Ref<> b = taken(bytecode::kMarkB, instruction_.b);
    const Ref<> c = taken(bytecode::kMarkC, instruction_.c);
    registers[instruction_.a] = value.release();
    return Status::kDone;
  }
  [[nodiscard]] Status give(Truth truth) const noexcept {
    if (failed(truth)) return kRaised;
    return give(truth == Truth::kTrue ? Special::kTrue : Special::kFalse);
  }
  // A and the register behind it are these values, the second perhaps nothing.
  [[nodiscard]] Status give_two(Ref<> first, Ref<> second) const noexcept {
    const Ref<> b = taken(bytecode::kMarkB, instruction_.b);
    const Ref<> c = taken(bytecode::kMarkC, instruction_.c);
    window_a()[0] = first.release();
    window_a()[1] = second.release();
    return Status::kDone;
  }
  // A and B are these values; what C was read for is over.
  [[nodiscard]] Status give_pair(Ref<> first, Ref<> second) const noexcept {
    const Ref<> a = taken(bytecode::kMarkA, instruction_.a);
    const Ref<> b = taken(bytecode::kMarkB, instruction_.b);
    const Ref<> c = taken(bytecode::kMarkC, instruction_.c);
    frame_.registers[instruction_.a] = first.release();
    frame_.registers[instruction_.b] = second.release();
    return Status::kDone;
  }
  // For windows, in which B may be: its value, which is out of the way until `end_window`.
  [[nodiscard]] Ref<> take_b() const noexcept {
    Ref<> marked = taken(bytecode::kMarkB, instruction_.b);
    return marked ? std::move(marked) : Ref<>::of(b());
  }
  // A window was written; or not, and is empty: then B is back.
  [[nodiscard]] Status end_window(Status status, Ref<> b) const noexcept {
    if (failed(status) && (instruction_.marks & bytecode::kMarkB) != 0)
      frame_.registers[instruction_.b] = b.release();
    return status;
  }
  // Nothing is written.
  [[nodiscard]] Status end() const noexcept {
    const Ref<> a = taken(bytecode::kMarkA, instruction_.a);
    const Ref<> b = taken(bytecode::kMarkB, instruction_.b);
    const Ref<> c = taken(bytecode::kMarkC, instruction_.c);
    return Status::kDone;
  }
  [[nodiscard]] Status end(Status status) const noexcept { return failed(status) ? status : end(); }

 private:
  // What a marked register held.
  [[nodiscard]] Ref<> taken(std::uint8_t mark, bytecode::Register number) const noexcept {
    if ((instruction_.marks & mark) == 0) return {};
    return take(frame_.registers[number]);
  }

  Frame& frame_;
  const bytecode::Instruction instruction_;
};

// Binary operators, in four forms each, and ordering comparisons, in two.
#define OROCHI_BINARY_HANDLERS(HANDLER) \
  HANDLER(Add, kAdd)                    \
  HANDLER(Subtract, kSubtract)          \
  HANDLER(Multiply, kMultiply)          \
  HANDLER(Power, kPower)                \
  HANDLER(Divide, kTrueDivide)          \
  HANDLER(FloorDivide, kFloorDivide)    \
  HANDLER(Remainder, kModulo)           \
  HANDLER(ShiftLeft, kLeftShift)        \
  HANDLER(ShiftRight, kRightShift)      \
  HANDLER(And, kAnd)                    \
  HANDLER(Or, kOr)                      \
  HANDLER(Xor, kXor)                    \
  HANDLER(MatrixMultiply, kMatrixMultiply)
#define OROCHI_COMPARE_HANDLERS(HANDLER) \
  HANDLER(Equal, kEqual)                 \
  HANDLER(NotEqual, kNotEqual)           \
  HANDLER(Less, kLess)                   \
  HANDLER(LessEqual, kLessEqual)         \
  HANDLER(Greater, kGreater)             \
  HANDLER(GreaterEqual, kGreaterEqual)

// The others, by the file that they are in.
#define OROCHI_OPERATOR_HANDLERS(HANDLER)                                                       \
  HANDLER(Invert)                                                                               \
  HANDLER(Not)                                                                                  \
  HANDLER(Positive)                                                                             \
  HANDLER(Negative)                                                                             \
  HANDLER(Is)                                                                                   \
  HANDLER(IsNot)                                                                                \
  HANDLER(In)                                                                                   \
  HANDLER(InK)                                                                                  \
  HANDLER(NotIn) HANDLER(NotInK) HANDLER(Subscript) HANDLER(SubscriptK) HANDLER(StoreSubscript) \
      HANDLER(StoreSubscriptK) HANDLER(DeleteSubscript) HANDLER(BuildSlice) HANDLER(Length)
#define OROCHI_VARIABLE_HANDLERS(HANDLER) \
  HANDLER(MakeCell)                       \
  HANDLER(LoadCell)                       \
  HANDLER(StoreCell)                      \
  HANDLER(DeleteCell)                     \
  HANDLER(LoadFree)                       \
  HANDLER(StoreFree) HANDLER(DeleteFree) HANDLER(LoadClassFree) HANDLER(CheckLocal)
#define OROCHI_NAME_HANDLERS(HANDLER) \
  HANDLER(LoadGlobal)                 \
  HANDLER(StoreGlobal)                \
  HANDLER(DeleteGlobal)               \
  HANDLER(LoadName)                   \
  HANDLER(StoreName)                  \
  HANDLER(DeleteName)                 \
  HANDLER(SetupAnnotations)           \
  HANDLER(LoadBuildClass) HANDLER(LoadAssertionError) HANDLER(PrintExpression)
#define OROCHI_ATTRIBUTE_HANDLERS(HANDLER) \
  HANDLER(StoreAttribute) HANDLER(DeleteAttribute) HANDLER(LoadEnter) HANDLER(LoadAsyncEnter)
// With a cache in the loop.
#define OROCHI_CACHED_HANDLERS(HANDLER) HANDLER(LoadAttribute) HANDLER(LoadMethod)
#define OROCHI_FUNCTION_HANDLERS(HANDLER) \
  HANDLER(MakeFunction)                   \
  HANDLER(SetDefaults)                    \
  HANDLER(SetKeywordDefaults)             \
  HANDLER(SetAnnotations) HANDLER(CallSpread) HANDLER(CallSpreadKeywords)
#define OROCHI_BUILDING_HANDLERS(HANDLER)                                                    \
  HANDLER(BuildTuple)                                                                        \
  HANDLER(BuildList)                                                                         \
  HANDLER(BuildSet)                                                                          \
  HANDLER(BuildDict)                                                                         \
  HANDLER(BuildKeyedDict)                                                                    \
  HANDLER(BuildString)                                                                       \
  HANDLER(ListAppend)                                                                        \
  HANDLER(ListExtend)                                                                        \
  HANDLER(ListFill) HANDLER(ListToTuple) HANDLER(SetAdd) HANDLER(SetUpdate) HANDLER(DictSet) \
      HANDLER(DictUpdate) HANDLER(DictMerge) HANDLER(FormatValue) HANDLER(FormatSpec)
#define OROCHI_ITERATION_HANDLERS(HANDLER) \
  HANDLER(GetIterator)                     \
  HANDLER(UnpackPair)                      \
  HANDLER(UnpackSequence)                  \
  HANDLER(UnpackStar)                      \
  HANDLER(GetYieldFromIterator)            \
  HANDLER(GetAwaitable) HANDLER(GetAsyncIterator) HANDLER(GetAsyncNext)
#define OROCHI_EXCEPTION_HANDLERS(HANDLER) \
  HANDLER(Raise)                           \
  HANDLER(RaiseFrom)                       \
  HANDLER(RaiseAgain)                      \
  HANDLER(EnterHandler)                    \
  HANDLER(LeaveHandler)                    \
  HANDLER(MatchException)                  \
  HANDLER(MatchGroup) HANDLER(JoinGroups) HANDLER(LoadExceptionInfo) HANDLER(EndAsyncFor)
#define OROCHI_PATTERN_HANDLERS(HANDLER) \
  HANDLER(MatchSequence) HANDLER(MatchMapping) HANDLER(MatchKeys) HANDLER(MatchClass)
#define OROCHI_IMPORT_HANDLERS(HANDLER) \
  HANDLER(ImportModule) HANDLER(ImportFrom) HANDLER(ImportStar)

#define OROCHI_HANDLERS(HANDLER)     \
  OROCHI_OPERATOR_HANDLERS(HANDLER)  \
  OROCHI_VARIABLE_HANDLERS(HANDLER)  \
  OROCHI_NAME_HANDLERS(HANDLER)      \
  OROCHI_ATTRIBUTE_HANDLERS(HANDLER) \
  OROCHI_CACHED_HANDLERS(HANDLER)    \
  OROCHI_FUNCTION_HANDLERS(HANDLER)  \
  OROCHI_BUILDING_HANDLERS(HANDLER)  \
  OROCHI_ITERATION_HANDLERS(HANDLER) \
  OROCHI_EXCEPTION_HANDLERS(HANDLER) \
  OROCHI_PATTERN_HANDLERS(HANDLER)   \
  OROCHI_IMPORT_HANDLERS(HANDLER)

namespace handlers {

#define OROCHI_DECLARE(Name) [[nodiscard]] Status Name(const Step& step) noexcept;
OROCHI_HANDLERS(OROCHI_DECLARE)
#undef OROCHI_DECLARE
#define OROCHI_DECLARE(Name, op)                                 \
  [[nodiscard]] Status Name(const Step& step) noexcept;          \
  [[nodiscard]] Status Name##K(const Step& step) noexcept;       \
  [[nodiscard]] Status Inplace##Name(const Step& step) noexcept; \
  [[nodiscard]] Status Inplace##Name##K(const Step& step) noexcept;
OROCHI_BINARY_HANDLERS(OROCHI_DECLARE)
#undef OROCHI_DECLARE
#define OROCHI_DECLARE(Name, op)                                 \
  [[nodiscard]] Status Compare##Name(const Step& step) noexcept; \
  [[nodiscard]] Status Compare##Name##K(const Step& step) noexcept;
OROCHI_COMPARE_HANDLERS(OROCHI_DECLARE)
#undef OROCHI_DECLARE

}  // namespace handlers
}  // namespace orochi::inline OROCHI_DESIGN
