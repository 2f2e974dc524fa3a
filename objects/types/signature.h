// objects/types/signature.h: the parameters of a native function, from a line of text.
//
//     "index(self, value, start=0, stop=9223372036854775807, /)"
//     "sort(self, /, *, key=None, reverse=False)"
//     "format(self, /, *args, **kwargs)"
//     "pop(self, key, default=<none>, /)"
//
// As in Python, with `/` behind what is passed by position only and `*` before what is passed by
// name only. A default is an integer, a text in quotes, None, True or False; <anything> stands for
// one that is not a value: such a parameter that is not given is empty. The first parameter of
// methods is the receiver: callers do not write it, and messages do not count it.
//
// A signature is parsed once, when its function is defined, and lives for ever, as does its text.
// What a call passes is matched with it by objects/types/binding.h.
//
// Constant, for any thread. Parsing: attached threads.
// Tests: tests/objects/types/native_function_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

enum class ParameterKind : std::uint8_t {
  kPositionalOnly,
  kPositional,  // by position or by name
  kRest,        // *rest: what is left, by position
  kNamedOnly,
  kNamedRest,  // **rest: what is left, by name
};

struct Parameter {
  Str* name = nullptr;  // interned, immortal
  Value standard;       // what it is if it is not given: an immediate or immortal, or empty
  ParameterKind kind = ParameterKind::kPositional;
  bool is_required = false;
};

// How a call that does not fit is reported: CPython has a wording for each way to declare.
enum class CallStyle : std::uint8_t {
  kNothing,     // no parameters
  kOne,         // one, required, by position only
  kPositional,  // all by position only
  kNamed,       // some by name
};

// Whether the first parameter is one that callers do not write.
enum class Receiver : bool { kNone, kFirst };

class Signature {
 public:
  // With the receiver, *rest and **rest.
  static constexpr std::size_t kMostParameters = 16;

  // `owner`: the name of the type whose method it is, or of nothing. Both live for ever. Null: an
  // exception is pending; a text that is not as above is a SystemError.
  [[nodiscard]] static const Signature* parse(std::string_view text, std::string_view owner,
                                              Receiver receiver) noexcept;

  [[nodiscard]] Str& name() const noexcept { return *name_; }
  [[nodiscard]] std::string_view name_text() const noexcept { return name_->ascii(); }
  [[nodiscard]] std::string_view owner() const noexcept { return owner_; }
  // "(self, index=-1, /)"
  [[nodiscard]] std::string_view parameters_text() const noexcept { return text_; }

  // The receiver too.
  [[nodiscard]] std::span<const Parameter> parameters() const noexcept {
    return {reinterpret_cast<const Parameter*>(this + 1), count_};
  }
  [[nodiscard]] std::size_t receivers() const noexcept { return receivers_; }
  [[nodiscard]] CallStyle style() const noexcept { return style_; }
  [[nodiscard]] bool takes_names() const noexcept { return style_ == CallStyle::kNamed; }
  // How many parameters can be given by position, receiver included; *rest takes more.
  [[nodiscard]] std::size_t most_positional() const noexcept { return positional_; }
  [[nodiscard]] bool takes_rest() const noexcept { return takes_rest_; }
  [[nodiscard]] bool takes_named_rest() const noexcept { return takes_named_rest_; }

  // So many values by position are all that the function wants: they can be passed as they lie.
  [[nodiscard]] bool is_exactly(std::size_t positional) const noexcept {
    return positional == exact_;
  }

 private:
  friend class SignatureParser;

  Signature() noexcept = default;

  Str* name_ = nullptr;
  std::string_view owner_;
  std::string_view text_;
  std::size_t exact_ = SIZE_MAX;  // SIZE_MAX: there is no such number
  std::uint8_t count_ = 0;
  std::uint8_t receivers_ = 0;
  std::uint8_t positional_ = 0;
  CallStyle style_ = CallStyle::kNothing;
  bool takes_rest_ = false;
  bool takes_named_rest_ = false;
};

}  // namespace orochi::inline OROCHI_DESIGN
