// Which action a warning meets, and what that means.

#include "memory/atomic.h"
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/native_function.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "objects/types/utf8_text.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/show_traceback.h"
#include "python/modules/warnings/warning.h"

namespace orochi::inline OROCHI_DESIGN::warnings {
namespace {

constinit LateName g_default_action("defaultaction");
constinit LateName g_filters("filters");
constinit LateName g_match("match");
constinit LateName g_message_type("WarningMessage");
constinit LateName g_name("__name__");
constinit LateName g_once_registry("onceregistry");
constinit LateName g_own_default("_defaultaction");
constinit LateName g_own_once("_onceregistry");
constinit LateName g_show("_showwarnmsg");
constinit LateName g_version("version");
constinit LateName g_warnings("warnings");

constinit Module* g_module = nullptr;  // immortal; written by set_own_module
// How often the filters have changed. relaxed: it orders nothing.
constinit Atomic<std::int64_t> g_changes{0};

[[nodiscard]] Ref<> attribute(Value value, LateName& late) noexcept {
  Str* const name = late.get();
  return name == nullptr ? Ref<>() : get_attribute(value, *name);
}

// Done and nothing in `value`: `warnings` is not there, or has no such name.
[[nodiscard]] Status find_in_warnings(LateName& late, Ref<>& value) noexcept {
  Str* const name = late.get();
  Str* const module_name = g_warnings.get();
  Ref<> module;
  if (name == nullptr || module_name == nullptr ||
      failed(loaded_modules().find(Value(module_name), module)))
    return kRaised;
  if (!module || module.value().is_none()) return Status::kDone;
  return find_attribute(module.value(), *name, value);
}

// What `warnings` has of a name, or what this module has of its own.
[[nodiscard]] Ref<> setting(LateName& of_warnings, LateName& own) noexcept {
  Ref<> value;
  if (failed(find_in_warnings(of_warnings, value))) return kRaised;
  return value ? std::move(value) : attribute(Value(g_module), own);
}

[[nodiscard]] Type& warning_type() noexcept { return exception_type(BuiltinException::kWarning); }

// Of a message, its text and its category; of a text, the message.
[[nodiscard]] Status complete_message(Warning& warning) noexcept {
  if (type_of(warning.message.value()).is_subtype_of(warning_type())) {
    warning.category = Ref<>::of(Value(&type_of(warning.message.value())));
    warning.text = str(warning.message.value());
  } else {
    warning.text = warning.message.share();
    const Value argument = warning.text.value();
    warning.message = call(warning.category.value(), {&argument, 1, nullptr});
  }
  return warning.text && warning.message ? Status::kDone : Status::kFailed;
}

// --- What was shown already. ---

// Done, and true: it was. Otherwise it is from now on, if `notes` says so.
[[nodiscard]] Truth was_shown(Dict& registry, Value key, bool notes) noexcept {
  Str* const version_name = g_version.get();
  const Ref<> now = make_int(g_changes.load(kRelaxed));
  Ref<> version;
  if (version_name == nullptr || !now || failed(registry.find(Value(version_name), version)))
    return kRaised;
  if (!version || version.value() != now.value()) {
    registry.clear();
    if (failed(registry.set(Value(version_name), now.share()))) return kRaised;
  } else {
    Ref<> shown;
    if (failed(registry.find(key, shown))) return kRaised;
    const Truth answer = shown ? truth(shown.value()) : Truth::kFalse;
    if (answer != Truth::kFalse) return answer;
  }
  if (notes && failed(registry.set(key, Special::kTrue))) return kRaised;
  return Truth::kFalse;
}

// --- Filters: (action, text, category, module, line). ---

// None fits all; a text itself; anything else says by its `match`.
[[nodiscard]] Truth fits(Value pattern, Value text) noexcept {
  if (pattern.is_none()) return Truth::kTrue;
  if (as_exact_str(pattern) != nullptr) return compare_truth(CompareOp::kEqual, pattern, text);
  Str* const match = g_match.get();
  if (match == nullptr) return kRaised;
  const Ref<> found = call_method(pattern, *match, {&text, 1, nullptr});
  return found ? truth(found.value()) : Truth{kRaised};
}

[[nodiscard]] Truth fits_line(Value wanted, Value line) noexcept {
  const Truth any = compare_truth(CompareOp::kEqual, wanted, Value::of_int(0));
  return any == Truth::kFalse ? compare_truth(CompareOp::kEqual, wanted, line) : any;
}

[[nodiscard]] Truth fits_all(const Tuple& filter, const Warning& warning) noexcept {
  const Truth category = is_subclass(warning.category.value(), filter[2]);
  if (category != Truth::kTrue) return category;
  const Truth text = fits(filter[1], warning.text.value());
  if (text != Truth::kTrue) return text;
  const Truth module = fits(filter[3], warning.module.value());
  return module != Truth::kTrue ? module : fits_line(filter[4], warning.line.value());
}

// The action of the first filter that fits.
[[nodiscard]] Ref<> find_action(const Warning& warning) noexcept {
  const Ref<> filters = setting(g_filters, g_filters);
  List* const list = filters ? as_list(filters.value()) : nullptr;
  if (filters && list == nullptr)
    return raise(ErrorKind::kValue, {"_warnings.filters must be a list"});
  Ref<> item;
  for (std::int64_t i = 0; list != nullptr && list->get(i, item); ++i) {
    const Tuple* const filter = as_tuple(item.value());
    if (filter == nullptr || filter->size() != 5)
      return raise(ErrorKind::kValue,
                   {"_warnings.filters item ", Digits(static_cast<std::size_t>(i)).text(),
                    " isn't a 5-tuple"});
    const Truth answer = fits_all(*filter, warning);
    if (failed(answer)) return kRaised;
    if (answer == Truth::kTrue) return filter->load(0);
    item = Ref<>();
  }
  return filters ? setting(g_default_action, g_own_default) : Ref<>();
}

// --- Showing. ---

// "file:line: Category: text"
[[nodiscard]] Status show_plainly(const Warning& warning) noexcept {
  const Ref<> category = attribute(warning.category.value(), g_name);
  StrBuilder out;
  if (!category || failed(out.add_str(warning.file.value()))) return kRaised;
  out.add(":");
  if (failed(out.add_str(warning.line.value()))) return kRaised;
  out.add(": ");
  if (failed(out.add_str(category.value()))) return kRaised;
  out.add(": ");
  if (failed(out.add_str(warning.text.value()))) return kRaised;
  out.add("\n");
  const Ref<Str> text = out.finish();
  if (!text) return kRaised;
  write_to_stderr(*text);
  return Status::kDone;
}

[[nodiscard]] Status show(const Warning& warning) noexcept {
  Ref<> show_message;
  Ref<> make_message;
  if (failed(find_in_warnings(g_show, show_message)) ||
      failed(find_in_warnings(g_message_type, make_message)))
    return kRaised;
  if (!show_message || !make_message) return show_plainly(warning);
  const Value parts[] = {warning.message.value(),
                         warning.category.value(),
                         warning.file.value(),
                         warning.line.value(),
                         Value::kNone,
                         Value::kNone,
                         warning.source.value()};
  const Ref<> message = call(make_message.value(), {parts, std::size(parts), nullptr});
  const Value argument = message.value();
  return message && call(show_message.value(), {&argument, 1, nullptr}) ? Status::kDone
                                                                        : Status::kFailed;
}

// --- What an action means. ---

[[nodiscard]] Truth was_shown_once(const Warning& warning) noexcept {
  const Ref<> registry = setting(g_once_registry, g_own_once);
  const Ref<Tuple> key = Tuple::of(warning.text.share(), warning.category.share());
  Dict* const dict = registry ? as_dict(registry.value()) : nullptr;
  if (dict == nullptr || !key) return kRaised;
  return was_shown(*dict, key.value(), true);
}

[[nodiscard]] Truth was_shown_in_module(const Warning& warning) noexcept {
  Dict* const registry = as_dict(warning.registry.value());
  const Ref<Tuple> key =
      Tuple::of(warning.text.share(), warning.category.share(), make_int(std::int64_t{0}));
  if (!key) return kRaised;
  return registry == nullptr ? Truth::kFalse : was_shown(*registry, key.value(), true);
}

Raised raise_unknown(Value action) noexcept {
  StrBuilder text;
  text.add("Unrecognized action (");
  if (failed(text.add_repr(action))) return kRaised;
  text.add(") in warnings.filters");
  return raise(ErrorKind::kRuntime, text);
}

// Whether there is nothing to be shown any more; notes what will have been shown.
[[nodiscard]] Truth is_over(const Warning& warning, Value action, Value key) noexcept {
  const Str* const text = as_str(action);
  if (text == nullptr) return raise_unknown(action);
  const Utf8Text name(*text);
  if (name.view() == "always") return Truth::kFalse;
  Dict* const registry = as_dict(warning.registry.value());
  if (registry != nullptr && failed(registry->set(key, Special::kTrue))) return kRaised;
  if (name.view() == "once") return was_shown_once(warning);
  if (name.view() == "module") return was_shown_in_module(warning);
  return name.view() == "default" ? Truth::kFalse : Truth{raise_unknown(action)};
}

[[nodiscard]] bool is_named(Value action, std::string_view name) noexcept {
  const Str* const text = as_str(action);
  return text != nullptr && Utf8Text(*text).view() == name;
}

}  // namespace

Ref<> act(Warning& warning) noexcept {
  if (failed(complete_message(warning))) return kRaised;
  const Ref<Tuple> key =
      Tuple::of(warning.text.share(), warning.category.share(), warning.line.share());
  Dict* const registry = as_dict(warning.registry.value());
  if (!key) return kRaised;
  const Truth known =
      registry == nullptr ? Truth::kFalse : was_shown(*registry, key.value(), false);
  if (known != Truth::kFalse) return failed(known) ? Ref<>() : Ref<>(Special::kNone);
  const Ref<> action = find_action(warning);
  if (!action) return kRaised;
  if (is_named(action.value(), "error")) return raise_any(warning.message.value(), Value());
  if (is_named(action.value(), "ignore")) return Special::kNone;
  const Truth over = is_over(warning, action.value(), key.value());
  if (over != Truth::kFalse) return failed(over) ? Ref<>() : Ref<>(Special::kNone);
  return none_or_raised(show(warning));
}

void set_own_module(Module& module) noexcept { g_module = &module; }
void note_change() noexcept { g_changes.store(g_changes.load(kRelaxed) + 1, kRelaxed); }

}  // namespace orochi::inline OROCHI_DESIGN::warnings
