// str.translate and str.maketrans.
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/str_arguments.h"
#include "objects/types/str_builder.h"
#include "objects/types/str_methods.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- translate. ---

// What a table says of one character.
[[nodiscard]] Status add_translated(StrBuilder& out, Value target) noexcept {
  if (target.is_none()) return Status::kDone;
  if (const Str* const text = as_str(target)) {
    out.add(*text);
    return Status::kDone;
  }
  if (!is_int(target))
    return raise(ErrorKind::kType, {"character mapping must return integer, None or str"});
  const Index point = index_of(target);
  if (point.number < 0 || point.number > std::int64_t{text::kLastCodePoint})
    return raise(ErrorKind::kValue, {"character mapping must be in range(0x110000)"});
  out.add(static_cast<text::CodePoint>(point.number));
  return Status::kDone;
}

[[nodiscard]] Status translate_one(StrBuilder& out, Value table, text::CodePoint point) noexcept {
  const Ref<> target = get_item(table, Value::of_int(std::int64_t{point}));
  if (target) return add_translated(out, target.value());
  if (!is_pending(exception_type(BuiltinException::kLookupError))) return kRaised;
  clear_error();
  out.add(point);
  return Status::kDone;
}

// --- maketrans. ---

[[nodiscard]] Value code_of(const Str& character) noexcept {
  return Value::of_int(std::int64_t{character.view()[0]});
}

// A key may be a number or a character.
[[nodiscard]] Status put_pair(Dict& table, Value key, Ref<> value) noexcept {
  if (is_int(key)) return table.set(key, std::move(value));
  const Str* const character = as_str(key);
  if (character == nullptr)
    return raise(ErrorKind::kType, {"keys in translate table must be strings or integers"});
  if (character->size() != 1)
    return raise(ErrorKind::kValue, {"string keys in translate table must be of length 1"});
  return table.set(code_of(*character), std::move(value));
}

[[nodiscard]] Status put_all(Dict& table, Dict& from) noexcept {
  std::size_t place = 0;
  for (; DictItem item = from.next(place); ++place) {
    if (failed(put_pair(table, item.key.value(), std::move(item.value)))) return kRaised;
  }
  return Status::kDone;
}

[[nodiscard]] Status put_characters(Dict& table, const Str& from, const Str& to) noexcept {
  for (std::size_t i = 0; i < from.size(); ++i) {
    const Value key = Value::of_int(std::int64_t{from.view()[i]});
    const Value target = Value::of_int(std::int64_t{to.view()[i]});
    if (failed(table.set(key, Ref<>::of(target)))) return kRaised;
  }
  return Status::kDone;
}

[[nodiscard]] Status put_deleted(Dict& table, const Str& deleted) noexcept {
  for (std::size_t i = 0; i < deleted.size(); ++i) {
    const Value key = Value::of_int(std::int64_t{deleted.view()[i]});
    if (failed(table.set(key, Ref<>(Special::kNone)))) return kRaised;
  }
  return Status::kDone;
}

[[nodiscard]] Status put_texts(Dict& table, const Value* arguments) noexcept {
  const Str* const to = read_str(arguments[1], "maketrans() argument 2");
  if (to == nullptr) return kRaised;
  const Str* const deleted =
      arguments[2].is_empty() ? nullptr : read_str(arguments[2], "maketrans() argument 3");
  if (deleted == nullptr && !arguments[2].is_empty()) return kRaised;
  const Str* const from = as_str(arguments[0]);
  if (from == nullptr)
    return raise(ErrorKind::kType,
                 {"first maketrans argument must be a string if there is a second argument"});
  if (from->size() != to->size())
    return raise(ErrorKind::kValue, {"the first two maketrans arguments must have equal length"});
  if (failed(put_characters(table, *from, *to))) return kRaised;
  return deleted == nullptr ? Status::kDone : put_deleted(table, *deleted);
}

}  // namespace

Ref<> translate_str(const Value* arguments) noexcept {
  const text::View points = self_str(arguments).view();
  StrBuilder out;
  for (std::size_t i = 0; i < points.size; ++i) {
    if (failed(translate_one(out, arguments[1], points[i]))) return kRaised;
  }
  return out.finish();
}

Ref<> make_translation(const Value* arguments) noexcept {
  Ref<Dict> table = Dict::make();
  if (!table) return kRaised;
  if (!arguments[1].is_empty())
    return failed(put_texts(*table, arguments)) ? Ref<>() : Ref<>(std::move(table));
  Dict* const from = as_dict(arguments[0]);
  if (from == nullptr || &type_of(*from) != &dict_type())
    return raise(ErrorKind::kType,
                 {"if you give only one argument to maketrans it must be a dict"});
  return failed(put_all(*table, *from)) ? Ref<>() : Ref<>(std::move(table));
}

}  // namespace orochi::inline OROCHI_DESIGN
