#include "python/vm/interpreter.h"

#include "objects/model/call_out.h"
#include "objects/model/operations.h"
#include "objects/types/traceback.h"
#include "python/vm/attribute_cache.h"
#include "python/vm/code_methods.h"
#include "python/vm/fast_paths.h"
#include "python/vm/frame_object.h"
#include "python/vm/generator.h"
#include "python/vm/handlers.h"
#include "python/vm/interruption.h"
#include "runtime/safepoint.h"

// The loop jumps to labels whose addresses it keeps: a GNU extension that clang has too.
#pragma GCC diagnostic ignored "-Wpedantic"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using bytecode::Instruction;
using bytecode::Opcode;

// --- Unwinding. ---

[[nodiscard]] const bytecode::ExceptionEntry* find_handler(const Frame& frame) noexcept {
  const std::uint32_t position = frame.position();
  for (const bytecode::ExceptionEntry& entry : frame.code->code().exceptions) {
    if (position < entry.begin) return nullptr;  // C2: they are sorted
    if (position < entry.end) return &entry;
  }
  return nullptr;
}

// The exception leaves, or is caught in, this frame. Without memory for an entry it has one less.
void note_frame(Exception& exception, Frame& frame) noexcept {
  Ref<FrameObject> object = frame_object_of(frame);
  if (!object ||
      failed(add_traceback(exception, std::move(object), frame.position() * kBytesOfInstruction)))
    clear_error();
}

// Puts the exception where its handler wants it.
void enter_handler(Frame& frame, const bytecode::ExceptionEntry& entry,
                   Ref<Exception> exception) noexcept {
  Value* const registers = frame.registers;
  empty_registers(registers + entry.depth, registers + frame.code->code().register_count);
  drop(std::exchange(registers[entry.exception], Ref<>(std::move(exception)).release()));
  frame.next = frame.code->code().instructions.data() + entry.handler;
}

[[nodiscard]] bool adds_nothing(const Frame& frame) noexcept {
  return frame.next->opcode == Opcode::kReraise;
}

// Something is pending. The frame that handles it, which is then the innermost one; null: nobody
// does, and the entry frame is over.
[[nodiscard]] Frame* unwind(Machine& machine) noexcept {
  for (;;) {
    // A shutdown refused its return: this thread must not touch objects any more.
    if (!CallOut::may_go_on()) return nullptr;
    Frame& frame = *machine.frame;
    Ref<Exception> exception = take_exception();
    if (!adds_nothing(frame)) note_frame(*exception, frame);
    if (const auto* const entry = find_handler(frame); entry != nullptr) {
      enter_handler(frame, *entry, std::move(exception));
      return &frame;
    }
    const bool leaves = (frame.duties & kLeaveMachine) != 0;
    end_frame(machine, frame);
    static_cast<void>(reraise(std::move(exception)));
    if (leaves) return nullptr;
  }
}

// Begin::kRefused: the frame is over, and what is pending has been there.
void refuse(Machine& machine, Frame& frame) noexcept {
  Ref<Exception> exception = take_exception();
  note_frame(*exception, frame);
  end_frame(machine, frame);
  static_cast<void>(reraise(std::move(exception)));
}

// --- Instructions that change the flow and are long. ---

// What `Delegate` does: true in `yields`: the frame stops here. Failed: it raised.
[[nodiscard]] Status delegate(Frame& frame, const Instruction& instruction,
                              Ref<>& yielded) noexcept {
  Value* const registers = frame.registers;
  Ref<> returned;
  yielded = send_to(registers[instruction.b], registers[instruction.a], returned);
  if (yielded) return Status::kDone;
  if (!returned) return kRaised;
  const Ref<> sent = Ref<>::adopt(std::exchange(registers[instruction.a], returned.release()));
  const Ref<> iterator = Ref<>::adopt(std::exchange(registers[instruction.b], Value()));
  return Status::kDone;
}

// The result of an __init__ is None, and what was made is in place of it.
[[nodiscard]] Status give_made(Frame& frame, Ref<>& result) noexcept {
  if (!result.value().is_none())
    return raise(ErrorKind::kType,
                 {"__init__() should return None, not '", type_of(result.value()).name(), "'"});
  result = Ref<>::adopt(Value(std::exchange(frame.made, nullptr)));
  return Status::kDone;
}

