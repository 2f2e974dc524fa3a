// Making functions, and calls whose arguments are in a sequence.

#include "objects/model/operations.h"
#include "objects/types/owned_values.h"
#include "python/vm/callable_name.h"
#include "python/vm/handlers.h"

namespace orochi::inline OROCHI_DESIGN::handlers {
namespace {

[[nodiscard]] Function& function_of(Value value) noexcept {
  return static_cast<Function&>(*value.object());
}

// The cells that the code captures, from the frame's registers or its function's own.
[[nodiscard]] Ref<Tuple> captured(const Step& step, const CodeObject& code) noexcept {
  const auto variables = code.code().free_variables;
  Ref<Tuple> cells = Tuple::make_blank(variables.size());
  for (std::size_t i = 0; cells && i < variables.size(); ++i) {
    const std::uint16_t index = variables[i].index;
    cells->initialise(i, Ref<>::of(variables[i].from_free ? step.function().cell(index)
                                                          : step.frame().registers[index]));
  }
  return cells;
}

}  // namespace

Status MakeFunction(const Step& step) noexcept {
  auto& code = static_cast<CodeObject&>(*step.frame().code->constant(step.wide()).object());
  Ref<Tuple> cells;
  if (!code.code().free_variables.empty()) {
    cells = captured(step, code);
    if (!cells) return kRaised;
  }
  Function& outer = step.function();
  return step.give(Function::make(Ref<CodeObject>::of(code), Ref<Dict>::of(outer.globals()),
                                  Ref<Dict>::of(outer.builtins()), std::move(cells)));
}

Status SetDefaults(const Step& step) noexcept {
  Function& function = function_of(step.a());
  function.defaults.store(function, Ref<>::of(step.b()));
  return step.end();
}

Status SetKeywordDefaults(const Step& step) noexcept {
  Function& function = function_of(step.a());
  function.keyword_defaults.store(function, Ref<>::of(step.b()));
  return step.end();
}

Status SetAnnotations(const Step& step) noexcept {
  Function& function = function_of(step.a());
  function.annotations.store(function, Ref<>::of(step.b()));
  return step.end();
}

// --- Calls. ---

namespace {

[[nodiscard]] bool is_iterable(Value value) noexcept {
  const Protocols& slots = type_of(value).block().protocols();
  return slots.iter != nullptr || slots.get_item != nullptr;
}

[[nodiscard]] Ref<Tuple> spread(Value callable, Value iterable) noexcept {
  if (is_iterable(iterable)) return Tuple::from(iterable);
  return raise_about_callable(
      callable, {" argument after * must be an iterable, not ", type_of(iterable).name()});
}

// Values by position and by name, one after the other, and the names.
class SpreadArguments {
 public:
  [[nodiscard]] Status gather(const Tuple& positional, Dict& named) noexcept {
    positional_ = positional.size();
    for (std::size_t i = 0; i < positional_; ++i) {
      Ref<> value = positional.load(i);
      if (!values_.add(value)) return raise_memory_error();
    }
    return gather_named(named);
  }
  [[nodiscard]] Arguments arguments() const noexcept {
    return {values_.all().data(), positional_, names_.get()};
  }

 private:
  // No names at all are no tuple either: who takes none looks at that.
  [[nodiscard]] Status gather_named(Dict& named) noexcept {
    if (named.size() == 0) return Status::kDone;
    names_ = Tuple::make_blank(named.size());
    if (!names_) return kRaised;
    std::size_t place = 0;
    for (std::size_t i = 0; i < names_->size(); ++i, ++place) {
      DictItem item = named.next(place);
      if (!item.key) return raise(ErrorKind::kRuntime, {"dictionary changed size during a call"});
      if (as_str(item.key.value()) == nullptr)
        return raise(ErrorKind::kType, {"keywords must be strings"});
      names_->initialise(i, std::move(item.key));
      if (!values_.add(item.value)) return raise_memory_error();
    }
    return Status::kDone;
  }

  OwnedValues values_;
  std::size_t positional_ = 0;
  Ref<Tuple> names_;
};

}  // namespace

Status CallSpread(const Step& step) noexcept {
  Value* const window = step.window_b();
  const Ref<Tuple> arguments = spread(window[0], window[1]);
  if (!arguments) return kRaised;
  OwnedValues values;
  if (!values.reserve(arguments->size())) return raise_memory_error();
  for (std::size_t i = 0; i < arguments->size(); ++i) values.push(arguments->load(i));
  Ref<> result = call(window[0], {values.all().data(), values.size()});
  if (!result) return kRaised;
  const Ref<> callable = Step::take(window[0]);
  const Ref<> given = Step::take(window[1]);
  return step.give(std::move(result));
}

Status CallSpreadKeywords(const Step& step) noexcept {
  Value* const window = step.window_b();
  const Ref<Tuple> positional = spread(window[0], window[1]);
  if (!positional) return kRaised;
  SpreadArguments all;
  if (failed(all.gather(*positional, static_cast<Dict&>(*window[2].object())))) return kRaised;
  Ref<> result = call(window[0], all.arguments());
  if (!result) return kRaised;
  const Ref<> callable = Step::take(window[0]);
  const Ref<> given = Step::take(window[1]);
  const Ref<> named = Step::take(window[2]);
  return step.give(std::move(result));
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
