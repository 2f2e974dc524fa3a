#include "python/compiler/compile_context.h"

#include "python/compiler/source.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

std::int32_t as_number(std::uint32_t value) noexcept { return static_cast<std::int32_t>(value); }

}  // namespace

void CompileContext::error(const Place& place, std::string_view message) noexcept {
  if (stopped()) return;
  diagnostics_.set_error({ErrorKind::kSyntax, message, line_of(text_, place.line),
                          as_number(place.line), as_number(place.column) + 1,
                          as_number(place.end_line), as_number(place.end_column) + 1});
}

void CompileContext::error(const Place& place, std::string_view before, std::string_view name,
                           std::string_view behind) noexcept {
  if (stopped()) return;
  const std::string_view message = arena_.join({before, name, behind});
  if (message.empty()) return out_of_memory();
  error(place, message);
}

void CompileContext::error_at(const Place& place, std::int32_t column,
                              std::string_view message) noexcept {
  if (stopped()) return;
  diagnostics_.set_error({ErrorKind::kSyntax, message, line_of(text_, place.line),
                          as_number(place.line), column, as_number(place.line), 0});
}

void CompileContext::too_large(std::string_view message) noexcept {
  if (!stopped()) diagnostics_.set_error({ErrorKind::kOverflow, message, {}});
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
