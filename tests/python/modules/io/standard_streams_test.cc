#include "python/modules/io/standard_streams.h"

#include <sys/wait.h>

#include "objects/model/unraisable.h"
#include "python/modules/io/text_io.h"
#include "runtime/lifecycle.h"
#include "tests/python/modules/io/streams.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// A standard descriptor that leads to a file for the length of a test.
class Redirected {
 public:
  Redirected(int fd, const TemporaryFile& file, int flags) : fd_(fd), before_(dup(fd)) {
    const int to = ::open(file.path().c_str(), flags);
    EXPECT_EQ(dup2(to, fd_), fd_);
    ::close(to);
  }
  ~Redirected() {
    dup2(before_, fd_);
    ::close(before_);
  }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;

 private:
  const int fd_;
  const int before_;
};

class StandardStreamsTest : public ObjectsTest {
 protected:
  StandardStreams streams_;
};

TEST_F(StandardStreamsTest, AreAsPythonHasThem) {
  const TemporaryFile in("äöü\r\nx");
  const TemporaryFile out;
  const TemporaryFile error;
  {
    const Redirected redirected_in(0, in, O_RDONLY);
    const Redirected redirected_out(1, out, O_WRONLY);
    const Redirected redirected_error(2, error, O_WRONLY);
    ASSERT_EQ(make_standard_streams({}, streams_), Status::kDone);
    EXPECT_EQ(shown(streams_.in), "<_io.TextIOWrapper name='<stdin>' mode='r' encoding='utf-8'>");
    EXPECT_EQ(shown(streams_.out), "<_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>");
    EXPECT_EQ(shown(streams_.error),
              "<_io.TextIOWrapper name='<stderr>' mode='w' encoding='utf-8'>");
    EXPECT_EQ(shown(get(streams_.out, "line_buffering")), "False");
    EXPECT_EQ(shown(get(streams_.error, "line_buffering")), "True");
    EXPECT_EQ(shown(get(streams_.error, "errors")), "'backslashreplace'");
    EXPECT_EQ(said(streams_.in, "readline"), R"('äöü\r\n')");
    EXPECT_EQ(said(streams_.out, "write", {"to be flushed\n"}), "14");
    EXPECT_EQ(said(streams_.error, "write", {"now\n"}), "4");
    EXPECT_EQ(out.content(), "");
    EXPECT_EQ(error.content(), "now\n");
    EXPECT_TRUE(flush_standard_streams(streams_.out.value(), streams_.error.value()));
    EXPECT_EQ(out.content(), "to be flushed\n");
    // Descriptors stay open when the objects end.
    streams_ = StandardStreams();
    EXPECT_GE(::fcntl(1, F_GETFD), 0);
  }
}

TEST_F(StandardStreamsTest, WriteAtOnceIfTheyAreUnbuffered) {
  const TemporaryFile out;
  const Redirected redirected(1, out, O_WRONLY);
  ASSERT_EQ(make_standard_streams({.is_unbuffered = true}, streams_), Status::kDone);
  EXPECT_EQ(said(streams_.out, "write", {"abc"}), "3");
  EXPECT_EQ(out.content(), "abc");
}

TEST_F(StandardStreamsTest, HaveTheEncodingThatTheUserWants) {
  const TemporaryFile out;
  const Redirected redirected(1, out, O_WRONLY);
  ASSERT_EQ(make_standard_streams({.encoding = "latin-1", .errors = "replace"}, streams_),
            Status::kDone);
  EXPECT_EQ(said(streams_.out, "write", {"ü€"}), "2");
  EXPECT_TRUE(flush_standard_streams(streams_.out.value(), Value::kNone));
  EXPECT_EQ(out.content(), "\xfc?");
  EXPECT_EQ(shown(get(streams_.error, "errors")), "'backslashreplace'");
}

TEST_F(StandardStreamsTest, ADescriptorThatIsNotThereIsNone) {
  const int before = dup(0);
  ::close(0);
  EXPECT_EQ(make_standard_streams({}, streams_), Status::kDone);
  EXPECT_EQ(dup2(before, 0), 0);
  ::close(before);
  EXPECT_TRUE(streams_.in.value().is_none());
}

TEST_F(StandardStreamsTest, WhatCannotBeFlushedIsReported) {
  static int reports;
  reports = 0;
  const Redirected redirected(1, TemporaryFile(), O_WRONLY);
  ASSERT_EQ(make_standard_streams({}, streams_), Status::kDone);
  EXPECT_EQ(said(streams_.out, "write", {"lost"}), "4");
  const int full = ::open("/dev/full", O_WRONLY);
  dup2(full, 1);
  ::close(full);
  set_unraisable_hook([](Error error, Value) noexcept { reports += error ? 1 : 0; });
  EXPECT_FALSE(flush_standard_streams(streams_.out.value(), streams_.error.value()));
  set_unraisable_hook(nullptr);
  EXPECT_EQ(reports, 1);
}

// Another thread has the lock of stdin, and is not in the child.
TEST_F(StandardStreamsTest, AForkedChildHasTheirLocks) {
  if constexpr (kAddressSanitizer) GTEST_SKIP() << "its allocator cannot be forked in use";
  Pipe pipe;
  const int before = dup(0);
  ASSERT_EQ(dup2(pipe.reader(), 0), 0);
  ASSERT_EQ(make_standard_streams({}, streams_), Status::kDone);
  std::thread other =
      attached([this](Thread&) { EXPECT_EQ(said(streams_.in, "read", {1}), "'x'"); });
  auto& text = static_cast<TextIo&>(*streams_.in.value().object());
  EXPECT_TRUE(eventually_at_safepoints([&] { return text.stream_lock().is_held(); }));
  const int child = Lifecycle::fork();
  if (child == 0) _exit(text.stream_lock().is_held() ? 1 : 0);
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  ASSERT_EQ(::write(pipe.writer(), "xyz", 3), 3);
  pipe.close_writer();
  join_detached(other);
  dup2(before, 0);
  ::close(before);
}

TEST_F(StandardStreamsTest, FlushingAsksNothingOfWhatIsClosedOrGone) {
  EXPECT_TRUE(flush_standard_streams(Value::kNone, Value::kNone));
  const TemporaryFile file;
  const Ref<> closed = make("FileIO", {file.path(), "w"});
  EXPECT_EQ(said(closed, "close"), "None");
  EXPECT_TRUE(flush_standard_streams(closed.value(), Value::kNone));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
