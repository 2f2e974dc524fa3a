#include "objects/types/type_parameters.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/descriptor.h"
#include "objects/types/names.h"
#include "objects/types/ref_buffer.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Where a value itself is; the size: nowhere.
[[nodiscard]] std::size_t place_of(const Tuple& tuple, Value value) noexcept {
  std::size_t place = 0;
  while (place < tuple.size() && tuple[place] != value) ++place;
  return place;
}

// An attribute that is a tuple; done and nothing: there is none, or it is something else.
[[nodiscard]] Status find_tuple(Value value, Object& name, Ref<>& tuple) noexcept {
  Ref<> found;
  if (failed(find_attribute(value, name, found))) return kRaised;
  if (found && as_tuple(found.value()) != nullptr) tuple = std::move(found);
  return Status::kDone;
}

[[nodiscard]] Status add_all(RefBuffer& values, const Tuple& more) noexcept {
  for (std::size_t i = 0; i < more.size(); ++i)
    if (failed(values.add(more.load(i)))) return kRaised;
  return Status::kDone;
}

// --- Which there are. ---

[[nodiscard]] Status add_once(RefBuffer& parameters, Value parameter) noexcept {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (parameters[i] == parameter) return Status::kDone;
  return parameters.add(Ref<>::of(parameter));
}

[[nodiscard]] Status collect(RefBuffer& parameters, Value argument) noexcept {
  if (as_type(argument) != nullptr) return Status::kDone;  // has the attributes for others
  Ref<> is_variable;
  if (failed(find_attribute(argument, *names().substitute, is_variable))) return kRaised;
  if (is_variable) return add_once(parameters, argument);
  Ref<> inner;
  if (failed(find_tuple(argument, *names().parameters, inner))) return kRaised;
  for (std::size_t i = 0; inner && i < inner.as<Tuple>().size(); ++i)
    if (failed(add_once(parameters, inner.as<Tuple>()[i]))) return kRaised;
  return Status::kDone;
}

}  // namespace

Ref<Tuple> collect_parameters(const Tuple& arguments) noexcept {
  RefBuffer parameters;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (failed(collect(parameters, arguments[i]))) return kRaised;
  return parameters.to_tuple();
}

// --- Others in their place. ---

namespace {

// What `*tuple[int, str]` stands for; done and nothing: it is not of the kind, or of any length.
[[nodiscard]] Status find_unpacked(Value value, Ref<>& arguments) noexcept {
  if (as_type(value) != nullptr) return Status::kDone;
  Ref<> found;
  if (failed(find_tuple(value, *names().unpacked_arguments, found))) return kRaised;
  if (!found) return Status::kDone;
  const Tuple& tuple = found.as<Tuple>();
  const bool is_open = tuple.size() != 0 && tuple[tuple.size() - 1].is(Special::kEllipsis);
  if (!is_open) arguments = std::move(found);
  return Status::kDone;
}

[[nodiscard]] Status unpack_into(RefBuffer& values, Value value) noexcept {
  Ref<> unpacked;
  if (failed(find_unpacked(value, unpacked))) return kRaised;
  return unpacked ? add_all(values, unpacked.as<Tuple>()) : values.add(Ref<>::of(value));
}

// What stands in the brackets, as a tuple.
[[nodiscard]] Ref<> unpack_all(Value given) noexcept {
  RefBuffer values;
  const Tuple* const tuple = as_tuple(given);
  const std::size_t size = tuple == nullptr ? 1 : tuple->size();
  for (std::size_t i = 0; i < size; ++i)
    if (failed(unpack_into(values, tuple == nullptr ? given : (*tuple)[i]))) return kRaised;
  return values.to_tuple();
}

class Substitution {
 public:
  Substitution(Value self, const Tuple& parameters) noexcept
      : self_(self), parameters_(parameters) {}

  // What is given for the parameters, one for each from then on.
  [[nodiscard]] Status take(Value given) noexcept {
    Ref<> values = unpack_all(given);
    for (std::size_t i = 0; values && i < parameters_.size(); ++i)
      if (failed(prepare(parameters_[i], values))) return kRaised;
    if (!values) return kRaised;
    if (as_tuple(values.value()) == nullptr) values = Tuple::of(std::move(values));
    given_ = std::move(values).cast<Tuple>();
    return !given_ ? Status::kFailed : check_count();
  }

  [[nodiscard]] Status add(Value argument) noexcept {
    if (as_type(argument) != nullptr) return out_.add(Ref<>::of(argument));
    bool unpacks = false;
    if (failed(read_unpacks(argument, unpacks))) return kRaised;
    Ref<> made = replace(argument);
    if (!made || !unpacks) return made ? out_.add(std::move(made)) : Status::kFailed;
    if (const Tuple* const several = as_tuple(made.value())) return add_all(out_, *several);
    return raise(ErrorKind::kType,
                 {"expected __typing_subst__ of ", type_of(argument).name(),
                  " objects to return a tuple, not ", type_of(made.value()).name()});
  }
  [[nodiscard]] Ref<Tuple> finish() noexcept { return out_.to_tuple(); }

