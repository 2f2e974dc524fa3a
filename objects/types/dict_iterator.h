// objects/types/dict_iterator.h: going through a dict, and what tells that it has changed.
//
// What tells is objects/types/hashed_cursor.h: other keys are an error here too, at the end.
//
// All that changes in an iterator is guarded by the lock of its dict, which it takes for each item:
// so several threads may share one, and each item is given to one of them.
//
// I1  An iterator that is at its end keeps its dict until it dies (rule 15).
//
// Attached threads. Each step may park.
// Tests: tests/objects/types/dict_iterator_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/types/dict.h"
#include "objects/types/hashed_cursor.h"

namespace orochi::inline OROCHI_DESIGN {

// What of each item; an item is a tuple of both.
enum class DictPart : std::uint8_t { kKeys, kValues, kItems };
inline constexpr std::size_t kDictParts = 3;

// Once, by make_dict_type.
[[nodiscard]] Status make_dict_iterator_types() noexcept;
[[nodiscard]] Type& dict_iterator_type(DictPart part, Direction direction) noexcept;

class DictIterator : public Object {
 public:
  DictIterator(ShapeIndex shape, Ref<Dict> dict, DictPart part, Direction direction) noexcept;

  [[nodiscard]] static Ref<DictIterator> make(Dict& dict, DictPart part,
                                              Direction direction = Direction::kForward) noexcept;

  // Done and nothing in `item`: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;
  // How many are still to come, as far as one can say.
  [[nodiscard]] std::size_t remaining() noexcept;
  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(dict_));
  }

 private:
  using Cursor = HashedCursor<DictEntry>;

  [[nodiscard]] Dict& dict() const noexcept { return static_cast<Dict&>(*dict_.get().object()); }
  [[nodiscard]] Cursor::Step step(Held dict, DictItem& item) noexcept;

  // Constant.
  const ConstField dict_;
  const DictPart part_;

  Cursor cursor_;  // with the dict's lock
};

}  // namespace orochi::inline OROCHI_DESIGN
