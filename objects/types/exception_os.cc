#include "objects/types/exception_os.h"

#include <array>
#include <cerrno>
#include <cstring>

#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/str_builder.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct Meaning {
  int number;
  BuiltinException which;
};

constexpr Meaning kMeanings[] = {
    {EAGAIN, BuiltinException::kBlockingIOError},
    {EALREADY, BuiltinException::kBlockingIOError},
    {EINPROGRESS, BuiltinException::kBlockingIOError},
    {EWOULDBLOCK, BuiltinException::kBlockingIOError},
    {EPIPE, BuiltinException::kBrokenPipeError},
    {ESHUTDOWN, BuiltinException::kBrokenPipeError},
    {ECHILD, BuiltinException::kChildProcessError},
    {ECONNABORTED, BuiltinException::kConnectionAbortedError},
    {ECONNREFUSED, BuiltinException::kConnectionRefusedError},
    {ECONNRESET, BuiltinException::kConnectionResetError},
    {EEXIST, BuiltinException::kFileExistsError},
    {ENOENT, BuiltinException::kFileNotFoundError},
    {EISDIR, BuiltinException::kIsADirectoryError},
    {ENOTDIR, BuiltinException::kNotADirectoryError},
    {EINTR, BuiltinException::kInterruptedError},
    {EACCES, BuiltinException::kPermissionError},
    {EPERM, BuiltinException::kPermissionError},
    {ESRCH, BuiltinException::kProcessLookupError},
    {ETIMEDOUT, BuiltinException::kTimeoutError},
};

constexpr std::size_t kFile = 2;
constexpr std::size_t kSecondFile = 4;  // behind a number that only Windows has

[[nodiscard]] bool has_fields(const Tuple& args) noexcept {
  return args.size() >= 2 && args.size() <= 5;
}

[[nodiscard]] Ref<> unless_none(Ref<> value) noexcept {
  return value.value().is_none() ? Ref<>() : std::move(value);
}

// The third argument of a BlockingIOError may say how much was written before it blocked.
[[nodiscard]] bool takes_count(const Exception& self, Value third) noexcept {
  return &type_of(self) == &exception_type(BuiltinException::kBlockingIOError) && is_int(third);
}

[[nodiscard]] Status set_count(Exception& self, Value count) noexcept {
  if (index_of(count).kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kValue, {"cannot fit 'int' into an index-sized integer"});
  self.set_extra(extra::kOsWritten, make_int(index_of(count).number));
  return Status::kDone;
}

// Names of files are in fields of their own, not among the arguments.
[[nodiscard]] Status set_files(Exception& self, const Tuple& args) noexcept {
  if (args[kFile].is_none()) return Status::kDone;
  self.set_extra(extra::kOsFile, args.load(kFile));
  if (args.size() > kSecondFile)
    self.set_extra(extra::kOsFile2, unless_none(args.load(kSecondFile)));
  Ref<Tuple> first_two = Tuple::of(args.load(0), args.load(1));
  if (!first_two) return kRaised;
  self.set_args(std::move(first_two));
  return Status::kDone;
}

[[nodiscard]] Ref<Str> text_of(int number) noexcept {
  if (const char* const text = strerrordesc_np(number)) return Str::of_ascii(text);
  StrBuilder text;
  text.add("Unknown error ");
  text.add_number(number);
  return text.finish();
}

}  // namespace

Type& os_error_type_for(const Tuple& args) noexcept {
  if (has_fields(args)) {
    const Index number = index_of(args[0]);
    for (const Meaning& meaning : kMeanings) {
      if (number.kind == IndexKind::kInside && number.number == meaning.number)
        return exception_type(meaning.which);
    }
  }
  return exception_type(BuiltinException::kOSError);
}

Status set_os_error(Exception& self, Ref<Tuple> args) noexcept {
  if (!has_fields(*args)) return Status::kDone;
  self.set_extra(extra::kOsErrno, args->load(0));
  self.set_extra(extra::kOsText, args->load(1));
  if (args->size() <= kFile) return Status::kDone;
  return takes_count(self, (*args)[kFile]) ? set_count(self, (*args)[kFile])
                                           : set_files(self, *args);
}

Raised raise_os_error(int number, Ref<> file) noexcept {
  const Ref<Str> shown = text_of(number);
  if (!shown) return kRaised;
  const std::array values{Value::of_int(number), shown.value(), file.value()};
  Type& type = exception_type(BuiltinException::kOSError);
  return raise_exception(
      call_exception_type(type, {values.data(), file ? values.size() : std::size_t{2}, nullptr}));
}

}  // namespace orochi::inline OROCHI_DESIGN
