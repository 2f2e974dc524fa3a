#include "python/modules/io/open.h"

#include "python/modules/io/locale.h"
#include "tests/objects/python_oracle.h"
#include "tests/python/modules/io/streams.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using OpenTest = ObjectsTest;

TEST_F(OpenTest, ChoosesWhatTheModeNeeds) {
  const TemporaryFile file("abc\n");
  const auto opened = [&](const char* mode, int buffering = -1) {
    const Ref<> stream = make("open", {file.path(), mode, buffering});
    return stream ? std::string(type_of(stream.value()).name()) : shown(stream);
  };
  EXPECT_EQ(opened("r"), "TextIOWrapper");
  EXPECT_EQ(opened("rt"), "TextIOWrapper");
  EXPECT_EQ(opened("rb"), "BufferedReader");
  EXPECT_EQ(opened("rb+"), "BufferedRandom");
  EXPECT_EQ(opened("ab"), "BufferedWriter");
  EXPECT_EQ(opened("rb", 0), "FileIO");
  EXPECT_EQ(opened("rb", 1), "BufferedReader");
  EXPECT_EQ(opened("r", 0), "ValueError: can't have unbuffered text I/O");
  EXPECT_EQ(opened("r", -2), "TextIOWrapper");
}

TEST_F(OpenTest, RefusesModesThatMeanNothing) {
  const auto refused = [](const std::vector<Given>& given) { return shown(make("open", given)); };
  EXPECT_EQ(refused({"/etc/passwd", "rw"}),
            "ValueError: must have exactly one of create/read/write/append mode");
  EXPECT_EQ(refused({"/etc/passwd", "b"}),
            "ValueError: Must have exactly one of create/read/write/append mode and at most one "
            "plus");
  EXPECT_EQ(refused({"/etc/passwd", "rr"}), "ValueError: invalid mode: 'rr'");
  EXPECT_EQ(refused({"/etc/passwd", "q"}), "ValueError: invalid mode: 'q'");
  EXPECT_EQ(refused({"/etc/passwd", "rtb"}), "ValueError: can't have text and binary mode at once");
  EXPECT_EQ(refused({"/etc/passwd", 5}), "TypeError: open() argument 'mode' must be str, not int");
  EXPECT_EQ(refused({"/etc/passwd", "rb", -1, "x"}),
            "ValueError: binary mode doesn't take an encoding argument");
  EXPECT_EQ(refused({"/etc/passwd", "rb", -1, kNothing, "x"}),
            "ValueError: binary mode doesn't take an errors argument");
  EXPECT_EQ(refused({"/etc/passwd", "rb", -1, kNothing, kNothing, "x"}),
            "ValueError: binary mode doesn't take a newline argument");
  EXPECT_EQ(refused({kNothing}),
            "TypeError: expected str, bytes or os.PathLike object, not NoneType");
  EXPECT_EQ(refused({"/no/such"}),
            "FileNotFoundError: [Errno 2] No such file or directory: '/no/such'");
}

TEST_F(OpenTest, SaysWhatItIs) {
  const TemporaryFile file;
  EXPECT_EQ(shown(make("open", {file.path(), "w", -1, "utf-8"})),
            "<_io.TextIOWrapper name='" + file.path() + "' mode='w' encoding='utf-8'>");
  EXPECT_EQ(shown(make("open", {bytes(file.path()), "rb"})),
            "<_io.BufferedReader name=b'" + file.path() + "'>");
  EXPECT_EQ(said(make("open_code", {file.path()}), "read"), "b''");
  EXPECT_EQ(shown(make("open_code", {5})),
            "TypeError: open_code() argument 'path' must be str, not int");
  EXPECT_EQ(shown(make("text_encoding", {kNothing})), "'locale'");
  EXPECT_EQ(shown(make("text_encoding", {"x"})), "'x'");
}

TEST_F(OpenTest, WritesWhatItReads) {
  const TemporaryFile file;
  {
    const Ref<> stream = make("open", {file.path(), "w+", -1, "utf-8"});
    EXPECT_EQ(said(stream, "write", {"zwölf\n"}), "6");
    EXPECT_EQ(said(stream, "seek", {0}), "0");
    EXPECT_EQ(said(stream, "read"), "'zwölf\\n'");
    EXPECT_EQ(said(stream, "write", {"x"}), "1");
    EXPECT_EQ(said(stream, "tell"), "8");
  }
  EXPECT_EQ(file.content(), "zwölf\nx");
  const Ref<> more = make("open", {file.path(), "a", -1, "utf-8"});
  EXPECT_EQ(said(more, "tell"), "8");
  EXPECT_EQ(said(more, "write", {"y"}), "1");
  EXPECT_EQ(said(more, "close"), "None");
  EXPECT_EQ(file.content(), "zwölf\nxy");
}

TEST_F(OpenTest, ClosesTheFileIfTheRestFails) {
  const int next = ::dup(0);
  ::close(next);
  EXPECT_EQ(shown(make("open", {"/dev/null", "r", -1, "no such"})),
            "LookupError: unknown encoding: no such");
  const int again = ::dup(0);
  EXPECT_EQ(again, next);
  ::close(again);
}

TEST_F(OpenTest, AsksObjectsForTheirPaths) {
  const TemporaryFile file("abc");
  static std::string path;
  path = file.path();
  Type& type = a_class(
      "Path", {&object_type()},
      std::move(Body().method("__fspath__", [](std::span<const Value>) { return a_str(path); })));
  EXPECT_EQ(said(make("open", {new_of(type)}), "read"), "'abc'");
}

TEST_F(OpenTest, TakesTheEncodingOfTheLocale) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.expect("open('/dev/null').encoding == " + shown(locale_encoding()));
  EXPECT_EQ(python.finish(), 0) << "lines above were false";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
