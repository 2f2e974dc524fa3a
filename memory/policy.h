// memory/policy.h: which design this build is. The only file that chooses.
//
// A design is one answer to "what replaces the global lock?". Every design is built from the same
// source, as a library of its own and in an inline namespace of its own (`orochi::ft`,
// `orochi::gil`, ...), so that two designs cannot meet in one program. The build names the design
// with one token, `OROCHI_DESIGN`; all other code asks `kPolicy` in words, with `if constexpr` or a
// type chosen here, and never with the preprocessor.
//
// A new design is one entry in `designs` and one name in cmake/Designs.cmake.
// How to replace a mechanism: docs/replacing-a-mechanism.md
#pragma once

#include <string_view>

namespace orochi {

enum class Counting {
  kPlain,   // one plain number: somebody else guarantees that one thread runs at a time
  kBiased,  // the owner counts without atomics, everyone else on a shared half
  kAtomic,  // one atomic number for all
};

enum class ObjectHeap {
  kSlabs,   // our slabs (memory/slab_heap.h)
  kSystem,  // each object from the system's malloc, so that a sanitizer sees each one
};

struct Policy {
  std::string_view name;
  // True: threads run side by side, `Atomic` is a real atomic and objects have locks.
  // False: the GIL is always on, `Atomic` is a plain word and object locks are empty.
  bool parallel;
  Counting counting;
  ObjectHeap object_heap;
};

namespace designs {

inline constexpr Policy ft{"ft", true, Counting::kBiased, ObjectHeap::kSlabs};
inline constexpr Policy gil{"gil", false, Counting::kPlain, ObjectHeap::kSlabs};
inline constexpr Policy atomic{"atomic", true, Counting::kAtomic, ObjectHeap::kSlabs};
inline constexpr Policy ft_system{"ft_system", true, Counting::kBiased, ObjectHeap::kSystem};

}  // namespace designs

inline namespace OROCHI_DESIGN {

inline constexpr Policy kPolicy = designs::OROCHI_DESIGN;

// Facts about the build that are not part of the design.

#ifdef NDEBUG
inline constexpr bool kDebug = false;
#else
inline constexpr bool kDebug = true;
#endif

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
inline constexpr bool kThreadSanitizer = true;
#else
inline constexpr bool kThreadSanitizer = false;
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif

// A sanitizer must see every allocation, so chunks and buffers then come from its malloc: the
// system's mimalloc is not instrumented.
inline constexpr bool kSanitized = kThreadSanitizer || kAddressSanitizer;

}  // namespace OROCHI_DESIGN
}  // namespace orochi
