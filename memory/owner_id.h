// memory/owner_id.h: who owns an object or a slab, as 16 bits.
//
// An id names a slot (memory/slot.h), and through it the thread that holds the slot now. Objects
// keep their id when their thread exits; the slot's next holder is their rightful owner.
#pragma once

#include <cstdint>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

using OwnerId = std::uint16_t;

// A free block, and nothing else: so a block says itself what it is (rule 11).
inline constexpr OwnerId kNobody = 0;
inline constexpr OwnerId kFirstOwner = 1;
inline constexpr OwnerId kLastOwner = 0xFFFD;
// A merged object: no thread counts on a half of its own.
inline constexpr OwnerId kMergedOwner = 0xFFFE;
// An object that is never counted and never dies.
inline constexpr OwnerId kImmortalOwner = 0xFFFF;

}  // namespace orochi::inline OROCHI_DESIGN
