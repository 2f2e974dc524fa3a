// python/compiler/code_scope.h: the code of one scope while it is generated: its registers, its
// names, its end. What the scope's nodes become stands in codegen.h, which builds on this.
//
// Temporaries are a stack: `push` takes the next one, `Temps` gives back all since it was made. A
// value in a temporary is used up by whoever reads it last (liveness.h), so nobody here says so;
// what is given up without being read, is dropped.
//
// G1  Whoever writes more than once to reach a value writes into a temporary (`stage`), never into
//     a local: the program could see the halves, or an exception leave them.
//
// One thread.
#pragma once

#include "python/compiler/assembler.h"
#include "python/compiler/compile.h"
#include "python/compiler/fold.h"
#include "python/compiler/future.h"
#include "python/compiler/scope.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

using namespace ast;  // NOLINT(google-build-using-namespace): the generator speaks of little else
using bytecode::kNoRegister;
using bytecode::Opcode;
using bytecode::Register;

// What the generators of one program share.
struct Program {
  CompileContext& context;
  const CompileOptions& options;
  Future future;
  bool is_interactive = false;
};

// Where an expression's value is wanted.
struct Want {
  Register place = kNoRegister;  // none: wherever it is, or in the next temporary
  [[nodiscard]] bool anywhere() const noexcept { return place == kNoRegister; }
};

class CodeScope {
 protected:
  CodeScope(Program& program, Scope& scope, CodeScope* outer) noexcept;
  ~CodeScope() = default;
  CodeScope(const CodeScope&) = delete;
  CodeScope& operator=(const CodeScope&) = delete;

  class Temps;
  class At;

  // ---- scopes and registers (code_scope.cc) ----
  [[nodiscard]] bool number_symbols() noexcept;
  void number_parameters(const Arguments& args) noexcept;
  void number_parameter(Identifier name) noexcept;
  [[nodiscard]] bytecode::Code* finish(std::uint32_t flags) noexcept;
  [[nodiscard]] bool write_variables(bytecode::Code& code) noexcept;
  [[nodiscard]] bool write_free_variables(bytecode::Code& code) noexcept;
  [[nodiscard]] std::uint32_t scope_flags() const noexcept;
  [[nodiscard]] std::uint32_t first_line() const noexcept;
  [[nodiscard]] std::string_view code_name() const noexcept;
  [[nodiscard]] std::string_view qualified_name() noexcept;
  [[nodiscard]] bool is_declared_global_outside() noexcept;
  [[nodiscard]] Scope* child_scope(const Node& node) noexcept;
  void make_cells() noexcept;
  void return_none() noexcept { emit_wide(Opcode::kReturnConstant, 0, constant({})); }

  [[nodiscard]] Register push() noexcept;
  [[nodiscard]] Register push_many(std::uint32_t count) noexcept;
  [[nodiscard]] Register target(Want want) noexcept {
    return want.anywhere() ? push() : want.place;
  }
  [[nodiscard]] bool is_temporary(Register r) const noexcept { return r >= local_count_; }
  // G1. What was staged goes where it is wanted by `settle`.
  [[nodiscard]] Register stage(Want want) noexcept;
  [[nodiscard]] Register settle(Register staged, Want want) noexcept;

  void emit(Opcode opcode, std::uint16_t a = 0, std::uint16_t b = 0, std::uint16_t c = 0) noexcept {
    assembler_.emit(opcode, a, b, c);
  }
  void emit_wide(Opcode opcode, std::uint16_t a, std::uint32_t wide) noexcept {
    assembler_.emit_wide(opcode, a, wide);
  }
  void jump(Label label) noexcept { assembler_.jump(label); }
  void jump(Opcode opcode, Register a, Label label) noexcept { assembler_.jump(opcode, a, label); }
  void move(Register to, Register from) noexcept {
    if (to != from) emit(Opcode::kMove, to, from);
  }
  void drop(Register r) noexcept {
    if (is_temporary(r)) emit(Opcode::kDrop, r);
  }
  [[nodiscard]] std::uint32_t constant(const bytecode::Constant& value) noexcept {
    return assembler_.constant(value);
  }
  void load_constant(Register to, const bytecode::Constant& value) noexcept {
    emit_wide(Opcode::kLoadConstant, to, constant(value));
  }
  void load_none(Register to) noexcept { load_constant(to, {}); }
  void load_str(Register to, std::string_view text) noexcept {
    load_constant(to, str_constant(text));
  }
  void load_int(Register to, std::uint32_t number) noexcept;
  [[nodiscard]] bytecode::Constant int_constant(std::uint32_t number) noexcept;
  [[nodiscard]] bytecode::Constant names_constant(const GrowingArray<Identifier>& names) noexcept;
  void error(std::string_view message) noexcept { context_.error(assembler_.place(), message); }
  [[nodiscard]] bool stopped() const noexcept { return context_.stopped(); }

  // ---- names (code_scope_names.cc) ----
  enum class VariableKind : std::uint8_t { kLocal, kCell, kFree, kClassFree, kGlobal, kName };
  struct Variable {
    VariableKind kind;
    std::uint16_t number = 0;
    NameId name = kNoName;
    bool is_walrus_target = false;
  };
  [[nodiscard]] NameId mangled(Identifier name) noexcept;
  [[nodiscard]] Variable variable(Identifier name) noexcept;
  [[nodiscard]] Register number_of(Symbol& symbol) noexcept;
  [[nodiscard]] bool is_local(const Expr& node, Register& r) noexcept;
  [[nodiscard]] Register load_name(Identifier name, Want want) noexcept;
  [[nodiscard]] Register load_local(const Variable& variable, Want want) noexcept;
  void store_name(Identifier name, Register value) noexcept;
  void delete_name(Identifier name) noexcept;
  [[nodiscard]] bool forbidden(Identifier name, Context context = Context::kStore) noexcept;

  Program& program_;
  CompileContext& context_;
  Scope& scope_;
  CodeScope* const outer_;
  Assembler assembler_;
  Folder folder_;

  std::uint32_t local_count_ = 0;
  std::uint32_t next_local_ = 0;
  std::uint32_t next_temporary_ = 0;
  std::uint32_t peak_ = 0;  // the most registers in use at once; patterns begin it anew
  std::uint32_t register_count_ = 0;
  std::uint32_t docstring_ = bytecode::kNoDocstring;
  std::uint32_t positional_count_ = 0;
  std::uint32_t positional_only_count_ = 0;
  std::uint32_t keyword_only_count_ = 0;
  std::uint32_t parameter_flags_ = 0;
  GrowingArray<Symbol*> free_symbols_;
  Scope* next_child_ = nullptr;  // where to look first
  std::string_view qualified_name_;
};

// Gives back all temporaries that were taken since it was made.
class CodeScope::Temps {
 public:
  explicit Temps(CodeScope& scope) noexcept : scope_(scope), first_(scope.next_temporary_) {}
  ~Temps() { scope_.next_temporary_ = first_; }
  Temps(const Temps&) = delete;
  Temps& operator=(const Temps&) = delete;

 private:
  CodeScope& scope_;
  const std::uint32_t first_;
};

// What is emitted meanwhile comes from there.
class CodeScope::At {
 public:
  At(CodeScope& scope, const Place& place) noexcept
      : assembler_(scope.assembler_), before_(assembler_.place()) {
    assembler_.set_place(place);
  }
  ~At() { assembler_.set_place(before_); }
  At(const At&) = delete;
  At& operator=(const At&) = delete;

 private:
  Assembler& assembler_;
  const Place before_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
