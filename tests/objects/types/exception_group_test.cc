#include "objects/types/exception_group.h"

#include <sstream>

#include "memory/fault.h"
#include "objects/model/recursion.h"
#include "objects/types/dict.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ExceptionGroupTest : public ExceptionsTest {
 protected:
  static Ref<Exception> group(std::vector<Ref<>> members,
                              BuiltinException which = BuiltinException::kBaseExceptionGroup) {
    const Ref<Str> message = str_of("m");
    const Ref<Tuple> tuple = Tuple::make(members);
    return called(which, {message.value(), tuple.value()});
  }
  template <class... Members>
  static Ref<Exception> group_of(Members&&... members) {
    std::vector<Ref<>> all;
    (all.push_back(std::forward<Members>(members)), ...);
    return group(std::move(all));
  }
  // A group as Python writes it; None for nothing.
  static std::string written(const Ref<Exception>& exception) {
    if (!exception) return "None";
    if (as_exception_group(exception.value()) == nullptr)
      return std::string(type_of(*exception).name()) + "()";
    std::ostringstream out;
    out << type_of(*exception).name() << "(\"m\", [";
    const Ref<Tuple> members = members_of(*exception);
    for (std::size_t i = 0; i < members->size(); ++i)
      out << written(members->load(i).cast<Exception>()) << ", ";
    out << "])";
    return out.str();
  }
  static Value type_value(BuiltinException which) { return Value(&exception_type(which)); }
};

TEST_F(ExceptionGroupTest, IsOfTheClassThatItsMembersAllow) {
  using enum BuiltinException;
  EXPECT_EQ(type_of(*group_of(called(kKeyError))).name(), "ExceptionGroup");
  const Ref<Exception> exit = called(kSystemExit);
  EXPECT_EQ(type_of(*group_of(called(kKeyError), exit.share())).name(), "BaseExceptionGroup");
  std::vector<Ref<>> members;
  members.push_back(exit.share());
  EXPECT_FALSE(group(std::move(members), kExceptionGroup));
  EXPECT_EQ(taken_text(), "TypeError: Cannot nest BaseExceptions in an ExceptionGroup");
}

TEST_F(ExceptionGroupTest, WantsAMessageAndMembers) {
  using enum BuiltinException;
  const Ref<Str> text = str_of("m");
  const Ref<Tuple> none = Tuple::make_blank(0);
  const Ref<Tuple> number = Tuple::of(Ref<>::of(Value::of_int(1)));
  const auto refused = [&](const std::vector<Value>& values) {
    EXPECT_FALSE(called(kExceptionGroup, values));
    return taken_text();
  };
  EXPECT_EQ(refused({}),
            "TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (0 given)");
  EXPECT_EQ(refused({Value::kNone, none.value()}),
            "TypeError: BaseExceptionGroup.__new__() argument 1 must be str, not NoneType");
  EXPECT_EQ(refused({text.value(), Value::of_int(1)}),
            "TypeError: second argument (exceptions) must be a sequence");
  EXPECT_EQ(refused({text.value(), Dict::make().value()}),
            "TypeError: second argument (exceptions) must be a sequence");
  EXPECT_EQ(refused({text.value(), none.value()}),
            "ValueError: second argument (exceptions) must be a non-empty sequence");
  EXPECT_EQ(refused({text.value(), number.value()}),
            "ValueError: Item 0 of second argument (exceptions) is not an exception");
}

TEST_F(ExceptionGroupTest, ShowsHowManyItHas) {
  using enum BuiltinException;
  EXPECT_EQ(shown(*group_of(called(kKeyError))), "m (1 sub-exception)");
  EXPECT_EQ(shown(*group_of(called(kKeyError), called(kKeyError))), "m (2 sub-exceptions)");
}

