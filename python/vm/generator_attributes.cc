#include "python/vm/generator_attributes.h"

#include "objects/model/error.h"
#include "objects/types/digits.h"
#include "objects/types/utf8_text.h"
#include "python/vm/generator.h"

namespace orochi::inline OROCHI_DESIGN::generator_attributes {
namespace {

using State = Generator::State;

[[nodiscard]] Generator& self_of(Value self) noexcept {
  return static_cast<Generator&>(*self.object());
}

[[nodiscard]] Status set_text(Field Generator::*field, Value self, Ref<> value,
                              std::string_view name) noexcept {
  if (!value || as_str(value.value()) == nullptr)
    return raise(ErrorKind::kType, {name, " must be set to a string object"});
  (self_of(self).*field).store(self_of(self), std::move(value));
  return Status::kDone;
}

[[nodiscard]] Ref<> has_state(Value self, State state) noexcept {
  return self_of(self).state() == state ? Special::kTrue : Special::kFalse;
}

}  // namespace

Ref<> name(Value self) noexcept { return self_of(self).name.load(self_of(self)); }
Status set_name(Value self, Ref<> value) noexcept {
  return set_text(&Generator::name, self, std::move(value), "__name__");
}
Ref<> qualified_name(Value self) noexcept {
  return self_of(self).qualified_name.load(self_of(self));
}
Status set_qualified_name(Value self, Ref<> value) noexcept {
  return set_text(&Generator::qualified_name, self, std::move(value), "__qualname__");
}

Ref<> code(Value self) noexcept { return Ref<>::of(Value(&self_of(self).code())); }
Ref<> delegate(Value self) noexcept { return self_of(self).current_delegate(); }
Ref<> frame(Value self) noexcept { return self_of(self).frame(); }
Ref<> is_running(Value self) noexcept { return has_state(self, State::kRunning); }
Ref<> is_suspended(Value self) noexcept { return has_state(self, State::kSuspended); }

Ref<> origin(Value self) noexcept {
  Ref<> found = self_of(self).origin_or_finalizer.load(self_of(self));
  return found ? std::move(found) : Ref<>(Special::kNone);
}

Ref<> repr(Value self) noexcept {
  const Ref<> text = qualified_name(self);
  return str_of({"<", type_of(self).name(), " object ", Utf8Text(text.as<Str>()).view(), " at ",
                 Address(self.object()).text(), ">"});
}

}  // namespace orochi::inline OROCHI_DESIGN::generator_attributes