// The frame of a generator goes away; its registers stay.
void leave_generator(Machine& machine, Frame& frame) noexcept {
  Generator::of(frame).suspend(frame.next);
  leave_frame(machine, frame);
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a list of handlers
Ref<> run(Machine& machine, Frame& entry, Begin begin) noexcept {
  // Where each opcode's handler is.
#define OROCHI_LABEL(Name, ...) &&label_##Name,
  static const void* const kLabels[] = {OROCHI_OPCODES(OROCHI_LABEL)};
#undef OROCHI_LABEL

  Frame* frame = &entry;
  Value* registers = nullptr;
  const Instruction* next = nullptr;  // the one at hand
  const Slot& slot = *current().slot;

#define OROCHI_TAKE_UP() (registers = frame->registers, next = frame->next)
#define OROCHI_DISPATCH() goto* kLabels[static_cast<std::size_t>(next->opcode)]
#define OROCHI_NEXT()  \
  do {                 \
    ++next;            \
    OROCHI_DISPATCH(); \
  } while (false)
// For what may call anything: F1 of frame.h.
#define OROCHI_CALL(Name)                                         \
  do {                                                            \
    frame->next = next;                                           \
    if (failed(handlers::Name(Step(*frame, *next)))) [[unlikely]] \
      goto raised;                                                \
    OROCHI_NEXT();                                                \
  } while (false)
// relaxed: a hint that is looked at again soon.
#define OROCHI_SAFEPOINT()                               \
  do {                                                   \
    if (slot.breaker.load(kRelaxed) != 0) [[unlikely]] { \
      frame->next = next;                                \
      safepoint();                                       \
      if (failed(heed_interruptions())) goto raised;     \
    }                                                    \
  } while (false)

  if (begin == Begin::kRefused) {
    refuse(machine, entry);
    return {};
  }
  if (begin == Begin::kRaising) goto raised;
  OROCHI_TAKE_UP();
  OROCHI_DISPATCH();

  // --- Handlers without a short way. ---
#define OROCHI_HANDLER(Name) label_##Name : OROCHI_CALL(Name);
  OROCHI_OPERATOR_HANDLERS(OROCHI_HANDLER)
  OROCHI_VARIABLE_HANDLERS(OROCHI_HANDLER)
  OROCHI_NAME_HANDLERS(OROCHI_HANDLER)
  OROCHI_ATTRIBUTE_HANDLERS(OROCHI_HANDLER)
  OROCHI_FUNCTION_HANDLERS(OROCHI_HANDLER)
  OROCHI_BUILDING_HANDLERS(OROCHI_HANDLER)
  OROCHI_ITERATION_HANDLERS(OROCHI_HANDLER)
  OROCHI_EXCEPTION_HANDLERS(OROCHI_HANDLER)
  OROCHI_PATTERN_HANDLERS(OROCHI_HANDLER)
  OROCHI_IMPORT_HANDLERS(OROCHI_HANDLER)
#undef OROCHI_HANDLER

  // --- Operators: numbers that need no memory, in place. ---
#define OROCHI_HANDLER(Name, op)                                                             \
  label_##Name : {                                                                           \
    Value result;                                                                            \
    if (fast::Name(registers[next->b], registers[next->c], result)) [[likely]] {             \
      fast::give(registers, *next, result);                                                  \
      OROCHI_NEXT();                                                                         \
    }                                                                                        \
    OROCHI_CALL(Name);                                                                       \
  }                                                                                          \
  label_##Name##K : {                                                                        \
    Value result;                                                                            \
    if (fast::Name(registers[next->b], frame->code->constant(next->c), result)) [[likely]] { \
      fast::give(registers, *next, result);                                                  \
      OROCHI_NEXT();                                                                         \
    }                                                                                        \
    OROCHI_CALL(Name##K);                                                                    \
  }                                                                                          \
  label_Inplace##Name : {                                                                    \
    Value result;                                                                            \
    if (fast::Name(registers[next->b], registers[next->c], result)) [[likely]] {             \
      fast::give(registers, *next, result);                                                  \
      OROCHI_NEXT();                                                                         \
    }                                                                                        \
    OROCHI_CALL(Inplace##Name);                                                              \
  }                                                                                          \
  label_Inplace##Name##K : {                                                                 \
    Value result;                                                                            \
    if (fast::Name(registers[next->b], frame->code->constant(next->c), result)) [[likely]] { \
      fast::give(registers, *next, result);                                                  \
      OROCHI_NEXT();                                                                         \
    }                                                                                        \
    OROCHI_CALL(Inplace##Name##K);                                                           \
  }
  OROCHI_BINARY_HANDLERS(OROCHI_HANDLER)
#undef OROCHI_HANDLER

#define OROCHI_HANDLER(Name, op)                                                                \
  label_Compare##Name : OROCHI_CALL(Compare##Name);                                             \
  label_Compare##Name##K : OROCHI_CALL(Compare##Name##K);                                       \
  label_Test##Name : {                                                                          \
    Truth truth;                                                                                \
    if (!fast::compare<CompareOp::op>(registers[next->a], registers[next->b], truth)) {         \
      frame->next = next;                                                                       \
      truth = compare_truth(CompareOp::op, registers[next->a], registers[next->b]);             \
      if (failed(truth)) [[unlikely]]                                                           \
        goto raised;                                                                            \
    }                                                                                           \
    const bool jumps = (truth == Truth::kTrue) == (next->c != 0);                               \
    if (next->marks != 0) fast::drop_read(registers, *next);                                    \
    next += jumps ? 1 : 2;                                                                      \
    OROCHI_DISPATCH();                                                                          \
  }                                                                                             \
  label_Test##Name##K : {                                                                       \
    Truth truth;                                                                                \
    if (!fast::compare<CompareOp::op>(registers[next->a], frame->code->constant(next->b),       \
                                      truth)) {                                                 \
      frame->next = next;                                                                       \
      truth = compare_truth(CompareOp::op, registers[next->a], frame->code->constant(next->b)); \
      if (failed(truth)) [[unlikely]]                                                           \
        goto raised;                                                                            \
    }                                                                                           \
    const bool jumps = (truth == Truth::kTrue) == (next->c != 0);                               \
    if (next->marks != 0) fast::drop_read(registers, *next);                                    \
    next += jumps ? 1 : 2;                                                                      \
    OROCHI_DISPATCH();                                                                          \
  }
  OROCHI_COMPARE_HANDLERS(OROCHI_HANDLER)
