// tests/python/compiler/compiled.h: a program, compiled, for tests.
#pragma once

#include <sstream>
#include <string>
#include <string_view>

#include "python/bytecode/checker.h"
#include "python/bytecode/disassembler.h"
#include "python/compiler/compile.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class Compiled {
 public:
  explicit Compiled(std::string_view program, const CompileOptions& options = {})
      : code_(compile(program, options, arena_, diagnostics_)) {}

  [[nodiscard]] bool whole() const { return code_ != nullptr; }
  [[nodiscard]] const bytecode::Code& code() const { return *code_; }
  // Of the function, class or comprehension that comes first in the source.
  [[nodiscard]] const bytecode::Code& inner(std::size_t number = 0) const {
    for (const bytecode::Constant& constant : code_->constants) {
      if (constant.kind != bytecode::Constant::Kind::kCode) continue;
      if (number-- == 0) return *constant.code;
    }
    return *code_;
  }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

  [[nodiscard]] static std::string text_of(const bytecode::Code& code) {
    std::ostringstream text;
    bytecode::disassemble_alone(code, [&text](std::string_view piece) { text << piece; });
    return text.str();
  }
  // Empty: the checker finds nothing.
  [[nodiscard]] std::string flaw() const {
    const bytecode::Flaw flaw = bytecode::check(*code_);
    if (!flaw) return {};
    std::ostringstream text;
    text << flaw.what << " at " << flaw.instruction << " in\n" << text_of(*flaw.code);
    return text.str();
  }

  // As compile_errors.py writes it.
  [[nodiscard]] std::string verdict() const {
    std::ostringstream text;
    if (!whole()) {
      const Diagnostic& e = diagnostics_.error();
      text << name_of(e.kind) << '|' << e.line << '|' << e.column << '|' << e.end_line << '|'
           << e.end_column << '|' << e.message;
      return text.str();
    }
    text << "fine";
    for (std::size_t i = 0; i < diagnostics_.warnings().size(); ++i) {
      const Warning& warning = diagnostics_.warnings()[i];
      if (warning.kind == WarningKind::kSyntax)
        text << '|' << warning.line << '|' << warning.message;
    }
    return text.str();
  }

 private:
  Arena arena_;
  Diagnostics diagnostics_;
  const bytecode::Code* code_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
