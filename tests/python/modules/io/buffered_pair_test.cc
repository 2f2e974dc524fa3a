#include "python/modules/io/buffered_pair.h"

#include "tests/python/modules/io/streams.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using BufferedPairTest = ObjectsTest;

TEST_F(BufferedPairTest, ReadsFromOneAndWritesToTheOther) {
  const TemporaryFile in("abc\ndef");
  const TemporaryFile out;
  const Ref<> reader = make("FileIO", {in.path()});
  const Ref<> writer = make("FileIO", {out.path(), "w"});
  const Ref<> pair = make("BufferedRWPair", {reader, writer});
  EXPECT_EQ(said(pair, "readline"), "b'abc\\n'");
  EXPECT_EQ(said(pair, "peek"), "b'def'");
  EXPECT_EQ(said(pair, "write", {bytes("xyz")}), "3");
  EXPECT_EQ(said(pair, "read", {2}), "b'de'");
  EXPECT_EQ(out.content(), "");
  EXPECT_EQ(said(pair, "flush"), "None");
  EXPECT_EQ(out.content(), "xyz");
  EXPECT_EQ(said(pair, "readable"), "True");
  EXPECT_EQ(said(pair, "writable"), "True");
  EXPECT_EQ(said(pair, "isatty"), "False");
  EXPECT_EQ(said(pair, "close"), "None");
  EXPECT_EQ(shown(get(pair, "closed")), "True");
  EXPECT_EQ(shown(get(reader, "closed")), "True");
}

TEST_F(BufferedPairTest, RefusesWhatItCannotUse) {
  const Ref<> raw = make("FileIO", {"/dev/null"});
  EXPECT_EQ(shown(make("BufferedRWPair", {raw, raw})),
            "UnsupportedOperation: File or stream is not writable.");
  EXPECT_EQ(shown(make("BufferedRWPair", {raw, 5})),
            "AttributeError: 'int' object has no attribute 'writable'");
  const Ref<> type = io_name("BufferedRWPair");
  const Ref<> blank = call_given(get(type, "__new__").value(), {type});
  EXPECT_EQ(said(blank, "read"), "ValueError: I/O operation on uninitialized object");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
