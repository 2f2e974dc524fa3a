// memory/refcount.h: how references are counted. The first word of every object.
//
// Three classes with one interface; each design uses one of them as `Refcount`:
//
//   PlainRefcount   gil     one number, one thread at a time        memory/plain_refcount.h
//   BiasedRefcount  ft      a half for the owner, a half for all    memory/biased_refcount.h
//   AtomicRefcount  atomic  one atomic number for all               memory/atomic_refcount.h
//
// They know no object, no heap and no queue: a drop says what its caller owes (Debt). Object code
// calls `retain` and `drop` of memory/counted.h, which pay.
//
//   Rc(me)                       one reference, the creator's
//   Rc(Born)                     merged, or immortal
//   retain(me), retain_many      one more, n more. The caller holds a reference already.
//   drop(me)                     one less; says what the caller now owes
//   try_retain(me)               one more, if that can be had without one. For a reader that found
//                                the object without a lock. False: dead, or not shared yet
//   retain_published(me)         one more, for a reader that holds the lock of a container that has
//                                a reference; later tries by anybody then succeed
//   mark_weakly_referenced()     somebody keeps a pointer that is not counted: from now on anyone
//                                can try the object. The caller holds a reference (rule 8)
//   is_unique(me, retire_late)   nobody else can reach it. Only then may it be changed, or re-used
//                                in place; a retire-late object is never unique (rule 12)
//   is_owned_by(me)              the calling thread made the object, or inherited it, and no other
//                                thread ever gets the same answer until this one has left. False
//                                once the object is merged; true where threads take turns
//   immortalise()                never dies; the caller holds a reference
//   revive()                     dead, and owed to the caller, who has not begun to destroy it:
//                                lives again with one reference, merged. For finalizers, which run
//                                with an ordinary reference that is dropped in the ordinary way
//                                (rule 16)
//   hold_stopped(me)             one more, by whoever has stopped the world, who needs no reference
//                                to count with. What an owner's half counts of an object that is
//                                not the caller's own is added to the shared half, so that a drop
//                                by the caller can be the last one
//   total_stopped()              the number of references, when nobody counts
//   kind()                       of a block that begins here: free, live, or destroyed (rule 11)
//
// `me` is the calling thread's owner id (memory/slot.h: current().id). All may be called from any
// attached thread unless said otherwise; none blocks or runs code of others.
//
// To put another in: write the class, name it here, add a row to memory/policy.h.
// Tests: tests/memory/refcount_test.cc   Bench: bench/memory/refcount_bench.cc
// Why: docs/refcount.md
#pragma once

#include <concepts>
#include <cstdint>

#include "memory/atomic_refcount.h"
#include "memory/biased_refcount.h"
#include "memory/count_word.h"
#include "memory/plain_refcount.h"
#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

template <class Rc>
concept CountsReferences =
    sizeof(Rc) == 8 && alignof(Rc) <= 8 &&
    std::constructible_from<Rc, OwnerId>&& std::constructible_from<Rc, Born>&& requires(
        Rc rc, const Rc seen, OwnerId me, std::uint64_t n, bool retire_late) {
  { rc.retain(me) } -> std::same_as<void>;
  { rc.retain_many(me, n) } -> std::same_as<void>;
  { rc.drop(me) } -> std::same_as<Debt>;
  { rc.try_retain(me) } -> std::same_as<bool>;
  { rc.retain_published(me) } -> std::same_as<void>;
  { rc.mark_weakly_referenced() } -> std::same_as<void>;
  { seen.is_unique(me, retire_late) } -> std::same_as<bool>;
  { seen.is_owned_by(me) } -> std::same_as<bool>;
  { rc.immortalise() } -> std::same_as<void>;
  { seen.is_immortal() } -> std::same_as<bool>;
  { rc.revive() } -> std::same_as<void>;
  { rc.hold_stopped(me) } -> std::same_as<void>;
  { seen.total_stopped() } -> std::same_as<std::int64_t>;
  { seen.kind() } -> std::same_as<BlockKind>;
};

static_assert(CountsReferences<PlainRefcount>);
static_assert(CountsReferences<BiasedRefcount>);
static_assert(CountsReferences<AtomicRefcount>);

namespace detail {
template <Counting>
struct RefcountOf;
template <>
struct RefcountOf<Counting::kPlain> {
  using Type = PlainRefcount;
};
template <>
struct RefcountOf<Counting::kBiased> {
  using Type = BiasedRefcount;
};
template <>
struct RefcountOf<Counting::kAtomic> {
  using Type = AtomicRefcount;
};
}  // namespace detail

using Refcount = detail::RefcountOf<kPolicy.counting>::Type;

}  // namespace orochi::inline OROCHI_DESIGN
