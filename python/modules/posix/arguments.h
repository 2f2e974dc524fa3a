// python/modules/posix/arguments.h: what functions of posix are given: paths, files, folders.
//
//     PathArgument path;
//     int folder = AT_FDCWD;
//     if (failed(path.take(arguments[0], {.function = "mkdir"})) ||
//         failed(read_folder(arguments[2], folder)))
//       return kRaised;
//     return none_of([&] { return ::mkdirat(folder, path.text(), mode); }, path.given());
//
// Attached threads. Runs __fspath__, __index__ and fileno of others.
// Tests: tests/python/language/posix_files.py
#pragma once

#include <string_view>

#include "objects/types/bytes.h"
#include "objects/types/int.h"
#include "objects/types/str.h"
#include "python/modules/io/system_call.h"

namespace orochi::inline OROCHI_DESIGN::posix {

class PathArgument {
 public:
  struct Rules {
    std::string_view function;
    std::string_view name = "path";
    bool may_be_file = false;  // the number of an open one
    bool may_be_none = false;  // stands for "."
  };
  // The value is borrowed for as long as this lives.
  [[nodiscard]] Status take(Value given, const Rules& rules) noexcept;

  [[nodiscard]] Value given() const noexcept { return given_; }
  [[nodiscard]] bool is_file() const noexcept { return file_ >= 0; }
  [[nodiscard]] int file() const noexcept { return file_; }
  // With a zero behind it. Requires: it is no file.
  [[nodiscard]] const char* text() const noexcept;
  // Results are to be bytes too.
  [[nodiscard]] bool is_bytes() const noexcept { return is_bytes_; }

 private:
  Value given_;
  Ref<Bytes> text_;
  int file_ = -1;
  bool is_bytes_ = false;
};

// None and what was not given: AT_FDCWD.
[[nodiscard]] Status read_folder(Value value, int& folder) noexcept;
// An int, or what fileno() says.
[[nodiscard]] Status read_file(Value value, int& file) noexcept;
// Of what may be false, or not given.
[[nodiscard]] Status read_flag(Value value, bool& flag) noexcept;
[[nodiscard]] Status read_number(Value value, std::int64_t& number) noexcept;

// As os.fsdecode.
[[nodiscard]] Ref<Str> decode_path(std::string_view path) noexcept;
[[nodiscard]] Ref<> path_result(std::string_view path, bool as_bytes) noexcept;

// Of an error that is about two files.
Raised raise_about_two(int number, Value file, Value second) noexcept;

// Calls the system; `about`: the file that an error names, or nothing.
template <class Call>
[[nodiscard]] Ref<> none_of(Call call, Value about = Value()) noexcept {
  const SystemResult result = call_blocking(call);
  if (result.has_failed()) return raise_failed(result, Ref<>::of(about));
  return Special::kNone;
}
template <class Call>
[[nodiscard]] Ref<> number_of(Call call, Value about = Value()) noexcept {
  const SystemResult result = call_blocking(call);
  if (result.has_failed()) return raise_failed(result, Ref<>::of(about));
  return make_int(result.value);
}

}  // namespace orochi::inline OROCHI_DESIGN::posix
