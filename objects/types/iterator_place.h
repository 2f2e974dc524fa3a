// objects/types/iterator_place.h: how far an iterator has come, when threads may share it.
//
// Who takes a step looks for the item first and then moves the place on, if that is still where it
// was. So each item is given to one of the threads, and none is left out.
//
// I1  An iterator that nobody else can reach moves on without an exchange: the loop of a program
//     (rule 12). Nobody else can if there is one reference, which is the caller's own: so whoever
//     has an iterator from an object that others may reach counts it before he steps
//     (objects/model/protocols.h).
//
// Attached threads, each with a reference of its own to the iterator.
// Tests: tests/objects/types/list_iterator_test.cc
#pragma once

#include <cstddef>

#include "memory/atomic.h"
#include "objects/model/object.h"

namespace orochi::inline OROCHI_DESIGN {

class IteratorPlace {
 public:
  explicit IteratorPlace(std::size_t place) noexcept : place_(place) {}

  // Somebody may move it meanwhile.
  [[nodiscard]] std::size_t get() const noexcept {
    return place_.load(kRelaxed);  // relaxed: orders nothing, items are found by their own rules
  }

  // Whoever was about to move it from where it was finds that it is not there any more.
  void set(std::size_t place) noexcept { place_.store(place, kRelaxed); }  // relaxed: as above

  // False: it is not at `from` any more, which then says where it is.
  [[nodiscard]] bool move(const Object& iterator, std::size_t& from, std::size_t to) noexcept {
    if (iterator.is_unique()) {
      place_.store(to, kRelaxed);  // relaxed: nobody else looks (I1)
      return true;
    }
    return place_.compare_exchange(from, to, kRelaxed, kRelaxed);  // relaxed: as in get
  }

 private:
  Atomic<std::size_t> place_;
};

}  // namespace orochi::inline OROCHI_DESIGN
