#include "python/vm/parameter_errors.h"

#include <algorithm>

#include "objects/types/str_builder.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// A message that begins with the function's name, as it is now.
class Message {
 public:
  explicit Message(Function& function) noexcept {
    const Ref<> name = function.qualified_name.load(function);
    text_.add(name.as<Str>());
    text_.add("()");
  }
  Message& operator<<(std::string_view ascii) noexcept {
    text_.add(ascii);
    return *this;
  }
  Message& operator<<(std::size_t number) noexcept {
    text_.add_number(static_cast<std::int64_t>(number));
    return *this;
  }
  Message& operator<<(const Str& str) noexcept {
    text_.add(str);
    return *this;
  }
  Raised raise() const noexcept {
    const Ref<Str> whole = text_.finish();
    if (!whole) return kRaised;
    return orochi::raise(ErrorKind::kType, {Utf8Text(*whole).view()});
  }

 private:
  StrBuilder text_;
};

[[nodiscard]] std::string_view plural(std::size_t number) noexcept {
  return number == 1 ? "" : "s";
}

}  // namespace

Raised raise_not_a_name(Function& function) noexcept {
  return (Message(function) << " keywords must be strings").raise();
}

Raised raise_twice(Function& function, const Str& name) noexcept {
  return (Message(function) << " got multiple values for argument '" << name << "'").raise();
}

Raised raise_unexpected(Function& function, const Str& name) noexcept {
  return (Message(function) << " got an unexpected keyword argument '" << name << "'").raise();
}

Raised raise_positional_only(Function& function, const CodeObject& code,
                             const Tuple& names) noexcept {
  Message message(function);
  message << " got some positional-only arguments passed as keyword arguments: '";
  std::string_view separator;
  for (std::uint32_t i = 0; i < code.code().positional_only_count; ++i) {
    Str& own = code.local_name(i);
    std::size_t place = 0;
    const Truth found = names.find(Value(&own), 0, static_cast<std::int64_t>(names.size()), place);
    if (failed(found)) return kRaised;
    if (found == Truth::kFalse) continue;
    message << separator << own;
    separator = ", ";
  }
  return (message << "'").raise();
}

Raised raise_too_many(Function& function, const CodeObject& code, std::span<const Value> registers,
                      std::size_t given) noexcept {
  const std::size_t most = code.code().argument_count;
  const Ref<> defaults = function.defaults.load(function);
  const std::size_t optional = defaults ? defaults.as<Tuple>().size() : 0;
  const auto by_name = static_cast<std::size_t>(
      std::count_if(registers.begin() + static_cast<std::ptrdiff_t>(most), registers.end(),
                    [](Value value) { return !value.is_empty(); }));
  Message message(function);
  message << " takes ";
  if (optional != 0) message << "from " << most - optional << " to ";
  message << most << " positional argument" << (optional != 0 ? "s" : plural(most)) << " but "
          << given;
  if (by_name != 0)
    message << " positional argument" << plural(given) << " (and " << by_name
            << " keyword-only argument" << plural(by_name) << ")";
  return (message << (given == 1 && by_name == 0 ? " was given" : " were given")).raise();
}

Raised raise_missing(Function& function, const CodeObject& code, std::span<const Value> registers,
                     Missing missing) noexcept {
  const bool by_position = missing == Missing::kPositional;
  const std::size_t begin = by_position ? 0 : code.code().argument_count;
  const auto count = static_cast<std::size_t>(
      std::count(registers.begin() + static_cast<std::ptrdiff_t>(begin), registers.end(), Value()));
  Message message(function);
  message << " missing " << count << " required " << (by_position ? "positional" : "keyword-only")
          << " argument" << plural(count) << ": ";
  std::size_t said = 0;
  for (std::size_t i = begin; i < registers.size(); ++i) {
    if (!registers[i].is_empty()) continue;
    if (said != 0) message << (count == 2 ? " and " : said + 1 == count ? ", and " : ", ");
    ++said;
    message << "'" << code.local_name(static_cast<std::uint32_t>(i)) << "'";
  }
  return message.raise();
}

}  // namespace orochi::inline OROCHI_DESIGN
