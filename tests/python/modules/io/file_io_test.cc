#include "python/modules/io/file_io.h"

#include <sys/stat.h>

#include "objects/types/bytearray.h"
#include "tests/python/modules/io/streams.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using FileIoTest = ObjectsTest;

TEST_F(FileIoTest, ReadsAndWrites) {
  const TemporaryFile file("abc\ndef\n");
  const Ref<> reader = make("FileIO", {file.path()});
  EXPECT_EQ(said(reader, "read", {2}), "b'ab'");
  EXPECT_EQ(said(reader, "readline"), "b'c\\n'");
  EXPECT_EQ(said(reader, "tell"), "4");
  EXPECT_EQ(said(reader, "readall"), "b'def\\n'");
  EXPECT_EQ(said(reader, "read", {5}), "b''");
  EXPECT_EQ(said(reader, "seek", {-3, 2}), "5");
  EXPECT_EQ(said(reader, "read"), "b'ef\\n'");
  EXPECT_EQ(said(reader, "write", {bytes("x")}), "UnsupportedOperation: File not open for writing");
  EXPECT_EQ(said(reader, "close"), "None");

  const Ref<> writer = make("FileIO", {file.path(), "wb"});
  EXPECT_EQ(said(writer, "write", {bytes("12345")}), "5");
  EXPECT_EQ(said(writer, "read", {5}), "UnsupportedOperation: File not open for reading");
  EXPECT_EQ(said(writer, "truncate", {3}), "3");
  EXPECT_EQ(said(writer, "tell"), "5");
  EXPECT_EQ(file.content(), "123");
}

TEST_F(FileIoTest, ReadsIntoABuffer) {
  const TemporaryFile file("abcdef");
  const Ref<> reader = make("FileIO", {file.path()});
  const Ref<Bytearray> room = Bytearray::make_blank(4);
  EXPECT_EQ(said(reader, "readinto", {room.value()}), "4");
  EXPECT_EQ(shown(room.share()), "bytearray(b'abcd')");
  EXPECT_EQ(said(reader, "readinto", {room.value()}), "2");
  EXPECT_EQ(shown(room.share()), "bytearray(b'efcd')");
  EXPECT_EQ(said(reader, "readinto", {bytes("abc")}),
            "TypeError: readinto() argument must be read-write bytes-like object, not bytes");
  EXPECT_EQ(said(reader, "readinto", {5}),
            "TypeError: readinto() argument must be read-write bytes-like object, not int");
}

TEST_F(FileIoTest, SaysHowItWasOpened) {
  const TemporaryFile file;
  for (const auto& [mode, shown_as] :
       std::vector<std::pair<const char*, const char*>>{{"r", "'rb'"},
                                                        {"r+", "'rb+'"},
                                                        {"w", "'wb'"},
                                                        {"w+b", "'rb+'"},
                                                        {"ab", "'ab'"},
                                                        {"a+", "'ab+'"}}) {
    const Ref<> stream = make("FileIO", {file.path(), mode});
    EXPECT_EQ(shown(get(stream, "mode")), shown_as);
    EXPECT_EQ(shown(stream),
              "<_io.FileIO name='" + file.path() + "' mode=" + shown_as + " closefd=True>");
  }
  EXPECT_EQ(shown(make("FileIO", {file.path(), "x"})),
            "FileExistsError: [Errno 17] File exists: '" + file.path() + "'");
}

TEST_F(FileIoTest, RefusesModesThatMeanNothing) {
  constexpr const char* kBad =
      "ValueError: Must have exactly one of create/read/write/append mode and at most one plus";
  EXPECT_EQ(shown(make("FileIO", {"/etc/passwd", "rw"})), kBad);
  EXPECT_EQ(shown(make("FileIO", {"/etc/passwd", ""})), kBad);
  EXPECT_EQ(shown(make("FileIO", {"/etc/passwd", "r++"})), kBad);
  EXPECT_EQ(shown(make("FileIO", {"/etc/passwd", "x y"})), "ValueError: invalid mode: x y");
  EXPECT_EQ(shown(make("FileIO", {"/etc/passwd", 5})),
            "TypeError: FileIO() argument 'mode' must be str, not int");
}

