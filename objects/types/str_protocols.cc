#include "objects/types/str_protocols.h"

#include "objects/model/error.h"
#include "objects/text/compare.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/number_format.h"
#include "objects/types/ordering.h"
#include "objects/types/percent_format.h"
#include "objects/types/sequence_operands.h"
#include "objects/types/slice.h"
#include "objects/types/str.h"
#include "objects/types/str_edit.h"
#include "objects/types/str_iterator.h"
#include "objects/types/str_operations.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Str& self_of(Value value) noexcept { return *static_cast<Str*>(value.object()); }

Status str_hash(Value self, std::int64_t& hash) noexcept {
  hash = self_of(self).hash();
  return Status::kDone;
}

Status str_length(Value self, std::size_t& length) noexcept {
  length = self_of(self).size();
  return Status::kDone;
}

Ref<> str_compare(CompareOp op, Value self, Value other) noexcept {
  const Str* const b = as_str(other);
  if (b == nullptr) return Special::kNotImplemented;
  const Str& a = self_of(self);
  if (op == CompareOp::kEqual) return bool_of(equal(a, *b));
  if (op == CompareOp::kNotEqual) return bool_of(!equal(a, *b));
  return bool_of(holds(op, text::compare(a.view(), b->view())));
}

Truth str_contains(Value self, Value item) noexcept {
  const Str* const what = as_str(item);
  if (what == nullptr)
    return raise(ErrorKind::kType,
                 {"'in <string>' requires string as left operand, not ", type_of(item).name()});
  return truth_of(contains(self_of(self), *what));
}

Ref<> str_get_part(Str& str, const Slice& wanted) noexcept {
  SliceBounds bounds;
  if (failed(bounds.read(wanted))) return kRaised;
  const SlicePart part = bounds.within(str.size());
  return slice(str, static_cast<std::size_t>(part.start), part.step, part.count);
}

Ref<> str_get_character(const Str& str, std::int64_t index) noexcept {
  std::size_t position = 0;
  if (!find_position(index, str.size(), position))
    return raise(ErrorKind::kIndex, {"string index out of range"});
  return Str::of_character(str.view()[position]);
}

Ref<> str_get_item(Value self, Value key) noexcept {
  Str& str = self_of(self);
  if (const Slice* const wanted = as_slice(key)) return str_get_part(str, *wanted);
  Ref<> number;
  if (failed(find_index(key, number))) return kRaised;
  if (!number)
    return raise(ErrorKind::kType,
                 {"string indices must be integers, not '", type_of(key).name(), "'"});
  const Index index = index_of(number.value());
  if (index.kind == IndexKind::kInside) return str_get_character(str, index.number);
  return raise(ErrorKind::kIndex,
               {"cannot fit '", type_of(key).name(), "' into an index-sized integer"});
}

Ref<> str_add(Value self, Value other) noexcept {
  Str* const b = as_str(other);
  return b == nullptr ? refuse_concat(self, other) : Ref<>(concat(self_of(self), *b));
}

Ref<> str_multiply(Value self, Value other) noexcept {
  std::int64_t times = 0;
  Ref<> answer;
  if (!read_repeats(self, other, times, answer)) return answer;
  return repeat(self_of(self), times);
}

Ref<> str_modulo(Value self, Value other) noexcept { return format_percent(self_of(self), other); }

Ref<> str_repr(Value self) noexcept { return quote(self_of(self), text::Escapes::kUnprintable); }

// One of a subtype is a plain str from here on.
Ref<> str_str(Value self) noexcept {
  Str& str = self_of(self);
  return slice(str, 0, str.size());
}

}  // namespace

Protocols str_protocols() noexcept {
  Protocols slots;
  slots.hash = str_hash;
  slots.length = str_length;
  slots.compare = str_compare;
  slots.contains = str_contains;
  slots.iter = [](Value self) noexcept { return Ref<>(StrIterator::make(self_of(self))); };
  slots.get_item = str_get_item;
  slots.repr = str_repr;
  slots.str = str_str;
  slots.format = format_str;
  slots.binary[static_cast<std::size_t>(BinaryOp::kAdd)] = str_add;
  slots.binary[static_cast<std::size_t>(BinaryOp::kMultiply)] = str_multiply;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kMultiply)] = str_multiply;
  slots.binary[static_cast<std::size_t>(BinaryOp::kModulo)] = str_modulo;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kModulo)] = [](Value self,
                                                                    Value other) noexcept {
    return as_str(other) == nullptr ? Ref<>(Special::kNotImplemented) : str_modulo(other, self);
  };
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
