#include "python/modules/io/locale.h"

#include <langinfo.h>
#include <locale.h>  // NOLINT(modernize-deprecated-headers): newlocale is POSIX's

#include <cstdlib>
#include <string_view>

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The first that is set and not empty decides.
[[nodiscard]] std::string_view locale_name() noexcept {
  for (const char* const variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* const value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return value;
  }
  return "C";
}

}  // namespace

Ref<Str> locale_encoding() noexcept {
  const locale_t locale = newlocale(LC_CTYPE_MASK, "", nullptr);
  if (locale == nullptr) return Str::of_ascii("utf-8");
  const std::string_view name = nl_langinfo_l(CODESET, locale);
  Ref<Str> encoding = Str::of_ascii(name == "ANSI_X3.4-1968" ? "utf-8" : name);
  freelocale(locale);
  return encoding;
}

bool locale_is_plain() noexcept {
  const std::string_view name = locale_name();
  return name == "C" || name == "POSIX" || name == "C.UTF-8" || name == "C.utf8";
}

}  // namespace orochi::inline OROCHI_DESIGN
