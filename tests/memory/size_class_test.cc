#include "memory/size_class.h"

#include <gtest/gtest.h>

namespace orochi::inline OROCHI_DESIGN {
namespace {

TEST(SizeClass, EverySizeHasTheSmallestClassThatHoldsIt) {
  for (std::size_t bytes = 0; bytes <= kMaxClassBytes; ++bytes) {
    const SizeClass size_class = size_class_of(bytes);
    ASSERT_LT(size_class, kSizeClasses);
    ASSERT_GE(bytes_of_class(size_class), bytes);
    if (size_class > 0) {
      ASSERT_LT(bytes_of_class(static_cast<SizeClass>(size_class - 1)), bytes) << bytes;
    }
  }
}

TEST(SizeClass, SizesAreMultiplesOfTheGranuleAndGrow) {
  EXPECT_EQ(bytes_of_class(0), kMinBlockBytes);
  for (std::size_t i = 0; i < kSizeClasses; ++i) {
    const std::uint32_t bytes = bytes_of_class(static_cast<SizeClass>(i));
    EXPECT_EQ(bytes % kGranule, 0U);
    if (i > 0) {
      EXPECT_GT(bytes, bytes_of_class(static_cast<SizeClass>(i - 1)));
    }
  }
}

TEST(SizeClass, UpTo512EveryGranuleIsAClass) {
  for (std::size_t bytes = kMinBlockBytes; bytes <= 512; bytes += kGranule)
    EXPECT_EQ(bytes_of_class(size_class_of(bytes)), bytes);
}

// Where steps are longer than a granule a slab is divided evenly: it loses less than a granule a
// block.
TEST(SizeClass, SlabsHaveNoTail) {
  for (std::size_t i = 0; i < kSizeClasses; ++i) {
    const std::size_t bytes = bytes_of_class(static_cast<SizeClass>(i));
    const std::size_t usable = kSlabBytes - kGranule;
    EXPECT_LT(usable % bytes, bytes <= 512 ? bytes : usable / bytes * kGranule) << bytes;
  }
}

TEST(SizeClass, StepsAreAnEighthWhereASlabHasManyBlocks) {
  for (std::size_t i = 1; i < kSizeClasses; ++i) {
    const double bytes = bytes_of_class(static_cast<SizeClass>(i));
    const double before = bytes_of_class(static_cast<SizeClass>(i - 1));
    if (before < 512 || bytes > 4096) continue;
    EXPECT_GT(bytes / before, 1.08) << bytes;
    EXPECT_LT(bytes / before, 1.2) << bytes;
  }
}

TEST(SizeClass, TheLastClassIsHalfASlab) {
  EXPECT_EQ((kSlabBytes - kGranule) / kMaxClassBytes, 2U);
  EXPECT_LT(kSizeClasses, 72U) << "a heap has a bin for each";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
