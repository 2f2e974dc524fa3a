#include "objects/types/exception_os.h"

#include <cerrno>
#include <sstream>

#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ExceptionOsTest : public ExceptionsTest {};

TEST_F(ExceptionOsTest, TheNumberChoosesTheClass) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const Ref<Str> text = str_of("no");
  for (int number = -1; number < 140; ++number) {
    const Ref<Exception> error =
        called(BuiltinException::kOSError, {Value::of_int(number), text.value()});
    std::ostringstream line;
    line << "type(OSError(" << number << ", \"no\")) is " << type_of(*error).name();
    python.expect(line.str());
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ExceptionOsTest, OnlyOfOsErrorItself) {
  const Ref<Str> text = str_of("no");
  const Ref<Exception> error =
      called(BuiltinException::kPermissionError, {Value::of_int(ENOENT), text.value()});
  EXPECT_EQ(type_of(*error).name(), "PermissionError");
  const Ref<Exception> alone = called(BuiltinException::kOSError, {Value::of_int(ENOENT)});
  EXPECT_EQ(type_of(*alone).name(), "OSError");
  EXPECT_FALSE(alone->extra(extra::kOsErrno));
}

TEST_F(ExceptionOsTest, FilesAreNoArguments) {
  const Ref<Str> text = str_of("no");
  const Ref<Str> file = str_of("f");
  const Ref<Exception> error =
      called(BuiltinException::kOSError,
             {Value::of_int(ENOENT), text.value(), file.value(), Value::kNone, text.value()});
  EXPECT_EQ(error->args()->size(), 2U);
  EXPECT_EQ(error->extra(extra::kOsFile).value(), file.value());
  EXPECT_EQ(error->extra(extra::kOsFile2).value(), text.value());
  const Ref<Exception> none =
      called(BuiltinException::kOSError, {Value::of_int(ENOENT), text.value(), Value::kNone});
  EXPECT_EQ(none->args()->size(), 3U);
  EXPECT_FALSE(none->extra(extra::kOsFile));
}

TEST_F(ExceptionOsTest, WhoBlockedMayHaveWritten) {
  const Ref<Str> text = str_of("no");
  const Ref<Exception> error = called(BuiltinException::kBlockingIOError,
                                      {Value::of_int(EAGAIN), text.value(), Value::of_int(5)});
  EXPECT_EQ(error->extra(extra::kOsWritten).value(), Value::of_int(5));
  EXPECT_FALSE(error->extra(extra::kOsFile));
  EXPECT_EQ(error->args()->size(), 3U);
  const Ref<> large = parse_int("100000000000000000000", 10);
  EXPECT_FALSE(called(BuiltinException::kBlockingIOError,
                      {Value::of_int(EAGAIN), text.value(), large.value()}));
  EXPECT_EQ(taken_text(), "ValueError: cannot fit 'int' into an index-sized integer");
}

TEST_F(ExceptionOsTest, RaisedWithTheSystemsText) {
  EXPECT_TRUE(failed(Status(raise_os_error(ENOENT, str_of("f")))));
  EXPECT_EQ(taken_text(), "FileNotFoundError: [Errno 2] No such file or directory: 'f'");
  raise_os_error(EINTR, Ref<>());
  EXPECT_EQ(taken_text(), "InterruptedError: [Errno 4] Interrupted system call");
  raise_os_error(9'999, Ref<>());
  EXPECT_EQ(taken_text(), "OSError: [Errno 9999] Unknown error 9999");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
