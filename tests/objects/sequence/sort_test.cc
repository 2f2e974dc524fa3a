#include "objects/sequence/sort.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct Item {
  int key;
  int place;  // where it was: shows whether equal ones keep their order
  bool operator==(const Item&) const = default;
};
using Items = std::vector<Item>;

// Counts comparisons, and lets one of them fail.
class Comparisons {
 public:
  explicit Comparisons(std::size_t failing = ~std::size_t{0}) : failing_(failing) {}

  Answer operator()(const Item& a, const Item& b) {
    if (count_++ == failing_) return Answer::kFailed;
    return a.key < b.key ? Answer::kYes : Answer::kNo;
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
  std::size_t failing_;
};

template <class Less>
bool sort(Items& items, Less&& less) {
  Items scratch(sort_scratch(items.size()));
  return stable_sort(std::span<Item>{items}, std::span<Item>{scratch}, less);
}

Items items_with(const std::vector<int>& keys) {
  Items items;
  for (const int key : keys) items.push_back({key, static_cast<int>(items.size())});
  return items;
}

bool is_sorted_and_stable(const Items& items) {
  return std::is_sorted(items.begin(), items.end(), [](const Item& a, const Item& b) {
    return a.key != b.key ? a.key < b.key : a.place < b.place;
  });
}

// Several kinds of order, from none to nearly all.
std::vector<int> keys_of_kind(unsigned kind, std::size_t size, std::mt19937& random) {
  std::vector<int> keys(size);
  std::iota(keys.begin(), keys.end(), 0);
  const auto below = [&](std::size_t bound) { return random() % std::max<std::size_t>(bound, 1); };
  switch (kind) {
    case 0:
      std::shuffle(keys.begin(), keys.end(), random);
      break;
    case 1:
      for (int& key : keys) key = static_cast<int>(random() % 5);
      break;
    case 2:  // runs that rise and fall
      for (std::size_t i = 0; i < size; ++i)
        keys[i] = static_cast<int>(i / 50 % 2 == 0 ? i % 50 : 50 - i % 50);
      break;
    case 3:  // sorted but for a few
      for (int n = 0; n < 5 && size != 0; ++n) std::swap(keys[below(size)], keys[below(size)]);
      break;
    case 4:  // two interleaved halves, in long stretches
      std::rotate(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(below(size)),
                  keys.end());
      break;
    default:  // sorted, and new ones at the end
      for (std::size_t i = size - size / 10; i < size; ++i) keys[i] = static_cast<int>(below(size));
  }
  return keys;
}
constexpr unsigned kKinds = 6;

TEST(Sort, SortsStablyWhateverTheOrderWas) {
  std::mt19937 random{1};
  for (unsigned kind = 0; kind < kKinds; ++kind) {
    for (std::size_t size = 0; size < 3'000; size += 1 + size / 7) {
      Items items = items_with(keys_of_kind(kind, size, random));
      ASSERT_TRUE(sort(items, Comparisons{}));
      ASSERT_TRUE(is_sorted_and_stable(items)) << kind << ' ' << size;
    }
  }
}

TEST(Sort, SortedAndReversedTakeOneComparisonLessThanItems) {
  for (const std::size_t size : {1U, 2U, 31U, 64U, 1'000U, 100'000U}) {
    std::vector<int> keys(size);
    std::iota(keys.begin(), keys.end(), 0);
    for (int turn = 0; turn < 2; ++turn) {
      Items items = items_with(keys);
      Comparisons comparisons;
      ASSERT_TRUE(sort(items, comparisons));
      EXPECT_EQ(comparisons.count(), size - 1);
      EXPECT_TRUE(is_sorted_and_stable(items));
      std::reverse(keys.begin(), keys.end());
    }
  }
}

TEST(Sort, RandomItemsTakeFewMoreComparisonsThanMust) {
  std::mt19937 random{2};
  for (const std::size_t size : {100U, 1'000U, 50'000U}) {
    Items items = items_with(keys_of_kind(0, size, random));
    Comparisons comparisons;
    ASSERT_TRUE(sort(items, comparisons));
    const auto n = static_cast<double>(size);
    EXPECT_LT(static_cast<double>(comparisons.count()), n * std::log2(n) - n * 1.2 + 50);
  }
}

TEST(Sort, TwoRunsThatDoNotOverlapTakeHardlyAnyMore) {
  std::vector<int> keys(20'000);
  std::iota(keys.begin(), keys.end(), 0);
  std::rotate(keys.begin(), keys.begin() + 7'000, keys.end());
  Items items = items_with(keys);
  Comparisons comparisons;
  ASSERT_TRUE(sort(items, comparisons));
  EXPECT_LT(comparisons.count(), 20'000U + 60) << "gallops over all of each";
}

TEST(Sort, AFailingComparisonLeavesAPermutation) {
  std::mt19937 random{3};
  for (unsigned kind = 0; kind < kKinds; ++kind) {
    const Items before = items_with(keys_of_kind(kind, 200, random));
    for (std::size_t failing = 0;; ++failing) {
      Items items = before;
      if (sort(items, Comparisons{failing})) break;
      std::sort(items.begin(), items.end(),
                [](const Item& a, const Item& b) { return a.place < b.place; });
      ASSERT_EQ(items, before) << "comparison " << failing << " of kind " << kind;
    }
  }
}

// S1, as a collector sees it.
TEST(Sort, EveryValueCanBeFoundDuringComparisons) {
  std::mt19937 random{4};
  for (unsigned kind = 0; kind < kKinds; ++kind) {
    Items items = items_with(keys_of_kind(kind, 150, random));
    Items scratch(sort_scratch(items.size()), Item{-1, -1});
    const auto less = [&](const Item& a, const Item& b) {
      std::vector<bool> seen(items.size());
      for (const Items* where : {&items, &scratch})
        for (const Item& item : *where)
          if (item.place >= 0) seen[static_cast<std::size_t>(item.place)] = true;
      EXPECT_EQ(std::count(seen.begin(), seen.end(), false), 0);
      return a.key < b.key ? Answer::kYes : Answer::kNo;
    };
    ASSERT_TRUE(stable_sort(std::span<Item>{items}, std::span<Item>{scratch}, less));
  }
}

TEST(Sort, ContradictingComparisonsDoNoHarm) {
  std::mt19937 random{5};
  for (int i = 0; i < 2'000; ++i) {
    const Items before = items_with(std::vector<int>(random() % 400));
    Items items = before;
    const std::size_t bias = 1 + random() % 9;
    const auto less = [&](const Item&, const Item&) {
      return random() % 10 < bias ? Answer::kYes : Answer::kNo;
    };
    ASSERT_TRUE(sort(items, less));
    std::sort(items.begin(), items.end(),
              [](const Item& a, const Item& b) { return a.place < b.place; });
    ASSERT_EQ(items, before);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
