// except*: every clause takes its part of a group; what is left, and what the clauses raise, is put
// together in the end.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

void CodeGenerator::typed(const TryStar& node) noexcept {
  guarded_by_finally(node.finalbody, [&] { try_star(node); });
}

void CodeGenerator::try_star(const TryStar& node) noexcept {
  const Temps temps(*this);
  const Handling handling = begin_handling();
  const Label handler = assembler_.new_label();
  const Label end = assembler_.new_label();
  guarded_body(node.body, node.orelse, handling, handler, end);
  assembler_.bind(handler);
  assembler_.set_handler(handling.outside);
  const Groups groups{handling, push(), push()};
  move(groups.rest, handling.exception);
  enter_group_handler(groups);
  group_clauses(node.handlers, groups);
  join_groups(groups, end);
  raise_behind(handling);
  assembler_.bind(end);
}

void CodeGenerator::enter_group_handler(const Groups& groups) noexcept {
  const Handling& handling = groups.handling;
  const Temps temps(*this);
  const Register handled = push();
  move(handled, handling.exception);
  emit(Opcode::kEnterHandler, handling.saved, handled);
  assembler_.set_handler(handling.cleanup);
  emit(Opcode::kBuildList, groups.results, groups.results, 0);
}

void CodeGenerator::group_clauses(const Sequence<ExceptHandler*>& handlers,
                                  const Groups& groups) noexcept {
  for (std::uint32_t i = 0; i < handlers.size && !stopped(); ++i) {
    const At at(*this, handlers[i]->place);
    group_clause(*handlers[i], groups);
  }
}

void CodeGenerator::group_clause(const ExceptHandler& handler, const Groups& groups) noexcept {
  const Temps temps(*this);
  const Label next = assembler_.new_label();
  const Label none = assembler_.new_label();
  const Label failed = assembler_.new_label();
  const Register part = push();  // behind the rest
  {
    const Temps of_type(*this);
    const Register type = any(*handler.type);
    emit(Opcode::kMatchGroup, groups.rest, groups.rest, type);
  }
  jump(Opcode::kJumpIfNone, part, none);
  if (!handler.name.empty()) store_name(handler.name, part);
  drop(part);
  // An exception in the body joins the results.
  push_block({BlockKind::kGroup});
  assembler_.set_handler(assembler_.new_handler(failed, part, part));
  body(handler.body);
  pop_block();
  assembler_.set_handler(groups.handling.cleanup);
  if (!handler.name.empty()) forget_name(handler.name);
  jump(next);
  assembler_.bind(failed);
  if (!handler.name.empty()) forget_name(handler.name);
  emit(Opcode::kListAppend, groups.results, part);
  jump(next);
  assembler_.bind(none);
  drop(part);
  assembler_.bind(next);
}

void CodeGenerator::join_groups(const Groups& groups, Label end) noexcept {
  const Handling& handling = groups.handling;
  const Label raise = assembler_.new_label();
  emit(Opcode::kListAppend, groups.results, groups.rest);
  const Register joined = groups.rest;
  emit(Opcode::kJoinGroups, joined, handling.exception, groups.results);
  jump(Opcode::kJumpIfNotNone, joined, raise);
  drop(joined);
  leave_handler(handling);
  jump(end);
  assembler_.bind(raise);
  assembler_.set_handler(handling.outside);
  emit(Opcode::kLeaveHandler, handling.saved);
  drop(handling.exception);
  emit(Opcode::kReraise, joined);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
