// memory/system_heap.h: every object from the system's malloc, so that a sanitizer sees each one.
//
// Use memory/heap.h. A block has a slab of its own before it (memory/slab.h), whose marks have a
// word each, and stands in a list of all for enumeration. Freeing returns it to malloc at once,
// unless somebody still attends its slab: then it waits, out of the list and poisoned, and a later
// free returns it.
//
// Any thread, under one raw lock: this heap is for finding mistakes, not for speed.
// Tests: tests/memory/slab_heap_test.cc
#pragma once

#include <cstddef>

#include "memory/block.h"
#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

class SystemHeap {
 public:
  [[nodiscard]] static void* allocate(std::size_t bytes) noexcept;
  static void free(void* block) noexcept;
  // Returns the waiting blocks that nobody attends any more.
  static void trim() noexcept;

  // Calls visit(Slab&) for each block's slab. The world is stopped, and `visit` neither allocates
  // nor frees.
  template <class Visit>
  static void for_each_stopped(Visit&& visit) {
    for (Slab* slab = first_stopped(); slab != nullptr; slab = slab->next) visit(*slab);
  }

  [[nodiscard]] static std::size_t bytes_taken() noexcept;
  // Around a fork, so that the child finds the lists whole.
  static void before_fork() noexcept;
  static void after_fork_parent() noexcept;
  static void after_fork_child() noexcept;

 private:
  [[nodiscard]] static Slab* first_stopped() noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
