// objects/collector/freezing.h: objects that the collector leaves alone.
//
// What is frozen is not looked into and never garbage; what it refers to is held. So a collection
// costs next to nothing for what a program sets up once, and writes none of it: after a fork the
// pages stay shared. Counting goes on: a frozen object whose last reference is dropped ends.
//
// Attached threads. Each stops the world; all may park.
// Tests: tests/objects/collector/freezing_test.cc
#pragma once

#include <cstddef>

namespace orochi::inline OROCHI_DESIGN {

// All containers that live now.
void freeze_all() noexcept;
void unfreeze_all() noexcept;
[[nodiscard]] std::size_t count_frozen() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
