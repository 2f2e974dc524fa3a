// tests/python/modules/io/streams.h: using the module _io as a program does: by names.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "objects/types/bytes.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "python/modules/native_module.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// What calls take: numbers, text, bytes, other values.
class Given {
 public:
  Given(int number) : value_(make_int(number)) {}                    // NOLINT(*-explicit-*)
  Given(std::int64_t number) : value_(make_int(number)) {}           // NOLINT(*-explicit-*)
  Given(bool truth) : value_(Value::of_bool(truth).as_special()) {}  // NOLINT(*-explicit-*)
  Given(const char* text) : value_(Str::of_utf8(text)) {}            // NOLINT(*-explicit-*)
  Given(const std::string& text) : value_(Str::of_utf8(text)) {}     // NOLINT(*-explicit-*)
  Given(Value value) : value_(Ref<>::of(value)) {}                   // NOLINT(*-explicit-*)
  Given(const Ref<>& value) : value_(value.share()) {}               // NOLINT(*-explicit-*)
  Given(const Given& other) : value_(other.value_.share()) {}
  Given& operator=(const Given& other) {
    value_ = other.value_.share();
    return *this;
  }
  [[nodiscard]] Value value() const { return value_.value(); }

 private:
  Ref<> value_;
};
[[nodiscard]] inline Ref<> bytes(std::string_view text) {
  return Bytes::of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}
inline const Value kNothing = Value::kNone;

// By its name in io. The module is made once.
[[nodiscard]] inline Ref<> io_name(std::string_view attribute) {
  static const Value module = Ref<>(make_native_module(*find_native_module("_io"))).release();
  return get(module, attribute);
}
[[nodiscard]] inline Ref<> call_given(Value callee, const std::vector<Given>& given) {
  std::vector<Value> values;
  for (const Given& each : given) values.push_back(each.value());
  return call(callee, {values.data(), values.size(), nullptr});
}
// io.name(...)
[[nodiscard]] inline Ref<> make(std::string_view attribute, const std::vector<Given>& given = {}) {
  return call_given(io_name(attribute).value(), given);
}
// stream.method(...)
[[nodiscard]] inline Ref<> ask(const Ref<>& stream, std::string_view method,
                               const std::vector<Given>& given = {}) {
  const Ref<> bound = get(stream, method);
  return bound ? call_given(bound.value(), given) : Ref<>();
}

// repr(value); of a failure the exception: "ValueError: I/O operation on closed file."
[[nodiscard]] inline std::string shown(const Ref<>& value) {
  if (value) {
    const Ref<> text = repr(value.value());
    return text ? std::string(Utf8Text(text.as<Str>()).view()) : "no repr";
  }
  const Ref<Exception> raised = take_exception();
  const Ref<> text = str(raised.value());
  return std::string(type_of(*raised).name()) + ": " +
         (text ? std::string(Utf8Text(text.as<Str>()).view()) : "");
}
[[nodiscard]] inline std::string said(const Ref<>& stream, std::string_view method,
                                      const std::vector<Given>& given = {}) {
  return shown(ask(stream, method, given));
}

// A file that ends with the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content = {}) {
    const int fd = mkstemp(path_.data());
    EXPECT_EQ(::write(fd, content.data(), content.size()), static_cast<ssize_t>(content.size()));
    ::close(fd);
  }
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string content() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::string path_ = "/tmp/orochi_io_" + std::string(6, 'X');
};

class Pipe {
 public:
  explicit Pipe(int flags = 0) { EXPECT_EQ(pipe2(ends_, flags | O_CLOEXEC), 0); }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] int reader() const { return ends_[0]; }
  [[nodiscard]] int writer() const { return ends_[1]; }
  void close_reader() { end(ends_[0]); }
  void close_writer() { end(ends_[1]); }

 private:
  static void end(int& fd) {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }
  int ends_[2] = {-1, -1};
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
