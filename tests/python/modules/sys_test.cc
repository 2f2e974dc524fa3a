#include "objects/types/exception.h"
#include "objects/types/exception_raise.h"
#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using SysTest = ModulesTest;

Ref<> in_sys(std::string_view what) { return get(Value(&sys_module()), what); }
Ref<> sys_call(std::string_view what, std::vector<Value> values = {}) {
  return call_in("sys", what, std::move(values));
}

TEST_F(SysTest, SaysWhatTheImplementationIs) {
  EXPECT_EQ(text_of(get(in_sys("version_info"), "minor")), "11");
  EXPECT_EQ(text_of(get(in_sys("implementation"), "name")), "orochi");
  EXPECT_EQ(text_of(get(in_sys("implementation"), "cache_tag")), "orochi-311");
  EXPECT_EQ(text_of(in_sys("maxunicode")), "1114111");
  EXPECT_EQ(text_of(get(in_sys("float_info"), "dig")), "15");
  EXPECT_EQ(text_of(get(in_sys("flags"), "optimize")), "0");
}

TEST_F(SysTest, KnowsTheModules) {
  EXPECT_EQ(in_sys("modules").value(), Value(&loaded_modules()));
  const Ref<> names = in_sys("builtin_module_names");
  EXPECT_EQ(contains(names.value(), name("sys").value()), Truth::kTrue);
  EXPECT_EQ(contains(in_sys("stdlib_module_names").value(), name("json").value()), Truth::kTrue);
}

TEST_F(SysTest, SaysWhatIsBeingHandled) {
  EXPECT_EQ(repr_text(sys_call("exc_info")), "(None, None, None)");
  static_cast<void>(raise(ErrorKind::kValue, {"x"}));
  const Ref<Exception> caught = take_exception();
  const Handling handling(*caught);
  EXPECT_EQ(sys_call("exception").value(), caught.value());
  EXPECT_EQ(repr_text(sys_call("exc_info")), "(<class 'ValueError'>, ValueError('x'), None)");
}

TEST_F(SysTest, ExitRaises) {
  EXPECT_FALSE(sys_call("exit", {Value::of_int(3)}));
  const Ref<Exception> exception = take_exception();
  EXPECT_EQ(repr_text(Ref<>(exception.share())), "SystemExit(3)");
  EXPECT_EQ(text_of(get(exception.value(), "code")), "3");
  EXPECT_FALSE(sys_call("exit"));
  EXPECT_EQ(repr_text(take_exception()), "SystemExit()");
}

TEST_F(SysTest, LimitsAreChecked) {
  EXPECT_EQ(text_of(sys_call("setrecursionlimit", {Value::of_int(0)})),
            "raised recursion limit must be greater or equal than 1");
  EXPECT_EQ(text_of(sys_call("getrecursionlimit")), "1000");
  EXPECT_EQ(text_of(sys_call("setswitchinterval", {Value::of_int(0)})),
            "raised switch interval must be strictly positive");
}

TEST_F(SysTest, InternGivesOneObject) {
  const Ref<> one = sys_call("intern", {a_str("some name").value()});
  const Ref<> other = sys_call("intern", {a_str("some name").value()});
  EXPECT_EQ(one.value(), other.value());
  EXPECT_EQ(text_of(sys_call("intern", {Value::of_int(1)})),
            "raised intern() argument must be str, not int");
}

TEST_F(SysTest, CountsReferences) {
  const Ref<> list = a_list();
  const Ref<> second = list.share();
  EXPECT_EQ(text_of(sys_call("getrefcount", {list.value()})), "2");
}

TEST_F(SysTest, HooksHearWhatIsAudited) {
  EXPECT_TRUE(sys_call("audit", {a_str("event").value()}));
  static std::string heard;
  const Ref<> hook = ProgramFunction::make([](auto given) -> Ref<> {
    heard = text_of(Ref<>::of(given[0])) + text_of(repr(given[1]));
    return Special::kNone;
  });
  EXPECT_TRUE(sys_call("addaudithook", {hook.value()}));
  EXPECT_TRUE(sys_call("audit", {a_str("event").value(), Value::of_int(1)}));
  EXPECT_EQ(heard, "event(1,)");
}

TEST_F(SysTest, HooksAreKeptUnderASecondName) {
  EXPECT_EQ(in_sys("__excepthook__").value(), in_sys("excepthook").value());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
