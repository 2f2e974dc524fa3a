#include "objects/types/weakref_protocols.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "objects/types/native_function.h"
#include "objects/types/str.h"
#include "objects/types/str_builder.h"
#include "objects/types/utf8_text.h"
#include "objects/types/weakref.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] WeakRef& self_of(Value value) noexcept {
  return static_cast<WeakRef&>(*value.object());
}

Ref<> weakref_call(Value self, const Arguments& arguments) noexcept {
  if (arguments.keywords != nullptr)
    return raise(ErrorKind::kType, {"weakref() takes no keyword arguments"});
  if (arguments.positional != 0)
    return raise(ErrorKind::kType,
                 {"weakref expected 0 arguments, got ", Digits(arguments.positional).text()});
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

// Its __name__, if that is a str; nothing: it has none, or an exception is pending.
[[nodiscard]] Ref<Str> name_of_object(Value object) noexcept {
  if (type_of(object).block().protocols().get_attribute == nullptr) return {};
  Ref<Str> attribute = intern("__name__");
  if (!attribute) return {};
  Ref<> name = get_attribute(object, *attribute);
  if (!name && is_pending(exception_type(ErrorKind::kAttribute))) clear_error();
  if (!name || as_str(name.value()) == nullptr) return {};
  return std::move(name).cast<Str>();
}

Ref<> repr_of_living(Value self, Value referent) noexcept {
  const Ref<Str> name = name_of_object(referent);
  if (pending_kind() != ErrorKind::kNone) return kRaised;
  StrBuilder out;
  out.add("<weakref at ");
  out.add(Address(self.object()).text());
  out.add("; to '");
  out.add_utf8(type_of(referent).name());
  out.add("' at ");
  out.add(Address(referent.object()).text());
  if (name) {
    out.add(" (");
    out.add(*name);
    out.add(")");
  }
  out.add(">");
  return out.finish();
}

Ref<> weakref_repr(Value self) noexcept {
  const Ref<> referent = self_of(self).get();
  if (!referent) return str_of({"<weakref at ", Address(self.object()).text(), "; dead>"});
  return repr_of_living(self, referent.value());
}

// --- Attributes. ---

Ref<> weakref_callback(Value self) noexcept {
  Ref<> callback = self_of(self).callback();
  if (!callback || self_of(self).is_dead()) return Special::kNone;
  return callback;
}

constexpr AttributeSpec kAttributes[] = {{.name = "__callback__", .get = weakref_callback}};

}  // namespace

Protocols weakref_protocols() noexcept {
  Protocols slots;
  slots.call = weakref_call;
  slots.hash = weakref_hash;
  slots.compare = weakref_compare;
  slots.repr = weakref_repr;
  return slots;
}

Status define_weakref_attributes() noexcept {
  return define_attributes(weakref_type(), kAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
