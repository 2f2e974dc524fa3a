#include "objects/types/traceback.h"

#include "memory/fault.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// The frame of these tests is the function's name, and the position a line.
Status find_in_test(Value frame, std::uint32_t position, SourcePlace& place) noexcept {
  place.file = Str::of_ascii("f.py");
  place.function = Ref<Str>::of(*as_str(frame));
  place.line = position;
  return place.file ? Status::kDone : Status::kFailed;
}

class TracebackTest : public ExceptionsTest {
 protected:
  TracebackTest() { set_place_finder(find_in_test); }
};

TEST_F(TracebackTest, EachFrameComesBeforeThoseThatItCalled) {
  const Ref<Exception> error = called(BuiltinException::kKeyError);
  ASSERT_EQ(add_traceback(*error, str_of("inner"), 7), Status::kDone);
  ASSERT_EQ(add_traceback(*error, str_of("outer"), 3), Status::kDone);
  const Ref<Traceback> outer = error->traceback();
  SourcePlace place;
  ASSERT_EQ(outer->find_place(place), Status::kDone);
  EXPECT_EQ(place.function->ascii(), "outer");
  EXPECT_EQ(place.line, 3);
  const Ref<Traceback> inner = outer->next();
  EXPECT_EQ(inner->position(), 7U);
  EXPECT_FALSE(inner->next());
  EXPECT_EQ(as_traceback(inner.value()), inner.get());
  EXPECT_EQ(as_traceback(error.value()), nullptr);
  EXPECT_EQ(as_traceback(Value::of_int(1)), nullptr);
}

TEST_F(TracebackTest, MayBeJoinedButNotToACircle) {
  const Ref<Traceback> a = Traceback::make(Ref<>(Special::kNone), 1, Ref<Traceback>());
  const Ref<Traceback> b = Traceback::make(Ref<>(Special::kNone), 2, a.share());
  EXPECT_EQ(a->set_next(b.share()), Status::kFailed);
  EXPECT_EQ(taken_text(), "ValueError: traceback loop detected");
  EXPECT_EQ(a->set_next(a.share()), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(b->set_next(Ref<Traceback>()), Status::kDone);
  EXPECT_EQ(a->set_next(b.share()), Status::kDone);
}

TEST_F(TracebackTest, EndsWithItsFrames) {
  {
    const Ref<Exception> error = called(BuiltinException::kKeyError);
    for (int i = 0; i < 100; ++i)
      ASSERT_EQ(add_traceback(*error, Witness::value(), 1), Status::kDone);
  }
  EXPECT_EQ(ends(), 100);
}

TEST_F(TracebackTest, WithoutMemoryItStaysAsItWas) {
  const Ref<Exception> error = called(BuiltinException::kKeyError);
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_EQ(add_traceback(*error, Ref<>(Special::kNone), 1), Status::kFailed);
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(error->traceback());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
