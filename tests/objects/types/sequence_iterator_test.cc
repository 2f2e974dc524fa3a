#include "objects/types/sequence_iterator.h"

#include "tests/objects/types/lists.h"
#include "tests/objects/types/method_calls.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// 0, 10, 20, ..., as many as `size`, and no iterator of its own.
struct Tens : Object {
  explicit Tens(ShapeIndex shape) noexcept : Object(shape) {}
  static inline std::int64_t size = 0;
  static inline ErrorKind end = ErrorKind::kIndex;

  static Ref<> make(std::int64_t how_many) {
    static Type* const type = [] {
      Protocols slots;
      slots.length = [](Value, std::size_t& length) noexcept {
        length = static_cast<std::size_t>(size);
        return Status::kDone;
      };
      slots.get_item = [](Value, Value key) noexcept -> Ref<> {
        if (key.as_int() >= size) return raise(end, {"that is all"});
        return number(10 * key.as_int());
      };
      Type* const ancestors[] = {&object_type()};
      return Type::make(
          {.name = "tens", .layout = &layout_of<Tens>, .ancestors = ancestors, .protocols = slots});
    }();
    size = how_many;
    end = ErrorKind::kIndex;
    return new_object<Tens>(*type);
  }
};

class SequenceIteratorTest : public SequencesTest {
 protected:
  static Numbers all(Value iterator) { return numbers(List::from(iterator)); }
  static Value hint(const Ref<>& iterator) {
    return call_method(iterator.value(), "__length_hint__").value();
  }
};

TEST_F(SequenceIteratorTest, GoesThroughWhatCanBeIndexed) {
  const Ref<> tens = Tens::make(4);
  const Ref<> iterator = iterate(tens.value());
  ASSERT_TRUE(iterator);
  EXPECT_EQ(type_of(iterator.value()).name(), "iterator");
  EXPECT_EQ(hint(iterator), key_of(4));
  EXPECT_EQ(all(iterator.value()), (Numbers{0, 10, 20, 30}));
  Tens::size = 9;
  EXPECT_EQ(all(iterator.value()), Numbers{}) << "it has ended for good";
  EXPECT_EQ(hint(iterator), key_of(0));
  EXPECT_EQ(contains(Tens::make(3).value(), key_of(20)), Truth::kTrue);
}

TEST_F(SequenceIteratorTest, StopIterationIsAnEndAndOthersAreFailures) {
  Ref<> iterator = iterate(Tens::make(1).value());
  Tens::end = ErrorKind::kStopIteration;
  EXPECT_EQ(all(iterator.value()), (Numbers{0}));
  iterator = iterate(Tens::make(1).value());
  Tens::end = ErrorKind::kValue;
  Ref<> item;
  EXPECT_EQ(next(iterator.value(), item), Status::kDone);
  Ref<> none;
  EXPECT_EQ(next(iterator.value(), none), Status::kFailed);
  EXPECT_EQ(raised(), "ValueError: that is all");
  Tens::size = 2;
  Tens::end = ErrorKind::kIndex;
  EXPECT_EQ(all(iterator.value()), (Numbers{10})) << "it is where it was";
}

TEST_F(SequenceIteratorTest, Reversed) {
  const Ref<> iterator = SequenceIterator::make_reversed(reversed_type(), Tens::make(3).value());
  ASSERT_TRUE(iterator);
  EXPECT_EQ(type_of(iterator.value()).name(), "reversed");
  EXPECT_EQ(hint(iterator), key_of(3));
  EXPECT_EQ(all(iterator.value()), (Numbers{20, 10, 0}));
  EXPECT_EQ(all(iterator.value()), Numbers{});
  EXPECT_EQ(all(SequenceIterator::make_reversed(reversed_type(), ints({1, 2}).value()).value()),
            (Numbers{2, 1}));
  const Ref<Tuple> tuple = Tuple::of(number(1), number(2));
  EXPECT_EQ(all(SequenceIterator::make_reversed(reversed_type(), tuple.value()).value()),
            (Numbers{2, 1}));
}

