// objects/collector/census.h: how many objects of each type there are, exactly.
//
//     Census before, after;
//     if (failed(before.take())) return kRaised;
//     work();
//     if (failed(after.take())) return kRaised;
//     after.of(cell_type()).objects - before.of(cell_type()).objects
//
// Counted is what lives: neither what was destroyed and waits for its readers, nor what is free
// (Trap17). The blocks of dead threads count like any other.
//
// Attached threads. Tests: tests/objects/collector/census_test.cc
#pragma once

#include <cstddef>
#include <span>

#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

class Census {
 public:
  struct Row {
    const Type* type = nullptr;
    std::size_t objects = 0;
    std::size_t bytes = 0;  // of their blocks
  };

  Census() noexcept = default;
  ~Census();
  Census(const Census&) = delete;
  Census& operator=(const Census&) = delete;

  // Stops the world and counts anew. Failed: a MemoryError is pending, and it is as before. May
  // park.
  [[nodiscard]] Status take() noexcept;

  // All 0 if there is none.
  [[nodiscard]] Row of(const Type& type) const noexcept;
  [[nodiscard]] Row total() const noexcept;
  // Calls visit(const Row&) for each type that has objects.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Row& row : rows())
      if (row.type != nullptr) visit(row);
  }

  void swap(Census& other) noexcept;

 private:
  [[nodiscard]] std::span<Row> rows() const noexcept { return {rows_, capacity_}; }
  [[nodiscard]] Row& place_of(const Type& type) const noexcept;
  [[nodiscard]] bool make_room() noexcept;
  [[nodiscard]] bool count_stopped() noexcept;
  [[nodiscard]] bool add_stopped(const Object& object) noexcept;

  // A table, found by the type's address; at most half full.
  Row* rows_ = nullptr;
  std::size_t capacity_ = 0;  // 0, or a power of two
  std::size_t used_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
