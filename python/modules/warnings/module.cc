// _warnings: warn, warn_explicit, and the first filters.

#include "objects/model/error.h"
#include "objects/types/dict.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/str_operations.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/arguments.h"
#include "python/modules/native_module.h"
#include "python/modules/warnings/warning.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status read_category(Value message, Value given, Ref<>& category) noexcept {
  if (type_of(message).is_subtype_of(exception_type(BuiltinException::kWarning)))
    given = Value(&type_of(message));
  if (given.is_none()) given = Value(&exception_type(BuiltinException::kUserWarning));
  const Type* const type = is_exception_type(given) ? static_cast<Type*>(given.object()) : nullptr;
  category = Ref<>::of(given);
  if (type != nullptr && type->is_subtype_of(exception_type(BuiltinException::kWarning)))
    return Status::kDone;
  return raise(ErrorKind::kType,
               {"category must be a Warning subclass, not '", type_name(given), "'"});
}

// (message, category, stacklevel, source)
Ref<> warn(const Value* arguments) noexcept {
  warnings::Warning warning;
  std::int64_t level = 0;
  if (failed(read_category(arguments[0], arguments[1], warning.category)) ||
      failed(read_integer(arguments[2], "C ssize_t", level)) ||
      failed(warnings::take_caller(level, warning)))
    return kRaised;
  warning.message = Ref<>::of(arguments[0]);
  warning.source = Ref<>::of(arguments[3]);
  return warnings::act(warning);
}

// The module of a file, where nobody says which.
[[nodiscard]] Ref<> module_of_file(Value file) noexcept {
  Str* const name = as_str(file);
  if (name == nullptr || name->size() == 0) return intern("<unknown>");
  const bool is_source = Utf8Text(*name).view().ends_with(".py");
  return is_source ? Ref<>(slice(*name, 0, name->size() - 3)) : Ref<>::of(file);
}

// (message, category, filename, lineno, module, registry, module_globals, source)
Ref<> warn_explicit(const Value* arguments) noexcept {
  warnings::Warning warning;
  if (!arguments[5].is_none() && as_dict(arguments[5]) == nullptr)
    return raise(ErrorKind::kType, {"'registry' must be a dict or None"});
  warning.message = Ref<>::of(arguments[0]);
  warning.category = Ref<>::of(arguments[1]);
  warning.file = Ref<>::of(arguments[2]);
  warning.line = Ref<>::of(arguments[3]);
  warning.module = arguments[4].is_none() ? module_of_file(arguments[2]) : Ref<>::of(arguments[4]);
  warning.registry = Ref<>::of(arguments[5]);
  warning.source = Ref<>::of(arguments[7]);
  return warning.module ? warnings::act(warning) : Ref<>();
}

Ref<> filters_mutated(const Value*) noexcept {
  warnings::note_change();
  return Special::kNone;
}

constexpr NativeSpec kFunctions[] = {
    {"_filters_mutated()", filters_mutated},
    {"warn(message, category=None, stacklevel=1, source=None)", warn,
     "Warns of something at the place of a caller."},
    {"warn_explicit(message, category, filename, lineno, module=None, registry=None, "
     "module_globals=None, source=None)",
     warn_explicit, "Warns of something at a place."},
};

// --- The first filters. ---

[[nodiscard]] Ref<> make_filter(std::string_view action, BuiltinException category,
                                std::string_view module) noexcept {
  Ref<> where = Special::kNone;
  if (!module.empty()) where = intern(module);
  return Tuple::of(intern(action), Special::kNone, Ref<>::of(Value(&exception_type(category))),
                   std::move(where), make_int(std::int64_t{0}));
}

[[nodiscard]] Ref<> first_filters() noexcept {
  return List::of(make_filter("default", BuiltinException::kDeprecationWarning, "__main__"),
                  make_filter("ignore", BuiltinException::kDeprecationWarning, {}),
                  make_filter("ignore", BuiltinException::kPendingDeprecationWarning, {}),
                  make_filter("ignore", BuiltinException::kImportWarning, {}),
                  make_filter("ignore", BuiltinException::kResourceWarning, {}));
}

[[nodiscard]] Status complete(Module& module) noexcept {
  module.count().immortalise();
  warnings::set_own_module(module);
  if (failed(add_value(module, "filters", first_filters())) ||
      failed(add_value(module, "_onceregistry", Dict::make())))
    return kRaised;
  return add_str(module, "_defaultaction", "default");
}

}  // namespace

extern constinit const NativeModule kWarningsModule{"_warnings", "What is done with warnings.",
                                                    kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
