#include "objects/types/exception_type.h"

#include <array>
#include <string_view>

#include "objects/types/exception.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_text.h"
#include "objects/types/traceback.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_exception_types, before there are exceptions.
constinit std::array<Type*, kBuiltinExceptions> g_types{};

struct Entry {
  std::string_view name;
  BuiltinException base;
  ExceptionFamily family;
};

#define OROCHI_ENTRY(name, base, family) \
  Entry{#name, BuiltinException::k##base, ExceptionFamily::family},
constexpr std::array<Entry, kBuiltinExceptions> kEntries{{OROCHI_BUILTIN_EXCEPTIONS(OROCHI_ENTRY)}};
#undef OROCHI_ENTRY

// In the order of ErrorKind, from its third on.
constexpr std::array kOfErrorKind{
    BuiltinException::kArithmeticError,
    BuiltinException::kAssertionError,
    BuiltinException::kAttributeError,
    BuiltinException::kBufferError,
    BuiltinException::kEOFError,
    BuiltinException::kImportError,
    BuiltinException::kIndexError,
    BuiltinException::kKeyError,
    BuiltinException::kLookupError,
    BuiltinException::kMemoryError,
    BuiltinException::kNameError,
    BuiltinException::kNotImplementedError,
    BuiltinException::kOSError,
    BuiltinException::kOverflowError,
    BuiltinException::kRecursionError,
    BuiltinException::kReferenceError,
    BuiltinException::kRuntimeError,
    BuiltinException::kStopIteration,
    BuiltinException::kSyntaxError,
    BuiltinException::kSystemError,
    BuiltinException::kTypeError,
    BuiltinException::kUnboundLocalError,
    BuiltinException::kUnicodeDecodeError,
    BuiltinException::kUnicodeEncodeError,
    BuiltinException::kValueError,
    BuiltinException::kZeroDivisionError,
};
static_assert(kOfErrorKind.size() == static_cast<std::size_t>(ErrorKind::kZeroDivision) - 1);

[[nodiscard]] constexpr std::size_t index_of(BuiltinException which) noexcept {
  return static_cast<std::size_t>(which);
}

// The types that attributes are looked for in, after the one itself.
class Ancestors {
 public:
  explicit Ancestors(BuiltinException which) noexcept {
    BuiltinException at = which;
    while (at != BuiltinException::kBaseException) {
      at = kEntries[index_of(at)].base;
      if (which == BuiltinException::kExceptionGroup && at == BuiltinException::kBaseException)
        add(*g_types[index_of(BuiltinException::kException)]);
      add(*g_types[index_of(at)]);
    }
    add(object_type());
  }
  [[nodiscard]] std::span<Type* const> all() const noexcept { return {types_.data(), count_}; }

 private:
  void add(Type& type) noexcept { types_[count_++] = &type; }

  std::array<Type*, 8> types_{};
  std::size_t count_ = 0;
};

[[nodiscard]] Type* make_type(BuiltinException which) noexcept {
  const Entry& entry = kEntries[index_of(which)];
  const Ancestors ancestors(which);
  return Type::make({.name = entry.name,
                     .layout = &layout_of_family(entry.family),
                     .ancestors = ancestors.all(),
                     .protocols = exception_protocols(which),
                     .parts = {.is_open = true}});
}

}  // namespace

Type& exception_type(BuiltinException which) noexcept { return *g_types[index_of(which)]; }

Type& exception_type(ErrorKind kind) noexcept {
  return exception_type(kOfErrorKind[static_cast<std::size_t>(kind) - 2]);
}

Status make_exception_types() noexcept {
  if (failed(make_traceback_type())) return kRaised;
  for (std::size_t i = 0; i < kBuiltinExceptions; ++i) {
    if (g_types[i] == nullptr) g_types[i] = make_type(static_cast<BuiltinException>(i));
    if (g_types[i] == nullptr) return kRaised;
  }
  return make_last_memory_error();
}

bool is_exception_type(Value value) noexcept {
  if (!value.is_object() || !type_of(value).is_subtype_of(type_type())) return false;
  return static_cast<Type*>(value.object())
      ->is_subtype_of(exception_type(BuiltinException::kBaseException));
}

}  // namespace orochi::inline OROCHI_DESIGN
