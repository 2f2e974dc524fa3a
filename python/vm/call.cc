#include "python/vm/call.h"

#include <algorithm>
#include <new>

#include "memory/buffer.h"
#include "objects/model/operations.h"
#include "objects/model/recursion.h"
#include "objects/types/bound_method.h"
#include "objects/types/construct.h"
#include "objects/types/descriptor.h"
#include "objects/types/special_methods.h"
#include "python/vm/frame_object.h"
#include "python/vm/generator.h"
#include "python/vm/interpreter.h"

namespace orochi::inline OROCHI_DESIGN {

void empty_registers(Value* first, const Value* last) noexcept {
  for (; first != last; ++first) drop(std::exchange(*first, Value()));
}

// --- Frames. ---

namespace {

// `used` registers are in use already; there is room for as many as are `given`, and for all that
// the code has.
[[nodiscard]] Frame* take(Machine& machine, Function& function, Value* registers, std::size_t used,
                          std::size_t given) noexcept {
  CodeObject& code = function.code();
  const std::size_t room = std::max<std::size_t>(code.code().register_count, given);
  std::uint32_t duties = 0;
  Frame* frame = machine.stack.try_take(registers, room);
  if (frame == nullptr) {
    machine.stack.heed_limit();
    frame = machine.stack.try_take(registers, room);
  }
  if (frame == nullptr) {
    frame = machine.stack.take_slow(registers, used, room);
    if (frame == nullptr) return nullptr;
    duties = kOwnSegment;
  }
  *frame = {.next = code.code().instructions.data(),
            .registers = registers,
            .end = registers + code.code().register_count,
            .code = &code,
            .function = &function,
            .caller = machine.frame,
            .names = nullptr,
            .object = nullptr,
            .made = nullptr,
            .duties = duties};
  return frame;
}

void give_back(Machine& machine, Frame& frame) noexcept {
  if ((frame.duties & kOwnSegment) != 0)
    machine.stack.give_back_segment();
  else
    machine.stack.give_back(frame);
}

}  // namespace

Frame* take_frame(Machine& machine, Function& function, Value* registers,
                  std::size_t used) noexcept {
  return take(machine, function, registers, used, used);
}

Frame* take_frame_above(Machine& machine, Function& function, std::size_t arguments) noexcept {
  return take(machine, function, machine.free_registers(), 0, arguments);
}

void leave_frame(Machine& machine, Frame& frame) noexcept {
  if ((frame.duties & kHasObject) != 0) release_frame_object(frame);
  machine.frame = frame.caller;
  give_back(machine, frame);
}

void end_frame(Machine& machine, Frame& frame) noexcept {
  if ((frame.duties & kHasObject) != 0) release_frame_object(frame);  // while locals are there
  if (Object* const made = std::exchange(frame.made, nullptr); made != nullptr) drop(Value(made));
  empty_registers(frame.registers, frame.registers + frame.code->code().register_count);
  leave_frame(machine, frame);
}

// --- Calls by instructions. ---

namespace {

// In a generator registers have no room behind them: the arguments go to where frames lie.
[[nodiscard]] Frame* take_frame_for(Machine& machine, Function& function,
                                    const CallWindow& window) noexcept {
  Value* const first = window.first();
  const std::size_t count = window.count();
  if ((machine.frame->duties & kInGenerator) == 0)
    return take_frame(machine, function, first, count);
  Frame* const frame = take_frame_above(machine, function, count);
  for (std::size_t i = 0; frame != nullptr && i < count; ++i)
    frame->registers[i] = std::exchange(first[i], Value());
  return frame;
}

[[nodiscard]] Begun begin_function(Machine& machine, Function& function, const CallWindow& window,
                                   Ref<>& result) noexcept {
  const Arguments given = window.arguments();
  Frame* const frame = take_frame_for(machine, function, window);
  if (frame == nullptr) return Begun::kNot;
  if (failed(bind_parameters(function, *frame, given.positional, given.keywords))) {
    give_back(machine, *frame);
    return Begun::kNot;
  }
  if (makes_generator(*frame->code)) {
    result = make_generator(function, *frame);
    give_back(machine, *frame);
    return result ? Begun::kDone : Begun::kNot;
  }
  machine.frame = frame;
  return Begun::kFrame;
}

// A bound method as the window of a method: function, self.
void unpack_method(const CallWindow& window) noexcept {
  const auto& method = static_cast<const BoundMethod&>(*window.at[0].object());
  window.at[1] = Ref<>::of(method.self()).release();
  drop(std::exchange(window.at[0], Ref<>::of(method.function()).release()));
}

[[nodiscard]] bool is_plain_method(const CallWindow& window) noexcept {
  return window.at[0].is_object() && window.at[1].is_empty() &&
         &type_of(*window.at[0].object()) == &bound_method_type();
}

}  // namespace

namespace {

// The __init__ of a class that is called in the ordinary way and written in the language; null: it
// is another one.
[[nodiscard]] Function* plain_init(const CallWindow& window) noexcept {
  Type* const type = window.at[1].is_empty() ? as_type(window.at[0]) : nullptr;
  if (type == nullptr || &type_of(*type) != &type_type()) return nullptr;
  const TypeBlock& block = type->block();
  if (block.protocols().construct != construct_plain ||
      block.protocols().initialise == initialise_plain)
    return nullptr;
  const TypeEntry* const init = block.find(special_name(special("__init__")));
  const bool is_plain = init != nullptr && is_function(init->value) &&
                        !makes_generator(static_cast<Function*>(init->value.object())->code());
  return is_plain ? static_cast<Function*>(init->value.object()) : nullptr;
}

// As type.__call__, but the call of __init__ is a frame.
[[nodiscard]] Begun begin_instance(Machine& machine, Function& init, const CallWindow& window,
                                   Ref<>& result) noexcept {
  const Ref<Function> kept = Ref<Function>::of(init);  // before anything can change the class
  Ref<> made = construct_plain(static_cast<Type&>(*window.at[0].object()), window.arguments());
  if (!made) return Begun::kNot;
  window.at[1] = Ref<>::of(made.value()).release();
  drop(std::exchange(window.at[0], Ref<>::of(Value(kept.get())).release()));
  const Begun begun = begin_function(machine, init, window, result);
  if (begun != Begun::kFrame) return begun;
  machine.frame->made = made.release().object();
  machine.frame->duties |= kGivesMade;
  return begun;
}

}  // namespace

Begun begin_call(Machine& machine, const CallWindow& window, Ref<>& result) noexcept {
  if (is_plain_method(window)) unpack_method(window);
  if (is_function(window.at[0]))
    return begin_function(machine, static_cast<Function&>(*window.at[0].object()), window, result);
  if (Function* const init = plain_init(window); init != nullptr)
    return begin_instance(machine, *init, window, result);
  result = call(window.at[0], window.arguments());
  if (!result) return Begun::kNot;
  Value* const first = window.first();
  empty_registers(first, first + window.count());
  return Begun::kDone;
}

// --- Calls from C++. ---

namespace {

// The frame of a call from C++, with what it is given.
[[nodiscard]] Frame* frame_for(Machine& machine, Function& function,
                               const Arguments& arguments) noexcept {
  const std::size_t named =
      arguments.keywords == nullptr ? 0 : static_cast<Tuple*>(arguments.keywords)->size();
  const std::size_t count = arguments.positional + named;
  Frame* const frame = take_frame_above(machine, function, count);
  if (frame == nullptr) return nullptr;
  for (std::size_t i = 0; i < count; ++i)
    frame->registers[i] = Ref<>::of(arguments.values[i]).release();
  if (!failed(bind_parameters(function, *frame, arguments.positional, arguments.keywords)))
    return frame;
  give_back(machine, *frame);
  return nullptr;
}

[[nodiscard]] Ref<> enter(Machine& machine, Frame& frame) noexcept {
  frame.duties |= kLeaveMachine;
  machine.frame = &frame;
  HandlingPlace place;
  place.enter();
  Ref<> result = run(machine, frame);
  place.leave();
  return result;
}

}  // namespace

Ref<> call_function(Value self, const Arguments& arguments) noexcept {
  const RecursionGuard guard(" while calling a Python object");
  Machine* const machine = Machine::mine();
  if (!guard || machine == nullptr) return kRaised;
  auto& function = static_cast<Function&>(*self.object());
  const Ref<Function> kept = Ref<Function>::of(function);
  Frame* const frame = frame_for(*machine, function, arguments);
  if (frame == nullptr) return kRaised;
  if (!makes_generator(*frame->code)) return enter(*machine, *frame);
  Ref<> generator = make_generator(function, *frame);
  give_back(*machine, *frame);
  return generator;
}

Ref<> run_body(Function& body, Object& names) noexcept {
  const RecursionGuard guard;
  Machine* const machine = Machine::mine();
  if (!guard || machine == nullptr) return kRaised;
  Frame* const frame = take_frame_above(*machine, body, 0);
  if (frame == nullptr) return kRaised;
  frame->names = &names;
  return enter(*machine, *frame);
}

// --- The machine. ---

Machine* Machine::begin() noexcept {
  void* const room = allocate_buffer(sizeof(Machine));
  if (room == nullptr) {
    static_cast<void>(raise_memory_error());
    return nullptr;
  }
  auto* const machine = new (room) Machine;
  ThreadRecord::mine().language = machine;
  return machine;
}

void Machine::end() noexcept {
  auto* const machine =
      static_cast<Machine*>(std::exchange(ThreadRecord::mine().language, nullptr));
  if (machine == nullptr) return;
  machine->~Machine();
  free_buffer(machine);
}

}  // namespace orochi::inline OROCHI_DESIGN
