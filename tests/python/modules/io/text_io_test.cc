#include "python/modules/io/text_io.h"

#include <random>
#include <sstream>

#include "tests/objects/python_oracle.h"
#include "tests/python/modules/io/conversation.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class TextIoTest : public ObjectsTest {
 protected:
  // A text file with what it takes from its position on: encoding, errors, newline ...
  static Ref<> reader(const TemporaryFile& file, const std::vector<Given>& options) {
    std::vector<Given> all{make("BufferedReader", {make("FileIO", {file.path()})})};
    all.insert(all.end(), options.begin(), options.end());
    return make("TextIOWrapper", all);
  }
  static Ref<> writer(const TemporaryFile& file, const std::vector<Given>& options) {
    std::vector<Given> all{make("BufferedWriter", {make("FileIO", {file.path(), "w"})})};
    all.insert(all.end(), options.begin(), options.end());
    return make("TextIOWrapper", all);
  }
  static std::string all_lines(const Ref<>& stream) { return said(stream, "readlines"); }
};

// --- Writing. ---

TEST_F(TextIoTest, WritesWhatIsEncodedWhenItIsFlushed) {
  const TemporaryFile file;
  const Ref<> stream = writer(file, {"utf-8"});
  EXPECT_EQ(said(stream, "write", {"grün\n"}), "5");
  EXPECT_EQ(said(stream, "write", {"€𝄞"}), "2");
  EXPECT_EQ(file.content(), "");
  EXPECT_EQ(said(stream, "flush"), "None");
  EXPECT_EQ(file.content(), "grün\n€𝄞");
  EXPECT_EQ(said(stream, "write", {5}), "TypeError: write() argument must be str, not int");
  EXPECT_EQ(said(stream, "read"), "UnsupportedOperation: not readable");
  EXPECT_EQ(said(stream, "readline"), "UnsupportedOperation: not readable");
}

TEST_F(TextIoTest, WritesNewlinesAsItIsTold) {
  for (const auto& [newline, written] :
       std::vector<std::pair<const char*, const char*>>{{"", "a\nb\r\nc"},
                                                        {"\n", "a\nb\r\nc"},
                                                        {"\r", "a\rb\r\rc"},
                                                        {"\r\n", "a\r\nb\r\r\nc"}}) {
    const TemporaryFile file;
    const Ref<> stream = writer(file, {"ascii", kNothing, newline});
    EXPECT_EQ(said(stream, "write", {"a\nb\r\nc"}), "6");
    EXPECT_EQ(said(stream, "close"), "None");
    EXPECT_EQ(file.content(), written);
  }
}

TEST_F(TextIoTest, FlushesLinesIfItBuffersLines) {
  const TemporaryFile file;
  const Ref<> stream = writer(file, {"utf-8", kNothing, kNothing, true});
  EXPECT_EQ(said(stream, "write", {"abc"}), "3");
  EXPECT_EQ(file.content(), "");
  EXPECT_EQ(said(stream, "write", {"d\ne"}), "3");
  EXPECT_EQ(file.content(), "abcd\ne");
  EXPECT_EQ(said(stream, "write", {"\r"}), "1");
  EXPECT_EQ(file.content(), "abcd\ne\r");
}

TEST_F(TextIoTest, WritesThroughToTheBufferIfItIsToldSo) {
  const TemporaryFile file;
  const Ref<> raw = make("FileIO", {file.path(), "w"});
  const Ref<> stream = make("TextIOWrapper", {raw, "utf-8", kNothing, kNothing, false, true});
  EXPECT_EQ(said(stream, "write", {"abc"}), "3");
  EXPECT_EQ(file.content(), "abc");
}

TEST_F(TextIoTest, HandlesWhatTheCodecHasNot) {
  const auto written = [](const char* encoding, const char* errors, std::string_view what) {
    const TemporaryFile file;
    const Ref<> stream = writer(file, {encoding, errors});
    const std::string answer = said(stream, "write", {a_str(what)});
    EXPECT_EQ(said(stream, "close"), "None");
    return answer.find("Error") == std::string::npos ? file.content() : answer;
  };
  EXPECT_EQ(written("ascii", "backslashreplace", "aü€"), "a\\xfc\\u20ac");
  EXPECT_EQ(written("ascii", "replace", "aü€"), "a??");
  EXPECT_EQ(written("latin-1", "ignore", "aü€"), "a\xfc");
  EXPECT_EQ(written("latin-1", "strict", "aü€"),
            "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in position 2: "
            "ordinal not in range(256)");
}

