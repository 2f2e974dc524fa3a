// runtime/rw_lock.h: many readers, or one writer.
//
//   word   readers inside (29 bits, high) | READERS_WAIT | WRITERS_WAIT | WRITER
//
//   a reader enters      unless WRITER or WRITERS_WAIT; one that was woken by a writer's unlock,
//                        unless WRITER
//   a writer enters      unless WRITER or readers are inside
//   a writer leaves      wakes all readers that sleep; if none does, one writer
//   the last reader out  wakes one writer
//
// So neither side starves the other: a waiting writer keeps new readers out, and every writer that
// leaves lets in the readers that came before. Nobody is given the lock while it sleeps (rule 41):
// the woken enter by themselves, or sleep again at the front.
//
// I1  A writer sleeps only while WRITERS_WAIT is set, and then somebody awake will wake a writer:
//     the writer inside, the last reader inside, or a reader or writer that was woken and has not
//     entered yet.
// I2  WRITERS_WAIT is cleared without waking a writer only together with waking all readers.
// I3  A woken thread that gives up (its deadline has passed) passes its wake-up on.
//
// I4  In a forked child nobody waits: what a woken thread owed the others that vanished is void.
//
// Any thread; who waits detaches while it sleeps. Not recursive: a reader that enters twice can
// deadlock with a writer between. The lock must outlive the calls.
// Tests: tests/runtime/rw_lock_test.cc   Stress: stress/runtime/waiting_stress.cc
#pragma once

#include <cstdint>

#include "memory/door/platform.h"
#include "memory/door/sys_atomic.h"
#include "memory/thread_annotations.h"

namespace orochi::inline OROCHI_DESIGN {

class OROCHI_CAPABILITY("reader-writer lock") RwLock {
 public:
  constexpr RwLock() noexcept = default;
  RwLock(const RwLock&) = delete;
  RwLock& operator=(const RwLock&) = delete;

  void lock() noexcept OROCHI_ACQUIRE() { static_cast<void>(lock_until(platform::kNever)); }
  // False: the deadline passed first.
  [[nodiscard]] bool lock_until(platform::Nanos deadline) noexcept OROCHI_TRY_ACQUIRE(true);
  [[nodiscard]] bool lock_for(platform::Nanos span) noexcept OROCHI_TRY_ACQUIRE(true) {
    return lock_until(platform::deadline_in(span));
  }
  [[nodiscard]] bool try_lock() noexcept OROCHI_TRY_ACQUIRE(true);
  void unlock() noexcept OROCHI_RELEASE();

  void lock_shared() noexcept OROCHI_ACQUIRE_SHARED() {
    static_cast<void>(lock_shared_until(platform::kNever));
  }
  [[nodiscard]] bool lock_shared_until(platform::Nanos deadline) noexcept
      OROCHI_TRY_ACQUIRE_SHARED(true);
  [[nodiscard]] bool lock_shared_for(platform::Nanos span) noexcept
      OROCHI_TRY_ACQUIRE_SHARED(true) {
    return lock_shared_until(platform::deadline_in(span));
  }
  [[nodiscard]] bool try_lock_shared() noexcept OROCHI_TRY_ACQUIRE_SHARED(true);
  void unlock_shared() noexcept OROCHI_RELEASE_SHARED();

  // In a forked child: whoever was inside does not exist any more.
  void reset_after_fork() noexcept { word_.store(0, kRelaxed); }  // relaxed: one thread exists

 private:
  static constexpr std::uint32_t kWriter = 1;
  static constexpr std::uint32_t kWritersWait = 2;
  static constexpr std::uint32_t kReadersWait = 4;
  static constexpr std::uint32_t kReader = 8;

  [[nodiscard]] static constexpr bool admits_writer(std::uint32_t word) noexcept {
    return (word & kWriter) == 0 && word < kReader;
  }
  [[nodiscard]] static constexpr bool admits_reader(std::uint32_t word, bool woken) noexcept {
    return (word & (woken ? kWriter : kWriter | kWritersWait)) == 0;
  }

  [[nodiscard]] bool enter_as_reader(bool woken) noexcept;
  void wake_writer() noexcept;
  void wake_readers() noexcept;

  static void forget_waiters(const void* writers) noexcept;

  // Writers sleep at the word's address, readers at the next byte's.
  [[nodiscard]] const void* writers() const noexcept { return &word_; }
  [[nodiscard]] const void* readers() const noexcept {
    return reinterpret_cast<const char*>(&word_) + 1;
  }

  SysAtomic<std::uint32_t> word_{0};
};

}  // namespace orochi::inline OROCHI_DESIGN
