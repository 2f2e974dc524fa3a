#include "python/modules/io/buffered.h"

#include <algorithm>
#include <random>

#include "objects/types/bytearray.h"
#include "runtime/lifecycle.h"
#include "tests/python/modules/io/conversation.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class BufferedTest : public ObjectsTest {
 protected:
  static Ref<> over(const TemporaryFile& file, const char* type, const char* mode, int size = 8) {
    return make(type, {make("FileIO", {file.path(), mode}), size});
  }
  static Type& raw_type() { return static_cast<Type&>(*io_name("_RawIOBase").value().object()); }
};

// --- Reading. ---

TEST_F(BufferedTest, ReadsAheadAndGivesWhatIsAskedFor) {
  const TemporaryFile file("abcdefghijklmnopqrstuvwxyz");
  const Ref<> stream = over(file, "BufferedReader", "r");
  EXPECT_EQ(said(stream, "read", {2}), "b'ab'");
  EXPECT_EQ(said(get(stream, "raw"), "tell"), "8");
  EXPECT_EQ(said(stream, "tell"), "2");
  EXPECT_EQ(said(stream, "peek"), "b'cdefgh'");
  EXPECT_EQ(said(stream, "read1", {3}), "b'cde'");
  EXPECT_EQ(said(stream, "read1"), "b'fgh'");
  EXPECT_EQ(said(stream, "read", {12}), "b'ijklmnopqrst'");
  EXPECT_EQ(said(stream, "read"), "b'uvwxyz'");
  EXPECT_EQ(said(stream, "read", {1}), "b''");
  EXPECT_EQ(said(stream, "peek"), "b''");
  EXPECT_EQ(said(stream, "read", {-2}), "ValueError: read length must be non-negative or -1");
  EXPECT_EQ(said(stream, "read", {"x"}),
            "TypeError: argument should be integer or None, not 'str'");
  EXPECT_EQ(said(stream, "write", {bytes("x")}), "UnsupportedOperation: write");
}

TEST_F(BufferedTest, MovesInsideOfWhatIsAheadWithoutAskingAnybody) {
  const TemporaryFile file("abcdefghijklmnopqrstuvwxyz");
  const Ref<> stream = over(file, "BufferedReader", "r");
  EXPECT_EQ(said(stream, "read", {4}), "b'abcd'");
  EXPECT_EQ(said(stream, "seek", {1}), "1");
  EXPECT_EQ(said(stream, "seek", {2, 1}), "3");
  EXPECT_EQ(said(get(stream, "raw"), "tell"), "8");
  EXPECT_EQ(said(stream, "read", {1}), "b'd'");
  EXPECT_EQ(said(stream, "seek", {20}), "20");
  EXPECT_EQ(said(stream, "read", {1}), "b'u'");
  EXPECT_EQ(said(stream, "seek", {-1, 2}), "25");
  EXPECT_EQ(said(stream, "read"), "b'z'");
  EXPECT_EQ(said(stream, "seek", {0, 7}), "ValueError: whence value 7 unsupported");
  EXPECT_EQ(said(stream, "seek", {-1}), "OSError: [Errno 22] Invalid argument");
}

TEST_F(BufferedTest, ReadsLinesAndIntoBuffers) {
  const TemporaryFile file("ab\ncdefghijklmnop\n\nq");
  const Ref<> stream = over(file, "BufferedReader", "r");
  EXPECT_EQ(said(stream, "readlines"), "[b'ab\\n', b'cdefghijklmnop\\n', b'\\n', b'q']");
  EXPECT_EQ(said(stream, "seek", {3}), "3");
  EXPECT_EQ(said(stream, "readline", {4}), "b'cdef'");
  EXPECT_EQ(said(stream, "readline", {0}), "b''");
  const Ref<Bytearray> room = Bytearray::make_blank(10);
  std::fill_n(room->writable(), 10, std::uint8_t{0});
  EXPECT_EQ(said(stream, "readinto1", {room.value()}), "4");
  EXPECT_EQ(said(stream, "readinto", {room.value()}), "9");
  EXPECT_EQ(shown(room.share()), "bytearray(b'klmnop\\n\\nq\\x00')");
  EXPECT_EQ(said(stream, "readinto", {bytes("x")}),
            "TypeError: readinto() argument must be read-write bytes-like object, not bytes");
}

