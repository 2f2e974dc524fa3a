#include "python/vm/frame_object.h"

#include "objects/model/new_object.h"
#include "objects/types/cell.h"
#include "python/vm/function.h"

namespace orochi::inline OROCHI_DESIGN {

Function& FrameObject::function() const noexcept {
  return static_cast<Function&>(*function_.get().object());
}

Ref<FrameObject> frame_object_of(Frame& frame) noexcept {
  if (frame.object != nullptr) return Ref<FrameObject>::of(*frame.object);
  Ref<> names = frame.names == nullptr ? Ref<>() : Ref<>::of(Value(frame.names));
  Ref<FrameObject> made = new_object<FrameObject>(
      frame_type(), &frame, *frame.code, Ref<>::of(Value(frame.function)), std::move(names));
  if (!made) return kRaised;
  frame.object = made.share().release();
  frame.duties |= kHasObject;
  return made;
}

// --- The end of a frame. ---

namespace {

// What the locals hold now; one that is unbound is nothing. Empty: no memory, nothing is pending.
[[nodiscard]] Ref<Tuple> copied_locals(const CodeObject& code, const Value* registers) noexcept {
  const std::size_t count = code.code().local_count;
  Ref<Tuple> copied = Tuple::make_blank(count);
  if (!copied) clear_error();
  for (std::size_t i = 0; copied && i < count; ++i) copied->initialise(i, Ref<>::of(registers[i]));
  return copied;
}

}  // namespace

Ref<FrameObject> frame_object_of_suspended(Function& function, CodeObject& code,
                                           const bytecode::Instruction& next,
                                           const Value* registers) noexcept {
  Ref<FrameObject> made =
      new_object<FrameObject>(frame_type(), nullptr, code, Ref<>::of(Value(&function)), Ref<>());
  if (!made) return kRaised;
  made->position_ = static_cast<std::uint32_t>(&next - code.code().instructions.data());
  made->locals_.store(*made, copied_locals(code, registers));
  return made;
}

void release_frame_object(Frame& frame) noexcept {
  const Ref<FrameObject> object = Ref<FrameObject>::adopt(std::exchange(frame.object, nullptr));
  frame.duties &= ~std::uint32_t{kHasObject};
  object->position_ = frame.position();
  // Nobody else has it any more: nobody will ask.
  if (!object->is_unique()) {
    if (frame.names == nullptr)
      object->locals_.store(*object, copied_locals(*frame.code, frame.registers));
    if (frame.caller != nullptr) {
      Ref<FrameObject> caller = frame_object_of(*frame.caller);
      if (!caller) clear_error();
      object->caller_.store(*object, std::move(caller));
    }
  }
  object->frame_ = nullptr;
}

void FrameObject::clear() noexcept {
  locals_.store(*this, Ref<>());
  caller_.store(*this, Ref<>());
}

// --- What a program asks. ---

Ref<> FrameObject::back() noexcept {
  if (frame_ == nullptr) {
    Ref<> caller = caller_.load(*this);
    return caller ? std::move(caller) : Ref<>(Special::kNone);
  }
  if (frame_->caller == nullptr) return Special::kNone;
  return frame_object_of(*frame_->caller);
}

namespace {

[[nodiscard]] Status add_variable(Dict& all, Str& name, Value held) noexcept {
  const bool is_cell = held.is_object() && &type_of(*held.object()) == &cell_type();
  Ref<> value = is_cell ? static_cast<Cell&>(*held.object()).get() : Ref<>::of(held);
  if (!value) return Status::kDone;
  return all.set(Value(&name), std::move(value));
}

}  // namespace

Ref<> FrameObject::locals() noexcept {
  if (Value names = names_.get()) return Ref<>::of(names);
  Ref<Dict> all = Dict::make();
  const Ref<> kept = frame_ == nullptr ? locals_.load(*this) : Ref<>();
  if (!all) return kRaised;
  const CodeObject& own = code();
  for (std::uint32_t i = 0; i < own.code().local_count; ++i) {
    const Value held = frame_ != nullptr ? frame_->registers[i]
                       : kept            ? kept.as<Tuple>()[i]
                                         : Value();
    if (failed(add_variable(*all, own.local_name(i), held))) return kRaised;
  }
  for (std::uint32_t i = 0; i < own.code().free_variables.size(); ++i)
    if (failed(add_variable(*all, own.free_name(i), function().cell(i)))) return kRaised;
  return all;
}

Ref<> FrameObject::globals() const noexcept { return Ref<>::of(Value(&function().globals())); }

}  // namespace orochi::inline OROCHI_DESIGN
