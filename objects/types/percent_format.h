// objects/types/percent_format.h: `format % arguments`, in the manner of printf.
//
//     "%(name)-*.3s %05d"
//
// A str formats as `format_percent` does, bytes as objects/types/bytes_percent.h says. What both
// share stands below it: reading the format, taking arguments one after another, and numbers, which
// are ASCII in both.
//
// Attached threads. May run any code. Failures are in CPython's words.
// Tests: tests/objects/types/percent_format_test.cc
#pragma once

#include <cstdint>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// Empty: an exception is pending.
[[nodiscard]] Ref<Str> format_percent(const Str& format, Value arguments) noexcept;

// --- For texts of other kinds. ---

struct PercentSpec {
  bool is_left = false;       // -
  bool has_plus = false;      // +
  bool has_blank = false;     // a space
  bool is_alternate = false;  // #
  bool has_zero = false;      // 0
  std::int64_t width = -1;
  std::int64_t precision = -1;
  text::CodePoint type = 0;
};

// What is on the right of the %: a tuple of arguments, or one. A mapping may be asked by keys.
class PercentArguments {
 public:
  // Of which kind the format is: bytes are not asked by keys if they are the arguments of one.
  enum class Kind : bool { kStr, kBytes };
  PercentArguments(Value arguments, Kind kind) noexcept;

  [[nodiscard]] Ref<> next() noexcept;
  // The argument of a key is the next one.
  [[nodiscard]] Status choose(Value key) noexcept;
  [[nodiscard]] bool may_choose() const noexcept { return is_mapping_; }
  // Failed: some are left, and nobody can have meant that.
  [[nodiscard]] Status finish() const noexcept;

 private:
  Value all_;
  Kind kind_;
  Ref<> chosen_;
  std::size_t next_ = 0;
  std::size_t count_ = 1;
  bool is_tuple_;
  bool is_mapping_;
  bool has_chosen_ = false;
};

// Goes through a format. `Key` makes what a mapping is asked for from a part of the format.
class PercentReader {
 public:
  using KeyMaker = Ref<> (*)(text::View name) noexcept;
  PercentReader(text::View format, KeyMaker make_key) noexcept
      : format_(format), make_key_(make_key) {}

  // Reads the text up to the next %, and that. False: there is none, and this was the last text.
  [[nodiscard]] bool read_text(text::View& text) noexcept;
  // Behind a %: true, and it is taken: there is another one.
  [[nodiscard]] bool take_percent() noexcept;
  // Reads a specifier, whose stars take arguments.
  [[nodiscard]] Status read(PercentArguments& arguments, PercentSpec& spec) noexcept;
  Raised raise_unsupported(const PercentSpec& spec) const noexcept;

 private:
  [[nodiscard]] bool at_end() const noexcept { return at_ == format_.size; }
  [[nodiscard]] text::CodePoint peek() const noexcept { return at_end() ? 0 : format_[at_]; }
  [[nodiscard]] bool take_if(text::CodePoint point) noexcept;
  [[nodiscard]] Status read_key(PercentArguments& arguments) noexcept;
  void read_flags(PercentSpec& spec) noexcept;
  [[nodiscard]] Status read_width(PercentArguments& arguments, PercentSpec& spec) noexcept;
  [[nodiscard]] Status read_precision(PercentArguments& arguments, PercentSpec& spec) noexcept;
  [[nodiscard]] bool read_digits(std::int64_t most, std::int64_t& number) noexcept;

  text::View format_;
  KeyMaker make_key_;
  std::size_t at_ = 0;
};

// What one argument is in the text.
using PercentFormatter = Ref<Str> (*)(const PercentReader& reader, const PercentSpec& spec,
                                      Value value) noexcept;
// The whole.
[[nodiscard]] Ref<Str> format_percent(text::View format, PercentArguments arguments,
                                      PercentReader::KeyMaker make_key,
                                      PercentFormatter format_one) noexcept;

// A text in a field as wide as the specifier says; cut, or whole.
enum class PercentText : bool { kWhole, kCut };
[[nodiscard]] Ref<Str> lay_out_percent(const PercentSpec& spec, const Str& text,
                                       PercentText how) noexcept;

// Of d i u o x X e E f F g G, as ASCII; false: `spec` is of no such type, and nothing is raised.
[[nodiscard]] bool is_percent_number(const PercentSpec& spec) noexcept;
[[nodiscard]] Ref<Str> format_percent_number(const PercentSpec& spec, Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