TEST_F(BufferedTest, WithoutWaitingThereMayBeNothing) {
  const Pipe pipe(O_NONBLOCK);
  const Ref<> stream = make("BufferedReader", {make("FileIO", {pipe.reader(), "r", false})});
  EXPECT_EQ(said(stream, "read", {3}), "None");
  EXPECT_EQ(said(stream, "read"), "None");
  EXPECT_EQ(said(stream, "read1", {3}), "b''");
  ASSERT_EQ(::write(pipe.writer(), "ab", 2), 2);
  EXPECT_EQ(said(stream, "read", {3}), "b'ab'");
}

// --- Writing. ---

TEST_F(BufferedTest, WritesABufferAtATime) {
  const TemporaryFile file;
  const Ref<> stream = over(file, "BufferedWriter", "w");
  EXPECT_EQ(said(stream, "write", {bytes("abc")}), "3");
  EXPECT_EQ(said(stream, "write", {bytes("defgh")}), "5");
  EXPECT_EQ(file.content(), "");
  EXPECT_EQ(said(stream, "write", {bytes("i")}), "1");
  EXPECT_EQ(file.content(), "abcdefgh");
  EXPECT_EQ(said(stream, "tell"), "9");
  EXPECT_EQ(said(stream, "write", {bytes("01234567890123456789")}), "20");
  EXPECT_EQ(said(stream, "flush"), "None");
  EXPECT_EQ(file.content(), "abcdefghi01234567890123456789");
  EXPECT_EQ(said(stream, "seek", {2}), "2");
  EXPECT_EQ(said(stream, "write", {bytes("!")}), "1");
  EXPECT_EQ(said(stream, "truncate"), "3");
  EXPECT_EQ(file.content(), "ab!");
  EXPECT_EQ(said(stream, "write", {"x"}), "TypeError: a bytes-like object is required, not 'str'");
  EXPECT_EQ(said(stream, "read", {1}), "UnsupportedOperation: read");
}

TEST_F(BufferedTest, SaysHowMuchItHasTakenWhenItWouldHaveToWait) {
  const Pipe pipe(O_NONBLOCK);
  const Ref<> raw = make("FileIO", {pipe.writer(), "w", false});
  while (ask(raw, "write", {bytes(std::string(65536, 'x'))}).value().is_int()) continue;
  const Ref<> stream = make("BufferedWriter", {raw, 8});
  EXPECT_EQ(said(stream, "write", {bytes("abcdef")}), "6");
  EXPECT_FALSE(ask(stream, "write", {bytes("ghijkl")}));
  const Ref<Exception> raised = take_exception();
  EXPECT_EQ(type_of(*raised).name(), "BlockingIOError");
  EXPECT_EQ(shown(get(raised.value(), "characters_written")), "2");
  EXPECT_EQ(said(stream, "flush"),
            "BlockingIOError: [Errno 11] write could not complete without blocking");
  std::string drained(1 << 20, '\0');
  while (::read(pipe.reader(), drained.data(), drained.size()) > 0) continue;
  EXPECT_EQ(said(stream, "flush"), "None");
  const ssize_t left = ::read(pipe.reader(), drained.data(), drained.size());
  EXPECT_EQ(drained.substr(0, static_cast<std::size_t>(left)), "abcdefgh");
}

[[nodiscard]] std::string record_of(char letter) {
  std::string record(16, letter);
  record.back() = '\n';
  return record;
}

