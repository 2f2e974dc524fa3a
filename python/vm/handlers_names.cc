// Globals, names of class bodies and modules, and the few names that the language itself asks for.

#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "python/vm/handlers.h"
#include "python/vm/hooks.h"
#include "python/vm/names.h"

namespace orochi::inline OROCHI_DESIGN::handlers {

Status LoadGlobal(const Step& step) noexcept {
  Function& function = step.function();
  return step.give(load_global(function.globals(), function.builtins(), step.name_of_wide_site()));
}

Status StoreGlobal(const Step& step) noexcept {
  const Value name(&step.name_of_wide_site());
  return step.end(step.function().globals().set(name, Ref<>::of(step.a())));
}

Status DeleteGlobal(const Step& step) noexcept {
  return step.end(set_name(step.function().globals(), step.wide_name(), Ref<>()));
}

Status LoadName(const Step& step) noexcept {
  Ref<> value;
  if (failed(find_name(*step.frame().names, step.name_of_wide_site(), value))) return kRaised;
  return value ? step.give(std::move(value)) : LoadGlobal(step);
}

Status StoreName(const Step& step) noexcept {
  return step.end(set_name(*step.frame().names, step.name_of_wide_site(), Ref<>::of(step.a())));
}

Status DeleteName(const Step& step) noexcept {
  return step.end(set_name(*step.frame().names, step.wide_name(), Ref<>()));
}

Status SetupAnnotations(const Step& step) noexcept {
  const Ref<Str> name = intern("__annotations__");
  Ref<> found;
  if (!name || failed(find_name(*step.frame().names, *name, found))) return kRaised;
  if (found) return step.end();
  Ref<Dict> annotations = Dict::make();
  if (!annotations) return kRaised;
  return step.end(set_name(*step.frame().names, *name, std::move(annotations)));
}

Status LoadBuildClass(const Step& step) noexcept {
  const Ref<Str> name = intern("__build_class__");
  Ref<> value;
  if (!name || failed(step.function().builtins().find(Value(name.get()), value))) return kRaised;
  if (!value) return raise(ErrorKind::kName, {"__build_class__ not found"});
  return step.give(std::move(value));
}

Status LoadAssertionError(const Step& step) noexcept {
  return step.give(Ref<>::of(Value(&exception_type(ErrorKind::kAssertion))));
}

Status PrintExpression(const Step& step) noexcept {
  const Ref<> done = display(step.a());
  return done ? step.end() : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
