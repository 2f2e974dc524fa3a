// Scopes and registers: what every code object begins and ends with.
#include "python/compiler/code_scope.h"

#include <algorithm>
#include <new>

#include "python/compiler/number_text.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

CodeScope::CodeScope(Program& program, Scope& scope, CodeScope* outer) noexcept
    : program_(program),
      context_(program.context),
      scope_(scope),
      outer_(outer),
      assembler_(program.context),
      folder_(program.context, program.options.optimize == 0),
      next_child_(scope.first_child) {
  assembler_.set_place({scope.place.line, 0, scope.place.line, 0});
  qualified_name_ = qualified_name();
  if (!number_symbols()) context_.out_of_memory();
}

// ---- names of the code -----------------------------------------------------------------------

std::string_view CodeScope::code_name() const noexcept {
  switch (scope_.function) {
    case FunctionKind::kLambda:
      return "<lambda>";
    case FunctionKind::kListComprehension:
      return "<listcomp>";
    case FunctionKind::kSetComprehension:
      return "<setcomp>";
    case FunctionKind::kDictComprehension:
      return "<dictcomp>";
    case FunctionKind::kGenerator:
      return "<genexpr>";
    default:
      return outer_ == nullptr ? std::string_view("<module>") : context_.text(scope_.name);
  }
}

// A function that the scope around declares global is not called after that scope.
bool CodeScope::is_declared_global_outside() noexcept {
  const bool has_name =
      scope_.kind == ScopeKind::kClass || scope_.function == FunctionKind::kFunction;
  if (!has_name) return false;
  const Symbol* const symbol = outer_->scope_.symbols.find(outer_->mangled(code_name()));
  return symbol != nullptr && symbol->resolution == Resolution::kGlobalExplicit;
}

std::string_view CodeScope::qualified_name() noexcept {
  const std::string_view name = code_name();
  if (outer_ == nullptr || outer_->outer_ == nullptr || is_declared_global_outside()) return name;
  const FunctionKind around = outer_->scope_.function;
  const bool in_function = around == FunctionKind::kFunction || around == FunctionKind::kLambda;
  return context_.arena().join({outer_->qualified_name_, in_function ? ".<locals>." : ".", name});
}

std::uint32_t CodeScope::scope_flags() const noexcept {
  std::uint32_t flags = program_.future.flags;
  if (!scope_.is_function()) return flags;
  flags |= bytecode::kOptimized | bytecode::kNewLocals | parameter_flags_;
  if (scope_.is_nested) flags |= bytecode::kNested;
  if (scope_.is_generator)
    flags |= scope_.is_coroutine ? bytecode::kAsyncGenerator : bytecode::kGenerator;
  if (scope_.is_coroutine && !scope_.is_generator) flags |= bytecode::kCoroutine;
  return flags;
}

// ---- symbols ---------------------------------------------------------------------------------

// Parameters come first, then cells; other locals are numbered as they turn up.
bool CodeScope::number_symbols() noexcept {
  std::uint32_t count = scope_.has_class_cell ? 1 : 0;
  next_local_ = count;
  for (Symbol* s = scope_.symbols.first(); s != nullptr; s = s->next) {
    const bool local = s->resolution == Resolution::kLocal || s->resolution == Resolution::kCell;
    if (scope_.is_function() && local) ++count;
    const bool free = s->resolution == Resolution::kFree || s->passes_through;
    if (free && !free_symbols_.push(s)) return false;
  }
  // By name, as in CPython, where programs see the order.
  const auto by_name = [this](const Symbol* a, const Symbol* b) {
    return context_.text(a->name) < context_.text(b->name);
  };
  std::sort(free_symbols_.data(), free_symbols_.data() + free_symbols_.size(), by_name);
  for (std::size_t i = 0; i < free_symbols_.size(); ++i)
    free_symbols_[i]->number = static_cast<std::uint16_t>(i);
  if (count > kNoRegister - 1) context_.too_large("too many local variables");
  local_count_ = next_temporary_ = register_count_ = count;
  return true;
}

void CodeScope::number_parameters(const Arguments& args) noexcept {
  for (const auto& list : {args.posonlyargs, args.args, args.kwonlyargs})
    for (std::uint32_t i = 0; i < list.size; ++i) number_parameter(list[i]->arg);
  if (args.vararg != nullptr) number_parameter(args.vararg->arg);
  if (args.kwarg != nullptr) number_parameter(args.kwarg->arg);
  positional_only_count_ = args.posonlyargs.size;
  positional_count_ = args.posonlyargs.size + args.args.size;
  keyword_only_count_ = args.kwonlyargs.size;
  if (args.vararg != nullptr) parameter_flags_ |= bytecode::kVarArgs;
  if (args.kwarg != nullptr) parameter_flags_ |= bytecode::kVarKeywords;
}

void CodeScope::number_parameter(Identifier name) noexcept {
  Symbol* const symbol = scope_.symbols.find(mangled(name));
  if (symbol != nullptr) static_cast<void>(number_of(*symbol));
}

Register CodeScope::number_of(Symbol& symbol) noexcept {
  if (symbol.number == kUnnumbered) symbol.number = static_cast<std::uint16_t>(next_local_++);
  return symbol.number;
}

void CodeScope::make_cells() noexcept {
  if (scope_.has_class_cell) emit(Opcode::kMakeCell, 0);
  if (!scope_.is_function()) return;
  for (Symbol* s = scope_.symbols.first(); s != nullptr; s = s->next)
    if (s->resolution == Resolution::kCell) emit(Opcode::kMakeCell, number_of(*s));
}