TEST_F(SequenceIteratorTest, AReversedOneEndsWhereTheSequenceIsShorter) {
  const Ref<> iterator = SequenceIterator::make_reversed(reversed_type(), Tens::make(3).value());
  Tens::size = 1;
  EXPECT_EQ(hint(iterator), key_of(0));
  EXPECT_EQ(all(iterator.value()), Numbers{});
  Tens::size = 9;
  EXPECT_EQ(all(iterator.value()), Numbers{});
}

TEST_F(SequenceIteratorTest, WhatHasNoItemsByNumberIsRefused) {
  EXPECT_FALSE(iterate(key_of(1)));
  EXPECT_EQ(raised(), "TypeError: 'int' object is not iterable");
  EXPECT_FALSE(SequenceIterator::make_reversed(reversed_type(), key_of(1)));
  EXPECT_EQ(raised(), "TypeError: 'int' object is not reversible");
}

// --- Classes of programs. ---

Ref<> tens_to_twenty(std::span<const Value> arguments) {
  if (arguments[1].as_int() > 2) return raise(ErrorKind::kIndex, {"that is all"});
  return number(10 * arguments[1].as_int());
}

TEST_F(SequenceIteratorTest, AClassWithItemsCanBeGoneThrough) {
  Type& type = a_class("C", {}, std::move(Body().method("__getitem__", tens_to_twenty)));
  const Ref<> value = new_of(type);
  EXPECT_EQ(all(iterate(value.value()).value()), (Numbers{0, 10, 20}));
  EXPECT_EQ(contains(value.value(), key_of(10)), Truth::kTrue);
  EXPECT_EQ(contains(value.value(), key_of(11)), Truth::kFalse);
  EXPECT_FALSE(SequenceIterator::make_reversed(reversed_type(), value.value()));
  EXPECT_EQ(raised(), "TypeError: object of type 'C' has no len()");
}

TEST_F(SequenceIteratorTest, ANoneInPlaceOfTheMethodSaysNo) {
  Body body;
  body.set("__iter__", Special::kNone).set("__reversed__", Special::kNone);
  body.method("__getitem__", tens_to_twenty);
  const Ref<> value = new_of(a_class("C", {}, std::move(body)));
  EXPECT_FALSE(iterate(value.value()));
  EXPECT_EQ(raised(), "TypeError: 'C' object is not iterable");
  EXPECT_EQ(contains(value.value(), key_of(10)), Truth::kFailed);
  EXPECT_EQ(raised(), "TypeError: argument of type 'C' is not iterable");
  EXPECT_FALSE(SequenceIterator::make_reversed(reversed_type(), value.value()));
  EXPECT_EQ(raised(), "TypeError: 'C' object is not reversible");
}

TEST_F(SequenceIteratorTest, SubscriptsOfClassesAreNoItems) {
  EXPECT_FALSE(iterate(Value(&int_type())));
  EXPECT_EQ(raised(), "TypeError: 'type' object is not iterable");
  EXPECT_FALSE(SequenceIterator::make_reversed(reversed_type(), Value(&int_type())));
  EXPECT_EQ(raised(), "TypeError: 'type' object is not reversible");
}

TEST_F(SequenceIteratorTest, WhatIterRaisesIsToldOfLookingToo) {
  Type& wrong = a_class("C", {}, std::move(Body().method("__iter__", [](auto) -> Ref<> {
                          return raise(ErrorKind::kType, {"mine"});
                        })));
  EXPECT_EQ(contains(new_of(wrong).value(), key_of(1)), Truth::kFailed);
  EXPECT_EQ(raised(), "TypeError: argument of type 'C' is not iterable");
  Type& other = a_class("C", {}, std::move(Body().method("__iter__", [](auto) -> Ref<> {
                          return raise(ErrorKind::kValue, {"mine"});
                        })));
  EXPECT_EQ(contains(new_of(other).value(), key_of(1)), Truth::kFailed);
  EXPECT_EQ(raised(), "ValueError: mine");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
