#include "python/vm/names.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {

Raised raise_no_name(const Str& name) noexcept {
  return raise(ErrorKind::kName, {"name '", Utf8Text(name).view(), "' is not defined"});
}

namespace {

[[nodiscard]] Dict* exact_dict(Object& names) noexcept {
  return &type_of(names) == &dict_type() ? static_cast<Dict*>(&names) : nullptr;
}

// A KeyError says that it has no such name.
[[nodiscard]] Status missing_or_raised() noexcept {
  if (!is_pending(exception_type(ErrorKind::kKey))) return kRaised;
  clear_error();
  return Status::kDone;
}

[[nodiscard]] Status delete_name(Object& names, Str& name) noexcept {
  if (Dict* const dict = exact_dict(names); dict != nullptr) {
    Ref<> before;
    if (failed(dict->remove(Value(&name), before))) return kRaised;
    return before ? Status::kDone : Status{raise_no_name(name)};
  }
  if (!failed(set_item(Value(&names), Value(&name), Ref<>()))) return Status::kDone;
  if (failed(missing_or_raised())) return kRaised;
  return raise_no_name(name);
}

}  // namespace

Status find_name(Object& names, Str& name, Ref<>& value) noexcept {
  if (Dict* const dict = exact_dict(names); dict != nullptr) return dict->find(Value(&name), value);
  value = get_item(Value(&names), Value(&name));
  return value ? Status::kDone : missing_or_raised();
}

Status set_name(Object& names, Str& name, Ref<> value) noexcept {
  if (!value) return delete_name(names, name);
  if (Dict* const dict = exact_dict(names); dict != nullptr)
    return dict->set(Value(&name), std::move(value));
  return set_item(Value(&names), Value(&name), std::move(value));
}

Ref<> load_global(Dict& globals, Dict& builtins, Str& name) noexcept {
  Ref<> value;
  if (failed(globals.find(Value(&name), value))) return kRaised;
  if (!value && failed(builtins.find(Value(&name), value))) return kRaised;
  if (!value) return raise_no_name(name);
  return value;
}

}  // namespace orochi::inline OROCHI_DESIGN
