#include "python/modules/io/bytes_io.h"

#include <algorithm>
#include <random>

#include "objects/types/bytearray.h"
#include "tests/python/modules/io/conversation.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using BytesIoTest = ObjectsTest;

TEST_F(BytesIoTest, AnswersAsCPythonsDoes) {
  OROCHI_NEED_PYTHON();
  std::mt19937 random(11);
  const auto any = [&random](unsigned most) { return static_cast<int>(random() % (most + 1)); };
  for (int round = 0; round < 30; ++round) {
    Conversation talk("io.BytesIO(b'one\\ntwo\\n\\nthree')",
                      make("BytesIO", {bytes("one\ntwo\n\nthree")}));
    for (int i = 0; i < 60; ++i) {
      switch (any(11)) {
        case 0:
          talk.ask("read", {any(6) - 1});
          break;
        case 1:
          talk.ask("readline", {any(6) - 1});
          break;
        case 2:
          talk.ask("readlines", {any(8) - 1});
          break;
        case 3:
          talk.ask("write", {bytes(std::string("ab\ncd").substr(0, std::size_t(any(5))))});
          break;
        case 4:
          talk.ask("seek", {any(30) - 5, any(3)});
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
        case 9:
          talk.ask("seek", {any(12)});
          break;
        case 10:
          talk.ask("read");
          break;
        default:
          talk.ask("truncate");
          break;
      }
    }
    EXPECT_EQ(talk.finish(), 0) << "round " << round;
  }
}

TEST_F(BytesIoTest, RefusesAsCPythonsDoes) {
  OROCHI_NEED_PYTHON();
  Conversation talk("io.BytesIO(b'abc')", make("BytesIO", {bytes("abc")}));
  talk.ask("write", {"text"});
  talk.ask("read", {"x"});
  talk.ask("seek", {-1});
  talk.ask("seek", {1, 5});
  talk.ask("truncate", {-1});
  talk.ask("readinto", {bytes("abc")});
  talk.ask("writelines", {5});
  talk.ask("__getstate__");
  talk.ask("__setstate__", {5});
  talk.ask("isatty");
  talk.ask("close");
  for (const char* const method : {"read", "readline", "readlines", "tell", "flush", "isatty",
                                   "readable", "getvalue", "getbuffer", "truncate", "__next__"})
    talk.ask(method);
  talk.ask("write", {bytes("x")});
  talk.ask("close");
  EXPECT_EQ(talk.finish(), 0);
}

TEST_F(BytesIoTest, LendsItsBytesAndDoesNotChangeThemMeanwhile) {
  const Ref<> stream = make("BytesIO", {bytes("abc")});
  Ref<> view = ask(stream, "getbuffer");
  EXPECT_EQ(set_item(view.value(), Value::of_int(1), an_int('X')), Status::kDone);
  EXPECT_EQ(said(stream, "getvalue"), "b'aXc'");
  constexpr const char* kRefusal =
      "BufferError: Existing exports of data: object cannot be re-sized";
  EXPECT_EQ(said(stream, "write", {bytes("x")}), kRefusal);
  EXPECT_EQ(said(stream, "truncate", {1}), kRefusal);
  EXPECT_EQ(said(stream, "close"), kRefusal);
  EXPECT_EQ(said(view, "release"), "None");
  EXPECT_EQ(said(stream, "write", {bytes("x")}), "1");
  view = Ref<>();
  EXPECT_EQ(said(stream, "close"), "None");
}

TEST_F(BytesIoTest, AsksObjectsHowMuchTheyAre) {
  Type& two = a_class(
      "Two", {&object_type()},
      std::move(Body().method("__index__", [](std::span<const Value>) { return an_int(2); })));
  const Ref<> stream = make("BytesIO", {bytes("abcdef")});
  EXPECT_EQ(said(stream, "read", {new_of(two)}), "b'ab'");
  EXPECT_EQ(said(stream, "seek", {new_of(two)}), "2");
  EXPECT_EQ(said(stream, "readline", {new_of(two)}), "b'cd'");
}

TEST_F(BytesIoTest, ReadsIntoABuffer) {
  const Ref<> stream = make("BytesIO", {bytes("abcdef")});
  const Ref<Bytearray> room = Bytearray::make_blank(4);
  EXPECT_EQ(said(stream, "readinto", {room.value()}), "4");
  EXPECT_EQ(shown(room.share()), "bytearray(b'abcd')");
  EXPECT_EQ(said(stream, "readinto", {room.value()}), "2");
}

TEST_F(BytesIoTest, TakesUpAStateAgain) {
  const Ref<> stream = make("BytesIO", {bytes("abcdef")});
  EXPECT_EQ(said(stream, "seek", {2}), "2");
  EXPECT_EQ(set(stream, "mine", an_int(5)), Status::kDone);
  const Ref<> state = ask(stream, "__getstate__");
  EXPECT_EQ(shown(state), "(b'abcdef', 2, {'mine': 5})");
  const Ref<> copy = make("BytesIO");
  EXPECT_EQ(said(copy, "__setstate__", {state}), "None");
  EXPECT_EQ(said(copy, "read"), "b'cdef'");
  EXPECT_EQ(shown(get(copy, "mine")), "5");
}

TEST_F(BytesIoTest, ManyThreadsWriteAndNothingIsLostOrTorn) {
  constexpr int kThreads = 4;
  constexpr int kWrites = 1000;
  const Ref<> stream = make("BytesIO");
  std::vector<std::thread> threads;
  for (int who = 0; who < kThreads; ++who) {
    threads.push_back(attached([&stream, who](Thread&) {
      const Ref<> record = bytes(std::string(16, static_cast<char>('a' + who)));
      for (int i = 0; i < kWrites; ++i) ASSERT_TRUE(ask(stream, "write", {record}));
    }));
  }
  for (std::thread& thread : threads) join_detached(thread);
  const Ref<> all = ask(stream, "getvalue");
  const ByteSpan content = as_bytes(all.value())->span();
  ASSERT_EQ(content.size(), std::size_t{16} * kThreads * kWrites);
  for (std::size_t i = 0; i < content.size(); i += 16)
    ASSERT_EQ(std::ranges::count(content.subspan(i, 16), content[i]), 16);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
