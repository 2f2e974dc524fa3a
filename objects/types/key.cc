#include "objects/types/key.h"

#include "objects/model/operations.h"
#include "objects/number/numeric_hash.h"
#include "objects/types/bytes.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// A number without a header, as a double if it is a float.
[[nodiscard]] bool is_number(Value value) noexcept {
  return value.is_int() || value.is_float() || value.is_bool();
}
[[nodiscard]] std::int64_t integer_of(Value value) noexcept {
  return value.is_int() ? value.as_int() : std::int64_t{value.is(Special::kTrue)};
}

[[nodiscard]] bool equal_numbers(Value a, Value b) noexcept {
  if (a.is_float() && b.is_float()) return a.as_float() == b.as_float();
  if (!a.is_float() && !b.is_float()) return integer_of(a) == integer_of(b);
  if (b.is_float()) return equal_numbers(b, a);
  // Rounding the integer could make it equal to a double that it is not, so the double is turned
  // into an integer: those that are too large for one differ from all that b can be.
  const double real = a.as_float();
  if (!(real >= -0x1p61 && real < 0x1p61)) return false;
  const auto whole = static_cast<std::int64_t>(real);
  return static_cast<double>(whole) == real && whole == integer_of(b);
}

[[nodiscard]] Sameness sameness_of(bool equal) noexcept {
  return equal ? Sameness::kSame : Sameness::kDifferent;
}

// A str or bytes, whose equality nobody can have changed.
[[nodiscard]] bool is_text(Value value) noexcept {
  return as_exact_str(value) != nullptr || as_exact_bytes(value) != nullptr;
}

[[nodiscard]] Sameness compare_texts(Value a, Value b) noexcept {
  const Str* const str = as_exact_str(a);
  const Str* const other_str = as_exact_str(b);
  if (str != nullptr && other_str != nullptr) return sameness_of(equal(*str, *other_str));
  const Bytes* const bytes = as_exact_bytes(a);
  const Bytes* const other_bytes = as_exact_bytes(b);
  if (bytes != nullptr && other_bytes != nullptr) return sameness_of(equal(*bytes, *other_bytes));
  // A str is never equal to bytes; others have their own say.
  const bool are_texts =
      (str != nullptr || bytes != nullptr) && (other_str != nullptr || other_bytes != nullptr);
  return are_texts ? Sameness::kDifferent : Sameness::kAsk;
}

}  // namespace

namespace detail {

Status hash_other_key(Value key, KeyHash& hash) noexcept {
  if (key.is_float()) {
    hash = hash_of_double(key.as_float(), 0);  // what is not a number has a header
  } else if (is_number(key)) {
    hash = hash_of_int64(integer_of(key));
  } else if (const Str* const str = as_exact_str(key)) {
    hash = str->hash();
  } else if (const Bytes* const bytes = as_exact_bytes(key)) {
    hash = bytes->hash();
  } else {
    return orochi::hash(key, hash);
  }
  return Status::kDone;
}

Sameness compare_other_keys(Value a, Value b) noexcept {
  if (a.is_object() && b.is_object()) return compare_texts(a, b);
  if (a.is_object() || b.is_object()) {
    // A text is equal to no value without a header.
    return is_text(a.is_object() ? a : b) ? Sameness::kDifferent : Sameness::kAsk;
  }
  if (!is_number(a) || !is_number(b)) return Sameness::kDifferent;  // None and its like
  return sameness_of(equal_numbers(a, b));
}

}  // namespace detail
}  // namespace orochi::inline OROCHI_DESIGN