#undef OROCHI_HANDLER

  // --- Registers and constants. ---
label_Nop:
  OROCHI_NEXT();
label_Move:
  frame->next = next;
  fast::move(registers, *next);
  OROCHI_NEXT();
label_LoadConstant:
  frame->next = next;
  fast::write(registers, *next, Ref<>::of(frame->code->constant(next->wide())));
  OROCHI_NEXT();
label_Drop:
  frame->next = next;
  drop(std::exchange(registers[next->a], Value()));
  OROCHI_NEXT();

  // --- Attributes, where they were found last. ---
label_LoadAttribute : {
  Ref<> value;
  if (attribute_cache::load(registers[next->b], frame->code->site(next->c), value)) [[likely]] {
    frame->next = next;
    fast::give_object(registers, *next, std::move(value));
    OROCHI_NEXT();
  }
  OROCHI_CALL(LoadAttribute);
}
label_LoadMethod : {
  Ref<> method;
  if (attribute_cache::load_method(registers[next->b], frame->code->site(next->c), method))
      [[likely]] {
    const Instruction at = *next;
    const Value self = registers[at.b];
    if ((at.marks & bytecode::kMarkB) != 0)
      registers[at.b] = Value();
    else
      retain(self);
    registers[at.a] = method.release();
    registers[at.a + 1] = self;
    OROCHI_NEXT();
  }
  OROCHI_CALL(LoadMethod);
}

  // --- Jumps. ---
label_Jump:
  next = frame->code->code().instructions.data() + next->wide();
  OROCHI_DISPATCH();
label_JumpBack:
  OROCHI_SAFEPOINT();
  next = frame->code->code().instructions.data() + next->wide();
  OROCHI_DISPATCH();
#define OROCHI_HANDLER(Name, wanted, keeps)                                            \
  label_##Name : {                                                                     \
    const Instruction at = *next;                                                      \
    Truth truth;                                                                       \
    if (!fast::truth(registers[at.a], truth)) {                                        \
      frame->next = next;                                                              \
      truth = orochi::truth(registers[at.a]);                                          \
      if (failed(truth)) [[unlikely]]                                                  \
        goto raised;                                                                   \
    }                                                                                  \
    const bool jumps = truth == Truth::wanted;                                         \
    if (keeps ? !jumps : at.marks != 0) drop(std::exchange(registers[at.a], Value())); \
    next = jumps ? frame->code->code().instructions.data() + at.wide() : next + 1;     \
    OROCHI_DISPATCH();                                                                 \
  }
  OROCHI_HANDLER(JumpIfTrue, kTrue, false)
  OROCHI_HANDLER(JumpIfFalse, kFalse, false)
  OROCHI_HANDLER(JumpIfTrueElseDrop, kTrue, true)
  OROCHI_HANDLER(JumpIfFalseElseDrop, kFalse, true)