TEST_F(ExceptionGroupTest, SplitsAsPython) {
  OROCHI_NEED_PYTHON();
  using enum BuiltinException;
  PythonOracle python;
  const auto keys = [] { return called(kKeyError); };
  const auto values = [] { return called(kValueError); };
  std::vector<Ref<Exception>> groups;
  groups.push_back(group_of(keys()));
  groups.push_back(group_of(keys(), values(), keys()));
  groups.push_back(group_of(keys(), group_of(values(), keys()), group_of(values())));
  groups.push_back(group_of(called(kSystemExit), group_of(group_of(keys()), values())));
  const Ref<Tuple> both =
      Tuple::of(Ref<>::of(type_value(kKeyError)), Ref<>::of(type_value(kSystemExit)));
  const std::pair<Value, const char*> conditions[] = {
      {type_value(kKeyError), "KeyError"},      {type_value(kLookupError), "LookupError"},
      {type_value(kOSError), "OSError"},        {type_value(kExceptionGroup), "ExceptionGroup"},
      {both.value(), "(KeyError, SystemExit)"},
  };
  for (const Ref<Exception>& whole : groups) {
    for (const auto& [condition, name] : conditions) {
      SplitGroup parts;
      ASSERT_EQ(split_group(*whole, condition, SplitParts::kBoth, parts), Status::kDone);
      std::ostringstream line;
      line << "repr(" << written(whole) << ".split(" << name << ")) == repr(("
           << written(parts.match) << ", " << written(parts.rest) << "))";
      python.expect(line.str());
      SplitGroup match;
      ASSERT_EQ(split_group(*whole, condition, SplitParts::kMatch, match), Status::kDone);
      EXPECT_EQ(written(match.match), written(parts.match));
      EXPECT_FALSE(match.rest);
    }
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ExceptionGroupTest, PartsKeepWhereTheGroupComesFrom) {
  using enum BuiltinException;
  const Ref<Exception> whole = group_of(called(kKeyError), called(kValueError));
  const Ref<Exception> cause = called(kOSError);
  const Ref<Exception> context = called(kEOFError);
  whole->set_cause(cause.share());
  whole->set_context(context.share());
  whole->set_traceback(Traceback::make(Ref<>(Special::kNone), 1, Ref<Traceback>()));
  SplitGroup parts;
  ASSERT_EQ(split_group(*whole, type_value(kKeyError), SplitParts::kBoth, parts), Status::kDone);
  for (const Ref<Exception>& part : {parts.match.share(), parts.rest.share()}) {
    EXPECT_EQ(part->cause().get(), cause.get());
    EXPECT_EQ(part->context().get(), context.get());
    EXPECT_EQ(part->traceback().get(), whole->traceback().get());
    EXPECT_EQ(part->extra(extra::kGroupMessage).value(),
              whole->extra(extra::kGroupMessage).value());
  }
}

TEST_F(ExceptionGroupTest, RefusesConditionsThatAreNone) {
  const Ref<Exception> whole = group_of(called(BuiltinException::kKeyError));
  const Ref<Tuple> wrong = Tuple::of(Ref<>::of(Value(&str_type())));
  for (const Value condition : {Value::of_int(1), Value(&str_type()), wrong.value()}) {
    SplitGroup parts;
    EXPECT_EQ(split_group(*whole, condition, SplitParts::kBoth, parts), Status::kFailed);
    EXPECT_EQ(taken_text(),
              "TypeError: expected a function, exception type or tuple of exception types");
  }
}

TEST_F(ExceptionGroupTest, NestedTooDeepIsARecursionError) {
  Ref<Exception> whole = group_of(called(BuiltinException::kKeyError));
  for (std::uint32_t i = 0; i < RecursionGuard::kMostCalls; ++i) whole = group_of(whole.share());
  SplitGroup parts;
  EXPECT_EQ(split_group(*whole, type_value(BuiltinException::kKeyError), SplitParts::kBoth, parts),
            Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kRecursion);
}

TEST_F(ExceptionGroupTest, WithoutMemoryItIsNotSplit) {
  using enum BuiltinException;
  const Ref<Exception> whole =
      group_of(called(kKeyError), group_of(called(kValueError), called(kKeyError)));
  for (std::uint64_t n = 0;; ++n) {
    SplitGroup parts;
    Status done = Status::kDone;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      done = split_group(*whole, type_value(kKeyError), SplitParts::kBoth, parts);
      allocations = fault.allocations();
    }
    if (allocations <= n) {
      EXPECT_EQ(done, Status::kDone);
      EXPECT_GT(n, 4U);
      break;
    }
    EXPECT_EQ(done, Status::kFailed);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
