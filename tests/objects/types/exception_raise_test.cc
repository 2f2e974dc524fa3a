#include "objects/types/exception_raise.h"

#include "memory/fault.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ExceptionRaiseTest : public ExceptionsTest {};

TEST_F(ExceptionRaiseTest, EachKindBecomesAnObjectWithItsText) {
  for (int i = static_cast<int>(ErrorKind::kArithmetic);
       i <= static_cast<int>(ErrorKind::kZeroDivision); ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    raise(kind, {"so ", "it is"});
    const Ref<Exception> taken = take_exception();
    EXPECT_EQ(&type_of(*taken), &exception_type(kind));
    EXPECT_EQ(shown(*taken), kind == ErrorKind::kKey ? "'so it is'" : "so it is");
    EXPECT_EQ(pending_kind(), ErrorKind::kNone);
  }
}

TEST_F(ExceptionRaiseTest, AValueBecomesItsArgument) {
  raise_value(ErrorKind::kKey, Ref<>::of(Value::of_int(3)));
  const Ref<Exception> key = take_exception();
  EXPECT_EQ((*key->args())[0], Value::of_int(3));
  raise_value(ErrorKind::kStopIteration, Ref<>::of(Value::of_int(4)));
  const Ref<Exception> stop = take_exception();
  EXPECT_EQ(stop->extra(extra::kStopValue).value(), Value::of_int(4));
  raise(ErrorKind::kStopIteration, {});
  EXPECT_EQ(take_exception()->args()->size(), 0U);
}

TEST_F(ExceptionRaiseTest, AnObjectComesBackAsItWas) {
  Ref<Exception> raised = called(BuiltinException::kEOFError);
  raise_exception(raised.share());
  EXPECT_EQ(pending_kind(), ErrorKind::kObject);
  EXPECT_TRUE(is_pending(exception_type(BuiltinException::kException)));
  EXPECT_FALSE(is_pending(exception_type(BuiltinException::kValueError)));
  EXPECT_EQ(take_exception().get(), raised.get());
}

TEST_F(ExceptionRaiseTest, WhatIsPendingIsKnownWithoutAnObject) {
  EXPECT_FALSE(is_pending(exception_type(BuiltinException::kBaseException)));
  raise(ErrorKind::kIndex, {});
  EXPECT_TRUE(is_pending(exception_type(BuiltinException::kLookupError)));
  EXPECT_FALSE(is_pending(exception_type(BuiltinException::kKeyError)));
  EXPECT_EQ(taken(), ErrorKind::kIndex);
}

TEST_F(ExceptionRaiseTest, WhatIsHandledBecomesTheContext) {
  const Ref<Exception> first = called(BuiltinException::kKeyError);
  {
    const Handling handling(*first);
    EXPECT_EQ(Handling::innermost(), first.get());
    raise(ErrorKind::kValue, {});
    EXPECT_EQ(take_exception()->context().get(), first.get());
    raise_exception(called(BuiltinException::kTypeError));
    const Ref<Exception> second = take_exception();
    EXPECT_EQ(second->context().get(), first.get());
    const Handling inner(*second);
    raise_exception(first.share());
  }
  EXPECT_EQ(Handling::innermost(), nullptr);
  const Ref<Exception> again = take_exception();
  ASSERT_EQ(again.get(), first.get());
  ASSERT_TRUE(again->context());
  EXPECT_FALSE(again->context()->context()) << "no circle (X2)";
}

TEST_F(ExceptionRaiseTest, RaisedWhileItIsHandledItIsNotItsOwnContext) {
  const Ref<Exception> caught = called(BuiltinException::kKeyError);
  const Handling handling(*caught);
  raise_exception(caught.share());
  EXPECT_FALSE(take_exception()->context());
}

TEST_F(ExceptionRaiseTest, AReraiseKeepsItsContext) {
  const Ref<Exception> caught = called(BuiltinException::kKeyError);
  const Ref<Exception> other = called(BuiltinException::kTypeError);
  const Handling handling(*other);
  reraise(caught.share());
  EXPECT_FALSE(take_exception()->context());
}

TEST_F(ExceptionRaiseTest, CirclesMadeByHandEnd) {
  const Ref<Exception> a = called(BuiltinException::kKeyError);
  const Ref<Exception> b = called(BuiltinException::kTypeError);
  a->set_context(b.share());
  b->set_context(a.share());
  const Handling handling(*a);
  raise_exception(called(BuiltinException::kValueError));
  EXPECT_EQ(take_exception()->context().get(), a.get());
  a->set_context(a.share());
  raise_exception(called(BuiltinException::kValueError));
  EXPECT_EQ(take_exception()->context().get(), a.get());
  a->set_context(Ref<Exception>());
  b->set_context(Ref<Exception>());
}

TEST_F(ExceptionRaiseTest, RaiseFromHasACause) {
  const Ref<Exception> error = called(BuiltinException::kKeyError);
  const Ref<Exception> cause = called(BuiltinException::kTypeError);
  raise_any(error.value(), cause.value());
  EXPECT_EQ(take_exception()->cause().get(), cause.get());
  raise_any(error.value(), Value::kNone);
  EXPECT_FALSE(take_exception()->cause());
  EXPECT_TRUE(error->suppresses_context());
  raise_any(Value::of_int(3), Value());
  EXPECT_EQ(taken_text(), "TypeError: exceptions must derive from BaseException");
  raise_any(error.value(), Value::of_int(3));
  EXPECT_EQ(taken_text(), "TypeError: exception causes must derive from BaseException");
}

TEST_F(ExceptionRaiseTest, TypesWithoutAKindAreRaisedByName) {
  raise_new(exception_type(BuiltinException::kGeneratorExit), "enough");
  EXPECT_EQ(taken_text(), "GeneratorExit: enough");
}

TEST_F(ExceptionRaiseTest, WithoutMemoryThereIsStillAnException) {
  {
    const auto fault = fault::Injection::from(0);
    raise(ErrorKind::kValue, {"a text"});
    const Ref<Exception> caught = take_exception();
    EXPECT_EQ(caught.get(), &last_memory_error());
    const Handling handling(*caught);
    raise_memory_error();
    EXPECT_EQ(take_exception().get(), &last_memory_error());
  }
  EXPECT_EQ(pending_kind(), ErrorKind::kNone);
  const Ref<Exception> last = Ref<Exception>::of(last_memory_error());
  EXPECT_EQ(text_of(repr(last.value())), "MemoryError()");
  EXPECT_EQ(add_traceback(*last, Ref<>(Special::kNone), 1), Status::kDone);
  EXPECT_FALSE(last->traceback());
  raise_exception(last.share());
  EXPECT_FALSE(take_exception()->context());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
