// tests/objects/types/sets.h: sets for tests: made in one word, and written as Python expressions.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "objects/types/set.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN::testing {

using Numbers = std::vector<std::int64_t>;

class SetsTest : public ObjectsTest {
 protected:
  SetsTest() {
    Key::at_compare = nullptr;
    Key::comparisons.store(0, kRelaxed);
  }
};

template <class Keys = std::initializer_list<std::int64_t>>
Ref<Set> set_of(const Keys& keys, Type& type) {
  Ref<Set> set = Set::make(type);
  for (const std::int64_t key : keys) EXPECT_EQ(set->add(key_of(key)), Status::kDone);
  return set;
}
inline Ref<Set> set_of(std::initializer_list<std::int64_t> keys) {
  return set_of<>(keys, set_type());
}
inline Ref<Set> frozenset_of(std::initializer_list<std::int64_t> keys) {
  return set_of<>(keys, frozenset_type());
}
// Of keys that must be asked, all with one hash; each a new object.
inline Ref<Set> asked_set_of(std::initializer_list<int> names) {
  Ref<Set> set = Set::make(set_type());
  for (const int name : names) EXPECT_EQ(set->add(Key::make(name, 7).value()), Status::kDone);
  return set;
}

// In their order.
inline Numbers keys_of(Set& set) {
  Numbers all;
  std::size_t place = 0;
  for (;; ++place) {
    const Ref<> key = set.next(place);
    if (!key) return all;
    all.push_back(key.value().is_int() ? key.value().as_int() : key.as<Key>().name);
  }
}
inline Numbers keys_of(const Ref<Set>& set) { return keys_of(*set); }
inline Numbers sorted(Numbers numbers) {
  std::ranges::sort(numbers);
  return numbers;
}

// {1, 2} as Python writes it; the empty one too.
inline std::string python(const Numbers& keys) {
  std::ostringstream out;
  out << "{*[";
  for (const std::int64_t key : keys) out << key << ',';
  out << "]}";
  return out.str();
}
inline std::string python(Set& set) { return python(keys_of(set)); }
inline std::string python(const Ref<Set>& set) { return python(*set); }

}  // namespace orochi::inline OROCHI_DESIGN::testing