// Code is generated nearly in the order of the source, so the next one is nearly always it.
Scope* CodeScope::child_scope(const Node& node) noexcept {
  for (int round = 0; round < 2; ++round) {
    for (Scope* child = next_child_; child != nullptr; child = child->next) {
      if (child->node != &node) continue;
      next_child_ = child->next;
      return child;
    }
    next_child_ = scope_.first_child;
  }
  return nullptr;
}

// ---- registers -------------------------------------------------------------------------------

Register CodeScope::push() noexcept { return push_many(1); }

Register CodeScope::push_many(std::uint32_t count) noexcept {
  const std::uint32_t first = next_temporary_;
  if (first + count > kNoRegister) {
    context_.too_large("too many registers in one code object");
    return 0;
  }
  next_temporary_ += count;
  peak_ = std::max(peak_, next_temporary_);
  register_count_ = std::max(register_count_, next_temporary_);
  return static_cast<Register>(first);
}

Register CodeScope::stage(Want want) noexcept {
  return !want.anywhere() && is_temporary(want.place) ? want.place : push();
}

// Requires: what was pushed behind the staged one has been given back.
Register CodeScope::settle(Register staged, Want want) noexcept {
  if (want.anywhere() || staged == want.place) return staged;
  move(want.place, staged);
  next_temporary_ = staged;
  return want.place;
}

bytecode::Constant CodeScope::int_constant(std::uint32_t number) noexcept {
  bytecode::Constant value;
  value.kind = bytecode::Constant::Kind::kInt;
  value.text = context_.arena().join({Digits(number).text()});
  return value;
}

void CodeScope::load_int(Register to, std::uint32_t number) noexcept {
  load_constant(to, int_constant(number));
}

bytecode::Constant CodeScope::names_constant(const GrowingArray<Identifier>& names) noexcept {
  bytecode::Constant tuple;
  tuple.kind = bytecode::Constant::Kind::kTuple;
  auto* const items = context_.arena().allocate_array<bytecode::Constant>(names.size() + 1);
  if (items == nullptr) return tuple;
  for (std::size_t i = 0; i < names.size(); ++i) items[i] = str_constant(names[i]);
  tuple.items = {items, names.size()};
  return tuple;
}

// ---- the end -----------------------------------------------------------------------

// A definition begins with its first decorator.
std::uint32_t CodeScope::first_line() const noexcept {
  const auto of = [](const auto& node) {
    return node.decorator_list.empty() ? node.place.line : node.decorator_list[0]->place.line;
  };
  switch (scope_.node->kind) {
    case NodeKind::kFunctionDef:
      return of(*as<FunctionDef>(scope_.node));
    case NodeKind::kAsyncFunctionDef:
      return of(*as<AsyncFunctionDef>(scope_.node));
    case NodeKind::kClassDef:
      return of(*as<ClassDef>(scope_.node));
    default:
      return scope_.place.line == 0 ? 1 : scope_.place.line;
  }
}

bytecode::Code* CodeScope::finish(std::uint32_t flags) noexcept {
  if (stopped()) return nullptr;
  void* const memory = context_.arena().allocate(sizeof(bytecode::Code));
  if (memory == nullptr) return nullptr;
  auto* const code = new (memory) bytecode::Code;
  code->name = code_name();
  code->qualified_name = qualified_name_;
  code->flags = scope_flags() | flags;
  code->argument_count = positional_count_;
  code->positional_only_count = positional_only_count_;
  code->keyword_only_count = keyword_only_count_;
  code->first_line = first_line();
  code->docstring = docstring_;
  code->local_count = local_count_;
  code->register_count = register_count_;
  if (!write_variables(*code) || !write_free_variables(*code)) context_.out_of_memory();
  assembler_.assemble(*code);
  scope_.code = stopped() ? nullptr : code;
  return stopped() ? nullptr : code;
}

bool CodeScope::write_variables(bytecode::Code& code) noexcept {
  if (local_count_ == 0) return true;
  auto* const locals = context_.arena().allocate_array<bytecode::Local>(local_count_);
  if (locals == nullptr) return false;
  if (scope_.has_class_cell) locals[0] = {"__class__", true};
  for (Symbol* s = scope_.symbols.first(); s != nullptr && scope_.is_function(); s = s->next) {
    const bool cell = s->resolution == Resolution::kCell;
    if (!cell && s->resolution != Resolution::kLocal) continue;
    locals[number_of(*s)] = {context_.text(s->name), cell};
  }
  code.locals = {locals, local_count_};
  return true;
}

bool CodeScope::write_free_variables(bytecode::Code& code) noexcept {
  const std::size_t count = free_symbols_.size();
  if (count == 0) return true;
  auto* const list = context_.arena().allocate_array<bytecode::FreeVariable>(count);
  if (list == nullptr) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const NameId name = free_symbols_[i]->name;
    Symbol* const outside = outer_->scope_.symbols.find(name);
    const bool from_free =
        outside != nullptr && (outside->resolution == Resolution::kFree || outside->passes_through);
    const bool is_class_cell = !from_free && outer_->scope_.has_class_cell;
    const std::uint16_t number = is_class_cell ? std::uint16_t{0} : outer_->number_of(*outside);
    list[i] = {context_.text(name), from_free, number};
  }
  code.free_variables = {list, count};
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
