#include "objects/types/special_methods.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "objects/model/error.h"
#include "objects/types/construct.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/slot_functions.h"
#include "objects/types/slot_wrapper.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit std::array<Str*, kSpecialMethodCount> g_names{};  // written by start_special_methods

static_assert(std::is_standard_layout_v<Protocols>, "slots are found by where they lie");

void set_slot(Protocols& slots, std::size_t slot, AnySlot function) noexcept {
  std::memcpy(reinterpret_cast<std::byte*>(&slots) + slot, &function, sizeof(function));
}

// The rows that stand for one slot.
[[nodiscard]] std::size_t end_of_group(std::size_t first) noexcept {
  std::size_t end = first;
  while (end < kSpecialMethodCount && kSpecialMethods[end].slot == kSpecialMethods[first].slot)
    ++end;
  return end;
}

}  // namespace

Str& special_name(std::size_t index) noexcept { return *g_names[index]; }

AnySlot slot_at(const Protocols& slots, std::size_t slot) noexcept {
  AnySlot function = nullptr;
  std::memcpy(&function, reinterpret_cast<const std::byte*>(&slots) + slot, sizeof(function));
  return function;
}

// --- From attributes to slots. Under the lock of all types. ---

namespace {

[[nodiscard]] bool is_special(const Object& name) noexcept {
  for (const Str* const special : g_names) {
    if (special == &name) return true;
  }
  return false;
}

// What the attributes of one group of names ask for.
class SlotChoice {
 public:
  SlotChoice(const TypeBlock& block, std::size_t first, std::size_t end) noexcept
      : block_(block), slot_(kSpecialMethods[first].slot) {
    for (std::size_t i = first; i < end; ++i) consider(i);
  }

  [[nodiscard]] AnySlot function() const noexcept {
    if (!has_any_) return nullptr;
    // Names that are missing beside a native one are the language's to report: __setitem__ alone.
    const bool is_whole = !has_missing_ || slot_ != offsetof(Protocols, compare);
    if (native_ != nullptr && !needs_name_ && is_whole) return native_;
    return slot_at(slots_by_name(), slot_);
  }

 private:
  void consider(std::size_t index) noexcept {
    const TypeEntry* const entry = block_.find(*g_names[index]);
    if (entry == nullptr) {
      has_missing_ = true;
    } else if (!(entry->value.is_none() && is_off_by_none(kSpecialMethods[index].form))) {
      has_any_ = true;
      consider(kSpecialMethods[index], entry->value);
    }
  }
  void consider(const SpecialMethod& method, Value value) noexcept {
    const SlotWrapper* const wrapper = as_slot_wrapper(value);
    if (wrapper == nullptr || &wrapper->method() != &method || !is_of(wrapper->owner())) {
      needs_name_ = true;
    } else if (native_ != nullptr && native_ != wrapper->function()) {
      needs_name_ = true;  // of two native types
    } else {
      native_ = wrapper->function();
    }
  }
  // A slot may be called with values of its own type alone.
  [[nodiscard]] bool is_of(const Type& owner) const noexcept {
    return std::ranges::find(block_.order(), &owner) != block_.order().end();
  }
  // A None in place of the method says that values of the type cannot do it.
  [[nodiscard]] static bool is_off_by_none(SlotForm form) noexcept {
    return form == SlotForm::kHash || form == SlotForm::kUnary || form == SlotForm::kLength;
  }

  const TypeBlock& block_;
  const std::size_t slot_;
  AnySlot native_ = nullptr;
  bool has_any_ = false;
  bool has_missing_ = false;
  bool needs_name_ = false;
};

void note_homes(const TypeBlock& block, Protocols& slots) noexcept {
  for (std::size_t i = 0; i < kBinaryOps; ++i) {
    const TypeEntry* const entry = block.find(*g_names[special("__radd__") + i]);
    slots.reflected_home[i] = entry == nullptr ? nullptr : entry->home;
  }
}

void fill_slots(const Type& type, const TypeBlock& block, Protocols& slots) noexcept {
  for (std::size_t first = 0; first < kSpecialMethodCount;) {
    const std::size_t end = end_of_group(first);
    set_slot(slots, kSpecialMethods[first].slot, SlotChoice(block, first, end).function());
    first = end;
  }
  note_homes(block, slots);
  slots.construct = construct_slot(type, block.find(*g_names[special("__new__")]));
  const bool is_metatype = std::ranges::find(block.order(), &type_type()) != block.order().end();
  if (is_metatype && slots.get_item == nullptr) slots.get_item = class_get_item;
}

}  // namespace