#undef OROCHI_HANDLER
#define OROCHI_HANDLER(Name, condition)                                            \
  label_##Name : {                                                                 \
    const Instruction at = *next;                                                  \
    const Value value = registers[at.a];                                           \
    const bool jumps = condition;                                                  \
    if (at.marks != 0) {                                                           \
      frame->next = next;                                                          \
      drop(std::exchange(registers[at.a], Value()));                               \
    }                                                                              \
    next = jumps ? frame->code->code().instructions.data() + at.wide() : next + 1; \
    OROCHI_DISPATCH();                                                             \
  }
  OROCHI_HANDLER(JumpIfNone, value.is_none())
  OROCHI_HANDLER(JumpIfNotNone, !value.is_none())
#undef OROCHI_HANDLER

  // --- Iteration. ---
label_ForNext : {
  frame->next = next;
  const Instruction at = *next;
  Ref<> item;
  if (failed(orochi::next(registers[at.b], item))) [[unlikely]]
    goto raised;
  if (item) {
    fast::write(registers, at, std::move(item));
    next += 2;
  } else {
    drop(std::exchange(registers[at.b], Value()));
    ++next;
  }
  OROCHI_DISPATCH();
}

// --- Calls. ---
#define OROCHI_HANDLER(Name, count, keywords)                                      \
  label_##Name : {                                                                 \
    OROCHI_SAFEPOINT();                                                            \
    frame->next = next;                                                            \
    Ref<> result;                                                                  \
    switch (begin_call(machine, {registers + next->b, count, keywords}, result)) { \
      case Begun::kFrame:                                                          \
        frame = machine.frame;                                                     \
        OROCHI_TAKE_UP();                                                          \
        OROCHI_DISPATCH();                                                         \
      case Begun::kDone:                                                           \
        fast::end_call(*frame, std::move(result));                                 \
        OROCHI_NEXT();                                                             \
      case Begun::kNot:                                                            \
        goto raised;                                                               \
    }                                                                              \
    __builtin_unreachable();                                                       \
  }
  OROCHI_HANDLER(Call, next->c, nullptr)
  OROCHI_HANDLER(CallMethod, next->c, nullptr)
  OROCHI_HANDLER(CallKeywords, fast::positional(*frame, *next), fast::keywords(*frame, *next))
  OROCHI_HANDLER(CallMethodKeywords, fast::positional(*frame, *next), fast::keywords(*frame, *next))
#undef OROCHI_HANDLER

label_Return : {
  frame->next = next;
  Ref<> result = Ref<>::adopt(std::exchange(registers[next->a], Value()));
  if ((frame->duties & kGivesMade) != 0 && failed(give_made(*frame, result))) goto raised;
  if (fast::end(machine, *frame)) return result;
  frame = machine.frame;
  fast::end_call(*frame, std::move(result));
  OROCHI_TAKE_UP();
  OROCHI_NEXT();
}
label_ReturnConstant : {
  frame->next = next;
  Ref<> result = Ref<>::of(frame->code->constant(next->wide()));
  if ((frame->duties & kGivesMade) != 0 && failed(give_made(*frame, result))) goto raised;
  if (fast::end(machine, *frame)) return result;
  frame = machine.frame;
  fast::end_call(*frame, std::move(result));
  OROCHI_TAKE_UP();
  OROCHI_NEXT();
}

  // --- Generators. ---
label_Yield : {
  frame->next = next;
  Ref<> result = (next->marks & bytecode::kMarkB) != 0
                     ? Ref<>::adopt(std::exchange(registers[next->b], Value()))
                     : Ref<>::of(registers[next->b]);
  leave_generator(machine, *frame);
  return result;
}
label_Delegate : {
  frame->next = next;
  Ref<> result;
  if (failed(delegate(*frame, *next, result))) [[unlikely]]
    goto raised;
  if (!result) OROCHI_NEXT();
  leave_generator(machine, *frame);
  return result;
}

  // --- Exceptions. ---
label_Reraise:
  frame->next = next;
  static_cast<void>(
      reraise(Ref<>::adopt(std::exchange(registers[next->a], Value())).cast<Exception>()));
  goto raised;

raised:
  frame = unwind(machine);
  if (frame == nullptr) return {};
  OROCHI_TAKE_UP();
  OROCHI_DISPATCH();
}

}  // namespace orochi::inline OROCHI_DESIGN
