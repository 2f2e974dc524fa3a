// runtime/notice.h: what every thread has to know when it attaches or detaches.
//
// One word for the whole process. It is zero nearly always, so that attach and detach look at one
// word and go on.
//
// I1  Whoever posts a notice then reads the slots; whoever attaches or detaches moves its slot and
//     then reads the notices. All seq_cst, so one of the two sees the other.
#pragma once

#include <cstdint>

#include "memory/atomic.h"

namespace orochi::inline OROCHI_DESIGN {

enum class Notice : std::uint32_t {
  kStop = 1U << 0,      // the world is to stop, or stopped    runtime/world.h
  kShutdown = 1U << 1,  // who detached may not come back      runtime/lifecycle.h
  kHostile = 1U << 2,   // take the slow way every time        runtime/hostile.h
  kMode = 1U << 3,      // a second thread waits to come       runtime/single_thread.h
};

namespace detail {
// On a line of its own: read by all, written seldom.
struct alignas(64) NoticeBoard {
  SysAtomic<std::uint32_t> word{0};
};
inline constinit NoticeBoard g_notices;
}  // namespace detail

class Notices {
 public:
  // seq_cst: the second half of I1.
  [[nodiscard]] static Notices read() noexcept {
    return Notices(detail::g_notices.word.load(kSeqCst));
  }

  [[nodiscard]] bool none() const noexcept { return bits_ == 0; }
  [[nodiscard]] bool has(Notice notice) const noexcept {
    return (bits_ & static_cast<std::uint32_t>(notice)) != 0;
  }

  // seq_cst: the first half of I1.
  static void post(Notice notice) noexcept {
    detail::g_notices.word.fetch_or(static_cast<std::uint32_t>(notice), kSeqCst);
  }
  static void withdraw(Notice notice) noexcept {
    detail::g_notices.word.fetch_and(~static_cast<std::uint32_t>(notice), kSeqCst);
  }

 private:
  explicit constexpr Notices(std::uint32_t bits) noexcept : bits_(bits) {}

  std::uint32_t bits_;
};

}  // namespace orochi::inline OROCHI_DESIGN
