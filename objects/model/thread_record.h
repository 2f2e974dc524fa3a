// objects/model/thread_record.h: what this floor keeps for each thread.
//
// It lies in the room that runtime/thread.h leaves for the floors above: all bytes 0 when a thread
// begins, so there is nothing to make, and nothing that could fail.
//
// Touched by its thread alone, and by whoever has stopped the world.
#pragma once

#include <cstdint>
#include <new>

#include "objects/model/error.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {

struct HandlingPlace;
class ReprGuard;

struct ThreadRecord {
  Error pending;                      // objects/model/error.h
  HandlingPlace* handling = nullptr;  // the innermost: objects/types/exception_raise.h
  std::uint32_t calls = 0;            // how deep it is in native calls: objects/model/recursion.h
  std::uint32_t destroying = 0;       // how deep it is in destructions: objects/model/destroy.h
  bool has_doomed = false;            // and left some to whoever comes first; the same file
  std::uint8_t call_outs = 0;     // how deep in finalizers and callbacks: objects/model/call_out.h
  ReprGuard* printing = nullptr;  // the innermost: objects/model/repr_guard.h
  void* language = nullptr;       // of the floor above

  // Of a thread that is known to the runtime.
  [[nodiscard]] static ThreadRecord& of(Thread& thread) noexcept {
    return *std::launder(reinterpret_cast<ThreadRecord*>(thread.upper.bytes.data()));
  }
  [[nodiscard]] static ThreadRecord& mine() noexcept { return of(*Thread::current()); }
};
static_assert(sizeof(ThreadRecord) <= sizeof(UpperRoom) && alignof(ThreadRecord) <= 16);

}  // namespace orochi::inline OROCHI_DESIGN
