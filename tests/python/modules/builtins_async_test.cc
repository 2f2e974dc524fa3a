#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using BuiltinsAsyncTest = ModulesTest;

// An asynchronous iterator that is at its end: what it gives awaits itself and raises.
Ref<> at_end() {
  Type& type = a_class(
      "AtEnd", {},
      std::move(Body()
                    .method("__aiter__", [](auto given) { return Ref<>::of(given[0]); })
                    .method("__anext__", [](auto given) { return Ref<>::of(given[0]); })
                    .method("__await__", [](auto given) { return Ref<>::of(given[0]); })
                    .method("__next__", [](auto) -> Ref<> {
                      return raise_new(exception_type(BuiltinException::kStopAsyncIteration), "");
                    })));
  return new_of(type);
}

TEST_F(BuiltinsAsyncTest, AsksForTheMethods) {
  const Ref<> iterator = at_end();
  EXPECT_EQ(builtin("aiter", {iterator.value()}).value(), iterator.value());
  EXPECT_EQ(builtin("anext", {iterator.value()}).value(), iterator.value());
  EXPECT_EQ(text_of(builtin("aiter", {Value::of_int(1)})),
            "raised 'int' object is not an async iterable");
  EXPECT_EQ(text_of(builtin("anext", {Value::of_int(1)})),
            "raised 'int' object is not an async iterator");
}

TEST_F(BuiltinsAsyncTest, TheDefaultStandsForTheEnd) {
  const Ref<> iterator = at_end();
  const Ref<> awaitable = builtin("anext", {iterator.value(), Value::of_int(8)});
  EXPECT_FALSE(builtin("next", {awaitable.value()}));
  const Error error = Error::take();
  EXPECT_EQ(error.kind(), ErrorKind::kStopIteration);
  EXPECT_EQ(error.value(), Value::of_int(8));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
