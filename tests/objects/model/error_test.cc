#include "objects/model/error.h"

#include "memory/fault.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ErrorTest : public ObjectsTest {};

TEST_F(ErrorTest, NothingIsPendingAtFirst) {
  EXPECT_EQ(pending_kind(), ErrorKind::kNone);
  EXPECT_FALSE(Error::take());
}

TEST_F(ErrorTest, RaisingNotesKindAndText) {
  const std::string_view name = "spam";
  const Status status = raise(ErrorKind::kName, {"name '", name, "' is not defined"});
  EXPECT_TRUE(failed(status));
  EXPECT_EQ(pending_kind(), ErrorKind::kName);
  const Error error = Error::take();
  EXPECT_EQ(error.text(), "name 'spam' is not defined");
  EXPECT_EQ(name_of(error.kind()), "NameError");
  EXPECT_EQ(pending_kind(), ErrorKind::kNone) << "taken";
}

TEST_F(ErrorTest, TheLatestIsPending) {
  raise(ErrorKind::kValue, {"first"});
  raise(ErrorKind::kType, {"second"});
  const Error error = Error::take();
  EXPECT_EQ(error.kind(), ErrorKind::kType);
  EXPECT_EQ(error.text(), "second");
}

TEST_F(ErrorTest, AnErrorMayHaveAValue) {
  {
    const Ref<Witness> key = Witness::make();
    raise_value(ErrorKind::kKey, key.share());
    const Error error = Error::take();
    EXPECT_EQ(error.kind(), ErrorKind::kKey);
    EXPECT_EQ(error.value(), key.value());
    EXPECT_EQ(error.text(), "");
    EXPECT_EQ(ends(), 0);
  }
  EXPECT_EQ(ends(), 1);
}

TEST_F(ErrorTest, TakenAndPutBackItIsTheSame) {
  raise(ErrorKind::kIndex, {"list index out of range"});
  Error error = Error::take();
  raise(ErrorKind::kType, {"meanwhile"});
  std::move(error).restore();
  EXPECT_EQ(Error::take().text(), "list index out of range");
}

TEST_F(ErrorTest, RestoringNothingLeavesWhatIsPending) {
  Error nothing = Error::take();
  raise(ErrorKind::kOs, {});
  std::move(nothing).restore();
  EXPECT_EQ(taken(), ErrorKind::kOs);
}

TEST_F(ErrorTest, ClearingForgets) {
  raise_value(ErrorKind::kStopIteration, Witness::value());
  clear_error();
  EXPECT_EQ(ends(), 1);
  EXPECT_EQ(pending_kind(), ErrorKind::kNone);
}

TEST_F(ErrorTest, WithoutMemoryEveryTextIsAMemoryError) {
  {
    const auto fault = fault::Injection::from(0);
    raise(ErrorKind::kValue, {"a text"});
    EXPECT_EQ(pending_kind(), ErrorKind::kMemory);
    raise(ErrorKind::kStopIteration, {});
    EXPECT_EQ(pending_kind(), ErrorKind::kStopIteration) << "no text, no memory";
    raise_memory_error();
    EXPECT_EQ(fault.allocations(), 1U) << "the text";
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

TEST_F(ErrorTest, EachThreadHasItsOwn) {
  raise(ErrorKind::kType, {});
  elsewhere([] {
    EXPECT_EQ(pending_kind(), ErrorKind::kNone);
    raise(ErrorKind::kValue, {});
    EXPECT_EQ(taken(), ErrorKind::kValue);
  });
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(ErrorTest, EveryKindHasAName) {
  for (int kind = static_cast<int>(ErrorKind::kArithmetic);
       kind <= static_cast<int>(ErrorKind::kZeroDivision); ++kind)
    EXPECT_FALSE(name_of(static_cast<ErrorKind>(kind)).empty()) << kind;
  EXPECT_EQ(name_of(ErrorKind::kStopIteration), "StopIteration");
  EXPECT_EQ(name_of(ErrorKind::kValue), "ValueError");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
