// What a call passes, laid out as the parameters of a function: bind_parameters in call.h.

#include <algorithm>
#include <span>

#include "objects/model/operations.h"
#include "objects/types/owned_values.h"
#include "python/vm/call.h"
#include "python/vm/parameter_errors.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The registers of the frame are parameters in the order of C1 (python/bytecode/code.h).
class Parameters {
 public:
  Parameters(Function& function, Frame& frame, std::size_t given) noexcept
      : function_(function),
        code_(*frame.code),
        registers_(frame.registers),
        given_(given),
        positional_(code_.code().argument_count),
        named_end_(positional_ + code_.code().keyword_only_count) {}

  [[nodiscard]] Status bind(Object* keywords) noexcept {
    if (failed(take_named(keywords)) || failed(take_rest())) return kRaised;
    if (keywords != nullptr && failed(place_named(*static_cast<Tuple*>(keywords)))) return kRaised;
    if (given_ > positional_ && !code_.has(bytecode::kVarArgs))
      return raise_too_many(function_, code_, {registers_, named_end_}, given_);
    if (failed(fill_positional()) || failed(fill_named())) return kRaised;
    place_rests();
    return Status::kDone;
  }

 private:
  // Values by name lie behind those by position, where parameters are to be.
  [[nodiscard]] Status take_named(Object* keywords) noexcept {
    const std::size_t count = keywords == nullptr ? 0 : static_cast<Tuple*>(keywords)->size();
    return take_out(given_, count, named_);
  }

  [[nodiscard]] Status take_out(std::size_t begin, std::size_t count, OwnedValues& out) noexcept {
    if (!out.reserve(count)) return raise_memory_error();
    for (std::size_t i = begin; i < begin + count; ++i)
      out.push(Ref<>::adopt(std::exchange(registers_[i], Value())));
    return Status::kDone;
  }

  // What is too much is either *rest or a mistake.
  [[nodiscard]] Status take_rest() noexcept {
    OwnedValues extra;
    if (given_ > positional_ && failed(take_out(positional_, given_ - positional_, extra)))
      return kRaised;
    if (code_.has(bytecode::kVarKeywords)) {
      named_rest_ = Dict::make();
      if (!named_rest_) return kRaised;
    }
    if (!code_.has(bytecode::kVarArgs)) return Status::kDone;
    Ref<Tuple> rest = Tuple::make_blank(extra.size());
    for (std::size_t i = 0; rest && i < extra.size(); ++i) rest->initialise(i, extra.take(i));
    rest_ = std::move(rest);
    return rest_ ? Status::kDone : Status::kFailed;
  }

  // --- By name. ---

  [[nodiscard]] Status place_named(const Tuple& names) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i) {
      Str* const name = as_str(names[i]);
      if (name == nullptr) return raise_not_a_name(function_);
      if (failed(place(*name, i, names))) return kRaised;
    }
    return Status::kDone;
  }

  [[nodiscard]] Status place(Str& name, std::size_t index, const Tuple& names) noexcept {
    std::size_t parameter = 0;
    const Truth found = find(name, code_.code().positional_only_count, named_end_, parameter);
    if (failed(found)) return kRaised;
    if (found == Truth::kFalse) return keep_in_rest(name, index, names);
    if (!registers_[parameter].is_empty()) return raise_twice(function_, name);
    registers_[parameter] = named_.take(index).release();
    return Status::kDone;
  }

  [[nodiscard]] Status keep_in_rest(Str& name, std::size_t index, const Tuple& names) noexcept {
    if (named_rest_) return named_rest_->set(Value(&name), named_.take(index));
    std::size_t parameter = 0;
    const Truth found = find(name, 0, code_.code().positional_only_count, parameter);
    if (failed(found)) return kRaised;
    if (found == Truth::kTrue) return raise_positional_only(function_, code_, names);
    return raise_unexpected(function_, name);
  }

  // Names are interned nearly always, so most are found at the first look.
  [[nodiscard]] Truth find(Str& name, std::size_t begin, std::size_t end,
                           std::size_t& parameter) const noexcept {
    for (parameter = begin; parameter < end; ++parameter)
      if (&code_.local_name(static_cast<std::uint32_t>(parameter)) == &name) return Truth::kTrue;
    for (parameter = begin; parameter < end; ++parameter) {
      const Value own(&code_.local_name(static_cast<std::uint32_t>(parameter)));
      const Truth same = compare_truth(CompareOp::kEqual, Value(&name), own);
      if (same != Truth::kFalse) return same;
    }
    return Truth::kFalse;
  }

  // --- What was not given. ---

  [[nodiscard]] Status fill_positional() noexcept {
    if (given_ >= positional_) return Status::kDone;
    const Ref<> defaults = function_.defaults.load(function_);
    const std::size_t count = defaults ? defaults.as<Tuple>().size() : 0;
    const std::size_t required = positional_ > count ? positional_ - count : 0;
    for (std::size_t i = given_; i < required; ++i)
      if (registers_[i].is_empty())
        return raise_missing(function_, code_, {registers_, required}, Missing::kPositional);
    for (std::size_t i = std::max(given_, required); i < positional_; ++i) {
      if (!registers_[i].is_empty()) continue;
      registers_[i] = defaults.as<Tuple>().load(i + count - positional_).release();
    }
    return Status::kDone;
  }

  [[nodiscard]] Status fill_named() noexcept {
    if (named_end_ == positional_) return Status::kDone;
    const Ref<> defaults = function_.keyword_defaults.load(function_);
    bool is_missing = false;
    for (std::size_t i = positional_; i < named_end_; ++i) {
      if (!registers_[i].is_empty()) continue;
      Ref<> value;
      const Value name(&code_.local_name(static_cast<std::uint32_t>(i)));
      if (defaults && failed(defaults.as<Dict>().find(name, value))) return kRaised;
      if (!value) is_missing = true;
      registers_[i] = value.release();
    }
    if (!is_missing) return Status::kDone;
    return raise_missing(function_, code_, {registers_, named_end_}, Missing::kNamed);
  }

  void place_rests() noexcept {
    std::size_t at = named_end_;
    if (rest_) registers_[at++] = Ref<>(std::move(rest_)).release();
    if (named_rest_) registers_[at] = Ref<>(std::move(named_rest_)).release();
  }

  Function& function_;
  const CodeObject& code_;
  Value* const registers_;
  const std::size_t given_;
  const std::size_t positional_;  // parameters that may be given by position
  const std::size_t named_end_;   // behind the last parameter that may be given by name
  OwnedValues named_;
  Ref<Tuple> rest_;
  Ref<Dict> named_rest_;
};

}  // namespace

Status bind_parameters(Function& function, Frame& frame, std::size_t positional,
                       Object* keywords) noexcept {
  if (keywords == nullptr && positional == frame.code->simple_call()) return Status::kDone;
  // The code of a module, or of a class body, that was made a function.
  if (!frame.code->has(bytecode::kNewLocals)) frame.names = &function.globals();
  const std::size_t named = keywords == nullptr ? 0 : static_cast<Tuple*>(keywords)->size();
  if (!failed(Parameters(function, frame, positional).bind(keywords))) return Status::kDone;
  const std::size_t used =
      std::max<std::size_t>(positional + named, frame.code->code().register_count);
  empty_registers(frame.registers, frame.registers + used);
  return kRaised;
}

}  // namespace orochi::inline OROCHI_DESIGN
