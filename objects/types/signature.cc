#include "objects/types/signature.h"

#include <algorithm>
#include <array>
#include <memory>
#include <new>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Cuts off what stands before the next comma that is in no quotes.
[[nodiscard]] std::string_view take_item(std::string_view& rest) noexcept {
  char quote = 0;
  std::size_t end = 0;
  for (; end < rest.size() && (quote != 0 || rest[end] != ','); ++end) {
    if (rest[end] == quote) {
      quote = 0;
    } else if (quote == 0 && (rest[end] == '\'' || rest[end] == '"')) {
      quote = rest[end];
    }
  }
  const std::string_view item = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return trimmed(item);
}

[[nodiscard]] bool is_quoted(std::string_view text) noexcept {
  return text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
         text.back() == text.front();
}

// False: an exception is pending.
[[nodiscard]] bool parse_standard(std::string_view text, Value& value) noexcept {
  if (text == "None") {
    value = Value::kNone;
  } else if (text == "True" || text == "False") {
    value = Value::of_bool(text == "True");
  } else if (text.starts_with('<')) {
    value = Value();
  } else if (is_quoted(text)) {
    value = Value(intern_for_ever(text.substr(1, text.size() - 2)));
    return !value.is_empty();
  } else {
    Ref<> number = parse_int(text, 10);
    if (!number) return false;
    if (number.value().is_object()) number.value().object()->count().immortalise();
    value = number.release();
  }
  return true;
}

}  // namespace

// One text; `parse` is called once.
class SignatureParser {
 public:
  SignatureParser(std::string_view text, std::string_view owner, Receiver receiver) noexcept
      : text_(text), owner_(owner), receiver_(receiver) {}

  [[nodiscard]] const Signature* parse() noexcept {
    const std::size_t open = text_.find('(');
    if (open == std::string_view::npos || !text_.ends_with(')')) return refuse();
    about_.text_ = text_.substr(open);
    about_.name_ = intern_for_ever(text_.substr(0, open));
    if (about_.name_ == nullptr) return nullptr;
    std::string_view rest = about_.text_.substr(1, about_.text_.size() - 2);
    while (!rest.empty()) {
      if (!add(take_item(rest))) return nullptr;
    }
    return finish();
  }

 private:
  const Signature* refuse() noexcept {
    static_cast<void>(raise(ErrorKind::kSystem, {"not a signature: ", text_}));
    return nullptr;
  }

  [[nodiscard]] bool add(std::string_view item) noexcept {
    if (item == "/") {
      std::ranges::for_each(parameters_, [](Parameter& parameter) {
        parameter.kind = ParameterKind::kPositionalOnly;
      });
      return true;
    }
    if (item.starts_with("**")) return add_one(item.substr(2), ParameterKind::kNamedRest);
    const bool is_star = item.starts_with('*');
    const bool was_after_star = std::exchange(is_after_star_, is_after_star_ || is_star);
    if (item == "*") return true;
    if (is_star) return add_one(item.substr(1), ParameterKind::kRest);
    return add_one(item, was_after_star ? ParameterKind::kNamedOnly : ParameterKind::kPositional);
  }

  [[nodiscard]] bool add_one(std::string_view item, ParameterKind kind) noexcept {
    const std::size_t equals = item.find('=');
    if (about_.count_ == Signature::kMostParameters || item.empty()) return refuse() != nullptr;
    Parameter& parameter = parameters_[about_.count_++];
    parameter.kind = kind;
    parameter.name = intern_for_ever(item.substr(0, equals));
    if (parameter.name == nullptr) return false;
    const bool is_one = kind != ParameterKind::kRest && kind != ParameterKind::kNamedRest;
    parameter.is_required = is_one && equals == std::string_view::npos;
    return !is_one || parameter.is_required ||
           parse_standard(item.substr(equals + 1), parameter.standard);
  }

  [[nodiscard]] std::span<const Parameter> all() const noexcept {
    return std::span(parameters_).first(about_.count_);
  }
  [[nodiscard]] bool has(ParameterKind kind) const noexcept {
    return std::ranges::find(all(), kind, &Parameter::kind) != all().end();
  }

  // Those of types count in another wording.
  [[nodiscard]] bool is_constructor() const noexcept {
    return about_.name_text() == "__new__" || about_.name_text() == "__init__";
  }

  [[nodiscard]] CallStyle style() const noexcept {
    const std::span<const Parameter> visible = all().subspan(about_.receivers_);
    if (visible.empty()) return CallStyle::kNothing;
    const bool by_position = std::ranges::all_of(visible, [](const Parameter& parameter) {
      return parameter.kind == ParameterKind::kPositionalOnly ||
             parameter.kind == ParameterKind::kRest;
    });
    if (!by_position) return CallStyle::kNamed;
    const bool is_one = visible.size() == 1 && visible[0].is_required;
    return is_one && !is_constructor() ? CallStyle::kOne : CallStyle::kPositional;
  }

  [[nodiscard]] const Signature* finish() noexcept {
    about_.owner_ = owner_;
    about_.receivers_ = receiver_ == Receiver::kFirst ? 1 : 0;
    if (about_.count_ < about_.receivers_) return refuse();
    if (about_.receivers_ != 0) parameters_[0].kind = ParameterKind::kPositionalOnly;
    about_.style_ = style();
    about_.takes_rest_ = has(ParameterKind::kRest);
    about_.takes_named_rest_ = has(ParameterKind::kNamedRest);
    about_.positional_ =
        static_cast<std::uint8_t>(std::ranges::count_if(all(), [](const Parameter& parameter) {
          return parameter.kind <= ParameterKind::kPositional;
        }));
    if (about_.positional_ == about_.count_) about_.exact_ = about_.count_;
    return publish();
  }

  [[nodiscard]] const Signature* publish() const noexcept {
    void* const buffer = allocate_buffer(sizeof(Signature) + about_.count_ * sizeof(Parameter));
    if (buffer == nullptr) {
      static_cast<void>(raise_memory_error());
      return nullptr;
    }
    auto* const signature = new (buffer) Signature(about_);
    std::uninitialized_copy(all().begin(), all().end(),
                            reinterpret_cast<Parameter*>(signature + 1));
    return signature;
  }

  const std::string_view text_;
  const std::string_view owner_;
  const Receiver receiver_;
  Signature about_;
  std::array<Parameter, Signature::kMostParameters> parameters_;
  bool is_after_star_ = false;
};

const Signature* Signature::parse(std::string_view text, std::string_view owner,
                                  Receiver receiver) noexcept {
  return SignatureParser(text, owner, receiver).parse();
}

}  // namespace orochi::inline OROCHI_DESIGN
