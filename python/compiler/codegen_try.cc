// try, except, finally. A handler finds the exception in a register; while it runs, that exception
// counts as being handled, and `saved` is what counted before.
//
//     saved      empty until the handler is entered
//     exception  what the unwinder writes; also what an exception inside of the handler replaces
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// Registers for a handler, and what an exception inside of it does: it leaves the handler and goes
// on.
CodeGenerator::Handling CodeGenerator::begin_handling() noexcept {
  Handling handling{};
  handling.saved = push();
  handling.exception = push();
  handling.outside = assembler_.handler();
  handling.leave = assembler_.new_label();
  handling.cleanup = assembler_.new_handler(handling.leave, handling.exception, handling.exception);
  return handling;
}

// What is emitted from now on is guarded.
void CodeGenerator::guard(const Handling& handling, Label handler) noexcept {
  assembler_.set_handler(assembler_.new_handler(handler, handling.exception, handling.saved));
}

void CodeGenerator::enter_handler(const Handling& handling, Label handler) noexcept {
  assembler_.bind(handler);
  assembler_.set_handler(handling.outside);
  emit(Opcode::kEnterHandler, handling.saved, handling.exception);
  assembler_.set_handler(handling.cleanup);
}

// The end of a handler that has done its work.
void CodeGenerator::leave_handler(const Handling& handling) noexcept {
  assembler_.set_handler(handling.outside);
  emit(Opcode::kLeaveHandler, handling.saved);
  drop(handling.exception);
}

// The end of one that has not, and of exceptions inside of it.
void CodeGenerator::raise_behind(const Handling& handling) noexcept {
  assembler_.bind(handling.leave);
  assembler_.set_handler(handling.outside);
  emit(Opcode::kLeaveHandler, handling.saved);
  emit(Opcode::kReraise, handling.exception);
}

void CodeGenerator::typed(const Try& node) noexcept {
  guarded_by_finally(node.finalbody, [&] {
    if (node.handlers.empty()) return body(node.body);
    try_except(node);
  });
}

void CodeGenerator::guarded_by_finally(const Sequence<Stmt*>& finally,
                                       FunctionRef<void()> inside) noexcept {
  if (finally.empty()) return inside();
  const Handling handling = begin_handling();
  const Label handler = assembler_.new_label();
  const Label end = assembler_.new_label();
  Block block{BlockKind::kFinally};
  block.finally = &finally;
  push_block(block);
  guard(handling, handler);
  inside();
  pop_block();
  assembler_.set_handler(handling.outside);
  body(finally);
  jump(end);
  enter_handler(handling, handler);
  run_finally(finally, handling);
  raise_behind(handling);
  assembler_.bind(end);
}

// For an exception.
void CodeGenerator::run_finally(const Sequence<Stmt*>& finally, const Handling& handling) noexcept {
  push_block({BlockKind::kFinallyEnd, kNoLabel, kNoLabel, handling.exception, handling.saved},
             handling.outside);
  body(finally);
  pop_block();
}

void CodeGenerator::guarded_body(const Sequence<Stmt*>& statements, const Sequence<Stmt*>& orelse,
                                 const Handling& handling, Label handler, Label end) noexcept {
  push_block({BlockKind::kTry});
  guard(handling, handler);
  body(statements);
  pop_block();
  assembler_.set_handler(handling.outside);
  body(orelse);
  jump(end);
}

void CodeGenerator::try_except(const Try& node) noexcept {
  const Temps temps(*this);
  const Handling handling = begin_handling();
  const Label handler = assembler_.new_label();
  const Label end = assembler_.new_label();
  guarded_body(node.body, node.orelse, handling, handler, end);
  enter_handler(handling, handler);
  push_block({BlockKind::kTry}, handling.outside);
  clauses(node.handlers, handling, end);
  pop_block();
  raise_behind(handling);
  assembler_.bind(end);
}

void CodeGenerator::clauses(const Sequence<ExceptHandler*>& handlers, const Handling& handling,
                            Label end) noexcept {
  for (std::uint32_t i = 0; i < handlers.size && !stopped(); ++i) {
    const At at(*this, handlers[i]->place);
    if (handlers[i]->type == nullptr && i + 1 < handlers.size)
      return error("default 'except:' must be last");
    clause(*handlers[i], handling, end);
  }
}

void CodeGenerator::clause(const ExceptHandler& handler, const Handling& handling,
                           Label end) noexcept {
  const Label next = assembler_.new_label();
  if (handler.type != nullptr) {
    const Temps temps(*this);
    const Register type = any(*handler.type);
    const Register matches = push();
    emit(Opcode::kMatchException, matches, handling.exception, type);
    jump(Opcode::kJumpIfFalse, matches, next);
  } else {
    emit(Opcode::kNop);  // who traces lines sees the clause
  }
  push_block({BlockKind::kHandler, kNoLabel, kNoLabel, handling.exception, handling.saved,
              kNoHandler, nullptr, handler.name},
             handling.outside);
  if (handler.name.empty()) {
    body(handler.body);
    pop_block();
    leave_handler(handling);
  } else {
    named_clause(handler, handling);
  }
  jump(end);
  assembler_.bind(next);
  assembler_.set_handler(handling.cleanup);
}

// The name is gone afterwards, however the body ends.
void CodeGenerator::named_clause(const ExceptHandler& handler, const Handling& handling) noexcept {
  const Label failed = assembler_.new_label();
  store_name(handler.name, handling.exception);
  assembler_.set_handler(assembler_.new_handler(failed, handling.exception, handling.exception));
  body(handler.body);
  pop_block();
  leave_handler(handling);
  forget_name(handler.name);
  const Label behind = assembler_.new_label();
  jump(behind);
  assembler_.bind(failed);
  assembler_.set_handler(handling.cleanup);
  forget_name(handler.name);
  jump(handling.leave);
  assembler_.bind(behind);
  assembler_.set_handler(handling.outside);
}

// Bound to None first, so that it may be deleted whether or not it is bound.
void CodeGenerator::forget_name(Identifier name) noexcept {
  const Variable variable = this->variable(name);
  if (variable.kind == VariableKind::kLocal) return emit(Opcode::kDrop, variable.number);
  const Temps temps(*this);
  const Register none = push();
  load_none(none);
  store_name(name, none);
  delete_name(name);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