TEST_F(BufferedTest, ManyThreadsWriteAndNothingIsLostOrTorn) {
  constexpr int kThreads = 4;
  constexpr int kWrites = 1000;
  const TemporaryFile file;
  const Ref<> stream = over(file, "BufferedWriter", "w", 100);
  std::vector<std::thread> threads;
  for (int who = 0; who < kThreads; ++who) {
    threads.push_back(attached([&stream, who](Thread&) {
      const Ref<> record = bytes(record_of(static_cast<char>('a' + who)));
      for (int i = 0; i < kWrites; ++i) ASSERT_TRUE(ask(stream, "write", {record}));
    }));
  }
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(said(stream, "close"), "None");
  const std::string content = file.content();
  ASSERT_EQ(content.size(), std::size_t{16} * kThreads * kWrites);
  for (std::size_t i = 0; i < content.size(); i += 16)
    ASSERT_EQ(content.substr(i, 16), record_of(content[i]));
}

TEST_F(BufferedTest, ManyThreadsReadAndEachByteIsGivenOnce) {
  constexpr int kThreads = 4;
  std::string content;
  for (int i = 0; i < 20000; ++i) content += static_cast<char>('a' + i % 26);
  const TemporaryFile file(content);
  const Ref<> stream = over(file, "BufferedReader", "r", 64);
  std::vector<std::string> read(kThreads);
  std::vector<std::thread> threads;
  for (int who = 0; who < kThreads; ++who) {
    threads.push_back(attached([&stream, &mine = read[static_cast<std::size_t>(who)]](Thread&) {
      for (;;) {
        const Ref<> part = ask(stream, "read", {13});
        const ByteSpan span = as_bytes(part.value())->span();
        if (span.empty()) break;
        mine.append(span.begin(), span.end());
      }
    }));
  }
  for (std::thread& thread : threads) join_detached(thread);
  std::string all;
  for (const std::string& each : read) all += each;
  std::ranges::sort(all);
  std::ranges::sort(content);
  EXPECT_EQ(all, content);
}

// --- Both. ---

TEST_F(BufferedTest, WritesWhereItHasReadTo) {
  const TemporaryFile file("abcdefghijklmnop");
  const Ref<> stream = over(file, "BufferedRandom", "r+");
  EXPECT_EQ(said(stream, "read", {2}), "b'ab'");
  EXPECT_EQ(said(stream, "write", {bytes("XY")}), "2");
  EXPECT_EQ(said(stream, "tell"), "4");
  EXPECT_EQ(said(stream, "read", {2}), "b'ef'");
  EXPECT_EQ(said(stream, "peek").substr(0, 4), "b'gh");
  EXPECT_EQ(said(stream, "write", {bytes("Z")}), "1");
  EXPECT_EQ(said(stream, "seek", {0}), "0");
  EXPECT_EQ(said(stream, "read"), "b'abXYefZhijklmnop'");
  EXPECT_EQ(said(stream, "truncate", {3}), "3");
  EXPECT_EQ(file.content(), "abX");
}

TEST_F(BufferedTest, AnswersAsCPythonsDoes) {
  OROCHI_NEED_PYTHON();
  std::mt19937 random(14);
  const auto any = [&random](unsigned most) { return static_cast<int>(random() % (most + 1)); };
  for (int round = 0; round < 30; ++round) {
    const std::string content = "one\ntwo\n\nthree four five\nsix";
    const TemporaryFile ours(content);
    const TemporaryFile theirs(content);
    Conversation talk("io.BufferedRandom(io.FileIO('" + theirs.path() + "', 'r+'), 7)",
                      over(ours, "BufferedRandom", "r+", 7));
    for (int i = 0; i < 60; ++i) {
      const std::string text(static_cast<std::size_t>(any(20)), 'x');
      switch (any(9)) {
        case 0:
          talk.ask("read", {any(20) - 1});
          break;
        case 1:
          talk.ask("readline", {any(9) - 1});
          break;
        case 2:
          talk.ask("readlines", {any(8) - 1});
          break;
        case 3:
          talk.ask("write", {bytes(text)});
          break;
        case 4:
          talk.ask("seek", {any(30) - 5, any(3)});
          break;
        case 5:
          talk.ask("tell");
          break;
        case 6:
          talk.ask("truncate", {any(40)});
          break;
        case 7:
          talk.ask("flush");
          break;
        case 8:
          talk.ask("__next__");
          break;
        default:
          talk.ask("seek", {any(12)});
          break;
      }
    }
    talk.ask("seek", {0});
    talk.ask("read");
    talk.ask("close");
    EXPECT_EQ(talk.finish(), 0) << "round " << round;
    EXPECT_EQ(ours.content(), theirs.content());
  }
}

