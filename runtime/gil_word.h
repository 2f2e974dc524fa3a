// runtime/gil_word.h: the word of the GIL, as a value.
//
//   bits 0-15   the owner id of the holder; kNobody: free
//   bit  16     on       somebody has to hold it to be attached
//   bit  17     wanted   somebody waits; from then on only the lock's mutex moves the word
//   bit  18     known    the lock's record of the current turn is about this hold
//
// Who makes which move: runtime/gil_lock.h.
#pragma once

#include <cstdint>

#include "memory/owner_id.h"

namespace orochi::inline OROCHI_DESIGN {

class GilWord {
 public:
  // Off: nobody holds it and nobody waits.
  constexpr GilWord() noexcept = default;
  [[nodiscard]] static constexpr GilWord on() noexcept { return GilWord(kOn); }

  [[nodiscard]] constexpr bool is_on() const noexcept { return (bits_ & kOn) != 0; }
  [[nodiscard]] constexpr bool is_wanted() const noexcept { return (bits_ & kWanted) != 0; }
  [[nodiscard]] constexpr bool is_known() const noexcept { return (bits_ & kKnown) != 0; }
  [[nodiscard]] constexpr OwnerId holder() const noexcept {
    return static_cast<OwnerId>(bits_ & kHolder);
  }
  [[nodiscard]] constexpr bool is_free() const noexcept { return holder() == kNobody; }
  // Nobody waits, so that the holder may let go without asking.
  [[nodiscard]] constexpr bool is_quiet() const noexcept { return is_on() && !is_wanted(); }

  // The moves. Taken and let go quietly:
  [[nodiscard]] constexpr GilWord taken_by(OwnerId id) const noexcept {
    return GilWord((bits_ & kOn) | id);
  }
  [[nodiscard]] constexpr GilWord let_go() const noexcept { return GilWord(bits_ & kOn); }
  // Somebody begins to wait.
  [[nodiscard]] constexpr GilWord wanted() const noexcept { return GilWord(bits_ | kWanted); }
  // The turn of the holder is on record.
  [[nodiscard]] constexpr GilWord known() const noexcept { return GilWord(bits_ | kKnown); }
  // Handed to the first who waits; `more` wait behind it.
  [[nodiscard]] static constexpr GilWord handed_to(OwnerId id, bool more) noexcept {
    return GilWord(kOn | kKnown | (more ? kWanted : 0) | id);
  }

  friend constexpr bool operator==(GilWord, GilWord) noexcept = default;

 private:
  static constexpr std::uint32_t kHolder = 0xFFFF;
  static constexpr std::uint32_t kOn = 1U << 16;
  static constexpr std::uint32_t kWanted = 1U << 17;
  static constexpr std::uint32_t kKnown = 1U << 18;

  explicit constexpr GilWord(std::uint32_t bits) noexcept : bits_(bits) {}

  std::uint32_t bits_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
