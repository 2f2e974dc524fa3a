#include "python/vm/callable_name.h"

#include "objects/model/error.h"
#include "objects/types/str_builder.h"
#include "objects/types/utf8_text.h"
#include "python/vm/function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

void add_name(StrBuilder& text, Function& function) noexcept {
  const Ref<> home = function.module.load(function);
  if (home && as_str(home.value()) != nullptr) {
    text.add(home.as<Str>());
    text.add(".");
  }
  text.add(function.qualified_name.load(function).as<Str>());
  text.add("()");
}

}  // namespace

Raised raise_about_callable(Value callable,
                            std::initializer_list<std::string_view> parts) noexcept {
  StrBuilder text;
  if (is_function(callable)) {
    add_name(text, static_cast<Function&>(*callable.object()));
  } else {
    text.add_utf8(type_of(callable).name());
    text.add(" object");
  }
  for (const std::string_view part : parts) text.add_utf8(part);
  const Ref<Str> whole = text.finish();
  if (!whole) return kRaised;
  return raise(ErrorKind::kType, {Utf8Text(*whole).view()});
}

}  // namespace orochi::inline OROCHI_DESIGN
