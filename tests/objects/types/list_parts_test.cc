#include <optional>
#include <sstream>

#include "tests/objects/python_oracle.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// Nothing stands for None.
using Bound = std::optional<std::int64_t>;

constexpr Bound kBounds[] = {{}, -7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7};
constexpr Bound kSteps[] = {{}, 1, 2, 3, 7, -1, -2, -3, -7};
constexpr const char* kPythonBounds = "(None, -7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7)";
constexpr int kMostItems = 5;

std::string written(Bound bound) { return bound ? std::to_string(*bound) : "None"; }

class ListPartsTest : public SequencesTest {
 protected:
  static Ref<> value_of(Bound bound) { return bound ? number(*bound) : Ref<>(Special::kNone); }
  static Ref<Slice> slice(Bound start, Bound stop, Bound step) {
    return Slice::make(value_of(start), value_of(stop), value_of(step));
  }

  // What `act(list, slice)` makes of a list of so many, for all bounds, is what Python's
  // `function(list, start, stop, step)` says.
  template <class Act>
  static void compare_with(PythonOracle& python, const char* function, Act act) {
    for (int size = 0; size <= kMostItems; ++size)
      for (const Bound step : kSteps) {
        std::ostringstream line;
        line << '[' << function << "(list(range(" << size << ")), a, b, " << written(step)
             << ") for a in " << kPythonBounds << " for b in " << kPythonBounds << "] == [";
        for (const Bound start : kBounds)
          for (const Bound stop : kBounds) {
            const Ref<List> list = counted(size);
            const Ref<> result = act(list, slice(start, stop, step));
            line << shown(result.value()) << ',';
          }
        line << ']';
        python.expect(line.str());
      }
  }
};

TEST_F(ListPartsTest, GetsWhatPythonGets) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute("get = lambda x, a, b, c: x[a:b:c]");
  compare_with(python, "get", [](const Ref<List>& list, const Ref<Slice>& slice) {
    return get_item(list.value(), slice.value());
  });
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ListPartsTest, DeletesWhatPythonDeletes) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute("drop = lambda x, a, b, c: x.__delitem__(slice(a, b, c)) or x");
  compare_with(python, "drop", [](const Ref<List>& list, const Ref<Slice>& slice) -> Ref<> {
    EXPECT_EQ(set_item(list.value(), slice.value(), {}), Status::kDone);
    return list.share();
  });
  EXPECT_EQ(python.finish(), 0);
}

// What is refused is compared by its message.
TEST_F(ListPartsTest, ReplacesWhatPythonReplaces) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute(
      "put = lambda n: lambda x, a, b, c: raises(ValueError, x.__setitem__, slice(a, b, c), "
      "list(range(10, 10 + n))) or x");
  for (const int added : {0, 1, 2, 3, 4}) {
    std::ostringstream function;
    function << "put(" << added << ')';
    compare_with(python, function.str().c_str(),
                 [&](const Ref<List>& list, const Ref<Slice>& slice) -> Ref<> {
                   const Ref<List> items = List::make();
                   for (int i = 0; i < added; ++i)
                     EXPECT_EQ(items->append(number(10 + i)), Status::kDone);
                   if (!failed(set_item(list.value(), slice.value(), items.share())))
                     return list.share();
                   const Error error = Error::take();
                   EXPECT_EQ(error.kind(), ErrorKind::kValue);
                   return Str::of_ascii(error.text());
                 });
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ListPartsTest, ItselfAndOthersAreAssigned) {
  const Ref<List> list = counted(4);
  EXPECT_EQ(list->replace_part({1, 3, 1}, list.value()), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{0, 0, 1, 2, 3, 3}));
  EXPECT_EQ(list->replace_part({INT64_MAX, INT64_MIN, -1}, list.value()), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{3, 3, 2, 1, 0, 0}));
  EXPECT_EQ(list->replace_part({0, 5, 1}, Tuple::of(number(8)).value()), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{8, 0}));
  EXPECT_EQ(list->replace_part({0, 0, 1}, iterate(ints({5, 6}).value()).value()), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{5, 6, 8, 0}));
}

TEST_F(ListPartsTest, WhatGivesNothingIsRefused) {
  const Ref<List> list = counted(4);
  EXPECT_EQ(list->replace_part({0, 2, 1}, key_of(1)), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: can only assign an iterable");
  EXPECT_EQ(list->replace_part({0, 4, 2}, key_of(1)), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: must assign iterable to extended slice");
  EXPECT_EQ(list->replace_part({0, 4, 2}, counted(3).value()), Status::kFailed);
  EXPECT_EQ(raised(),
            "ValueError: attempt to assign sequence of size 3 to extended slice of size 2");
  EXPECT_EQ(numbers(list), (Numbers{0, 1, 2, 3}));
}

TEST_F(ListPartsTest, WhatIsTakenOutEnds) {
  const Ref<List> list = witnesses(30);
  EXPECT_EQ(list->remove_part({0, 30, 3}), Status::kDone);
  EXPECT_EQ(ends(), 10);
  EXPECT_EQ(list->replace_part({0, 10, 1}, counted(2).value()), Status::kDone);
  EXPECT_EQ(ends(), 20);
  EXPECT_EQ(list->replace_part({2, 12, 1}, counted(40).value()), Status::kDone);
  EXPECT_EQ(ends(), 30);
  EXPECT_EQ(list->size(), 42U);
}

TEST_F(ListPartsTest, AListOfASubtypeIsExtendedByItself) {
  Type* const ancestors[] = {&list_type(), &object_type()};
  Type* const type =
      Type::make({.name = "sublist", .layout = &layout_of<List>, .ancestors = ancestors});
  const Ref<List> list = new_object<List>(*type);
  ASSERT_EQ(list->extend(ints({1, 2}).value()), Status::kDone);
  ASSERT_EQ(list->extend(list.value()), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{1, 2, 1, 2}));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