// --- Its end. ---

TEST_F(BufferedTest, ClosesTheRawStreamAlsoIfItCannotWrite) {
  const Ref<> raw = make("FileIO", {"/dev/full", "w"});
  const Ref<> stream = make("BufferedWriter", {raw});
  EXPECT_EQ(said(stream, "write", {bytes("abc")}), "3");
  EXPECT_EQ(said(stream, "close"), "OSError: [Errno 28] No space left on device");
  EXPECT_EQ(shown(get(raw, "closed")), "True");
  EXPECT_EQ(shown(get(stream, "closed")), "True");
  EXPECT_EQ(said(stream, "write", {bytes("abc")}), "ValueError: write to closed file");
  EXPECT_EQ(said(stream, "flush"), "ValueError: flush of closed file");
  EXPECT_EQ(said(stream, "close"), "None");
}

TEST_F(BufferedTest, RefusesWhenItIsClosed) {
  const TemporaryFile file("abc");
  const Ref<> stream = over(file, "BufferedReader", "r");
  EXPECT_EQ(said(stream, "close"), "None");
  EXPECT_EQ(said(stream, "read"), "ValueError: read of closed file");
  EXPECT_EQ(said(stream, "readline"), "ValueError: readline of closed file");
  EXPECT_EQ(said(stream, "__next__"), "ValueError: readline of closed file");
  EXPECT_EQ(said(stream, "peek"), "ValueError: peek of closed file");
  EXPECT_EQ(said(stream, "seek", {0}), "ValueError: seek of closed file");
  EXPECT_EQ(said(stream, "truncate"), "ValueError: truncate of closed file");
  EXPECT_EQ(said(stream, "tell"), "ValueError: I/O operation on closed file");
  EXPECT_EQ(said(stream, "detach"), "ValueError: I/O operation on closed file.");
  EXPECT_EQ(shown(stream), "<_io.BufferedReader name='" + file.path() + "'>");
}

TEST_F(BufferedTest, GivesItsRawStreamUp) {
  const TemporaryFile file("abc");
  const Ref<> stream = over(file, "BufferedReader", "r");
  EXPECT_EQ(said(ask(stream, "detach"), "read"), "b'abc'");
  EXPECT_EQ(said(stream, "read"), "ValueError: raw stream has been detached");
  EXPECT_EQ(said(stream, "detach"), "ValueError: raw stream has been detached");
  EXPECT_EQ(shown(get(stream, "raw")), "None");
  EXPECT_EQ(shown(stream), "<_io.BufferedReader>");
}

TEST_F(BufferedTest, RefusesWhatItCannotUse) {
  const Ref<> raw = make("FileIO", {"/dev/null"});
  EXPECT_EQ(shown(make("BufferedReader", {raw, 0})),
            "ValueError: buffer size must be strictly positive");
  EXPECT_EQ(shown(make("BufferedReader", {5})),
            "AttributeError: 'int' object has no attribute 'readable'");
  EXPECT_EQ(shown(make("BufferedWriter", {raw})),
            "UnsupportedOperation: File or stream is not writable.");
  const Ref<> type = io_name("BufferedReader");
  const Ref<> blank = call_given(get(type, "__new__").value(), {type});
  EXPECT_EQ(said(blank, "read"), "ValueError: I/O operation on uninitialized object");
}

// --- Raw streams of a program. ---

struct Strange {
  static inline Value buffer;
  static inline Ref<> (*answer)() = nullptr;

  static Ref<> yes(std::span<const Value>) { return Special::kTrue; }
  static Ref<> give(std::span<const Value>) { return answer(); }
  static Ref<> come_back(std::span<const Value>) {
    return ask(Ref<>::of(buffer), "write", {bytes("again")});
  }
};

