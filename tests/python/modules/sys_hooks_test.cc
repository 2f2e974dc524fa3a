#include "objects/model/unraisable.h"
#include "objects/types/exception_raise.h"
#include "python/modules/show_traceback.h"
#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// sys.stderr remembers what was written.
class SysHooksTest : public ModulesTest {
 protected:
  void SetUp() override {
    ModulesTest::SetUp();
    g_written = "";
    Type& type =
        a_class("File", {},
                std::move(Body()
                              .method("write",
                                      [](auto given) -> Ref<> {
                                        g_written += text_of(Ref<>::of(given[1]));
                                        return Special::kNone;
                                      })
                              .method("flush", [](auto) -> Ref<> { return Special::kNone; })));
    ASSERT_EQ(sys_module().set(*name("stderr"), new_of(type)), Status::kDone);
  }
  void TearDown() override {
    Ref<> gone;
    EXPECT_EQ(sys_module().dict().remove(Value(name("stderr").get()), gone), Status::kDone);
    ModulesTest::TearDown();
  }

  static Ref<Exception> an_error() {
    static_cast<void>(raise(ErrorKind::kValue, {"spam"}));
    return take_exception();
  }
  static inline std::string g_written;
};

TEST_F(SysHooksTest, ExcepthookShowsTheException) {
  const Ref<Exception> error = an_error();
  EXPECT_TRUE(call_in("sys", "excepthook", {Value(&type_of(*error)), error.value(), Value::kNone}));
  EXPECT_EQ(g_written, "ValueError: spam\n");
}

TEST_F(SysHooksTest, ExcepthookSaysWhatIsNoException) {
  EXPECT_TRUE(call_in("sys", "excepthook", {Value::of_int(1), Value::of_int(2), Value::of_int(3)}));
  EXPECT_EQ(g_written, "TypeError: print_exception(): Exception expected for value, int found\n");
}

TEST_F(SysHooksTest, WhatNobodyCanBeToldOfIsShown) {
  static_cast<void>(raise(ErrorKind::kValue, {"spam"}));
  report_unraisable(Value::of_int(5));
  EXPECT_EQ(g_written, "Exception ignored in: 5\nValueError: spam\n");
}

TEST_F(SysHooksTest, AProgramMayShowItInItsOwnWay) {
  static std::string shown;
  Ref<> hook = ProgramFunction::make([](auto given) -> Ref<> {
    shown = repr_text(get(given[0], "exc_value")) + repr_text(get(given[0], "object"));
    return Special::kNone;
  });
  const Ref<> before = get(Value(&sys_module()), "unraisablehook");
  ASSERT_EQ(sys_module().set(*name("unraisablehook"), std::move(hook)), Status::kDone);
  static_cast<void>(raise(ErrorKind::kValue, {"spam"}));
  report_unraisable(Value::of_int(5));
  EXPECT_EQ(shown, "ValueError('spam')5");
  ASSERT_EQ(sys_module().set(*name("unraisablehook"), before.share()), Status::kDone);
}

TEST_F(SysHooksTest, TheHookTakesNothingElse) {
  EXPECT_EQ(text_of(call_in("sys", "unraisablehook", {Value::of_int(1)})),
            "raised sys.unraisablehook argument type must be UnraisableHookArgs");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
