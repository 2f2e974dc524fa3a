#include "python/modules/io/io_base.h"

#include "objects/types/bytearray.h"
#include "objects/types/list.h"
#include "objects/types/memoryview.h"
#include "objects/types/type_object.h"
#include "tests/python/modules/io/streams.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class IoBaseTest : public ObjectsTest {
 protected:
  static Type& type(std::string_view name) {
    return static_cast<Type&>(*io_name(name).value().object());
  }
};

// A raw stream of a program: gives what is in `content`, three bytes at a time.
struct Source {
  static inline std::string content;
  static inline int closes;

  static Ref<> readinto(std::span<const Value> arguments) {
    const std::string part = content.substr(0, 3);
    content.erase(0, part.size());
    const Ref<> view = Ref<>::of(arguments[1]);
    const Ref<> slice =
        Slice::make(Special::kNone, an_int(static_cast<std::int64_t>(part.size())), Special::kNone);
    EXPECT_EQ(set_item(view.value(), slice.value(), bytes(part)), Status::kDone);
    return an_int(static_cast<std::int64_t>(part.size()));
  }
  static Ref<> readable(std::span<const Value>) { return Special::kTrue; }
  static Ref<> close(std::span<const Value> arguments) {
    ++closes;
    return call_given(get(io_name("_RawIOBase"), "close").value(), {arguments[0]});
  }
};

TEST_F(IoBaseTest, CanDoNothingByItself) {
  const Ref<> stream = make("_IOBase");
  for (const char* const method : {"seek", "fileno", "truncate"})
    EXPECT_EQ(said(stream, method,
                   std::string(method) == "seek" ? std::vector<Given>{0} : std::vector<Given>{}),
              std::string("UnsupportedOperation: ") + method);
  EXPECT_EQ(said(stream, "tell"), "UnsupportedOperation: seek");
  for (const char* const method : {"seekable", "readable", "writable", "isatty"})
    EXPECT_EQ(said(stream, method), "False");
  EXPECT_EQ(said(stream, "_checkReadable"),
            "UnsupportedOperation: File or stream is not readable.");
  EXPECT_EQ(said(stream, "readline"), "AttributeError: '_IOBase' object has no attribute 'read'");
  EXPECT_EQ(said(make("_RawIOBase"), "read"), "NotImplementedError: ");
  EXPECT_EQ(said(make("_BufferedIOBase"), "read1"), "UnsupportedOperation: read1");
  EXPECT_EQ(said(make("_TextIOBase"), "readline"), "UnsupportedOperation: readline");
  EXPECT_EQ(shown(get(make("_TextIOBase"), "encoding")), "None");
  EXPECT_EQ(shown(make("_RawIOBase", {1})), "TypeError: _RawIOBase() takes no arguments");
}

TEST_F(IoBaseTest, IsClosedOnceAndThenRefuses) {
  const Ref<> stream = make("_IOBase");
  EXPECT_EQ(shown(get(stream, "closed")), "False");
  EXPECT_EQ(said(stream, "__enter__").substr(0, 13), "<_io._IOBase ");
  EXPECT_EQ(said(stream, "__exit__", {kNothing, kNothing, kNothing}), "None");
  EXPECT_EQ(shown(get(stream, "closed")), "True");
  EXPECT_EQ(said(stream, "close"), "None");
  for (const char* const method : {"flush", "isatty", "__enter__", "__iter__", "_checkClosed"})
    EXPECT_EQ(said(stream, method), "ValueError: I/O operation on closed file.") << method;
}

TEST_F(IoBaseTest, TypesStandOnEachOtherAndHaveAModule) {
  EXPECT_TRUE(type("FileIO").is_subtype_of(type("_RawIOBase")));
  EXPECT_TRUE(type("BufferedReader").is_subtype_of(type("_BufferedIOBase")));
  EXPECT_TRUE(type("TextIOWrapper").is_subtype_of(type("_IOBase")));
  EXPECT_EQ(shown(io_name("FileIO")), "<class '_io.FileIO'>");
  EXPECT_EQ(shown(io_name("UnsupportedOperation")), "<class 'io.UnsupportedOperation'>");
  EXPECT_TRUE(type("UnsupportedOperation").is_subtype_of(exception_type(ErrorKind::kOs)));
  EXPECT_TRUE(type("UnsupportedOperation").is_subtype_of(exception_type(ErrorKind::kValue)));
}

// As the module io does it: class RawIOBase(_io._RawIOBase, IOBase).
TEST_F(IoBaseTest, AProgramCombinesTheTypes) {
  Type& base = a_class("IOBase", {&type("_IOBase")});
  Type& raw = a_class("RawIOBase", {&type("_RawIOBase"), &base});
  Type& mine = a_class("MyIO", {&raw}, std::move(Body().method("readinto", Source::readinto)));
  Source::content = "ab\ncdef\ngh";
  const Ref<> stream = new_of(mine);
  EXPECT_EQ(said(stream, "read", {8}), "b'ab\\n'");
  EXPECT_EQ(said(stream, "readall"), "b'cdef\\ngh'");
}

TEST_F(IoBaseTest, AProgramsStreamIsReadThroughABuffer) {
  Type& mine = a_class("MyIO", {&type("_RawIOBase")},
                       std::move(Body()
                                     .method("readinto", Source::readinto)
                                     .method("readable", Source::readable)
                                     .method("close", Source::close)));
  Source::content = "ab\ncdef\ngh";
  Source::closes = 0;
  {
    const Ref<> buffered = make("BufferedReader", {new_of(mine)});
    const Ref<> lines = make("TextIOWrapper", {buffered, "utf-8"});
    EXPECT_EQ(said(lines, "readline"), "'ab\\n'");
    EXPECT_EQ(said(lines, "readlines"), "['cdef\\n', 'gh']");
  }
  EXPECT_GE(Source::closes, 1);
}

TEST_F(IoBaseTest, HasAttributesOfItsOwn) {
  const Ref<> stream = make("_RawIOBase");
  EXPECT_EQ(set(stream, "mine", an_int(5)), Status::kDone);
  EXPECT_EQ(shown(get(stream, "mine")), "5");
  EXPECT_EQ(shown(get(stream, "__dict__")), "{'mine': 5}");
}

TEST_F(IoBaseTest, ReadsAndWritesLines) {
  const TemporaryFile file("a\nbcd\nef\n");
  const Ref<> stream = make("FileIO", {file.path(), "r+"});
  EXPECT_EQ(said(stream, "readlines", {3}), "[b'a\\n', b'bcd\\n']");
  EXPECT_EQ(said(stream, "__next__"), "b'ef\\n'");
  EXPECT_EQ(said(stream, "__next__"), "StopIteration: ");
  EXPECT_EQ(said(stream, "seek", {0}), "0");
  EXPECT_EQ(said(stream, "readline", {3}), "b'a\\n'");
  EXPECT_EQ(said(stream, "readline", {3}), "b'bcd'");
  EXPECT_EQ(said(stream, "readlines", {"x"}),
            "TypeError: argument should be integer or None, not 'str'");
  EXPECT_EQ(said(stream, "writelines", {Ref<>(List::of(bytes("x"), bytes("yz")))}), "None");
  EXPECT_EQ(file.content(), "a\nbcdxyz\n");
  EXPECT_EQ(said(stream, "writelines", {5}), "TypeError: 'int' object is not iterable");
}

TEST_F(IoBaseTest, IsNotPickled) {
  const Ref<> stream = make("FileIO", {"/dev/null"});
  EXPECT_EQ(said(stream, "__reduce_ex__", {2}), "TypeError: cannot pickle '_io.FileIO' object");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
