#include "python/modules/io/string_io.h"

#include <random>

#include "tests/python/modules/io/conversation.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using StringIoTest = ObjectsTest;

TEST_F(StringIoTest, AnswersAsCPythonsDoes) {
  OROCHI_NEED_PYTHON();
  std::mt19937 random(12);
  const auto any = [&random](unsigned most) { return static_cast<int>(random() % (most + 1)); };
  const std::vector<std::pair<const char*, Given>> newlines{
      {"None", kNothing}, {"''", ""}, {"'\\n'", "\n"}, {"'\\r'", "\r"}, {"'\\r\\n'", "\r\n"}};
  const std::vector<const char*> texts{"", "a\r", "\nü", "€\r\n", "𝄞\n\nx", "\r\r"};
  for (int round = 0; round < 40; ++round) {
    const auto& [shown_as, newline] = newlines[static_cast<std::size_t>(round) % newlines.size()];
    Conversation talk("io.StringIO('öne\\ntwo\\r\\n\\rthree', " + std::string(shown_as) + ")",
                      make("StringIO", {"öne\ntwo\r\n\rthree", newline}));
    for (int i = 0; i < 60; ++i) {
      switch (any(9)) {
        case 0:
          talk.ask("read", {any(6) - 1});
          break;
        case 1:
          talk.ask("readline", {any(6) - 1});
          break;
        case 2:
          talk.ask("readlines");
          break;
        case 3:
          talk.ask("write", {texts[static_cast<std::size_t>(any(5))]});
          break;
        case 4:
          talk.ask("seek", {any(30) - 2});
          break;
        case 5:
          talk.ask("tell");
          break;
        case 6:
          talk.ask("truncate", {any(20) - 1});
          break;
        case 7:
          talk.ask("getvalue");
          break;
        case 8:
          talk.ask("__next__");
          break;
        default:
          talk.ask("seek", {0, any(3)});
          break;
      }
    }
    talk.ask("__getattribute__", {"newlines"});
    EXPECT_EQ(talk.finish(), 0) << "round " << round;
  }
}

TEST_F(StringIoTest, RefusesAsCPythonsDoes) {
  OROCHI_NEED_PYTHON();
  Conversation talk("io.StringIO('abc')", make("StringIO", {"abc"}));
  talk.ask("write", {bytes("text")});
  talk.ask("read", {"x"});
  talk.ask("seek", {-1});
  talk.ask("seek", {1, 5});
  talk.ask("seek", {1, 1});
  talk.ask("truncate", {-1});
  talk.ask("__getstate__");
  talk.ask("__getattribute__", {"encoding"});
  talk.ask("__getattribute__", {"line_buffering"});
  talk.ask("detach");
  talk.ask("fileno");
  talk.ask("close");
  for (const char* const method : {"read", "readline", "readlines", "tell", "flush", "isatty",
                                   "readable", "getvalue", "truncate", "__next__"})
    talk.ask(method);
  talk.ask("write", {"x"});
  talk.ask("close");
  EXPECT_EQ(talk.finish(), 0);
  EXPECT_EQ(shown(make("StringIO", {bytes("s")})),
            "TypeError: initial_value must be str or None, not bytes");
  EXPECT_EQ(shown(make("StringIO", {"s", 5})), "TypeError: newline must be str or None, not int");
  EXPECT_EQ(shown(make("StringIO", {"s", "x"})), "ValueError: illegal newline value: 'x'");
  const Ref<> type = io_name("StringIO");
  const Ref<> blank = call_given(get(type, "__new__").value(), {type});
  EXPECT_EQ(said(blank, "read"), "ValueError: I/O operation on uninitialized object");
}

TEST_F(StringIoTest, TakesUpAStateAgain) {
  const Ref<> stream = make("StringIO", {"a\r\nb\n", "\r"});
  EXPECT_EQ(said(stream, "seek", {2}), "2");
  const Ref<> state = ask(stream, "__getstate__");
  EXPECT_EQ(shown(state), R"(('a\r\rb\r', '\r', 2, None))");
  const Ref<> copy = make("StringIO");
  EXPECT_EQ(said(copy, "__setstate__", {state}), "None");
  EXPECT_EQ(said(copy, "readline"), R"('\r')");
  EXPECT_EQ(said(copy, "readline"), R"('b\r')");
}

TEST_F(StringIoTest, ManyThreadsWriteAndNothingIsLostOrTorn) {
  constexpr int kThreads = 4;
  constexpr int kWrites = 1000;
  const Ref<> stream = make("StringIO");
  std::vector<std::thread> threads;
  for (int who = 0; who < kThreads; ++who) {
    threads.push_back(attached([&stream, who](Thread&) {
      const Ref<> record = a_str(std::string(16, static_cast<char>('a' + who)));
      for (int i = 0; i < kWrites; ++i) ASSERT_TRUE(ask(stream, "write", {record}));
    }));
  }
  for (std::thread& thread : threads) join_detached(thread);
  const std::string content = text_of(ask(stream, "getvalue"));
  ASSERT_EQ(content.size(), std::size_t{16} * kThreads * kWrites);
  for (std::size_t i = 0; i < content.size(); i += 16)
    ASSERT_EQ(content.substr(i, 16), std::string(16, content[i]));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