TEST_F(TextIoTest, KeepsTheOrderOfEachOfManyThreadsAndTearsNoWrite) {
  constexpr int kThreads = 4;
  constexpr int kWrites = 400;
  const TemporaryFile file;
  const Ref<> stream = writer(file, {"utf-8"});
  std::vector<std::thread> threads;
  for (int who = 0; who < kThreads; ++who) {
    threads.push_back(attached([&stream, who](Thread&) {
      for (int i = 0; i < kWrites; ++i) {
        const std::string line =
            std::to_string(who) + " " + std::to_string(i) + std::string(60, '.') + "\n";
        ASSERT_TRUE(ask(stream, "write", {line}));
        if (i % 50 == 0) {
          ASSERT_TRUE(ask(stream, "flush"));
        }
      }
    }));
  }
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(said(stream, "close"), "None");
  std::istringstream lines(file.content());
  int next[kThreads] = {};
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const int who = line[0] - '0';
    ASSERT_TRUE(who >= 0 && who < kThreads) << line;
    ASSERT_EQ(line, std::to_string(who) + " " + std::to_string(next[who]++) + std::string(60, '.'));
  }
  EXPECT_EQ(count, kThreads * kWrites);
}

// --- Reading. ---

TEST_F(TextIoTest, ReadsLinesThatEndAsItIsTold) {
  const TemporaryFile file("a\nb\r\nc\rd");
  EXPECT_EQ(all_lines(reader(file, {"utf-8"})), R"(['a\n', 'b\n', 'c\n', 'd'])");
  EXPECT_EQ(all_lines(reader(file, {"utf-8", kNothing, ""})), R"(['a\n', 'b\r\n', 'c\r', 'd'])");
  EXPECT_EQ(all_lines(reader(file, {"utf-8", kNothing, "\n"})), R"(['a\n', 'b\r\n', 'c\rd'])");
  EXPECT_EQ(all_lines(reader(file, {"utf-8", kNothing, "\r"})), R"(['a\nb\r', '\nc\r', 'd'])");
  EXPECT_EQ(all_lines(reader(file, {"utf-8", kNothing, "\r\n"})), R"(['a\nb\r\n', 'c\rd'])");
}

TEST_F(TextIoTest, CutsNoCharacterAndNoNewlineAtTheEndOfAChunk) {
  const std::string content = "é€𝄞\r\n\r€\r\n𝄞é\n";
  const TemporaryFile file(content);
  for (int chunk = 1; chunk <= 12; ++chunk) {
    const auto open_with_chunks = [&](const char* newline) {
      Ref<> stream = reader(file, {"utf-8", "strict", newline});
      EXPECT_EQ(set(stream, "_CHUNK_SIZE", an_int(chunk)), Status::kDone);
      return stream;
    };
    EXPECT_EQ(shown(ask(open_with_chunks(""), "readlines")),
              R"(['é€𝄞\r\n', '\r', '€\r\n', '𝄞é\n'])")
        << chunk;
    EXPECT_EQ(shown(ask(open_with_chunks("\r\n"), "readlines")),
              R"(['é€𝄞\r\n', '\r€\r\n', '𝄞é\n'])")
        << chunk;
    const Ref<> all = ask(open_with_chunks("\r\n"), "read");
    EXPECT_EQ(shown(all), R"('é€𝄞\r\n\r€\r\n𝄞é\n')") << chunk;
  }
}

TEST_F(TextIoTest, ReadsSoManyCharacters) {
  const TemporaryFile file("äöü\nß");
  const Ref<> stream = reader(file, {"utf-8"});
  EXPECT_EQ(said(stream, "read", {2}), "'äö'");
  EXPECT_EQ(said(stream, "readline", {1}), "'ü'");
  EXPECT_EQ(said(stream, "readline", {0}), "''");
  EXPECT_EQ(said(stream, "readline"), "'\\n'");
  EXPECT_EQ(said(stream, "read"), "'ß'");
  EXPECT_EQ(said(stream, "read"), "''");
  EXPECT_EQ(said(stream, "write", {"x"}), "UnsupportedOperation: not writable");
}

TEST_F(TextIoTest, DecodesWithHandlers) {
  const TemporaryFile file("a\xff\xe2\x82");
  EXPECT_EQ(said(reader(file, {"utf-8"}), "read"),
            "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start "
            "byte");
  EXPECT_EQ(said(reader(file, {"utf-8", "surrogateescape"}), "read"), R"('a\udcff\udce2\udc82')");
  EXPECT_EQ(said(reader(file, {"utf-8", "replace"}), "read"), "'a\xef\xbf\xbd\xef\xbf\xbd'");
  EXPECT_EQ(said(reader(file, {"utf-8", "ignore"}), "read"), "'a'");
  EXPECT_EQ(said(reader(file, {"ascii", "backslashreplace"}), "read"), R"('a\\xff\\xe2\\x82')");
  EXPECT_EQ(said(reader(file, {"latin-1"}), "read"), R"('aÿâ\x82')");
}

