// python/vm/frame_object.h: a frame as a program sees it: in tracebacks, through sys._getframe.
//
// Made when somebody asks, so frames cost nothing otherwise. While the frame runs it points there;
// when the frame ends, or a generator stops for now, it keeps what the locals held.
//
// F3  `frame` is changed by the frame's thread alone. Others look at it in a stopped world.
//
// Attached threads. Tests: tests/python/language/exceptions.py
#pragma once

#include <cstdint>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/types/dict.h"
#include "python/vm/frame.h"

namespace orochi::inline OROCHI_DESIGN {

class FrameObject : public Object {
 public:
  // `frame`: null if it does not run.
  FrameObject(ShapeIndex shape, Frame* frame, CodeObject& code, Ref<> function,
              Ref<> names) noexcept
      : Object(shape),
        frame_(frame),
        code_(code),
        function_(std::move(function)),
        names_(std::move(names)) {}

  [[nodiscard]] Function& function() const noexcept;
  // What it runs, whatever code the function has been given meanwhile.
  [[nodiscard]] CodeObject& code() const noexcept { return code_; }
  // The number of the instruction that it is at, or was at when it ended.
  [[nodiscard]] std::uint32_t position() const noexcept {
    return frame_ == nullptr ? position_ : frame_->position();
  }
  [[nodiscard]] bool is_running() const noexcept { return frame_ != nullptr; }
  // The frame's caller; nothing: there is none. Empty: it raised.
  [[nodiscard]] Ref<> back() noexcept;
  // The names of a class body or module; or a new dict of the locals that are bound.
  [[nodiscard]] Ref<> locals() noexcept;
  [[nodiscard]] Ref<> globals() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
    visit(Children::of(names_));
    visit(Children::of(caller_));
    visit(Children::of(locals_));
  }
  // What a program asks of one that is over.
  void clear_locals() noexcept { locals_.store(*this, Ref<>()); }
  void clear() noexcept;

 private:
  friend void release_frame_object(Frame& frame) noexcept;
  friend Ref<FrameObject> frame_object_of_suspended(Function& function, CodeObject& code,
                                                    const bytecode::Instruction& next,
                                                    const Value* registers) noexcept;

  Frame* frame_;  // null: it is over
  std::uint32_t position_ = 0;
  CodeObject& code_;  // the function keeps it
  const ConstField function_;
  const ConstField names_;
  Field caller_;  // both of a frame that is over
  Field locals_;
};

// Of a frame of the calling thread. Empty: it raised.
[[nodiscard]] Ref<FrameObject> frame_object_of(Frame& frame) noexcept;
// Of a generator that stands still; it does not follow it. Empty: it raised.
[[nodiscard]] Ref<FrameObject> frame_object_of_suspended(Function& function, CodeObject& code,
                                                         const bytecode::Instruction& next,
                                                         const Value* registers) noexcept;
// The frame ends, and its registers are still there.
void release_frame_object(Frame& frame) noexcept;

[[nodiscard]] Type& frame_type() noexcept;
[[nodiscard]] Status make_frame_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
