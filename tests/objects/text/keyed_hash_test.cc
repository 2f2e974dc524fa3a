#include "objects/text/keyed_hash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

std::uint64_t hash_of(HashKey key, std::string_view bytes) {
  return keyed_hash(key, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

// PYTHONHASHSEED=0 and 42, as Python prints them.
TEST(KeyedHash, IsPythonsForTheSameSeed) {
  const auto of = [](std::uint32_t seed, std::string_view bytes) {
    return static_cast<std::int64_t>(hash_of(key_of_seed(seed), bytes));
  };
  EXPECT_EQ(of(0, "a"), 4644417185603328019);
  EXPECT_EQ(of(0, "abc"), -4594863902769663758);
  EXPECT_EQ(of(0, "abcdefgh"), 4574395652268504554) << "a whole word";
  EXPECT_EQ(of(0, "abcdefghijklmnopq"), 7044894726457044172) << "two words and a byte";
  EXPECT_EQ(of(42, "abc"), 3869580338025362921);
}

TEST(KeyedHash, DependsOnEachByteOnTheLengthAndOnBothHalvesOfTheKey) {
  std::set<std::uint64_t> seen;
  std::size_t made = 0;
  const auto add = [&](HashKey key, const std::string& bytes) {
    seen.insert(hash_of(key, bytes));
    ++made;
  };
  for (std::size_t size = 0; size < 40; ++size) add({}, std::string(size, '\0'));
  for (std::size_t i = 0; i < 20; ++i) {
    std::string changed(20, '\0');
    changed[i] = 1;
    add({}, changed);
  }
  add({1, 0}, "");
  add({0, 1}, "");
  EXPECT_EQ(seen.size(), made);
}

TEST(KeyedHash, AgreesWithPythonOnRandomBytes) {
  OROCHI_NEED_PYTHON();
  ASSERT_EQ(setenv("PYTHONHASHSEED", "7", 1), 0);
  {
    PythonOracle python;
    Random random(1);
    for (int i = 1; i < 300; ++i) {
      std::string bytes(static_cast<std::size_t>(i), '\0');
      for (char& byte : bytes) byte = static_cast<char>(random.below(256));
      const auto hash = static_cast<std::int64_t>(hash_of(key_of_seed(7), bytes));
      python.expect("hash(" + python_bytes(bytes) + ") == " + std::to_string(hash));
    }
    EXPECT_EQ(python.finish(), 0);
  }
  unsetenv("PYTHONHASHSEED");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
