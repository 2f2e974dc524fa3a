// objects/collector/side_tables.h: what one collection notes about each block, beside the slabs.
//
// A word a block, in one piece of raw memory that is cut among the slabs (Slab::side). Nothing is
// noted in a header or a payload, so a collection that is given up leaves no trace (D10).
//
//   bits 0-29   how many references the objects that were scanned have to this one
//   bit 30      it is garbage
//   bit 31      it is reached
//
// I1  A block's word is about the object that lived in it when the tables were laid out. Of a block
//     that is used anew since then, it does not say "garbage": what is garbage is counted by the
//     collection, which takes that note away before its reference. Slabs that came since have no
//     table. So until the tables end, any object may be asked whether it is garbage. After that
//     slabs still point where they were.
// I2  A count that does not fit stays full, and its object is taken for reached.
//
// In a stopped world; `reserve`, `leave_garbage` and the end also by the collecting thread while it
// is attached, beside which nobody has stopped the world.
// Tests: tests/objects/collector/side_tables_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/slab.h"
#include "objects/model/object.h"

namespace orochi::inline OROCHI_DESIGN {

// Of one block.
class BlockNote {
 public:
  explicit BlockNote(std::uint32_t& word) noexcept : word_(word) {}

  [[nodiscard]] std::uint32_t count() const noexcept { return word_ & kFull; }
  [[nodiscard]] bool is_full() const noexcept { return count() == kFull; }  // I2
  void count_one() noexcept {
    if (!is_full()) ++word_;
  }

  [[nodiscard]] bool is_reached() const noexcept { return (word_ & kReached) != 0; }
  void reach() noexcept { word_ |= kReached; }

  [[nodiscard]] bool is_garbage() const noexcept { return (word_ & kGarbage) != 0; }
  // Not counted by anybody yet.
  void become_garbage() noexcept { word_ = kGarbage; }
  void leave_garbage() noexcept { word_ = kReached; }

 private:
  static constexpr std::uint32_t kReached = 1U << 31;
  static constexpr std::uint32_t kGarbage = 1U << 30;
  static constexpr std::uint32_t kFull = kGarbage - 1;

  std::uint32_t& word_;
};

class SideTables {
 public:
  constexpr SideTables() noexcept = default;
  ~SideTables();
  SideTables(const SideTables&) = delete;
  SideTables& operator=(const SideTables&) = delete;

  // Gets memory for about as many blocks as there are, and touches it, before the world is stopped.
  // A guess, and no harm if it fails.
  void reserve() noexcept;
  // Leaves them for good to who may ask (I1): for a thread that is not attached any more.
  void abandon() noexcept { words_ = nullptr; }
  // A word for each block there is, all 0. Once. False: no memory.
  [[nodiscard]] bool lay_out_stopped() noexcept;

  // Of an object that lived then (I1).
  [[nodiscard]] static BlockNote of(const Object& object) noexcept {
    const Slab& slab = *slab_of(&object);
    return BlockNote(slab.side[slab.index_of(&object)]);
  }
  // Of any object that lives now; false if there are no tables (I1).
  [[nodiscard]] static bool is_garbage(const Object& object) noexcept {
    const Slab& slab = *slab_of(&object);
    return g_laid_out && slab.side != nullptr &&
           BlockNote(slab.side[slab.index_of(&object)]).is_garbage();
  }
  // In a forked child: whoever made the tables does not exist any more.
  static void forget_after_fork() noexcept { g_laid_out = false; }

 private:
  // All 0.
  [[nodiscard]] bool have(std::size_t words) noexcept;

  // Written by the one collector there is, read in stopped worlds.
  static inline constinit bool g_laid_out = false;

  std::uint32_t* words_ = nullptr;
  std::size_t capacity_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
