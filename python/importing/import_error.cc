#include "python/importing/import_error.h"

#include "objects/types/exception_fields.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Raised raise_of(Type& type, std::initializer_list<std::string_view> parts, Value name,
                Value path) noexcept {
  const Ref<Str> text = str_of(parts);
  if (!text) return kRaised;
  const Value argument = text.value();
  Ref<Exception> error = call_exception_type(type, {&argument, 1, nullptr});
  if (!error) return kRaised;
  if (!name.is_empty()) error->set_extra(extra::kImportName, Ref<>::of(name));
  if (!path.is_empty()) error->set_extra(extra::kImportPath, Ref<>::of(path));
  return raise_exception(std::move(error));
}

}  // namespace

Raised raise_import_error(std::initializer_list<std::string_view> parts, Value name,
                          Value path) noexcept {
  return raise_of(exception_type(BuiltinException::kImportError), parts, name, path);
}

Raised raise_module_not_found(std::initializer_list<std::string_view> parts, Str& name) noexcept {
  return raise_of(exception_type(BuiltinException::kModuleNotFoundError), parts, Value(&name),
                  Value());
}

bool is_not_found(const Str& name) noexcept {
  if (!is_pending(exception_type(BuiltinException::kModuleNotFoundError))) return false;
  Error error = Error::take();
  Exception* const exception = as_exception(error.value());
  const Ref<> missing = exception == nullptr ? Ref<>() : exception->extra(extra::kImportName);
  std::move(error).restore();
  const Str* const text = missing ? as_str(missing.value()) : nullptr;
  return text != nullptr && equal(*text, name);
}

}  // namespace orochi::inline OROCHI_DESIGN
