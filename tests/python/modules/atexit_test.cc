#include "python/modules/atexit.h"

#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class AtexitTest : public ObjectsTest {
 protected:
  AtexitTest() {
    ours_.import_module("atexit");
    static_cast<void>(ours_.evaluate("[atexit._clear(), l := []]"));
  }
  std::string shown(const std::string& expression) {
    const Ref<> value = ours_.evaluate(expression);
    return value ? text_of(repr(value.value())) : Evaluator::pending_exception();
  }
  Evaluator ours_;
};

TEST_F(AtexitTest, CallsTheLastFirst) {
  EXPECT_EQ(shown("[atexit.register(l.append, x) is None for x in 'ab']"), "[False, False]");
  EXPECT_EQ(shown("atexit.register((lambda *a, **k: l.append((a, k))), 1, x=2) is None"), "False");
  EXPECT_EQ(shown("atexit._ncallbacks()"), "3");
  run_exit_functions();
  EXPECT_EQ(shown("l"), "[((1,), {'x': 2}), 'b', 'a']");
  EXPECT_EQ(shown("atexit._ncallbacks()"), "0");
}

TEST_F(AtexitTest, GoesOnAfterWhatRaises) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(shown("[atexit.register(l.append, 1), atexit.register((lambda: 1 // 0)), "
                  "atexit._run_exitfuncs(), l][2:]"),
            "[None, [1]]");
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("ZeroDivisionError"), std::string::npos);
}

TEST_F(AtexitTest, WhatIsRegisteredMeanwhileIsCalledToo) {
  EXPECT_EQ(shown("[atexit.register(lambda: atexit.register(l.append, 1)), "
                  "atexit._run_exitfuncs(), l][1:]"),
            "[None, [1]]");
}

TEST_F(AtexitTest, ForgetsAllThatAreEqual) {
  EXPECT_EQ(shown("[atexit.register(l.append, 1), atexit.register(int), "
                  "atexit.register(l.append, 2), atexit.unregister(l.append), "
                  "atexit._ncallbacks()][3:]"),
            "[None, 1]");
  EXPECT_EQ(shown("[atexit._clear(), atexit._ncallbacks()]"), "[None, 0]");
}

TEST_F(AtexitTest, RefusesWhatCannotBeCalled) {
  EXPECT_EQ(shown("atexit.register(3)"), "TypeError: the first argument must be callable");
  EXPECT_EQ(shown("atexit.register()"),
            "TypeError: register() takes at least 1 argument (0 given)");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
