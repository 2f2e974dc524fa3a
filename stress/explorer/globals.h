// stress/explorer/globals.h: the static objects of the product, put back before each schedule.
//
// They are found in the program's own symbol table, by the namespace of the design, so the product
// need not know of it. The explorer's own objects and those of the test framework stay as they are.
#pragma once

namespace orochi::explorer::globals {

// Remembers the static objects as they are now.
void remember() noexcept;
// Makes them what they were.
void restore() noexcept;

}  // namespace orochi::explorer::globals
