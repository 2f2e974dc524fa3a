// Loops, and what leaves blocks early.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// ---- blocks ----------------------------------------------------------------------------------

void CodeGenerator::push_block(const Block& block, HandlerId outside) noexcept {
  if (block_count_ == kMostBlocks) return error("too many statically nested blocks");
  blocks_[block_count_] = block;
  blocks_[block_count_].outside = outside;
  ++block_count_;
}

void CodeGenerator::pop_block() noexcept {
  if (!stopped()) --block_count_;
}

bool CodeGenerator::leaving_does_something() const noexcept {
  for (std::size_t i = 0; i < block_count_; ++i)
    if (blocks_[i].kind != BlockKind::kWhile && blocks_[i].kind != BlockKind::kTry) return true;
  return false;
}

// G2. What the block holds is dropped, and what it owes is done.
void CodeGenerator::unwind(const Block& block) noexcept {
  assembler_.set_handler(block.outside);
  switch (block.kind) {
    case BlockKind::kWhile:
    case BlockKind::kTry:
    case BlockKind::kGroup:
      return;
    case BlockKind::kFor:
    case BlockKind::kValue:
      return drop(block.value);
    case BlockKind::kFinally: {
      const Temps temps(*this);
      return body(*block.finally);
    }
    case BlockKind::kFinallyEnd:
      emit(Opcode::kLeaveHandler, block.saved);
      return drop(block.value);
    case BlockKind::kHandler:
      emit(Opcode::kLeaveHandler, block.saved);
      drop(block.value);
      if (!block.name.empty()) forget_name(block.name);
      return;
    case BlockKind::kWith:
    case BlockKind::kAsyncWith: {
      const At at(*this, block.place);
      return call_exit(block.value, block.kind == BlockKind::kAsyncWith);
    }
  }
}

void CodeGenerator::unwind_from(std::size_t outermost, Register value) noexcept {
  const std::size_t count = block_count_;
  Block open[kMostBlocks];
  for (std::size_t i = 0; i < count; ++i) open[i] = blocks_[i];
  for (std::size_t i = count; i-- > outermost && !stopped();) {
    if (open[i].kind == BlockKind::kGroup)
      return error("'break', 'continue' and 'return' cannot appear in an except* block");
    block_count_ = i;
    if (value != kNoRegister && open[i].kind == BlockKind::kFinally) {
      assembler_.set_handler(open[i].outside);
      push_block({BlockKind::kValue, kNoLabel, kNoLabel, value});
    }
    unwind(open[i]);
  }
  for (std::size_t i = 0; i < count; ++i) blocks_[i] = open[i];
  block_count_ = count;
}

// The innermost one; false: there is none.
bool CodeGenerator::find_loop(std::size_t& number) const noexcept {
  for (number = block_count_; number-- > 0;) {
    const BlockKind kind = blocks_[number].kind;
    if (kind == BlockKind::kWhile || kind == BlockKind::kFor) return true;
  }
  return false;
}

// All blocks are left before one sees that none of them is a loop: what is wrong with a `finally`
// on the way is said first, as in CPython.
void CodeGenerator::complain_of_no_loop(std::string_view message) noexcept {
  unwind_from(0);
  error(message);
}

void CodeGenerator::typed(const Break&) noexcept {
  std::size_t loop = 0;
  if (!find_loop(loop)) return complain_of_no_loop("'break' outside loop");
  const HandlerId handler = assembler_.handler();
  unwind_from(loop);
  jump(blocks_[loop].end);
  assembler_.set_handler(handler);
}

void CodeGenerator::typed(const Continue&) noexcept {
  std::size_t loop = 0;
  if (!find_loop(loop)) return complain_of_no_loop("'continue' not properly in loop");
  const HandlerId handler = assembler_.handler();
  unwind_from(loop + 1);
  jump(Opcode::kJumpBack, 0, blocks_[loop].again);
  assembler_.set_handler(handler);
}

