// python/vm/machine_stack.h: where the frames of one thread and their registers lie.
//
// A chain of segments, each with room for so many frames and so many registers. Taking a frame is
// two compares and a store; a new segment is the slow way. Nothing moves that is in use: whoever
// runs has pointers into both rooms.
//
// M1  Words above the registers of the innermost frame are empty (F2 of frame.h).
// M2  There are at most `limit` frames: one more is a RecursionError. A limit that is lowered
//     concerns the next segment.
//
// Its thread alone. Tests: tests/python/language/functions.py
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/door/sys_atomic.h"
#include "objects/model/status.h"
#include "python/vm/frame.h"

namespace orochi::inline OROCHI_DESIGN {

class MachineStack {
 public:
  static constexpr std::uint32_t kUsualLimit = 1000;

  MachineStack() noexcept = default;
  ~MachineStack();
  MachineStack(const MachineStack&) = delete;
  MachineStack& operator=(const MachineStack&) = delete;

  // A frame with room for `count` registers from `registers` on. Null: not without more work.
  [[nodiscard]] Frame* try_take(const Value* registers, std::size_t count) noexcept {
    if (next_ == frames_end_ || count > static_cast<std::size_t>(values_end_ - registers))
        [[unlikely]]
      return nullptr;
    return next_++;
  }
  // After that: the first frame of a new segment. `registers`, of which `used` are in use, is then
  // elsewhere, and empty where it was. Null: a RecursionError or a MemoryError is pending.
  [[nodiscard]] Frame* take_slow(Value*& registers, std::size_t used, std::size_t count) noexcept;

  // The frame that was taken last; its registers are empty.
  void give_back(Frame& frame) noexcept { next_ = &frame; }
  // The same, of one that take_slow gave.
  void give_back_segment() noexcept;

  // Where the registers of a first frame begin.
  [[nodiscard]] Value* bottom() const noexcept;

  // Between the two: where the fast way ends may be out of date.
  void heed_limit() noexcept {
    if (segment_ != nullptr) bound_frames();
  }

  [[nodiscard]] std::uint32_t depth() const noexcept;
  // Of all threads. relaxed, both: a setting, which each thread heeds where it matters.
  [[nodiscard]] static std::uint32_t limit() noexcept { return g_limit.load(kRelaxed); }
  static void set_limit(std::uint32_t limit) noexcept { g_limit.store(limit, kRelaxed); }

 private:
  static inline constinit SysAtomic<std::uint32_t> g_limit{kUsualLimit};

  struct Segment;

  [[nodiscard]] Segment* make_segment(std::size_t words) noexcept;
  void open(Segment& segment) noexcept;
  void bound_frames() noexcept;

  Frame* next_ = nullptr;
  Frame* frames_end_ = nullptr;
  Value* values_end_ = nullptr;
  Segment* segment_ = nullptr;
  Segment* spare_ = nullptr;  // one is kept: a loop may call across a border
};

}  // namespace orochi::inline OROCHI_DESIGN
