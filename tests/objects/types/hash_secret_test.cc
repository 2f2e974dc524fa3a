#include "objects/types/hash_secret.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "objects/text/keyed_hash.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

std::int64_t hash_of(std::string_view bytes) {
  return hash_of_bytes({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

TEST(HashSecret, IsTheSameForAllOfTheProcess) {
  EXPECT_EQ(hash_of("a name"), hash_of("a name"));
  EXPECT_NE(hash_of("a name"), hash_of("another"));
  EXPECT_EQ(hash_of(""), 0);
}

TEST(HashSecret, NobodyKnowsItBeforehand) {
  // What a key of a small seed would give; the odds of meeting one are 1 in 2**56.
  const std::int64_t drawn = hash_of("a name");
  constexpr std::array<std::uint8_t, 6> kName{'a', ' ', 'n', 'a', 'm', 'e'};
  for (std::uint32_t seed = 0; seed < 256; ++seed)
    EXPECT_NE(static_cast<std::int64_t>(text::keyed_hash(text::key_of_seed(seed), kName)), drawn);
}

TEST(HashSecret, ASeedGivesTheSameHashesInEveryRun) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        set_hash_seed(0);
        std::_Exit(hash_of("abc") == -4594863902769663758 ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
