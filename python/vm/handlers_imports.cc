// import statements: what they call, and what becomes of it.

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/utf8_text.h"
#include "python/vm/handlers.h"
#include "python/vm/hooks.h"
#include "python/vm/names.h"

namespace orochi::inline OROCHI_DESIGN::handlers {

Status ImportModule(const Step& step) noexcept {
  const Ref<Str> name = intern("__import__");
  Ref<> import;
  Dict& builtins = step.function().builtins();
  if (!name || failed(builtins.find(Value(name.get()), import))) return kRaised;
  if (!import) return raise(ErrorKind::kImport, {"__import__ not found"});
  Value* const window = step.window_b();
  Object* const names = step.frame().names;
  const Value arguments[] = {Value(&step.name_c()), Value(&step.function().globals()),
                             names == nullptr ? Value::kNone : Value(names), window[1], window[0]};
  Ref<> module = call(import.value(), {arguments, 5});
  if (!module) return kRaised;
  empty_registers(window, window + 2);
  return step.give(std::move(module));
}

Status ImportFrom(const Step& step) noexcept {
  Ref<> value;
  if (failed(find_attribute(step.b(), step.name_c(), value))) return kRaised;
  return step.give(value ? std::move(value) : import_from(step.b(), step.name_c()));
}

// --- from module import *. ---

namespace {

// The names that it wants to be seen: __all__, or all of its dict that do not begin with '_'.
[[nodiscard]] Status public_names(Value module, Ref<>& names, bool& skips_private) noexcept {
  const Ref<Str> all = intern("__all__");
  if (!all || failed(find_attribute(module, *all, names))) return kRaised;
  skips_private = !names;
  if (names) return Status::kDone;
  if (failed(find_attribute(module, *orochi::names().dict, names))) return kRaised;
  if (names) return Status::kDone;
  return raise(ErrorKind::kImport, {"from-import-* object has no __dict__ and no __all__"});
}

[[nodiscard]] Status bind_name(const Step& step, Value name) noexcept {
  const Ref<Str> interned = attribute_name(name);
  if (!interned) return kRaised;
  Ref<> value = get_attribute(step.a(), *interned);
  if (!value) return kRaised;
  return set_name(*step.frame().names, *interned, std::move(value));
}

[[nodiscard]] bool is_private(Value name) noexcept {
  const Str* const text = as_str(name);
  return text != nullptr && text->size() != 0 && text->view()[0] == '_';
}

}  // namespace

Status ImportStar(const Step& step) noexcept {
  Ref<> names;
  bool skips_private = false;
  if (failed(public_names(step.a(), names, skips_private))) return kRaised;
  const Ref<Tuple> all = Tuple::from(names.value());
  if (!all) return kRaised;
  for (std::size_t i = 0; i < all->size(); ++i) {
    if (skips_private && is_private((*all)[i])) continue;
    if (failed(bind_name(step, (*all)[i]))) return kRaised;
  }
  return step.end();
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
