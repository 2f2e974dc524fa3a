// Whether two code objects are the same: code_methods.h.

#include <bit>
#include <cstring>

#include "objects/model/operations.h"
#include "objects/types/complex.h"
#include "objects/types/float.h"
#include "python/vm/code_methods.h"
#include "python/vm/code_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Truth is_same_constant(Value a, Value b) noexcept;

[[nodiscard]] Truth are_same_items(const Tuple& a, const Tuple& b) noexcept {
  if (a.size() != b.size()) return Truth::kFalse;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Truth same = is_same_constant(a[i], b[i]);
    if (same != Truth::kTrue) return same;
  }
  return Truth::kTrue;
}

[[nodiscard]] bool are_same_bits(double a, double b) noexcept {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

[[nodiscard]] bool are_same_numbers(ComplexNumber a, ComplexNumber b) noexcept {
  return are_same_bits(a.real, b.real) && are_same_bits(a.imag, b.imag);
}

// 1, 1.0 and True are equal, but not the same; nor are 0.0 and -0.0.
[[nodiscard]] Truth is_same_constant(Value a, Value b) noexcept {
  if (a == b) return Truth::kTrue;
  const Type& type = type_of(a);
  if (&type != &type_of(b)) return Truth::kFalse;
  if (is_float(a)) return truth_of(are_same_bits(as_float(a), as_float(b)));
  if (is_complex(a)) return truth_of(are_same_numbers(as_complex(a), as_complex(b)));
  if (&type == &tuple_type())
    return are_same_items(static_cast<const Tuple&>(*a.object()),
                          static_cast<const Tuple&>(*b.object()));
  if (&type == &code_type()) return is_same_code(to_code(a), to_code(b));
  return compare_truth(CompareOp::kEqual, a, b);
}

template <class T>
[[nodiscard]] bool are_same_words(std::span<const T> a, std::span<const T> b) noexcept {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

[[nodiscard]] bool have_same_heads(const bytecode::Code& a, const bytecode::Code& b) noexcept {
  return a.argument_count == b.argument_count &&
         a.positional_only_count == b.positional_only_count &&
         a.keyword_only_count == b.keyword_only_count && a.flags == b.flags &&
         a.first_line == b.first_line && are_same_words(a.instructions, b.instructions) &&
         are_same_words(a.places, b.places) && are_same_words(a.sites, b.sites);
}

// How many names of each kind; then names are interned, so the same ones are the same objects.
[[nodiscard]] bool have_same_names(const CodeObject& a, const CodeObject& b) noexcept {
  const bytecode::Code& code = a.code();
  if (code.names.size() != b.code().names.size() || code.locals.size() != b.code().locals.size() ||
      code.free_variables.size() != b.code().free_variables.size())
    return false;
  for (std::uint32_t i = 0; i < code.names.size(); ++i)
    if (&a.name(i) != &b.name(i)) return false;
  for (std::uint32_t i = 0; i < code.locals.size(); ++i)
    if (&a.local_name(i) != &b.local_name(i)) return false;
  for (std::uint32_t i = 0; i < code.free_variables.size(); ++i)
    if (&a.free_name(i) != &b.free_name(i)) return false;
  return &a.short_name() == &b.short_name();
}

}  // namespace

Truth is_same_code(const CodeObject& a, const CodeObject& b) noexcept {
  if (&a == &b) return Truth::kTrue;
  const std::size_t count = a.code().constants.size();
  if (!have_same_heads(a.code(), b.code()) || !have_same_names(a, b) ||
      count != b.code().constants.size())
    return Truth::kFalse;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Truth same = is_same_constant(a.constant(i), b.constant(i));
    if (same != Truth::kTrue) return same;
  }
  return Truth::kTrue;
}

Status hash_code(Value self, std::int64_t& hash) noexcept {
  const CodeObject& code = to_code(self);
  if (failed(orochi::hash(Value(&code.short_name()), hash))) return kRaised;
  auto mixed = static_cast<std::uint64_t>(hash);
  const auto add = [&mixed](std::uint64_t word) noexcept {
    mixed = (mixed ^ word) * 0x9E3779B97F4A7C15;
    mixed ^= mixed >> 32;
  };
  add(code.code().argument_count);
  add(code.code().flags);
  add(code.code().first_line);
  for (const bytecode::Instruction& instruction : code.code().instructions)
    add(std::bit_cast<std::uint64_t>(instruction));
  hash = static_cast<std::int64_t>(mixed >> 2);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
