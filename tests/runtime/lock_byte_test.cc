#include "runtime/lock_byte.h"

#include <gtest/gtest.h>

#include <set>

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr LockByte::Bits kLocked = 1;
constexpr LockByte::Bits kBehind = 2;
constexpr LockByte::Bits kWoken = 4;
constexpr LockByte::Bits kReserved = 8;
constexpr LockByte::Bits kParked = 0x80;

constexpr Claim kClaims[] = {Claim::kNewcomer, Claim::kWoken, Claim::kExempt};

// Every byte that any order of legal steps leads to. Steps that only the owner, the woken one or an
// unpark under the bucket's lock may take are taken only where there is one.
std::set<LockByte::Bits> reachable() {
  std::set<LockByte::Bits> found;
  std::set<LockByte::Bits> todo{LockByte::free().bits()};
  while (!todo.empty()) {
    const LockByte byte(*todo.begin());
    todo.erase(todo.begin());
    if (!found.insert(byte.bits()).second) continue;
    const auto reach = [&todo](LockByte next) { todo.insert(next.bits()); };
    for (const Claim claim : kClaims) {
      if (claim == Claim::kWoken && (byte.bits() & kWoken) == 0) continue;
      reach(byte.may_be_taken(claim) ? byte.taken(claim) : byte.with_sleeper(claim));
    }
    if ((byte.bits() & kWoken) != 0) {
      reach(byte.without_the_woken_one());
      if (byte.is_locked()) reach(byte.reserved());
    }
    if ((byte.bits() & kLocked) != 0) {
      reach(byte.unlocked());
    } else if (byte.has_to_wake()) {
      for (const bool more : {false, true}) reach(byte.woken(true, more));
      reach(byte.woken(false, false));
    }
  }
  return found;
}

bool has(LockByte::Bits bits, LockByte::Bits bit) { return (bits & bit) != 0; }
TEST(LockByte, ReachesTheStatesOfTheTableAndNoOther) {
  const std::set<LockByte::Bits> table{0,
                                       kLocked,
                                       kLocked | kParked,
                                       kLocked | kParked | kReserved,
                                       kParked,
                                       kParked | kReserved,
                                       kWoken,
                                       kWoken | kReserved,
                                       kLocked | kWoken,
                                       kLocked | kWoken | kReserved,
                                       kWoken | kBehind,
                                       kWoken | kReserved | kBehind,
                                       kLocked | kWoken | kBehind,
                                       kLocked | kWoken | kReserved | kBehind};
  EXPECT_EQ(reachable(), table);
}

// I1
TEST(LockByte, AnOpenLockWithSleepersHasAWokenOne) {
  for (const LockByte::Bits bits : reachable()) {
    const LockByte byte(bits);
    EXPECT_TRUE(!byte.has_sleepers() || byte.is_locked() || has(bits, kWoken)) << int{bits};
    EXPECT_FALSE(has(bits, kParked) && has(bits, kWoken)) << int{bits};
  }
}

// I2
TEST(LockByte, IsNeverClosedToAll) {
  for (const LockByte::Bits bits : reachable())
    EXPECT_TRUE(!has(bits, kReserved) || has(bits, kWoken) || has(bits, kParked)) << int{bits};
}

TEST(LockByte, UnlockKeepsEverythingButTheOwner) {
  for (const LockByte::Bits bits : reachable())
    EXPECT_EQ(LockByte(bits).unlocked().bits(), bits & LockByte::kKeptByUnlock) << int{bits};
}

TEST(LockByte, IsTakenByOneAtATimeAndReservedAgainstNewcomersOnly) {
  for (const LockByte::Bits bits : reachable()) {
    const LockByte byte(bits);
    const bool taken = has(bits, kLocked) || has(bits, kParked);
    for (const Claim claim : kClaims) {
      const bool open = !taken && !(has(bits, kReserved) && claim == Claim::kNewcomer);
      EXPECT_EQ(byte.may_be_taken(claim), open) << int{bits};
    }
  }
}

TEST(LockByte, OnlyTheWokenOneEndsItsTurn) {
  constexpr LockByte reserved(kWoken | kReserved | kBehind);
  EXPECT_EQ(reserved.taken(Claim::kWoken).bits(), kLocked | kParked);
  EXPECT_EQ(reserved.taken(Claim::kExempt).bits(), kLocked | kWoken | kReserved | kBehind);
}

// A sleeper that announced itself does not sleep if its announcement is gone or the lock is free.
TEST(LockByte, IsWorthSleepingForOnlyWhileTheUnlockWillSeeTheSleeper) {
  EXPECT_TRUE(LockByte(kLocked | kParked).is_worth_sleeping(Claim::kNewcomer));
  EXPECT_TRUE(LockByte(kParked).is_worth_sleeping(Claim::kNewcomer));
  EXPECT_FALSE(LockByte(kLocked).is_worth_sleeping(Claim::kNewcomer));
  EXPECT_FALSE(LockByte(kBehind | kWoken).is_worth_sleeping(Claim::kNewcomer));
  EXPECT_TRUE(LockByte(kBehind | kWoken | kReserved).is_worth_sleeping(Claim::kNewcomer));
  EXPECT_FALSE(LockByte(kBehind | kWoken | kReserved).is_worth_sleeping(Claim::kExempt));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
