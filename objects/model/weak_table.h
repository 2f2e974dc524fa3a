// objects/model/weak_table.h: the lists of weak links, beside the objects that they lead to.
//
// A hash table from referents to lists, cut into parts so that threads seldom meet. An object says
// by ObjectFlag::kWeaklyReferenced that there may be a list; so all others pay for a flag.
//
//     part, by the referent's address --> place --> link without callback --> newest --> ... oldest
//
// I1  A link is in its referent's list exactly while its target is not null. Both change under the
//     lock of the part, or in a stopped world, where nobody is inside.
// I2  Of the links to one referent that are of one exact type and have no callback, one is in the
//     list first and is found again by whoever wants such a one (if it lives: Trap14).
// I3  Under the lock nothing is dropped, raised or called (rule 17). Callbacks that are due are
//     kept in a WeakCalls, linked through the links themselves: a death needs no memory.
//
// Attached threads. Takes a lock that does not detach.
// Tests: tests/objects/model/weak_link_test.cc
#pragma once

#include <cstddef>
#include <span>

#include "objects/model/status.h"
#include "objects/model/weak_link.h"
#include "runtime/mutex.h"

namespace orochi::inline OROCHI_DESIGN {

class Type;

// Links whose referent has died and whose callbacks have not been called yet. Counts them.
class WeakCalls {
 public:
  constexpr WeakCalls() noexcept = default;
  ~WeakCalls() { run(); }
  WeakCalls(const WeakCalls&) = delete;
  WeakCalls& operator=(const WeakCalls&) = delete;

  [[nodiscard]] bool is_empty() const noexcept { return first_ == nullptr; }
  // Calls each with its link, in the order in which they were added. What they raise is shown
  // (objects/model/unraisable.h). May run any code. If the thread is refused meanwhile, the rest
  // are left as they are (I3 of objects/model/call_out.h).
  void run() noexcept;
  // Drops the links of this thread that nobody else counts: such a link has ended before its
  // referent, but for this list.
  void drop_unheld() noexcept;

 private:
  friend class WeakTable;
  void add(WeakLink& link) noexcept;  // takes over a reference
  [[nodiscard]] Ref<WeakLink> take_first() noexcept;

  WeakLink* first_ = nullptr;
  WeakLink* last_ = nullptr;
};

class WeakTable {
 public:
  // Whether a link that was there before will do (I2).
  enum class Entry { kShared, kOwn };
  // Enters a new link to what the caller counts. Gives back the one that is in the list then.
  // Empty: no memory, and a MemoryError is pending. May park. Requires: who shares has no callback.
  [[nodiscard]] static Ref<WeakLink> enter(Object& referent, Ref<WeakLink> link,
                                           Entry entry) noexcept;
  // The one that `enter` would find; empty: there is none.
  [[nodiscard]] static Ref<WeakLink> find(Object& referent, const Type& type) noexcept;
  // How many links there are to the object.
  [[nodiscard]] static std::size_t count(const Object& referent) noexcept;
  // Writes as many of them as there is room for, each with a reference that the caller owns, in the
  // order of the list. How many that are.
  [[nodiscard]] static std::size_t copy_links(const Object& referent,
                                              std::span<Value> room) noexcept;

  // The object is dead: so are its links.
  static void end(Object& referent, WeakCalls& due) noexcept;
  // The object is garbage, and the world stopped. Links that are garbage too have left before.
  static void end_stopped(Object& referent, WeakCalls& due) noexcept;
  // The link itself is dead, or garbage in a stopped world: it is not called back.
  static void leave(WeakLink& link) noexcept;
  static void leave_stopped(WeakLink& link) noexcept;

 private:
  static constexpr std::size_t kParts = 16;

  [[nodiscard]] static WeakTable& part_of(const Object& referent) noexcept;

  // Under the lock, or in a stopped world.
  [[nodiscard]] std::size_t home_of(const Object& referent) const noexcept;
  [[nodiscard]] WeakLink** place_of(const Object& referent) const noexcept;
  [[nodiscard]] WeakLink* first_of(const Object& referent) const noexcept;
  [[nodiscard]] bool make_room() noexcept;
  void close_gap(std::size_t gap) noexcept;
  [[nodiscard]] Ref<WeakLink> find_in(const Object& referent, const Type& type) const noexcept;
  void insert(Object& referent, WeakLink& link) noexcept;
  void unlink(WeakLink& link, const Object& referent) noexcept;
  // Takes the whole list away. The links are dead then.
  [[nodiscard]] WeakLink* take_list(const Object& referent) noexcept;
  static void end_one(WeakLink& link, WeakCalls& due) noexcept;
  void end_all(const Object& referent, WeakCalls& due) noexcept;
  [[nodiscard]] static bool is_reusable(const WeakLink& link, const Type& type) noexcept;
  [[nodiscard]] static Ref<WeakLink> counted(WeakLink& link) noexcept;

  static WeakTable g_parts[kParts];

  NonDetachingMutex lock_;
  // Under the lock: open addressing, places in a row, at most two thirds of them taken.
  WeakLink** places_ = nullptr;
  std::size_t capacity_ = 0;  // 0, or a power of two
  std::size_t used_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
