#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// A file in place of sys.stdout that remembers what was written.
class BuiltinsTextTest : public ModulesTest {
 protected:
  void SetUp() override {
    ModulesTest::SetUp();
    g_written = "";
    g_flushed = 0;
    Type& type = a_class("File", {},
                         std::move(Body()
                                       .method("write",
                                               [](auto given) -> Ref<> {
                                                 g_written += text_of(Ref<>::of(given[1]));
                                                 return Special::kNone;
                                               })
                                       .method("flush",
                                               [](auto) -> Ref<> {
                                                 ++g_flushed;
                                                 return Special::kNone;
                                               })
                                       .method("readline", [](auto) { return a_str("line\n"); })));
    file_ = new_of(type);
    for (const char* const stream : {"stdin", "stdout", "stderr"})
      ASSERT_EQ(sys_module().set(*name(stream), file_.share()), Status::kDone);
  }
  void TearDown() override {
    for (const char* const stream : {"stdin", "stdout", "stderr"}) {
      Ref<> gone;
      EXPECT_EQ(sys_module().dict().remove(Value(name(stream).get()), gone), Status::kDone);
    }
    file_ = Ref<>();
    ModulesTest::TearDown();
  }

  static inline std::string g_written;
  static inline int g_flushed = 0;
  Ref<> file_;
};

// Calls with the names of the last values.
Ref<> builtin_named(std::string_view function, std::vector<Value> values,
                    std::vector<const char*> keywords) {
  const Ref<Tuple> names = Tuple::make_blank(keywords.size());
  for (std::size_t i = 0; i < keywords.size(); ++i) names->initialise(i, name(keywords[i]));
  const Ref<> callee = get(Value(&python_builtins()), function);
  return call(callee.value(), {values.data(), values.size() - keywords.size(), names.get()});
}

TEST_F(BuiltinsTextTest, PrintWritesTextsAndWhatIsBetweenThem) {
  EXPECT_TRUE(builtin("print", {Value::of_int(1), a_str("a").value()}));
  EXPECT_EQ(g_written, "1 a\n");
  EXPECT_EQ(g_flushed, 0);
}

TEST_F(BuiltinsTextTest, PrintTakesOtherEndsAndFlushes) {
  const Ref<> comma = a_str(",");
  const Ref<> end = a_str("!");
  EXPECT_TRUE(builtin_named(
      "print", {Value::of_int(1), Value::of_int(2), comma.value(), end.value(), Value::kTrue},
      {"sep", "end", "flush"}));
  EXPECT_EQ(g_written, "1,2!");
  EXPECT_EQ(g_flushed, 1);
  EXPECT_FALSE(builtin_named("print", {Value::of_int(2)}, {"sep"}));
  EXPECT_EQ(pending_text(), "sep must be None or a string, not int");
}

TEST_F(BuiltinsTextTest, PrintWithoutAStreamDoesNothingOrRaises) {
  ASSERT_EQ(sys_module().set(*name("stdout"), Special::kNone), Status::kDone);
  EXPECT_TRUE(builtin("print", {Value::of_int(1)}));
  Ref<> gone;
  ASSERT_EQ(sys_module().dict().remove(Value(name("stdout").get()), gone), Status::kDone);
  EXPECT_EQ(text_of(builtin("print")), "raised lost sys.stdout");
  ASSERT_EQ(sys_module().set(*name("stdout"), file_.share()), Status::kDone);
}

TEST_F(BuiltinsTextTest, InputShowsItsPromptAndCutsTheEndOfTheLine) {
  EXPECT_EQ(text_of(builtin("input", {a_str("? ").value()})), "line");
  EXPECT_EQ(g_written, "? ");
}

TEST_F(BuiltinsTextTest, TextsOfValues) {
  EXPECT_EQ(text_of(builtin("repr", {a_str("é").value()})), "'é'");
  EXPECT_EQ(text_of(builtin("ascii", {a_str("é").value()})), "'\\xe9'");
  EXPECT_EQ(text_of(builtin("format", {Value::of_int(255), a_str("x").value()})), "ff");
  EXPECT_EQ(text_of(builtin("format", {Value::of_int(1), Value::of_int(2)})),
            "raised format() argument 2 must be str, not int");
}

TEST_F(BuiltinsTextTest, BreakpointCallsTheHookWithItsArguments) {
  const Ref<> before = get(Value(&sys_module()), "breakpointhook");
  Ref<> hook = ProgramFunction::make(
      [](auto given) { return an_int(static_cast<std::int64_t>(given.size())); });
  ASSERT_EQ(sys_module().set(*name("breakpointhook"), std::move(hook)), Status::kDone);
  EXPECT_EQ(text_of(builtin("breakpoint", {Value::kNone, Value::kNone})), "2");
  ASSERT_EQ(sys_module().set(*name("breakpointhook"), before.share()), Status::kDone);
}

TEST_F(BuiltinsTextTest, DisplayhookShowsAndRemembers) {
  EXPECT_TRUE(call_in("sys", "displayhook", {Value::of_int(7)}));
  EXPECT_EQ(g_written, "7\n");
  EXPECT_EQ(text_of(get(Value(&python_builtins()), "_")), "7");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
