#include "objects/types/exception.h"

#include "memory/fault.h"
#include "objects/types/intern.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ExceptionTest : public ExceptionsTest {};
using ExceptionConcurrency = ExceptionTest;

TEST_F(ExceptionTest, BeginsWithItsArgumentsAlone) {
  const Ref<Exception> made = called(BuiltinException::kValueError, "spam");
  EXPECT_EQ(made->args()->size(), 1U);
  EXPECT_FALSE(made->traceback());
  EXPECT_FALSE(made->cause());
  EXPECT_FALSE(made->context());
  EXPECT_FALSE(made->suppresses_context());
}

TEST_F(ExceptionTest, ACauseHidesTheContext) {
  const Ref<Exception> made = called(BuiltinException::kValueError);
  Ref<Exception> cause = called(BuiltinException::kKeyError);
  made->set_cause(cause.share());
  EXPECT_EQ(made->cause().get(), cause.get());
  EXPECT_TRUE(made->suppresses_context());
  made->suppress_context(false);
  made->set_cause(Ref<Exception>());
  EXPECT_FALSE(made->cause());
  EXPECT_TRUE(made->suppresses_context()) << "raise ... from None";
}

TEST_F(ExceptionTest, AProgramMayGiveItAttributes) {
  const Ref<Exception> made = called(BuiltinException::kValueError);
  const Ref<Str> name = intern("colour");
  ASSERT_EQ(set_attribute(made.value(), *name, make_int(std::int64_t{7})), Status::kDone);
  EXPECT_EQ(get_attribute(made.value(), *name).value(), Value::of_int(7));
}

TEST_F(ExceptionTest, ItEndsWithAllThatItHas) {
  {
    const Ref<Witness> witness = Witness::make();
    Ref<Tuple> args = Tuple::of(Witness::value());
    const Ref<Exception> made =
        Exception::make(exception_type(BuiltinException::kImportError), std::move(args));
    made->set_extra(extra::kImportPath, Witness::value());
    made->set_extra(extra::kImportName, witness.share());
    ASSERT_EQ(set_attribute(made.value(), *intern("other"), Witness::value()), Status::kDone);
    made->set_traceback(Traceback::make(Witness::value(), 3, Ref<Traceback>()));
    made->set_extra(extra::kImportPath, Ref<>());
    EXPECT_EQ(ends(), 1);
  }
  EXPECT_EQ(ends(), 5);
}

TEST_F(ExceptionTest, ClearedItCanStillBeShown) {
  const Ref<Exception> made = called(BuiltinException::kSystemExit, {Value::of_int(3)});
  made->set_context(made.share());
  static_cast<ExceptionOf<ExceptionFamily::kSystemExit>&>(*made).clear();
  EXPECT_FALSE(made->context());
  EXPECT_FALSE(made->extra(extra::kExitCode));
  EXPECT_EQ(text_of(repr(made.value())), "SystemExit()");
}

TEST_F(ExceptionTest, WithoutMemoryNothingIsMade) {
  for (std::uint64_t n = 0;; ++n) {
    Ref<Exception> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      made = called(BuiltinException::kSystemExit, {Value::of_int(1), Value::of_int(2)});
      allocations = fault.allocations();
    }
    if (allocations <= n) {
      EXPECT_TRUE(made);
      EXPECT_GE(n, 2U);
      break;
    }
    EXPECT_FALSE(made);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

TEST_F(ExceptionConcurrency, ThreadsMayChangeOneExceptionTogether) {
  constexpr int kRounds = kThreadSanitizer ? 500 : 5'000;
  const Ref<Exception> shared = called(BuiltinException::kValueError);
  const auto work = [&] {
    for (int i = 0; i < kRounds; ++i) {
      Ref<Exception> other = called(BuiltinException::kKeyError);
      shared->set_context(other.share());
      shared->set_cause(std::move(other));
      shared->set_traceback(Traceback::make(Ref<>(Special::kNone), 1, shared->traceback()));
      if (i % 16 == 0) shared->set_traceback(Ref<Traceback>());
      if (const Ref<Exception> context = shared->context()) {
        EXPECT_EQ(context->args()->size(), 0U);
      }
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { work(); });
  work();
  join_detached(other);
  EXPECT_EQ(shared->cause()->family(), ExceptionFamily::kPlain);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