// --- From slots to attributes. ---

namespace {

// Attributes that a type is given at once. The wrappers live for ever.
class NewAttributes {
 public:
  [[nodiscard]] Status add(Type& owner, std::size_t index, AnySlot function) noexcept {
    const Ref<SlotWrapper> wrapper = SlotWrapper::make(owner, index, function);
    if (!wrapper) return kRaised;
    return add(index, wrapper.value());
  }
  [[nodiscard]] Status add(std::size_t index, Value value) noexcept {
    attributes_[count_++] = {.name = g_names[index], .value = value};
    return Status::kDone;
  }
  // So that nobody takes the text of an ancestor for its own.
  void add_no_text() noexcept {
    attributes_[count_++] = {.name = names().doc, .value = Value::kNone};
  }
  [[nodiscard]] Status give_to(Type& type) const noexcept {
    return count_ == 0 ? Status::kDone : type.set_all(std::span(attributes_).first(count_));
  }

 private:
  std::array<TypeAttribute, kSpecialMethodCount + 1> attributes_{};
  std::size_t count_ = 0;
};

[[nodiscard]] bool has_wrapper(SlotForm form) noexcept {
  return form != SlotForm::kMissingAttribute && form != SlotForm::kConstruct;
}

[[nodiscard]] bool has_itself(const Type& type, const Object& name) noexcept {
  const TypeEntry* const entry = type.block().find(name);
  return entry != nullptr && entry->home == &type;
}
[[nodiscard]] bool has_itself(const Type& type, std::size_t index) noexcept {
  return has_itself(type, *g_names[index]);
}

[[nodiscard]] Status describe(Type& type, const Protocols& slots, const Protocols& base) noexcept {
  NewAttributes attributes;
  for (std::size_t i = 0; i < kSpecialMethodCount; ++i) {
    const SpecialMethod& method = kSpecialMethods[i];
    const AnySlot function = slot_at(slots, method.slot);
    if (function == nullptr || function == slot_at(base, method.slot) || has_itself(type, i) ||
        !has_wrapper(method.form))
      continue;
    if (failed(attributes.add(type, i, function))) return kRaised;
  }
  const bool unhashable =
      slots.hash == nullptr && slots.compare != nullptr && slots.compare != base.compare;
  if (unhashable && failed(attributes.add(special("__hash__"), Value::kNone))) return kRaised;
  if (!has_itself(type, *names().doc)) attributes.add_no_text();
  return attributes.give_to(type);
}

// Of a native type: what it has that its base has not.
[[nodiscard]] Status describe_type(Type& type) noexcept {
  const Protocols none;
  const Protocols slots = type.block().protocols();
  const Protocols base = type.base() == nullptr ? none : type.base()->block().protocols();
  if (failed(describe(type, slots, base))) return kRaised;
  // Without a text of its own it has none, not that of an ancestor.
  const TypeEntry* const doc = type.block().find(*names().doc);
  if (doc != nullptr && doc->home == &type) return Status::kDone;
  return type.set(*names().doc, Special::kNone);
}

// Without rules, so no slot changes meanwhile.
[[nodiscard]] Status describe_all() noexcept {
  const bool done = Type::for_each([](Type& type) { return !failed(describe_type(type)); });
  return done ? Status::kDone : Status::kFailed;
}

}  // namespace

Status define_slots(Type& type, const Protocols& slots) noexcept {
  return describe(type, slots, Protocols());
}

Status start_special_methods() noexcept {
  for (std::size_t i = 0; i < kSpecialMethodCount; ++i) {
    g_names[i] = intern_for_ever(kSpecialMethods[i].name);
    if (g_names[i] == nullptr) return kRaised;
  }
  if (failed(describe_all())) return kRaised;
  set_type_rules({.is_special = is_special, .fill = fill_slots, .describe = describe_type});
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