 private:
  // A parameter may want several of the values for itself.
  [[nodiscard]] Status prepare(Value parameter, Ref<>& values) const noexcept {
    Ref<> function;
    if (failed(find_attribute(parameter, *names().prepare_substitution, function))) return kRaised;
    if (!function || function.value().is_none()) return Status::kDone;
    if (as_tuple(values.value()) == nullptr) values = Tuple::of(std::move(values));
    if (!values) return kRaised;
    const Value arguments[] = {self_, values.value()};
    values = call(function.value(), {arguments, std::size(arguments)});
    return values ? Status::kDone : Status::kFailed;
  }

  [[nodiscard]] Status check_count() const noexcept {
    if (given_->size() == parameters_.size()) return Status::kDone;
    StrBuilder text;
    text.add(given_->size() > parameters_.size() ? "Too many arguments for "
                                                 : "Too few arguments for ");
    if (failed(text.add_repr(self_))) return kRaised;
    text.add("; actual ");
    text.add_number(static_cast<std::int64_t>(given_->size()));
    text.add(", expected ");
    text.add_number(static_cast<std::int64_t>(parameters_.size()));
    return raise(ErrorKind::kType, text);
  }

  [[nodiscard]] static Status read_unpacks(Value argument, bool& unpacks) noexcept {
    Ref<> mark;
    if (failed(find_attribute(argument, *names().is_unpacked_variable, mark))) return kRaised;
    const Truth answer = mark ? truth(mark.value()) : Truth::kFalse;
    unpacks = answer == Truth::kTrue;
    return failed(answer) ? Status::kFailed : Status::kDone;
  }

  [[nodiscard]] Ref<> replace(Value argument) const noexcept {
    Ref<> function;
    if (failed(find_attribute(argument, *names().substitute, function))) return kRaised;
    const std::size_t place = place_of(parameters_, argument);
    if (!function || place == parameters_.size()) return replace_inside(argument);
    const Value value = (*given_)[place];
    return call(function.value(), {&value, 1});
  }

  // argument[what is given for the variables in it]
  [[nodiscard]] Ref<> replace_inside(Value argument) const noexcept {
    Ref<> inner;
    if (failed(find_tuple(argument, *names().parameters, inner))) return kRaised;
    if (!inner || inner.as<Tuple>().size() == 0) return Ref<>::of(argument);
    RefBuffer values;
    for (std::size_t i = 0; i < inner.as<Tuple>().size(); ++i)
      if (failed(add_given(values, inner.as<Tuple>()[i]))) return kRaised;
    const Ref<Tuple> all = values.to_tuple();
    return all ? get_item(argument, all.value()) : Ref<>();
  }

  [[nodiscard]] Status add_given(RefBuffer& values, Value parameter) const noexcept {
    const std::size_t place = place_of(parameters_, parameter);
    if (place == parameters_.size()) return values.add(Ref<>::of(parameter));
    const Tuple* const several = as_tuple((*given_)[place]);
    const bool stands_for_several = type_of(parameter).block().protocols().iter != nullptr;
    if (several != nullptr && stands_for_several) return add_all(values, *several);
    return values.add(given_->load(place));
  }

  const Value self_;
  const Tuple& parameters_;
  Ref<Tuple> given_;
  RefBuffer out_;
};

}  // namespace

Ref<Tuple> substitute(Value self, const Tuple& arguments, const Tuple& parameters,
                      Value given) noexcept {
  if (parameters.size() == 0) {
    StrBuilder text;
    if (failed(text.add_repr(self))) return kRaised;
    text.add(" is not a generic class");
    return raise(ErrorKind::kType, text);
  }
  Substitution substitution(self, parameters);
  if (failed(substitution.take(given))) return kRaised;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (failed(substitution.add(arguments[i]))) return kRaised;
  return substitution.finish();
}

// --- Text. ---

namespace {

// It shows itself as the type that it stands for.
[[nodiscard]] Status is_alias(Value type, bool& is_one) noexcept {
  Ref<> origin;
  Ref<> arguments;
  if (failed(find_attribute(type, *names().origin, origin))) return kRaised;
  if (origin && failed(find_attribute(type, *names().arguments, arguments))) return kRaised;
  is_one = static_cast<bool>(arguments);
  return Status::kDone;
}

}  // namespace

Status add_type_text(StrBuilder& out, Value type) noexcept {
  if (type.is(Special::kEllipsis)) {
    out.add("...");
    return Status::kDone;
  }
  bool shows_itself = false;
  Ref<> name;
  Ref<> module;
  if (failed(is_alias(type, shows_itself))) return kRaised;
  if (!shows_itself && failed(find_attribute(type, *names().qualified_name, name))) return kRaised;
  if (name && failed(find_attribute(type, *names().module, module))) return kRaised;
  if (!module || module.value().is_none()) return out.add_repr(type);
  const Str* const module_text = as_str(module.value());
  const bool is_builtin =
      module_text != nullptr && module_text->is_ascii() && module_text->ascii() == "builtins";
  if (!is_builtin) {
    if (failed(out.add_str(module.value()))) return kRaised;
    out.add(".");
  }
  return out.add_str(name.value());
}

}  // namespace orochi::inline OROCHI_DESIGN
