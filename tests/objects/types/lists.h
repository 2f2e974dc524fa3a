// tests/objects/types/lists.h: lists for tests: made in one word, and read back.
#pragma once

#include <initializer_list>
#include <sstream>
#include <string>
#include <vector>

#include "objects/model/operations.h"
#include "objects/types/list.h"
#include "objects/types/utf8_text.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN::testing {

using Numbers = std::vector<std::int64_t>;

// As print() shows it. Of ASCII.
inline std::string shown(Value value) {
  const Ref<> text = repr(value);
  if (!text) return {};
  return std::string(text.as<Str>().ascii());
}

class SequencesTest : public ObjectsTest {
 protected:
  SequencesTest() {
    Key::at_compare = nullptr;
    Key::comparisons.store(0, kRelaxed);
  }

  static Ref<List> ints(const Numbers& numbers) {
    Ref<List> list = List::make();
    for (const std::int64_t n : numbers) EXPECT_EQ(list->append(number(n)), Status::kDone);
    return list;
  }
  // 0, 1, 2, ...
  static Ref<List> counted(int size) {
    Ref<List> list = List::make();
    for (int i = 0; i < size; ++i) EXPECT_EQ(list->append(number(i)), Status::kDone);
    return list;
  }
  static Ref<List> witnesses(int size) {
    Ref<List> list = List::make();
    for (int i = 0; i < size; ++i) EXPECT_EQ(list->append(Witness::value()), Status::kDone);
    return list;
  }
  static Numbers numbers(List& list) {
    Numbers all;
    for (std::int64_t i = 0;; ++i) {
      Ref<> item;
      if (!list.get(i, item)) return all;
      all.push_back(item.value().as_int());
    }
  }
  static Numbers numbers(const Ref<List>& list) { return numbers(*list); }

  // The kind and text of what is pending, or the str in its place; nothing is pending then.
  static std::string raised() {
    const Error error = Error::take();
    std::ostringstream text;
    text << name_of(error.kind()) << ": " << error.text();
    if (const Str* const value = as_str(error.value())) text << Utf8Text(*value).view();
    return text.str();
  }
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
