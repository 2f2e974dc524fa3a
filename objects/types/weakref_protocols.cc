#include "objects/types/weakref_protocols.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <string_view>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/intern.h"
#include "objects/types/str.h"
#include "objects/types/str_operations.h"
#include "objects/types/weakref.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] WeakRef& self_of(Value value) noexcept {
  return static_cast<WeakRef&>(*value.object());
}

Ref<> weakref_call(Value self, const Arguments& arguments) noexcept {
  if (arguments.keywords != nullptr)
    return raise(ErrorKind::kType, {"weakref() takes no keyword arguments"});
  if (arguments.positional != 0) {
    std::array<char, 24> count{};
    std::snprintf(count.data(), count.size(), "%zu", arguments.positional);
    return raise(ErrorKind::kType, {"weakref expected 0 arguments, got ", count.data()});
  }
  Ref<> referent = self_of(self).get();
  return referent ? std::move(referent) : Ref<>(Special::kNone);
}

Status weakref_hash(Value self, std::int64_t& hash) noexcept { return self_of(self).hash(hash); }

// Of the referents while both live; afterwards a reference is equal to itself alone.
Ref<> weakref_compare(CompareOp op, Value self, Value other) noexcept {
  const WeakRef* const right = as_weakref(other);
  if (right == nullptr || (op != CompareOp::kEqual && op != CompareOp::kNotEqual))
    return Special::kNotImplemented;
  const Ref<> mine = self_of(self).get();
  const Ref<> theirs = right->get();
  if (!mine || !theirs)
    return Value::of_bool((self == other) == (op == CompareOp::kEqual)).as_special();
  return compare(op, mine.value(), theirs.value());
}

// --- repr ---

class Address {
 public:
  explicit Address(Value value) noexcept {
    std::snprintf(digits_.data(), digits_.size(), "%p", static_cast<const void*>(value.object()));
  }
  [[nodiscard]] std::string_view text() const noexcept { return digits_.data(); }

 private:
  std::array<char, 24> digits_{};
};

[[nodiscard]] Ref<Str> joined(std::initializer_list<std::string_view> parts) noexcept {
  std::size_t length = 0;
  for (const std::string_view part : parts) length += part.size();
  auto* const bytes = static_cast<char*>(allocate_buffer(length));
  if (bytes == nullptr) return raise_memory_error();
  char* end = bytes;
  for (const std::string_view part : parts) {
    std::memcpy(end, part.data(), part.size());
    end += part.size();
  }
  Ref<Str> text = Str::of_utf8({bytes, length});
  free_buffer(bytes);
  return text;
}

// Its __name__, if that is a str; nothing: it has none, or an exception is pending.
[[nodiscard]] Ref<Str> name_of_object(Value object) noexcept {
  if (type_of(object).block().protocols().get_attribute == nullptr) return {};
  Ref<Str> attribute = intern("__name__");
  if (!attribute) return {};
  Ref<> name = get_attribute(object, *attribute);
  if (!name && is_pending(ErrorKind::kAttribute)) clear_error();
  if (!name || as_str(name.value()) == nullptr) return {};
  return std::move(name).cast<Str>();
}

Ref<> repr_of_living(Value self, Value referent) noexcept {
  Ref<Str> name = name_of_object(referent);
  if (pending_kind() != ErrorKind::kNone) return kRaised;
  Ref<Str> begin = joined({"<weakref at ", Address(self).text(), "; to '", type_of(referent).name(),
                           "' at ", Address(referent).text(), name ? " (" : ">"});
  if (!begin || !name) return begin;
  Ref<Str> middle = concat(*begin, *name);
  Ref<Str> end = Str::of_ascii(")>");
  if (!middle || !end) return kRaised;
  return concat(*middle, *end);
}

Ref<> weakref_repr(Value self) noexcept {
  const Ref<> referent = self_of(self).get();
  if (!referent) return joined({"<weakref at ", Address(self).text(), "; dead>"});
  return repr_of_living(self, referent.value());
}

}  // namespace

Protocols weakref_protocols() noexcept {
  Protocols slots;
  slots.call = weakref_call;
  slots.hash = weakref_hash;
  slots.compare = weakref_compare;
  slots.repr = weakref_repr;
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
