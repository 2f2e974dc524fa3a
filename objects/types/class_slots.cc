#include "objects/types/class_slots.h"

#include <algorithm>
#include <utility>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/unicode.h"
#include "objects/types/attribute.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- The names. ---

// A name with two underscores in front is the class's own: _C__x.
[[nodiscard]] Ref<Str> mangle(const Str& class_name, Ref<Str> name) noexcept {
  const Utf8Text text(*name);
  if (!text.view().starts_with("__") || text.view().ends_with("__")) return name;
  const Utf8Text owner(class_name);
  std::string_view bare = owner.view();
  while (bare.starts_with('_')) bare.remove_prefix(1);
  if (bare.empty()) return name;
  return intern(str_of({"_", bare, text.view()}));
}

class SlotReader {
 public:
  SlotReader(const Str& class_name, const Type& base, Dict& names, ClassSlots& slots) noexcept
      : class_name_(class_name), base_(base), names_(names), slots_(slots) {}

  [[nodiscard]] Status read(Value given) noexcept {
    slots_.are_given = true;
    if (as_str(given) != nullptr) return read_one(given);
    const Ref<> iterator = iterate(given);
    if (!iterator) return kRaised;
    for (;;) {
      Ref<> item;
      if (failed(next(iterator.value(), item))) return kRaised;
      if (!item) return Status::kDone;
      if (failed(read_one(item.value()))) return kRaised;
    }
  }

 private:
  [[nodiscard]] Status read_one(Value item) noexcept {
    const Str* const str = as_str(item);
    if (str == nullptr)
      return raise(ErrorKind::kType,
                   {"__slots__ items must be strings, not '", type_of(item).name(), "'"});
    if (!text::is_identifier(str->view()))
      return raise(ErrorKind::kType, {"__slots__ must be identifiers"});
    Ref<Str> name = attribute_name(item);
    if (!name) return kRaised;
    const Utf8Text utf8(*name);
    if (utf8.view() == "__dict__") return ask_for_dict();
    if (utf8.view() == "__weakref__") return ask_for_weakref();
    return add(mangle(class_name_, std::move(name)));
  }

  [[nodiscard]] Status ask_for_dict() noexcept {
    if (slots_.ask_for_dict || base_.parts().is_open)
      return raise(ErrorKind::kType, {"__dict__ slot disallowed: we already got one"});
    slots_.ask_for_dict = true;
    return Status::kDone;
  }

  [[nodiscard]] Status ask_for_weakref() noexcept {
    if (slots_.ask_for_weakref || base_.is_weakly_referable())
      return raise(ErrorKind::kType, {"__weakref__ slot disallowed: either we already got one, "
                                      "or __itemsize__ != 0"});
    slots_.ask_for_weakref = true;
    return Status::kDone;
  }

  [[nodiscard]] Status add(Ref<Str> name) noexcept {
    if (!name) return kRaised;
    if (failed(check(*name))) return kRaised;
    const std::size_t count = slots_.names ? slots_.names->size() : 0;
    Ref<Tuple> more = Tuple::make_blank(count + 1);
    if (!more) return kRaised;
    for (std::size_t i = 0; i < count; ++i) more->initialise(i, slots_.names->load(i));
    more->initialise(count, std::move(name));
    slots_.names = std::move(more);
    return Status::kDone;
  }

  [[nodiscard]] Status check(const Str& name) noexcept {
    if (base_.native_end_varies())
      return raise(ErrorKind::kType,
                   {"nonempty __slots__ not supported for subtype of '", base_.name(), "'"});
    const Truth clashes = names_.contains(Value(const_cast<Str*>(&name)));
    if (clashes == Truth::kTrue)
      return raise(ErrorKind::kValue,
                   {"'", Utf8Text(name).view(), "' in __slots__ conflicts with class variable"});
    return failed(clashes) ? Status::kFailed : Status::kDone;
  }

  const Str& class_name_;
  const Type& base_;
  Dict& names_;
  ClassSlots& slots_;
};

}  // namespace

Status read_slots(const Str& name, const Type& base, Dict& names, ClassSlots& slots) noexcept {
  Ref<> given;
  if (failed(names.find(Value(orochi::names().slots), given))) return kRaised;
  return given ? SlotReader(name, base, names, slots).read(given.value()) : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
