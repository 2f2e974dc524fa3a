#include "objects/types/str_methods.h"

#include "objects/model/error.h"
#include "objects/text/unicode.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/format.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/iterator_state.h"
#include "objects/types/ordering.h"
#include "objects/types/str_arguments.h"
#include "objects/types/str_edit.h"
#include "objects/types/str_format.h"
#include "objects/types/str_iterator.h"
#include "objects/types/str_layout.h"
#include "objects/types/str_predicates.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- Cases and questions. ---

template <text::CaseChange kChange>
Ref<> in_case(const Value* arguments) noexcept {
  return change_case(self_str(arguments), kChange);
}

template <bool (*kQuestion)(const Str&) noexcept>
Ref<> ask(const Value* arguments) noexcept {
  return bool_of(kQuestion(self_str(arguments)));
}

[[nodiscard]] bool is_ascii(const Str& str) noexcept { return str.is_ascii(); }
[[nodiscard]] bool is_identifier(const Str& str) noexcept {
  return text::is_identifier(str.view());
}

// --- Padding. ---

[[nodiscard]] Status read_fill(Value value, text::CodePoint& fill) noexcept {
  const Str* const str = as_str(value);
  if (str == nullptr)
    return raise(ErrorKind::kType,
                 {"The fill character must be a unicode character, not ", type_of(value).name()});
  if (str->size() != 1)
    return raise(ErrorKind::kType, {"The fill character must be exactly one character long"});
  fill = str->view()[0];
  return Status::kDone;
}

template <Placing kPlacing>
Ref<> pad(const Value* arguments) noexcept {
  std::int64_t width = 0;
  text::CodePoint fill = ' ';
  if (failed(read_index(arguments[1], width)) || failed(read_fill(arguments[2], fill)))
    return kRaised;
  return pad_to(self_str(arguments), width, fill, kPlacing);
}

Ref<> zfill(const Value* arguments) noexcept {
  std::int64_t width = 0;
  if (failed(read_index(arguments[1], width))) return kRaised;
  return fill_with_zeros(self_str(arguments), width);
}

Ref<> expand(const Value* arguments) noexcept {
  std::int32_t size = 0;
  if (failed(read_small(arguments[1], size))) return kRaised;
  return expand_tabs(self_str(arguments), size);
}

// --- Formatting. ---

Ref<> format_with(const Value* arguments) noexcept {
  const bool has_none = arguments[1].is_empty();
  const Tuple& positional = has_none ? no_arguments() : *as_tuple(arguments[1]);
  return format_str_with(self_str(arguments), positional, arguments[2]);
}

Ref<> format_map(const Value* arguments) noexcept {
  return format_str_map(self_str(arguments), arguments[1]);
}

constexpr NativeSpec kMethods[] = {
    {"capitalize(self, /)", in_case<text::CaseChange::kCapitalize>},
    {"casefold(self, /)", in_case<text::CaseChange::kFold>},
    {"lower(self, /)", in_case<text::CaseChange::kLower>},
    {"swapcase(self, /)", in_case<text::CaseChange::kSwap>},
    {"title(self, /)", in_case<text::CaseChange::kTitle>},
    {"upper(self, /)", in_case<text::CaseChange::kUpper>},
    {"isalnum(self, /)", ask<is_alphanumeric>},
    {"isalpha(self, /)", ask<is_alphabetic>},
    {"isascii(self, /)", ask<is_ascii>},
    {"isdecimal(self, /)", ask<is_decimal>},
    {"isdigit(self, /)", ask<is_digit>},
    {"isidentifier(self, /)", ask<is_identifier>},
    {"islower(self, /)", ask<is_lower>},
    {"isnumeric(self, /)", ask<is_numeric>},
    {"isprintable(self, /)", ask<is_printable>},
    {"isspace(self, /)", ask<is_space>},
    {"istitle(self, /)", ask<is_title>},
    {"isupper(self, /)", ask<is_upper>},
    {"center(self, width, fillchar=' ', /)", pad<Placing::kCenter>},
    {"ljust(self, width, fillchar=' ', /)", pad<Placing::kLeft>},
    {"rjust(self, width, fillchar=' ', /)", pad<Placing::kRight>},
    {"zfill(self, width, /)", zfill},
    {"expandtabs(self, /, tabsize=8)", expand},
    {"format(self, /, *args, **kwargs)", format_with},
    {"format_map(self, mapping, /)", format_map},
    {"translate(self, table, /)", translate_str},
};
Ref<> remaining(const Value* arguments) noexcept {
  return make_size(static_cast<StrIterator*>(arguments[0].object())->remaining());
}

constexpr NativeSpec kOfIterators[] = {
    {"__length_hint__(self, /)", remaining},
    reduce_method<StrIterator, &StrIterator::reduce>(),
    set_state_method<StrIterator, &StrIterator::set_state>(),
};
constexpr NativeSpec kStaticMethods[] = {
    {"maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)", make_translation},
};

}  // namespace

Status define_str_methods() noexcept {
  if (failed(define_methods(str_type(), kMethods))) return kRaised;
  if (failed(define_methods(str_type(), str_search_methods()))) return kRaised;
  if (failed(define_methods(str_type(), str_split_methods()))) return kRaised;
  for (const IteratedText text : {IteratedText::kAny, IteratedText::kAscii}) {
    if (failed(define_methods(str_iterator_type(text), kOfIterators))) return kRaised;
  }
  return define_static_methods(str_type(), kStaticMethods);
}

// --- What is read from arguments. ---

Str* read_str(Value value, std::string_view what) noexcept {
  Str* const str = as_str(value);
  if (str == nullptr)
    raise(ErrorKind::kType,
          {what, what.empty() ? "" : " ", "must be str, not ", type_of(value).name()});
  return str;
}

Status read_small(Value value, std::int32_t& number) noexcept {
  const Ref<> asked = to_index(value);
  if (!asked) return kRaised;
  const Index index = index_of(asked.value());
  number = static_cast<std::int32_t>(index.number);
  if (number == index.number) return Status::kDone;
  return raise(ErrorKind::kOverflow, {"Python int too large to convert to C int"});
}

namespace {

[[nodiscard]] Status read_bound_or_none(Value value, std::int64_t& bound) noexcept {
  if (value.is_empty() || value.is_none()) return Status::kDone;
  if (!failed(read_bound(value, bound))) return Status::kDone;
  if (!is_pending(exception_type(ErrorKind::kType))) return kRaised;
  return raise(ErrorKind::kType,
               {"slice indices must be integers or None or have an __index__ method"});
}

}  // namespace

Status read_bounds(std::size_t size, Value begin, Value end, Bounds& bounds) noexcept {
  std::int64_t first = 0;
  std::int64_t last = INT64_MAX;
  if (failed(read_bound_or_none(begin, first)) || failed(read_bound_or_none(end, last)))
    return kRaised;
  bounds = Bounds::within(size, first, last);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
