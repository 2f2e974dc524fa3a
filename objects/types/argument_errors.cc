#include "objects/types/argument_errors.h"

#include <algorithm>
#include <string_view>

#include "objects/model/error.h"
#include "objects/types/digits.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// What the caller wrote: of a constructor that is the type.
[[nodiscard]] std::string_view called_name(const Signature& signature) noexcept {
  const std::string_view name = signature.name_text();
  return name == "__new__" || name == "__init__" ? signature.owner() : name;
}

// "list." or nothing, to stand before the name.
struct Qualifier {
  explicit Qualifier(const Signature& signature) noexcept
      : is_type(called_name(signature) != signature.name_text()),
        owner(is_type ? std::string_view() : signature.owner()),
        dot(owner.empty() ? "" : ".") {}
  bool is_type;
  std::string_view owner;
  std::string_view dot;
};

[[nodiscard]] std::string_view plural(std::size_t count) noexcept { return count == 1 ? "" : "s"; }

[[nodiscard]] std::span<const Parameter> visible(const Signature& signature) noexcept {
  return signature.parameters().subspan(signature.receivers());
}
[[nodiscard]] std::size_t count_of(const Signature& signature, bool is_required,
                                   ParameterKind last) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(visible(signature), [&](const Parameter& parameter) {
        return parameter.kind <= last && parameter.kind != ParameterKind::kRest &&
               parameter.kind != ParameterKind::kNamedRest &&
               (parameter.is_required || !is_required);
      }));
}

// "list.append() takes exactly one argument (2 given)"
Raised raise_takes(const Signature& signature, std::string_view what, std::size_t given) noexcept {
  const Qualifier of(signature);
  return raise(ErrorKind::kType, {of.owner, of.dot, called_name(signature), "() takes ", what, " (",
                                  Digits(given).text(), " given)"});
}

// "pop expected at most 1 argument, got 2"
Raised raise_expected(const Signature& signature, std::string_view bound, std::size_t count,
                      std::size_t given) noexcept {
  return raise(ErrorKind::kType, {called_name(signature), " expected ", bound, Digits(count).text(),
                                  " argument", plural(count), ", got ", Digits(given).text()});
}

[[nodiscard]] Status check_positional(const Signature& signature, std::size_t given) noexcept {
  const std::size_t most = signature.most_positional() - signature.receivers();
  const std::size_t least = count_of(signature, true, ParameterKind::kPositional);
  const bool is_exact = least == most && !signature.takes_rest();
  if (given < least) return raise_expected(signature, is_exact ? "" : "at least ", least, given);
  if (given > most && !signature.takes_rest())
    return raise_expected(signature, is_exact ? "" : "at most ", most, given);
  return Status::kDone;
}

// "split() takes at most 2 arguments (3 given)"
Raised raise_takes_count(const Signature& signature, std::string_view bound, std::size_t count,
                         std::string_view kind, std::size_t given) noexcept {
  return raise(ErrorKind::kType,
               {called_name(signature), "() takes ", bound, " ", Digits(count).text(), " ", kind,
                "argument", plural(count), " (", Digits(given).text(), " given)"});
}

// Where there is no *rest and no **rest.
[[nodiscard]] Status check_most(const Signature& signature, std::size_t positional,
                                std::size_t named) noexcept {
  const std::size_t most = count_of(signature, false, ParameterKind::kNamedOnly);
  const std::size_t given = positional + named;
  if (given > most)
    return raise_takes_count(signature, "at most", most, positional == 0 ? "keyword " : "", given);
  return Status::kDone;
}

[[nodiscard]] Status check_named(const Signature& signature, std::size_t positional,
                                 std::size_t named) noexcept {
  const bool takes_rest = signature.takes_rest();
  if (!takes_rest && !signature.takes_named_rest() &&
      failed(check_most(signature, positional, named)))
    return kRaised;
  const std::size_t most = signature.most_positional() - signature.receivers();
  if (positional > most && !takes_rest) {
    if (most == 0)
      return raise(ErrorKind::kType, {called_name(signature), "() takes no positional arguments"});
    const bool is_exact = count_of(signature, true, ParameterKind::kPositional) == most;
    return raise_takes_count(signature, is_exact ? "exactly" : "at most", most, "positional ",
                             positional);
  }
  const std::size_t least = count_of(signature, true, ParameterKind::kPositionalOnly);
  if (positional < least)
    return raise_takes_count(signature, least < most || takes_rest ? "at least" : "exactly", least,
                             "positional ", positional);
  return Status::kDone;
}

}  // namespace

Status check_counts(const Signature& signature, std::size_t positional,
                    std::size_t named) noexcept {
  switch (signature.style()) {
    case CallStyle::kNothing:
      return positional == 0 ? Status::kDone
                             : Status{raise_takes(signature, "no arguments", positional)};
    case CallStyle::kOne:
      return positional == 1 ? Status::kDone
                             : Status{raise_takes(signature, "exactly one argument", positional)};
    case CallStyle::kPositional:
      return check_positional(signature, positional);
    case CallStyle::kNamed:
      return check_named(signature, positional, named);
  }
  return Status::kDone;
}

Raised raise_takes_no_names(const Signature& signature) noexcept {
  const Qualifier of(signature);
  return raise(ErrorKind::kType,
               {of.owner, of.dot, called_name(signature), "() takes no keyword arguments"});
}

Raised raise_names_are_not_str() noexcept {
  return raise(ErrorKind::kType, {"keywords must be strings"});
}

Raised raise_unknown_name(const Signature& signature, const Str& name) noexcept {
  return raise(ErrorKind::kType,
               {"'", Utf8Text(name).view(), "' is an invalid keyword argument for ",
                called_name(signature), "()"});
}

Raised raise_given_twice(const Signature& signature, std::size_t index) noexcept {
  const std::size_t position = index + 1 - signature.receivers();
  return raise(ErrorKind::kType, {"argument for ", called_name(signature), "() given by name ('",
                                  signature.parameters()[index].name->ascii(), "') and position (",
                                  Digits(position).text(), ")"});
}

Raised raise_missing(const Signature& signature, std::size_t index) noexcept {
  const std::size_t position = index + 1 - signature.receivers();
  return raise(ErrorKind::kType, {called_name(signature), "() missing required argument '",
                                  signature.parameters()[index].name->ascii(), "' (pos ",
                                  Digits(position).text(), ")"});
}

}  // namespace orochi::inline OROCHI_DESIGN
