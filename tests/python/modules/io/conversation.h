// tests/python/modules/io/conversation.h: asks a stream of ours and one of CPython's the same
// things, and whether they gave the same answers.
//
//     Conversation talk("io.BytesIO(b'abc')", make("BytesIO", {bytes("abc")}));
//     talk.ask("read", {2});
//     EXPECT_EQ(talk.finish(), 0);
#pragma once

#include "tests/objects/python_oracle.h"
#include "tests/python/modules/io/streams.h"

namespace orochi::inline OROCHI_DESIGN::testing {

class Conversation {
 public:
  Conversation(const std::string& expression, Ref<> ours)
      : expression_(expression), ours_(std::move(ours)) {}

  void ask(std::string_view method, const std::vector<Given>& given = {}) {
    std::string arguments = "(";
    for (const Given& each : given) arguments += shown(Ref<>::of(each.value())) + ",";
    questions_ += "('" + std::string(method) + "', " + arguments + "), " +
                  quoted(said(ours_, method, given)) + "), ";
  }

  // 0: all answers were the same. The one that was not is printed.
  [[nodiscard]] int finish() {
    PythonOracle python;
    python.execute("import io, os");
    python.execute("exec(" + quoted(kTalk) + ")");
    python.expect("talk(" + expression_ + ", [" + questions_ + "])");
    const int failed = python.finish();
    if (failed != 0) ADD_FAILURE() << questions_;
    return failed;
  }

 private:
  static constexpr const char* kTalk = R"(
def talk(stream, questions):
    for number, (method, arguments, ours) in enumerate(questions):
        try:
            theirs = repr(getattr(stream, method)(*arguments))
        except Exception as error:
            theirs = type(error).__name__ + ": " + str(error)
        if theirs != ours:
            return number, method, arguments, theirs, ours
    return True
)";
  // As a literal of Python.
  static std::string quoted(const std::string& text) { return shown(a_str(text)); }

  const std::string expression_;
  const Ref<> ours_;
  std::string questions_;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
