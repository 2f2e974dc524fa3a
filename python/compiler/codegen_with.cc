// with: __exit__ is called however the body ends.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

void CodeGenerator::typed(const With& node) noexcept { with_item(node.items, 0, node.body, false); }

void CodeGenerator::typed(const AsyncWith& node) noexcept {
  if (!may_await("'async with' outside async function")) return;
  with_item(node.items, 0, node.body, true);
}

// Each item guards those behind it. `saved` lies below `exit`, since an exception in the handler
// drops the one and needs the other.
void CodeGenerator::with_item(const Sequence<WithItem*>& items, std::uint32_t number,
                              const Sequence<Stmt*>& statements, bool is_async) noexcept {
  if (stopped()) return;
  const WithItem& item = *items[number];
  const Temps temps(*this);
  const Label handler = assembler_.new_label();
  const Label end = assembler_.new_label();
  Handling handling{};
  handling.saved = push();
  const Register exit = push();
  handling.exception = push();
  handling.outside = assembler_.handler();
  handling.leave = assembler_.new_label();
  handling.cleanup = assembler_.new_handler(handling.leave, exit, exit);
  enter_context(item, exit, is_async);
  const Register value = push();  // where __enter__ left it
  Block block{is_async ? BlockKind::kAsyncWith : BlockKind::kWith};
  block.value = exit;
  block.place = assembler_.place();
  push_block(block);
  assembler_.set_handler(assembler_.new_handler(handler, handling.exception, handling.exception));
  with_body(items, number, value, statements, is_async);
  pop_block();
  assembler_.set_handler(handling.outside);
  call_exit(exit, is_async);
  jump(end);
  enter_handler(handling, handler);
  exit_for_exception(exit, handling, is_async, end);
  assembler_.bind(end);
}

void CodeGenerator::with_body(const Sequence<WithItem*>& items, std::uint32_t number,
                              Register value, const Sequence<Stmt*>& statements,
                              bool is_async) noexcept {
  const WithItem& item = *items[number];
  if (item.optional_vars != nullptr) {
    store(*item.optional_vars, value);
  } else {
    drop(value);
  }
  if (number + 1 < items.size) return with_item(items, number + 1, statements, is_async);
  body(statements);
}

// What __enter__ returns comes to lie in the next temporary.
void CodeGenerator::enter_context(const WithItem& item, Register exit, bool is_async) noexcept {
  const Temps temps(*this);
  const Register at = push_many(2);
  {
    const Temps of_manager(*this);
    const Register manager = any(*item.context_expr);
    emit(is_async ? Opcode::kLoadAsyncEnter : Opcode::kLoadEnter, at, exit, manager);
  }
  emit(Opcode::kCallMethod, at, at, 0);
  if (!is_async) return;
  const auto source = static_cast<Register>(at + 1);
  emit(Opcode::kGetAwaitable, source, at, 1);
  delegate(at, source);
}

void CodeGenerator::call_exit(Register exit, bool is_async) noexcept {
  const Temps temps(*this);
  const Register at = push_many(2);
  move(at, exit);
  for (int i = 0; i < 3; ++i) load_none(push());
  emit(Opcode::kCall, at, at, 3);
  await_exit(at, is_async);
  drop(at);
}

void CodeGenerator::await_exit(Register at, bool is_async) noexcept {
  if (!is_async) return;
  const auto source = static_cast<Register>(at + 1);
  emit(Opcode::kGetAwaitable, source, at, 2);
  delegate(at, source);
}

// What __exit__ says decides whether the exception goes on.
void CodeGenerator::exit_for_exception(Register exit, const Handling& handling, bool is_async,
                                       Label end) noexcept {
  const Label goes_on = assembler_.new_label();
  {
    const Temps temps(*this);
    const Register at = push_many(2);
    const Register arguments = push_many(3);
    move(at, exit);
    emit(Opcode::kLoadExceptionInfo, arguments, handling.exception);
    emit(Opcode::kCall, at, at, 3);
    await_exit(at, is_async);
    jump(Opcode::kJumpIfFalse, at, goes_on);
  }
  leave_handler(handling);
  jump(end);
  assembler_.bind(goes_on);
  assembler_.set_handler(handling.outside);
  emit(Opcode::kLeaveHandler, handling.saved);
  emit(Opcode::kReraise, handling.exception);
  assembler_.bind(handling.leave);
  emit(Opcode::kLeaveHandler, handling.saved);
  emit(Opcode::kReraise, exit);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