TEST_F(FileIoTest, SaysWhatTheSystemSays) {
  EXPECT_EQ(shown(make("FileIO", {"/no/such"})),
            "FileNotFoundError: [Errno 2] No such file or directory: '/no/such'");
  EXPECT_EQ(shown(make("FileIO", {"/tmp"})),
            "IsADirectoryError: [Errno 21] Is a directory: '/tmp'");
  EXPECT_EQ(shown(make("FileIO", {9999})), "OSError: [Errno 9] Bad file descriptor");
  EXPECT_EQ(shown(make("FileIO", {-5})), "ValueError: negative file descriptor");
  EXPECT_EQ(shown(make("FileIO", {a_str(std::string_view("a\0b", 3))})),
            "ValueError: embedded null byte");
  EXPECT_EQ(shown(make("FileIO", {kNothing})),
            "TypeError: expected str, bytes or os.PathLike object, not NoneType");
  EXPECT_EQ(shown(make("FileIO", {"/etc/passwd", "r", false})),
            "ValueError: Cannot use closefd=False with file name");
}

TEST_F(FileIoTest, IsClosedOnce) {
  const TemporaryFile file("abc");
  const Ref<> stream = make("FileIO", {file.path()});
  EXPECT_EQ(shown(get(stream, "closed")), "False");
  EXPECT_EQ(said(stream, "close"), "None");
  EXPECT_EQ(said(stream, "close"), "None");
  EXPECT_EQ(shown(get(stream, "closed")), "True");
  EXPECT_EQ(shown(stream), "<_io.FileIO [closed]>");
  for (const char* const method : {"read", "readall", "readline", "fileno", "tell", "isatty",
                                   "readable", "writable", "seekable", "truncate"})
    EXPECT_EQ(said(stream, method), "ValueError: I/O operation on closed file") << method;
  for (const char* const method : {"flush", "__enter__", "__iter__", "readlines"})
    EXPECT_EQ(said(stream, method), "ValueError: I/O operation on closed file.") << method;
}

TEST_F(FileIoTest, EndsWithItsLastReferenceAndClosesItsDescriptor) {
  const TemporaryFile file("abc");
  int fd = -1;
  {
    const Ref<> stream = make("FileIO", {file.path()});
    fd = std::stoi(said(stream, "fileno"));
    EXPECT_GE(::fcntl(fd, F_GETFD), 0);
  }
  EXPECT_EQ(::fcntl(fd, F_GETFD), -1);
}

TEST_F(FileIoTest, LeavesADescriptorOpenThatIsNotItsOwn) {
  const Pipe pipe;
  { const Ref<> stream = make("FileIO", {pipe.writer(), "w", false}); }
  EXPECT_GE(::fcntl(pipe.writer(), F_GETFD), 0);
}

TEST_F(FileIoTest, AnOpenerChoosesTheDescriptor) {
  const TemporaryFile file("abc");
  static std::string path;
  path = file.path();
  const Ref<> opener = ProgramFunction::make([](std::span<const Value> arguments) {
    EXPECT_EQ(arguments.size(), 2U);
    return an_int(::open(path.c_str(), static_cast<int>(arguments[1].as_int())));
  });
  EXPECT_EQ(said(make("FileIO", {"any name", "r", true, opener}), "read"), "b'abc'");
  const Ref<> wrong = ProgramFunction::make([](std::span<const Value>) { return an_int(-7); });
  EXPECT_EQ(shown(make("FileIO", {"any name", "r", true, wrong})),
            "ValueError: opener returned -7");
  const Ref<> worse = ProgramFunction::make([](std::span<const Value>) { return a_str("x"); });
  EXPECT_EQ(shown(make("FileIO", {"any name", "r", true, worse})),
            "TypeError: expected integer from opener");
}

TEST_F(FileIoTest, WithoutWaitingThereMayBeNothing) {
  const Pipe pipe(O_NONBLOCK);
  const Ref<> reader = make("FileIO", {pipe.reader(), "r", false});
  EXPECT_EQ(said(reader, "read", {3}), "None");
  EXPECT_EQ(said(reader, "readall"), "None");
  const Ref<> writer = make("FileIO", {pipe.writer(), "w", false});
  while (ask(writer, "write", {bytes(std::string(65536, 'x'))}).value().is_int()) continue;
  EXPECT_EQ(said(writer, "write", {bytes("x")}), "None");
}

TEST_F(FileIoTest, ABlockedReaderIsInNobodysWay) {
  const Pipe pipe;
  std::thread other = attached([&pipe](Thread&) {
    const Ref<> reader = make("FileIO", {pipe.reader(), "r", false});
    EXPECT_EQ(said(reader, "read", {3}), "b'abc'");
  });
  {
    // Whoever stops the world does not wait for the reader.
    const StoppedWorld pause;
  }
  EXPECT_EQ(::write(pipe.writer(), "abc", 3), 3);
  join_detached(other);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
