#include "objects/types/length_hint.h"

#include "tests/objects/types/lists.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class LengthHintTest : public SequencesTest {
 protected:
  static std::string hint_of(const Ref<>& value) {
    std::size_t hint = 0;
    return failed(length_hint(value.value(), 99, hint)) ? raised() : std::to_string(hint);
  }
  static Ref<> with(const char* method, ProgramFunction::Body body) {
    return new_of(a_class("C", {}, std::move(Body().method(method, body))));
  }
};

TEST_F(LengthHintTest, IsWhatTheValueKnows) {
  const Ref<List> list = ints({1, 2, 3});
  EXPECT_EQ(hint_of(list.share()), "3");
  const Ref<> iterator = iterate(list.value());
  EXPECT_EQ(hint_of(iterator), "3");
  Ref<> item;
  ASSERT_EQ(next(iterator.value(), item), Status::kDone);
  EXPECT_EQ(hint_of(iterator), "2");
  EXPECT_EQ(hint_of(number(5)), "99");
  EXPECT_EQ(hint_of(with("__len__", [](auto) -> Ref<> { return number(4); })), "4");
  EXPECT_EQ(hint_of(with("__length_hint__", [](auto) -> Ref<> { return number(6); })), "6");
}

TEST_F(LengthHintTest, WhatDoesNotKnowMaySaySo) {
  const auto not_implemented = [](auto) { return Ref<>(Special::kNotImplemented); };
  EXPECT_EQ(hint_of(with("__length_hint__", not_implemented)), "99");
  const auto no_type = [](auto) -> Ref<> { return raise(ErrorKind::kType, {"no"}); };
  EXPECT_EQ(hint_of(with("__length_hint__", no_type)), "99");
  EXPECT_EQ(hint_of(with("__len__", no_type)), "99");
}

TEST_F(LengthHintTest, WrongAnswersAreRefusedInCPythonsWords) {
  EXPECT_EQ(hint_of(with("__length_hint__", [](auto) { return a_str("x"); })),
            "TypeError: __length_hint__ must be an integer, not str");
  EXPECT_EQ(hint_of(with("__length_hint__", [](auto) -> Ref<> { return number(-1); })),
            "ValueError: __length_hint__() should return >= 0");
  EXPECT_EQ(hint_of(with("__length_hint__",
                         [](auto) -> Ref<> { return raise(ErrorKind::kValue, {"no"}); })),
            "ValueError: no");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
