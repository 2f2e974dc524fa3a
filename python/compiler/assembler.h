// python/compiler/assembler.h: gathers the instructions of one code object and puts them together.
//
// Code is drafted: jumps lead to labels, every draft knows its place in the source and the handler
// that an exception in it goes to. `assemble` then drops what cannot be reached, lets the passes of
// flow.h set marks, and writes the tables.
//
// A1  A label is bound once, and only labels that are bound are jumped to when it comes to
//     assembling.
// A2  Who runs out of memory here tells the context and goes on (X1 of compile_context.h).
//
// One thread.
// Tests: tests/python/compiler/code_test.cc, tests/python/compiler/check_library.py
#pragma once

#include <cstdint>

#include "python/bytecode/code.h"
#include "python/compiler/compile_context.h"
#include "python/compiler/constant_pool.h"
#include "python/compiler/draft.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class Assembler {
 public:
  explicit Assembler(CompileContext& context) noexcept : context_(context) {}

  // ---- drafting ----
  void emit(bytecode::Instruction instruction) noexcept { draft(instruction, kNoLabel); }
  void emit(bytecode::Opcode opcode, std::uint16_t a = 0, std::uint16_t b = 0,
            std::uint16_t c = 0) noexcept {
    emit({opcode, 0, a, b, c});
  }
  void emit_wide(bytecode::Opcode opcode, std::uint16_t a, std::uint32_t wide) noexcept;
  void jump(bytecode::Opcode opcode, std::uint16_t a, Label target) noexcept {
    draft({opcode, 0, a, 0, 0}, target);
  }
  void jump(Label target) noexcept { jump(bytecode::Opcode::kJump, 0, target); }
  [[nodiscard]] Label new_label() noexcept;
  void bind(Label label) noexcept {
    if (label < labels_.size()) labels_[label] = next();  // A2: there may be none
  }
  // The number of the next draft.
  [[nodiscard]] std::uint32_t next() const noexcept {
    return static_cast<std::uint32_t>(drafts_.size());
  }

  // Of what is emitted from now on.
  [[nodiscard]] const Place& place() const noexcept { return place_; }
  void set_place(const Place& place) noexcept { place_ = place; }

  // A handler that begins at `target`.
  [[nodiscard]] HandlerId new_handler(Label target, bytecode::Register exception,
                                      bytecode::Register depth) noexcept;
  // Of what is emitted from now on.
  [[nodiscard]] HandlerId handler() const noexcept { return handler_; }
  void set_handler(HandlerId handler) noexcept { handler_ = handler; }

  // ---- tables ----
  [[nodiscard]] std::uint32_t constant(const bytecode::Constant& constant) noexcept;
  [[nodiscard]] std::uint32_t name(NameId name) noexcept;
  [[nodiscard]] std::uint32_t site(NameId name) noexcept;
  [[nodiscard]] std::uint16_t shape(std::uint32_t first, std::uint32_t second) noexcept;
  // The same as an operand of 16 bits; refuses programs that need more.
  [[nodiscard]] std::uint16_t short_name(NameId name) noexcept { return narrow(this->name(name)); }
  [[nodiscard]] std::uint16_t short_site(NameId name) noexcept;

  // Fills in what this gathered. Requires: `code` knows its counts of registers and locals.
  void assemble(bytecode::Code& code) noexcept;

 private:
  void draft(bytecode::Instruction instruction, Label target) noexcept;
  [[nodiscard]] std::uint16_t narrow(std::uint32_t number) noexcept;
  [[nodiscard]] bool write(Function& function, bytecode::Code& code) noexcept;
  [[nodiscard]] bool write_tables(bytecode::Code& code) noexcept;

  CompileContext& context_;
  GrowingArray<Draft> drafts_;
  GrowingArray<std::uint32_t> labels_;  // the draft each one is bound to
  GrowingArray<Handler> handlers_;
  Place place_;
  HandlerId handler_ = kNoHandler;

  ConstantPool constants_;
  GrowingArray<NameId> names_;
  SymbolNumbers name_numbers_;
  GrowingArray<std::uint32_t> sites_;
  GrowingArray<bytecode::Shape> shapes_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
