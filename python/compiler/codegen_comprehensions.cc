// Comprehensions: each is a function that is called at once with its first iterator.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

Register CodeGenerator::typed(const ListComp& node, Want want) noexcept {
  return comprehension(node, node.generators, *node.elt, nullptr, want);
}
Register CodeGenerator::typed(const SetComp& node, Want want) noexcept {
  return comprehension(node, node.generators, *node.elt, nullptr, want);
}
Register CodeGenerator::typed(const DictComp& node, Want want) noexcept {
  return comprehension(node, node.generators, *node.key, node.value, want);
}
Register CodeGenerator::typed(const GeneratorExp& node, Want want) noexcept {
  return comprehension(node, node.generators, *node.elt, nullptr, want);
}

Register CodeGenerator::comprehension(const Node& node, const Sequence<Comprehension*>& loops,
                                      const Expr& element, const Expr* value, Want want) noexcept {
  Scope* const scope = child_scope(node);
  if (scope == nullptr || stopped()) return 0;
  const bool awaited = scope->is_coroutine && scope->function != FunctionKind::kGenerator;
  if (awaited && !scope_.is_comprehension() &&
      !may_await("asynchronous comprehension outside of an asynchronous function"))
    return 0;
  if (scope->code == nullptr)
    static_cast<void>(
        CodeGenerator(program_, *scope, this).comprehension_code(loops, element, value));
  const Register result = stage(want);
  {
    const Temps temps(*this);
    const Register at = push_many(3);
    make_function(at, scope->code);
    const auto iterator = static_cast<Register>(at + 2);
    const Opcode get = loops[0]->is_async != 0 ? Opcode::kGetAsyncIterator : Opcode::kGetIterator;
    {
      const Temps of_iterable(*this);
      emit(get, iterator, any(*loops[0]->iter));
    }
    emit(Opcode::kCall, awaited ? at : result, at, 1);
    if (awaited) await_into(result, at, 0);
  }
  return settle(result, want);
}

const bytecode::Code* CodeGenerator::comprehension_code(const Sequence<Comprehension*>& loops,
                                                        const Expr& element,
                                                        const Expr* value) noexcept {
  assembler_.set_place(scope_.node->place);
  number_parameter(".0");
  positional_count_ = 1;
  make_cells();
  const bool generator = scope_.function == FunctionKind::kGenerator;
  Loops all{loops, element, value, kNoRegister};
  if (!generator) {
    all.result = push();
    const Opcode build = scope_.function == FunctionKind::kListComprehension  ? Opcode::kBuildList
                         : scope_.function == FunctionKind::kSetComprehension ? Opcode::kBuildSet
                                                                              : Opcode::kBuildDict;
    emit(build, all.result, all.result, 0);
  }
  comprehension_loop(all, 0);
  if (generator) {
    return_none();
  } else {
    emit(Opcode::kReturn, all.result);
  }
  return finish(0);
}

void CodeGenerator::comprehension_loop(const Loops& all, std::uint32_t depth) noexcept {
  if (all.loops[depth]->is_async != 0) return async_loop(all, depth);
  plain_loop(all, depth);
}

// The outermost one goes over the parameter.
void CodeGenerator::plain_loop(const Loops& all, std::uint32_t depth) noexcept {
  const Comprehension& loop = *all.loops[depth];
  const Temps temps(*this);
  const Label again = assembler_.new_label();
  const Label end = assembler_.new_label();
  Register iterator = 0;  // the parameter
  if (depth > 0) {
    iterator = push();
    const Temps of_iterable(*this);
    emit(Opcode::kGetIterator, iterator, any(*loop.iter));
  }
  assembler_.bind(again);
  {
    const Temps of_target(*this);
    const Register value = loop_target(*loop.target);
    emit(Opcode::kForNext, value, iterator);
    jump(end);
    store_loop_target(*loop.target, value);
  }
  inside_loop(all, depth, again);
  assembler_.bind(end);
}

void CodeGenerator::async_loop(const Loops& all, std::uint32_t depth) noexcept {
  const Comprehension& loop = *all.loops[depth];
  const Temps temps(*this);
  const Label again = assembler_.new_label();
  const Label done = assembler_.new_label();
  const Register iterator = push();
  if (depth == 0) {
    emit(Opcode::kMove, iterator, 0);
  } else {
    const Temps of_iterable(*this);
    emit(Opcode::kGetAsyncIterator, iterator, any(*loop.iter));
  }
  const Register exception = push();
  assembler_.bind(again);
  await_next(iterator, exception, done, *loop.target);
  inside_loop(all, depth, again);
  assembler_.bind(done);
  emit(Opcode::kEndAsyncFor, exception);
  emit(Opcode::kDrop, iterator);
}

void CodeGenerator::inside_loop(const Loops& all, std::uint32_t depth, Label again) noexcept {
  const Comprehension& loop = *all.loops[depth];
  const Label skip = assembler_.new_label();
  for (std::uint32_t i = 0; i < loop.ifs.size; ++i) jump_if(*loop.ifs[i], false, skip);
  if (depth + 1 < all.loops.size) {
    comprehension_loop(all, depth + 1);
  } else {
    comprehension_element(all);
  }
  assembler_.bind(skip);
  jump(Opcode::kJumpBack, 0, again);
}

void CodeGenerator::comprehension_element(const Loops& all) noexcept {
  const Temps temps(*this);
  const At at(*this, all.element.place);
  const Register element = any(all.element);
  switch (scope_.function) {
    case FunctionKind::kListComprehension:
      return emit(Opcode::kListAppend, all.result, element);
    case FunctionKind::kSetComprehension:
      return emit(Opcode::kSetAdd, all.result, element);
    case FunctionKind::kDictComprehension:
      return emit(Opcode::kDictSet, all.result, element, any(*all.value));
    default: {
      const Register sent = push();
      emit(Opcode::kYield, sent, element);
      return emit(Opcode::kDrop, sent);
    }
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
