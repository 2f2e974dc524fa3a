#include "python/modules/sre/pattern.h"

#include <algorithm>
#include <string_view>

#include "objects/model/operations.h"
#include "objects/types/str.h"
#include "objects/types/str_builder.h"
#include "python/modules/native_type.h"
#include "python/modules/sre/types.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

// By bit.
constexpr std::string_view kFlagNames[] = {"re.TEMPLATE",  "re.IGNORECASE", "re.LOCALE",
                                           "re.MULTILINE", "re.DOTALL",     "re.UNICODE",
                                           "re.VERBOSE",   "re.DEBUG",      "re.ASCII"};
constexpr std::size_t kMostShown = 200;

// A str's pattern is for Unicode unless it says otherwise.
[[nodiscard]] std::uint32_t flags_to_show(const Pattern& pattern) noexcept {
  const std::uint32_t flags = pattern.flags();
  const std::uint32_t alphabet = flags & (kFlagLocale | kFlagUnicode | kFlagAscii);
  const bool is_usual = pattern.kind() == TextKind::kStr && alphabet == kFlagUnicode;
  return is_usual ? flags & ~kFlagUnicode : flags;
}

void add_hexadecimal(StrBuilder& out, std::uint32_t number) noexcept {
  unsigned digits = 1;
  while (digits < 8 && number >> (4 * digits) != 0) ++digits;
  out.add("0x");
  out.add_hex(number, digits);
}

void add_flags(StrBuilder& out, std::uint32_t flags) noexcept {
  std::string_view separator = ", ";
  for (std::size_t bit = 0; bit < std::size(kFlagNames); ++bit) {
    if ((flags >> bit & 1) == 0) continue;
    out.add(separator);
    out.add(kFlagNames[bit]);
    separator = "|";
    flags &= ~(std::uint32_t{1} << bit);
  }
  if (flags == 0) return;
  out.add(separator);
  add_hexadecimal(out, flags);
}

[[nodiscard]] bool has_equal_code(const Pattern& a, const Pattern& b) noexcept {
  return a.flags() == b.flags() && a.groups() == b.groups() && a.kind() == b.kind() &&
         std::ranges::equal(a.code(), b.code());
}

[[nodiscard]] Truth equal(const Pattern& a, const Pattern& b) noexcept {
  if (&a == &b) return Truth::kTrue;
  return has_equal_code(a, b) ? same_or_equal(a.source(), b.source()) : Truth::kFalse;
}

}  // namespace

Ref<> repr_pattern(Value value) noexcept {
  const Pattern& self = object_of<Pattern>(value);
  const Ref<> source = repr(self.source());
  if (!source) return kRaised;
  const text::View shown = source.as<Str>().view();
  StrBuilder out;
  out.add("re.compile(");
  out.add(shown.slice(0, std::min(shown.size, kMostShown)));
  add_flags(out, flags_to_show(self));
  out.add(")");
  return out.finish();
}

Ref<> compare_patterns(CompareOp op, Value self, Value other) noexcept {
  const bool is_negated = op == CompareOp::kNotEqual;
  if ((!is_negated && op != CompareOp::kEqual) || &type_of(other) != &pattern_type())
    return Special::kNotImplemented;
  const Truth are_equal = equal(object_of<Pattern>(self), object_of<Pattern>(other));
  return failed(are_equal) ? Ref<>() : truth_value((are_equal == Truth::kTrue) != is_negated);
}

// Equal patterns have equal code, and mostly different ones different.
Status hash_pattern(Value value, std::int64_t& hash) noexcept {
  const Pattern& self = object_of<Pattern>(value);
  std::int64_t source = 0;
  if (failed(orochi::hash(self.source(), source))) return kRaised;
  auto mixed = static_cast<std::uint64_t>(source);
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  for (const Code word : self.code()) mixed = (mixed ^ word) * kFactor;
  mixed ^= self.flags() ^ self.groups();
  hash = static_cast<std::int64_t>(mixed);
  if (hash == -1) hash = -2;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
