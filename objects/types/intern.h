// objects/types/intern.h: one object for each name, so that names are compared by address.
//
// Attributes, keywords, globals: types and shapes look for a name by where it lies. Whoever hands
// them one interns it first.
//
//             intern                        last drop                 give_back
//   a str ------------> in the table --------------------> dead ----------------> out of it
//                             ^  counted by try_retain       |   its place may be taken meanwhile
//                             +------------------------------+   by another str of the same text
//
// The table counts nothing, so a name that nobody uses any more goes (rule 8). Names of native code
// are wanted for ever, by places that have nobody to drop them: those are immortal.
//
// I1  What is in the table has its memory: a str takes itself out, under the lock, before its block
//     is given back. So the table may look at the text of the dead.
// I2  Of the interned strs of one text, one at most is alive.
// I3  Under the lock of a table nothing is dropped and nothing raised (rule 17).
//
// Attached threads. Takes a lock that does not detach.
// Tests: tests/objects/types/intern_test.cc
#pragma once

#include <cstddef>
#include <string_view>

#include "objects/types/str.h"
#include "runtime/mutex.h"

namespace orochi::inline OROCHI_DESIGN {

// The interned str of the same text: `str` itself, or who was first. Empty: a MemoryError is
// pending. Requires: exactly a str, not of a subtype.
[[nodiscard]] Ref<Str> intern(Ref<Str> str) noexcept;
[[nodiscard]] Ref<Str> intern(std::string_view utf8) noexcept;

// Of a name that native code keeps. Immortal. Null: a MemoryError is pending.
[[nodiscard]] Str* intern_for_ever(std::string_view utf8) noexcept;

// A part of the table, which is cut by hash so that threads seldom meet.
class InternTable {
 public:
  constexpr InternTable() noexcept = default;

  // Empty: no memory, nothing is raised.
  [[nodiscard]] static Ref<Str> find_or_add(Str& str) noexcept;
  // At its end.
  static void forget(const Str& str) noexcept;

 private:
  static constexpr std::size_t kParts = 16;

  [[nodiscard]] static InternTable& part_of(const Str& str) noexcept;

  // Under the lock.
  [[nodiscard]] Ref<Str> find_or_add_locked(Str& str) noexcept;
  void forget_locked(const Str& str) noexcept;
  [[nodiscard]] bool make_room() noexcept;
  [[nodiscard]] std::size_t home_of(const Str& str) const noexcept;
  // Where `str`, or a str of the same text, is, or the free place where it would be.
  [[nodiscard]] Str** place_of(const Str& str) const noexcept;
  void close_gap(std::size_t gap) noexcept;

  static InternTable g_parts[kParts];

  NonDetachingMutex lock_;
  // Under the lock: open addressing, places in a row, at most two thirds of them taken.
  Str** places_ = nullptr;
  std::size_t capacity_ = 0;  // 0, or a power of two
  std::size_t used_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
