#include "objects/types/int.h"

#include <array>
#include <charconv>

#include "objects/model/error.h"
#include "objects/number/int_text.h"
#include "objects/types/digit_limit.h"
#include "objects/types/int_protocols.h"
#include "objects/types/int_room.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_int_types, before there are ints.
constinit Type* g_int_type = nullptr;
constinit Type* g_bool_type = nullptr;

[[nodiscard]] std::size_t end_of_limbs(const Object& object) noexcept {
  const integer::View view = static_cast<const BigInt&>(object).view();
  return sizeof(BigInt) + view.size * sizeof(integer::Limb);
}

[[nodiscard]] Type* make_int_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = "int",
                     .layout = &layout_of<BigInt>,
                     .ancestors = ancestors,
                     .protocols = int_protocols(),
                     .native_end = end_of_limbs});
}

[[nodiscard]] Type* make_bool_type() noexcept {
  Type* const ancestors[] = {g_int_type, &object_type()};
  return Type::make({.name = "bool",
                     .layout = &layout_of<BigInt>,
                     .ancestors = ancestors,
                     .protocols = bool_protocols(),
                     .is_final = true});
}

}  // namespace

// --- The types. ---

Type& int_type() noexcept { return *g_int_type; }
Type& bool_type() noexcept { return *g_bool_type; }

Status make_int_types() noexcept {
  if (g_int_type == nullptr) g_int_type = make_int_type();
  if (g_int_type == nullptr) return kRaised;
  g_bool_type = make_bool_type();
  if (g_bool_type == nullptr) return kRaised;
  set_immediate_type(ImmediateKind::kInt, *g_int_type);
  set_immediate_type(ImmediateKind::kBool, *g_bool_type);
  return Status::kDone;
}

bool is_int(Value value) noexcept {
  if (value.is_int() || value.is_bool()) return true;
  if (!value.is_object()) return false;
  const Type& type = type_of(*value.object());
  return &type == g_int_type || type.is_subtype_of(*g_int_type);
}

// --- Text. ---

Ref<Str> print_int(Value number, int base) noexcept {
  if (number.is_int() && base == 10) {
    std::array<char, 24> text;
    const char* const end =
        std::to_chars(text.data(), text.data() + text.size(), number.as_int()).ptr;
    return Str::of_ascii({text.data(), static_cast<std::size_t>(end - text.data())});
  }
  const IntView value(number);
  const std::size_t room = integer::print_int_room(value.view(), base);
  // The room is a bound, too large by a few. What is certain to be refused is not even tried.
  constexpr std::size_t kMostTooLarge = 3;
  if (room > kMostTooLarge && failed(check_printed_digits(room - kMostTooLarge, base)))
    return kRaised;
  // The room is a bound, so the text is printed first and then copied.
  const IntScratch text(room / sizeof(integer::Limb) + 1);
  if (!text) return kRaised;
  const IntScratch scratch(integer::print_int_scratch(value.view(), base));
  if (!scratch) return kRaised;
  auto* const chars = reinterpret_cast<char*>(text.limbs().data());
  const std::size_t size = integer::print_int(chars, value.view(), base, scratch.limbs());
  const std::size_t digits = size - (value.view().negative ? 1 : 0);
  return failed(check_printed_digits(digits, base)) ? Ref<Str>() : Str::of_ascii({chars, size});
}

namespace {

// As much of the text as Python shows, which is ASCII here and shown between quotes.
Raised raise_no_literal(std::string_view text, int base) noexcept {
  std::array<char, 4> number;
  const char* const end = std::to_chars(number.data(), number.data() + number.size(), base).ptr;
  return raise(ErrorKind::kValue,
               {"invalid literal for int() with base ",
                std::string_view(number.data(), static_cast<std::size_t>(end - number.data())),
                ": '", text.substr(0, 200), "'"});
}

}  // namespace

Ref<> parse_int(std::string_view text, int base) noexcept {
  const std::optional<integer::IntText> found = integer::scan_int_text(text, base);
  if (!found) return raise_no_literal(text, base);
  if (failed(check_read_digits(found->count, found->base))) return kRaised;
  IntResult result(integer::parse_int_room(*found));
  if (!result) return kRaised;
  const IntScratch scratch(integer::parse_int_scratch(*found));
  if (!scratch) return kRaised;
  return result.finish(integer::parse_int(result.limbs(), *found, scratch.limbs()));
}

}  // namespace orochi::inline OROCHI_DESIGN