TEST_F(BufferedTest, BelievesNoRawStreamThatLies) {
  Type& type = a_class("Liar", {&raw_type()},
                       std::move(Body()
                                     .method("readable", Strange::yes)
                                     .method("writable", Strange::yes)
                                     .method("readinto", Strange::give)
                                     .method("write", Strange::give)));
  const Ref<> reader = make("BufferedReader", {new_of(type), 8});
  Strange::answer = [] { return an_int(9); };
  EXPECT_EQ(said(reader, "read", {3}),
            "OSError: raw readinto() returned invalid length 9 (should have been between 0 and 8)");
  Strange::answer = [] { return an_int(-1); };
  EXPECT_EQ(said(reader, "peek"),
            "OSError: raw readinto() returned invalid length -1 (should have been between 0 and "
            "8)");
  const Ref<> writer = make("BufferedWriter", {new_of(type), 8});
  EXPECT_EQ(said(writer, "write", {bytes("abc")}), "3");
  EXPECT_EQ(said(writer, "flush"),
            "OSError: raw write() returned invalid length -1 (should have been between 0 and 3)");
  Strange::answer = [] { return an_int(2); };
  EXPECT_EQ(said(reader, "read", {5}), "b'\\x00\\x00\\x00\\x00\\x00'");
}

TEST_F(BufferedTest, ACallThatComesBackIsRefused) {
  Type& type = a_class(
      "Loop", {&raw_type()},
      std::move(Body().method("writable", Strange::yes).method("write", Strange::come_back)));
  const Ref<> writer = make("BufferedWriter", {new_of(type), 8});
  Strange::buffer = writer.value();
  EXPECT_EQ(said(writer, "write", {bytes("abc")}), "3");
  EXPECT_EQ(said(writer, "flush"), "RuntimeError: reentrant call inside <_io.BufferedWriter>");
  Strange::buffer = Value();
}

// --- Waiting. ---

TEST_F(BufferedTest, AStopOfTheWorldWaitsNeitherForWhoReadsNorForWhoWaitsForHim) {
  const Pipe pipe;
  const Ref<> stream = make("BufferedReader", {make("FileIO", {pipe.reader(), "r", false})});
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.push_back(attached(
        [&stream](Thread&) { EXPECT_EQ(as_bytes(ask(stream, "read", {1}).value())->size(), 1U); }));
  }
  for (int i = 0; i < 10; ++i) {
    const StoppedWorld pause;
  }
  EXPECT_EQ(::write(pipe.writer(), "xy", 2), 2);
  for (std::thread& thread : threads) join_detached(thread);
}

// L2: what a refused thread was changing stays locked, and nobody hangs for it.
TEST_F(BufferedTest, WhoWaitsForARefusedThreadGivesUp) {
  if constexpr (kAddressSanitizer) GTEST_SKIP() << "what is left is a leak, on purpose";
  static SysAtomic<bool> began;
  began.store(false, kRelaxed);
  const Pipe pipe;
  const Ref<> stream = make("BufferedReader", {make("FileIO", {pipe.reader(), "r", false})});
  // After the test nobody shuts down, and who closed it would wait for ever.
  static_cast<void>(stream.share().release());
  std::thread other([&stream] {
    ASSERT_EQ(Thread::start(), Attach::kDone);
    auto& buffered = static_cast<Buffered&>(*stream.value().object());
    began.store(true, kRelease);
    const Ref<> nothing = buffered.read(1);
    EXPECT_FALSE(nothing);
    EXPECT_FALSE(Thread::current()->is_attached());
    Thread::exit();
  });
  EXPECT_TRUE(eventually_at_safepoints([] { return began.load(kAcquire); }));
  Thread::current()->detach_to_wait();
  platform::sleep_for(50 * platform::kMillisecond);  // until it is in its system call
  Thread::current()->attach_after_wait();
  EXPECT_EQ(Lifecycle::shut_down(platform::deadline_in(10 * platform::kSecond)), 0U);
  EXPECT_EQ(::write(pipe.writer(), "x", 1), 1);
  join_detached(other);
  EXPECT_EQ(said(stream, "read", {1}),
            "RuntimeError: could not acquire lock for BufferedReader at interpreter shutdown, "
            "possibly due to daemon threads");
  Notices::withdraw(Notice::kShutdown);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