TEST_F(TextIoTest, RemembersWhichNewlinesThereWere) {
  const TemporaryFile file("a\r\nb\nc\r");
  const Ref<> stream = reader(file, {"utf-8"});
  EXPECT_EQ(shown(get(stream, "newlines")), "None");
  EXPECT_EQ(said(stream, "read"), R"('a\nb\nc\n')");
  EXPECT_EQ(shown(get(stream, "newlines")), R"(('\r', '\n', '\r\n'))");
}

// --- Places. ---

// Each place that tell() gives leads back to the same rest, in CPython too.
TEST_F(TextIoTest, GoesWhereItWas) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const TemporaryFile file("ab\r\ncé\n€\r𝄞\xff\xfe\r\n\xe2\x82");
  const std::string path = "'" + file.path() + "'";
  python.execute(
      "exec('def rest(place, errors, newline):\\n f = open("
      "path, encoding=\"utf-8\", errors=errors, newline=newline)\\n f.seek(place)\\n return "
      "f.read()')");
  python.execute("path = " + path);
  const std::vector<std::pair<const char*, Given>> newlines{
      {"None", kNothing}, {"''", ""}, {"'\\n'", "\n"}, {"'\\r\\n'", "\r\n"}};
  for (const auto& [newline_text, newline] : newlines) {
    for (const char* const errors : {"replace", "backslashreplace", "surrogateescape", "ignore"}) {
      for (const int chunk : {1, 2, 3, 5, 8192}) {
        const auto open_again = [&] {
          Ref<> stream = reader(file, {"utf-8", errors, newline});
          EXPECT_EQ(set(stream, "_CHUNK_SIZE", an_int(chunk)), Status::kDone);
          return stream;
        };
        const Ref<> stream = open_again();
        for (bool is_end = false; !is_end;) {
          const Ref<> place = ask(stream, "tell");
          const Ref<> other = open_again();
          ASSERT_TRUE(ask(other, "seek", {place}));
          EXPECT_EQ(said(other, "tell"), shown(place));
          const std::string rest = said(other, "read");
          python.expect("rest(" + shown(place) + ", '" + errors + "', " + newline_text +
                        ") == " + rest);
          const Ref<> one = ask(stream, "read", {1});
          is_end = as_str(one.value())->size() == 0;
          EXPECT_EQ(rest == "''", is_end);
        }
      }
    }
  }
  EXPECT_EQ(python.finish(), 0) << "lines above were false";
}

TEST_F(TextIoTest, RefusesPlacesThatItCannotGoTo) {
  const TemporaryFile file("abc\nd\n");
  const Ref<> stream = reader(file, {"utf-8"});
  EXPECT_EQ(said(stream, "seek", {1, 1}),
            "UnsupportedOperation: can't do nonzero cur-relative seeks");
  EXPECT_EQ(said(stream, "seek", {1, 2}),
            "UnsupportedOperation: can't do nonzero end-relative seeks");
  EXPECT_EQ(said(stream, "seek", {1, 3}), "ValueError: invalid whence (3, should be 0, 1 or 2)");
  EXPECT_EQ(said(stream, "seek", {-1}), "ValueError: negative seek position -1");
  EXPECT_EQ(said(stream, "seek", {0, 2}), "6");
  EXPECT_EQ(said(stream, "seek", {2}), "2");
  EXPECT_EQ(said(stream, "__next__"), "'c\\n'");
  EXPECT_EQ(said(stream, "tell"), "OSError: telling position disabled by next() call");
  EXPECT_EQ(said(stream, "__next__"), "'d\\n'");
  EXPECT_EQ(said(stream, "__next__"), "StopIteration: ");
  EXPECT_EQ(said(stream, "tell"), "6");
}

