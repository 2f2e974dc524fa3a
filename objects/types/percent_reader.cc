// What stands in a format of `%`, and the arguments that it takes.
#include <climits>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/percent_format.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool is_tuple(Value value) noexcept {
  return value.is_object() && type_of(*value.object()).is_subtype_of(tuple_type());
}

// An argument for a *.
[[nodiscard]] Status take_int(PercentArguments& arguments, std::int64_t most, std::string_view what,
                              std::int64_t& number) noexcept {
  const Ref<> value = arguments.next();
  if (!value) return kRaised;
  if (!is_int(value.value())) return raise(ErrorKind::kType, {"* wants int"});
  const Index index = index_of(value.value());
  number = index.number;
  if (index.kind == IndexKind::kInside && number <= most && number >= -most - 1)
    return Status::kDone;
  return raise(ErrorKind::kOverflow, {"Python int too large to convert to C ", what});
}

}  // namespace

// --- Arguments. ---

PercentArguments::PercentArguments(Value arguments, Kind kind) noexcept
    : all_(arguments), kind_(kind), is_tuple_(is_tuple(arguments)) {
  const bool is_bytes = as_bytes(arguments) != nullptr || as_bytearray(arguments) != nullptr;
  const bool is_text = as_str(arguments) != nullptr || (kind == Kind::kBytes && is_bytes);
  is_mapping_ =
      !is_tuple_ && !is_text && type_of(arguments).block().protocols().get_item != nullptr;
  if (is_tuple_) count_ = static_cast<Tuple*>(arguments.object())->size();
}

Ref<> PercentArguments::next() noexcept {
  if (next_ == count_) return raise(ErrorKind::kType, {"not enough arguments for format string"});
  const std::size_t index = next_++;
  if (has_chosen_) return chosen_.share();
  return is_tuple_ ? static_cast<Tuple*>(all_.object())->load(index) : Ref<>::of(all_);
}

Status PercentArguments::choose(Value key) noexcept {
  chosen_ = get_item(all_, key);
  if (!chosen_) return kRaised;
  has_chosen_ = true;
  next_ = 0;
  count_ = 1;
  return Status::kDone;
}

Status PercentArguments::finish() const noexcept {
  if (next_ == count_ || is_mapping_) return Status::kDone;
  return raise(ErrorKind::kType, {"not all arguments converted during ",
                                  kind_ == Kind::kStr ? "string" : "bytes", " formatting"});
}

// --- The format. ---

bool PercentReader::read_text(text::View& text) noexcept {
  const std::size_t begin = at_;
  while (!at_end() && format_[at_] != '%') ++at_;
  text = format_.slice(begin, at_);
  return take_if('%');
}

bool PercentReader::take_if(text::CodePoint point) noexcept {
  const bool is_there = !at_end() && format_[at_] == point;
  if (is_there) ++at_;
  return is_there;
}

bool PercentReader::take_percent() noexcept { return take_if('%'); }

Status PercentReader::read(PercentArguments& arguments, PercentSpec& spec) noexcept {
  if (take_if('(') && failed(read_key(arguments))) return kRaised;
  read_flags(spec);
  if (failed(read_width(arguments, spec)) || failed(read_precision(arguments, spec)))
    return kRaised;
  if (peek() == 'h' || peek() == 'l' || peek() == 'L') ++at_;
  if (at_end()) return raise(ErrorKind::kValue, {"incomplete format"});
  spec.type = format_[at_++];
  return Status::kDone;
}

// Up to the bracket that closes it; brackets inside belong to it.
Status PercentReader::read_key(PercentArguments& arguments) noexcept {
  if (!arguments.may_choose()) return raise(ErrorKind::kType, {"format requires a mapping"});
  const std::size_t begin = at_;
  for (std::size_t depth = 1; !at_end();) {
    const text::CodePoint point = format_[at_++];
    if (point == '(') ++depth;
    if (point == ')' && --depth == 0) {
      const Ref<> key = make_key_(format_.slice(begin, at_ - 1));
      return key ? arguments.choose(key.value()) : Status{kRaised};
    }
  }
  return raise(ErrorKind::kValue, {"incomplete format key"});
}

void PercentReader::read_flags(PercentSpec& spec) noexcept {
  for (;; ++at_) {
    switch (peek()) {
      case '-':
        spec.is_left = true;
        break;
      case '+':
        spec.has_plus = true;
        break;
      case ' ':
        spec.has_blank = true;
        break;
      case '#':
        spec.is_alternate = true;
        break;
      case '0':
        spec.has_zero = true;
        break;
      default:
        return;
    }
  }
}

Status PercentReader::read_width(PercentArguments& arguments, PercentSpec& spec) noexcept {
  if (take_if('*')) {
    if (failed(take_int(arguments, INT64_MAX, "ssize_t", spec.width))) return kRaised;
    if (spec.width >= 0) return Status::kDone;
    spec.is_left = true;
    spec.width = spec.width == INT64_MIN ? INT64_MAX : -spec.width;
    return Status::kDone;
  }
  if (read_digits(INT64_MAX, spec.width)) return Status::kDone;
  return raise(ErrorKind::kValue, {"width too big"});
}

Status PercentReader::read_precision(PercentArguments& arguments, PercentSpec& spec) noexcept {
  if (!take_if('.')) return Status::kDone;
  spec.precision = 0;
  if (take_if('*')) {
    if (failed(take_int(arguments, INT_MAX, "int", spec.precision))) return kRaised;
    if (spec.precision < 0) spec.precision = 0;
    return Status::kDone;
  }
  if (read_digits(INT_MAX, spec.precision)) return Status::kDone;
  return raise(ErrorKind::kValue, {"precision too big"});
}

// Leaves `number` where there are none. False: it is above `most`.
bool PercentReader::read_digits(std::int64_t most, std::int64_t& number) noexcept {
  if (peek() < '0' || peek() > '9') return true;
  number = 0;
  for (; peek() >= '0' && peek() <= '9'; ++at_) {
    const std::int64_t digit = peek() - '0';
    if (number > (most - digit) / 10) return false;
    number = number * 10 + digit;
  }
  return true;
}

Raised PercentReader::raise_unsupported(const PercentSpec& spec) const noexcept {
  StrBuilder text;
  text.add("unsupported format character '");
  text.add(spec.type > 30 && spec.type < 127 ? spec.type : text::CodePoint{'?'});
  text.add("' (0x");
  unsigned digits = 1;
  while (spec.type >> 4 * digits != 0) ++digits;
  text.add_hex(spec.type, digits);
  text.add(") at index ");
  text.add_number(static_cast<std::int64_t>(at_ - 1));
  return raise(ErrorKind::kValue, text);
}

}  // namespace orochi::inline OROCHI_DESIGN