void CodeGenerator::typed(const ast::Return& node) noexcept {
  if (!scope_.is_function()) return error("'return' outside function");
  const bool async_generator = scope_.is_generator && scope_.is_coroutine;
  if (node.value != nullptr && async_generator)
    return error("'return' with value in async generator");
  bytecode::Constant folded;
  const bool is_constant = node.value == nullptr || folder_.fold(*node.value, folded);
  const HandlerId handler = assembler_.handler();
  if (is_constant) {
    const bool on_one_line = node.value != nullptr && node.value->place.line == node.place.line;
    const At at(*this, on_one_line ? node.value->place : node.place);
    unwind_from(0);
    emit_wide(Opcode::kReturnConstant, 0, constant(folded));
  } else {
    const Register value = leaving_does_something() ? pushed(*node.value) : any(*node.value);
    unwind_from(0, value);
    emit(Opcode::kReturn, value);
  }
  assembler_.set_handler(handler);
}

// ---- loops -----------------------------------------------------------------------------------

void CodeGenerator::typed(const While& node) noexcept {
  const Label again = assembler_.new_label();
  const Label otherwise = assembler_.new_label();
  const Label end = assembler_.new_label();
  assembler_.bind(again);
  push_block({BlockKind::kWhile, again, end});
  jump_if(*node.test, false, otherwise);
  loop_body(node.body, again);
  assembler_.bind(otherwise);
  body(node.orelse);
  assembler_.bind(end);
}

Register CodeGenerator::loop_target(const Expr& node) noexcept {
  Register local;
  if (is_local(node, local) && as<Name>(&node)->id != "__debug__") return local;
  return push();
}

void CodeGenerator::loop_body(const Sequence<Stmt*>& statements, Label again) noexcept {
  body(statements);
  pop_block();
  jump(Opcode::kJumpBack, 0, again);
}

void CodeGenerator::store_loop_target(const Expr& node, Register value) noexcept {
  if (is_temporary(value)) store(node, value);
}

void CodeGenerator::typed(const For& node) noexcept {
  const Label again = assembler_.new_label();
  const Label otherwise = assembler_.new_label();
  const Label end = assembler_.new_label();
  const Register iterator = push();
  {
    const Temps temps(*this);
    emit(Opcode::kGetIterator, iterator, any(*node.iter));
  }
  push_block({BlockKind::kFor, again, end, iterator});
  assembler_.bind(again);
  {
    const Temps temps(*this);
    const Register value = loop_target(*node.target);
    {
      const At at(*this, node.iter->place);
      emit(Opcode::kForNext, value, iterator);
      jump(otherwise);
    }
    store_loop_target(*node.target, value);
  }
  loop_body(node.body, again);
  assembler_.bind(otherwise);
  body(node.orelse);
  assembler_.bind(end);
}

void CodeGenerator::typed(const AsyncFor& node) noexcept {
  if (!may_await("'async for' outside async function")) return;
  const Label again = assembler_.new_label();
  const Label done = assembler_.new_label();
  const Label end = assembler_.new_label();
  const Register iterator = push();
  {
    const Temps temps(*this);
    emit(Opcode::kGetAsyncIterator, iterator, any(*node.iter));
  }
  const Register exception = push();
  push_block({BlockKind::kFor, again, end, iterator});
  assembler_.bind(again);
  await_next(iterator, exception, done, *node.target);
  loop_body(node.body, again);
  assembler_.bind(done);
  emit(Opcode::kEndAsyncFor, exception);
  emit(Opcode::kDrop, iterator);
  body(node.orelse);
  assembler_.bind(end);
}

// The next item, once it is there, goes to the target; an exception goes to `done`.
void CodeGenerator::await_next(Register iterator, Register exception, Label done,
                               const Expr& to) noexcept {
  const HandlerId outside = assembler_.handler();
  const Temps temps(*this);
  assembler_.set_handler(assembler_.new_handler(done, exception, exception));
  const Register value = push();
  const Register source = push();
  emit(Opcode::kGetAsyncNext, source, iterator);
  delegate(value, source);
  assembler_.set_handler(outside);
  store(to, value);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
