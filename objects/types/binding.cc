#include "objects/types/binding.h"

#include <algorithm>
#include <cassert>

#include "objects/types/argument_errors.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The parameter that a name gives a value to, or the end.
[[nodiscard]] const Parameter* find_parameter(std::span<const Parameter> parameters,
                                              const Str& name) noexcept {
  const auto takes_name = [](const Parameter& parameter) {
    return parameter.kind == ParameterKind::kPositional ||
           parameter.kind == ParameterKind::kNamedOnly;
  };
  // Names are nearly always interned, so the same object.
  const auto same = std::ranges::find_if(parameters, [&](const Parameter& parameter) {
    return parameter.name == &name && takes_name(parameter);
  });
  if (same != parameters.end()) return &*same;
  return std::to_address(std::ranges::find_if(parameters, [&](const Parameter& parameter) {
    return takes_name(parameter) && equal(*parameter.name, name);
  }));
}

}  // namespace

// What is behind the parameters is for *rest; the counts were checked.
Status Binding::place_positional(std::span<const Value> given) noexcept {
  const std::size_t before = signature_.receivers();
  const std::size_t placed = std::min(given.size(), signature_.most_positional() - before);
  std::copy_n(given.begin(), placed, values_.begin() + before);
  if (!signature_.takes_rest()) return Status::kDone;
  const std::span<const Value> left = given.subspan(placed);
  rest_ = Tuple::make_blank(left.size());
  if (!rest_) return kRaised;
  for (std::size_t i = 0; i < left.size(); ++i) rest_->initialise(i, Ref<>::of(left[i]));
  values_[signature_.most_positional()] = rest_.value();
  return Status::kDone;
}

Status Binding::keep_in_rest(Str& name, Value value) noexcept {
  if (!named_rest_) {
    named_rest_ = Dict::make();
    if (!named_rest_) return kRaised;
    values_[signature_.parameters().size() - 1] = named_rest_.value();
  }
  return named_rest_->set(Value(&name), Ref<>::of(value));
}

Status Binding::place_named(Str& name, Value value) noexcept {
  const std::span<const Parameter> parameters = signature_.parameters();
  const Parameter* const found = find_parameter(parameters, name);
  const auto index = static_cast<std::size_t>(found - parameters.data());
  if (index == parameters.size()) {
    if (signature_.takes_named_rest()) return keep_in_rest(name, value);
    return raise_unknown_name(signature_, name);
  }
  if (!values_[index].is_empty()) return raise_given_twice(signature_, index);
  values_[index] = value;
  return Status::kDone;
}

Status Binding::place_all_named(const Arguments& arguments) noexcept {
  const auto& names = static_cast<const Tuple&>(*arguments.keywords);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (failed(place_named(*as_str(names[i]), arguments.values[arguments.positional + i])))
      return kRaised;
  }
  return Status::kDone;
}

Status Binding::fill_in() noexcept {
  const std::span<const Parameter> parameters = signature_.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!values_[i].is_empty()) continue;
    if (parameters[i].is_required) return raise_missing(signature_, i);
    values_[i] = parameters[i].standard;
  }
  return Status::kDone;
}

namespace {

[[nodiscard]] Status check_names(const Signature& signature, const Tuple* names) noexcept {
  if (names == nullptr || names->size() == 0) return Status::kDone;
  for (std::size_t i = 0; i < names->size(); ++i) {
    if (as_str((*names)[i]) == nullptr) return raise_names_are_not_str();
  }
  return signature.takes_names() ? Status::kDone : Status{raise_takes_no_names(signature)};
}

// A parameter that is missing is told before a name that is unknown, as in CPython.
[[nodiscard]] bool names_fill(const Signature& signature, std::size_t index,
                              const Tuple* names) noexcept {
  for (std::size_t i = 0; names != nullptr && i < names->size(); ++i) {
    if (find_parameter(signature.parameters(), *as_str((*names)[i])) ==
        &signature.parameters()[index])
      return true;
  }
  return false;
}

[[nodiscard]] Status check_required(const Signature& signature, std::span<const Value> values,
                                    const Tuple* names) noexcept {
  const std::span<const Parameter> parameters = signature.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].is_required && values[i].is_empty() && !names_fill(signature, i, names))
      return raise_missing(signature, i);
  }
  return Status::kDone;
}

}  // namespace

Status Binding::bind(Value receiver, const Arguments& arguments) noexcept {
  const auto* const names = static_cast<const Tuple*>(arguments.keywords);
  assert(receiver.is_empty() == (signature_.receivers() == 0));
  if (failed(check_names(signature_, names))) return kRaised;
  const std::size_t named = names == nullptr ? 0 : names->size();
  if (failed(check_counts(signature_, arguments.positional, named))) return kRaised;
  if (!receiver.is_empty()) values_[0] = receiver;
  if (failed(place_positional({arguments.values, arguments.positional}))) return kRaised;
  if (named != 0) {
    if (failed(check_required(signature_, values_, names))) return kRaised;
    if (failed(place_all_named(arguments))) return kRaised;
  }
  return fill_in();
}

}  // namespace orochi::inline OROCHI_DESIGN