// Both ways. Between writing and reading it is flushed: CPython's read1 of a buffer does not see to
// that.
TEST_F(TextIoTest, AnswersAsCPythonsDoes) {
  OROCHI_NEED_PYTHON();
  std::mt19937 random(15);
  const auto any = [&random](unsigned most) { return static_cast<int>(random() % (most + 1)); };
  const std::vector<std::pair<const char*, Given>> newlines{
      {"None", kNothing}, {"''", ""}, {"'\\n'", "\n"}, {"'\\r'", "\r"}, {"'\\r\\n'", "\r\n"}};
  const std::vector<const char*> texts{"", "a\n", "\nü", "€\r\n", "𝄞\n\nx"};
  for (int round = 0; round < 40; ++round) {
    const std::string content = "öne\ntwo\r\n\r\nthrée\rfour\n€\n";
    const TemporaryFile ours(content);
    const TemporaryFile theirs(content);
    const auto& [shown_as, newline] = newlines[static_cast<std::size_t>(round) % newlines.size()];
    Conversation talk(
        "io.open('" + theirs.path() + "', 'r+', -1, 'utf-8', 'replace', " + shown_as + ")",
        make("open", {ours.path(), "r+", -1, "utf-8", "replace", newline}));
    for (int i = 0; i < 40; ++i) {
      switch (any(8)) {
        case 0:
          talk.ask("read", {any(9) - 1});
          break;
        case 1:
          talk.ask("readline", {any(9) - 1});
          break;
        case 2:
          talk.ask("readlines");
          break;
        case 3:
          talk.ask("write", {texts[static_cast<std::size_t>(any(4))]});
          talk.ask("flush");
          break;
        case 4:
          talk.ask("seek", {0, any(2)});
          break;
        case 5:
          talk.ask("flush");
          break;
        case 6:
          talk.ask("__next__");
          break;
        case 7:
          talk.ask("seek", {any(5) - 1, any(3)});
          break;
        default:
          talk.ask("seek", {0});
          break;
      }
    }
    talk.ask("seek", {0, 2});
    talk.ask("write", {"end"});
    talk.ask("close");
    EXPECT_EQ(talk.finish(), 0) << "round " << round;
    EXPECT_EQ(ours.content(), theirs.content());
  }
}

// --- The rest. ---

TEST_F(TextIoTest, RefusesWhatItCannotUse) {
  const Ref<> raw = make("FileIO", {"/dev/null"});
  EXPECT_EQ(shown(make("TextIOWrapper", {5})),
            "AttributeError: 'int' object has no attribute 'readable'");
  EXPECT_EQ(shown(make("TextIOWrapper", {raw, "utf-8", kNothing, "x"})),
            "ValueError: illegal newline value: x");
  EXPECT_EQ(shown(make("TextIOWrapper", {raw, "utf-8", kNothing, 5})),
            "TypeError: TextIOWrapper() argument 'newline' must be str or None, not int");
  EXPECT_EQ(shown(make("TextIOWrapper", {raw, "xx"})), "LookupError: unknown encoding: xx");
  EXPECT_EQ(shown(make("TextIOWrapper", {raw, 5})),
            "TypeError: TextIOWrapper() argument 'encoding' must be str or None, not int");
  const Ref<> type = io_name("TextIOWrapper");
  const Ref<> blank = call_given(get(type, "__new__").value(), {type});
  EXPECT_EQ(said(blank, "read"), "ValueError: I/O operation on uninitialized object");
}

TEST_F(TextIoTest, GivesItsBufferUp) {
  const TemporaryFile file;
  const Ref<> stream = writer(file, {"utf-8"});
  EXPECT_EQ(said(stream, "write", {"abc"}), "3");
  const Ref<> buffer = ask(stream, "detach");
  EXPECT_EQ(said(stream, "write", {"abc"}), "ValueError: underlying buffer has been detached");
  EXPECT_EQ(said(stream, "detach"), "ValueError: underlying buffer has been detached");
  EXPECT_EQ(shown(stream), "<_io.TextIOWrapper encoding='utf-8'>");
  EXPECT_EQ(said(buffer, "flush"), "None");
  EXPECT_EQ(file.content(), "abc");
}

TEST_F(TextIoTest, IsClosedWithItsBuffer) {
  const TemporaryFile file;
  const Ref<> stream = writer(file, {"utf-8"});
  EXPECT_EQ(said(stream, "write", {"abc"}), "3");
  EXPECT_EQ(said(stream, "close"), "None");
  EXPECT_EQ(file.content(), "abc");
  for (const char* const method : {"read", "readline", "flush", "tell", "__next__", "__enter__"})
    EXPECT_EQ(said(stream, method), "ValueError: I/O operation on closed file.") << method;
  EXPECT_EQ(said(stream, "write", {"x"}), "ValueError: I/O operation on closed file.");
  EXPECT_EQ(said(stream, "close"), "None");
}

TEST_F(TextIoTest, WritesWhatIsLeftWhenItEnds) {
  const TemporaryFile file;
  { EXPECT_EQ(said(writer(file, {"utf-8"}), "write", {"abc"}), "3"); }
  EXPECT_EQ(file.content(), "abc");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
