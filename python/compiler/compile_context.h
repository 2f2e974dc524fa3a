// python/compiler/compile_context.h: what all steps behind the parser share, for one program.
//
// X1  Who runs out of memory says so (`out_of_memory`) and goes on with something harmless; who
//     begins something long asks `stopped` first. Nothing is used once the compilation has failed.
//
// One thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "python/compiler/arena.h"
#include "python/compiler/diagnostic.h"
#include "python/compiler/names.h"
#include "python/compiler/token.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class CompileContext {
 public:
  CompileContext(Arena& arena, Diagnostics& diagnostics, std::string_view text) noexcept
      : arena_(arena), diagnostics_(diagnostics), text_(text) {}

  [[nodiscard]] Arena& arena() noexcept { return arena_; }
  [[nodiscard]] Diagnostics& diagnostics() noexcept { return diagnostics_; }
  [[nodiscard]] bool stopped() const noexcept {
    return diagnostics_.has_error() || arena_.exhausted();
  }
  void out_of_memory() noexcept { diagnostics_.out_of_memory(); }

  // A SyntaxError. The first one stands. Columns are bytes here, as in CPython behind its parser.
  void error(const Place& place, std::string_view message) noexcept;
  // The same, its parts joined.
  void error(const Place& place, std::string_view before, std::string_view name,
             std::string_view behind) noexcept;
  // Without an end, as CPython reports __future__ imports.
  void error_at(const Place& place, std::int32_t column, std::string_view message) noexcept;

  // Of what no table has room for.
  void too_large(std::string_view message) noexcept;

  [[nodiscard]] NameId intern(std::string_view text) noexcept {
    const NameId name = names_.intern(text);
    if (name == kNoName) out_of_memory();
    return name;
  }
  [[nodiscard]] NameId intern_in(std::string_view class_name, std::string_view text) noexcept {
    return intern(class_name.empty() ? text : mangle(class_name, text, arena_));
  }
  [[nodiscard]] std::string_view text(NameId name) const noexcept { return names_.text(name); }

 private:
  Arena& arena_;
  Diagnostics& diagnostics_;
  const std::string_view text_;
  Names names_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
