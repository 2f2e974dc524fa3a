// The first step: what each scope does with each name.
#include <new>

#include "python/compiler/scope.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using namespace ast;  // NOLINT(google-build-using-namespace): this file walks the tree

class ScopeBuilder {
 public:
  ScopeBuilder(const ScopeOptions& options, CompileContext& context) noexcept
      : options_(options), context_(context) {}

  [[nodiscard]] Scope* build(const Root& tree) noexcept {
    enter(ScopeKind::kModule, FunctionKind::kNone, "top", tree);
    module_ = current_;
    if (module_ == nullptr) return nullptr;
    visit_children(tree);
    return context_.stopped() ? nullptr : module_;
  }

 private:
  // ---- walking ----
  void visit(const Node& node) noexcept {
    if (context_.stopped()) return;
    dispatch(node, [this](const auto& typed) { this->typed(typed); });
  }
  void visit_children(const Node& node) noexcept {
    dispatch(node, [this](const auto& typed) { this->children(typed); });
  }
  template <class T>
  void children(const T& node) noexcept {
    ast::visit_children(node, [this](const Node& child) { visit(child); });
  }
  template <class T>
  void all(const Sequence<T*>& nodes) noexcept {
    for (std::uint32_t i = 0; i < nodes.size; ++i)
      if (nodes[i] != nullptr) visit(*nodes[i]);
  }
  void optional(const Node* node) noexcept {
    if (node != nullptr) visit(*node);
  }
  // Whatever has no function of its own below.
  template <class T>
  void typed(const T& node) noexcept {
    children(node);
  }

  // ---- scopes ----
  void enter(ScopeKind kind, FunctionKind function, std::string_view name,
             const Node& node) noexcept {
    void* const memory = context_.arena().allocate(sizeof(Scope));
    if (memory == nullptr) return context_.out_of_memory();
    auto* const scope = new (memory) Scope;
    scope->kind = kind;
    scope->function = function;
    scope->name = context_.intern(name);
    scope->class_name = class_name_;
    scope->node = &node;
    scope->place = node.place;
    scope->parent = current_;
    if (current_ != nullptr) {
      scope->is_nested = current_->is_nested || current_->is_function();
      scope->in_comprehension_iterable = current_->in_comprehension_iterable;
    }
    current_ = scope;
  }
  void enter_child(ScopeKind kind, FunctionKind function, std::string_view name,
                   const Node& node) noexcept {
    Scope* const parent = current_;
    enter(kind, function, name, node);
    if (current_ == parent) return;
    (parent->last_child == nullptr ? parent->first_child : parent->last_child->next) = current_;
    parent->last_child = current_;
  }
  void leave() noexcept {
    if (!context_.stopped()) current_ = current_->parent;
  }

  [[nodiscard]] NameId mangled(std::string_view name) noexcept {
    return context_.intern_in(context_.text(class_name_), name);
  }
  [[nodiscard]] std::uint16_t uses_of(Identifier name) noexcept {
    const Symbol* const symbol = current_->symbols.find(mangled(name));
    return symbol == nullptr ? 0 : symbol->uses;
  }
  [[nodiscard]] Symbol* add_to(Scope& scope, NameId name) noexcept {
    Symbol* const symbol = scope.symbols.add(name, context_.arena());
    if (symbol == nullptr) context_.out_of_memory();
    return symbol;
  }

  void note(Identifier text, std::uint16_t use, const Place& place) noexcept {
    const NameId name = mangled(text);
    Symbol* const symbol = add_to(*current_, name);
    if (symbol == nullptr) return;
    if ((use & kIsParameter & symbol->uses) != 0)
      return context_.error(place, "duplicate argument '", context_.text(name),
                            "' in function definition");
    symbol->uses |= use;
    if (current_->in_comprehension_target) {
      if ((symbol->uses & (kDeclaredGlobal | kDeclaredNonlocal)) != 0)
        return context_.error(
            place, "comprehension inner loop cannot rebind assignment expression target '",
            context_.text(name), "'");
      symbol->uses |= kIteratesName;
    }
    if ((use & kDeclaredGlobal) != 0 && module_ != nullptr) {
      Symbol* const global = add_to(*module_, name);
      if (global != nullptr) global->uses |= use;
    }
  }

  void declare(Identifier name, const Place& place) noexcept {
    void* const memory = context_.arena().allocate(sizeof(Directive));
    if (memory == nullptr) return context_.out_of_memory();
    current_->directives = new (memory) Directive{mangled(name), place, current_->directives};
  }

  // ---- statements ----
  void typed(const FunctionDef& node) noexcept { function(node, false); }
  void typed(const AsyncFunctionDef& node) noexcept { function(node, true); }
  template <class T>
  void function(const T& node, bool is_async) noexcept {
    note(node.name, kBindsName, node.place);
    all(node.args->defaults);
    all(node.args->kw_defaults);
    annotations(*node.args);
    if (node.returns != nullptr) annotation(*node.returns);
    all(node.decorator_list);
    enter_child(ScopeKind::kFunction, FunctionKind::kFunction, node.name, node);
    current_->is_coroutine = is_async;
    parameters(*node.args);
    all(node.body);
    leave();
  }

  void parameters(const Arguments& args) noexcept {
    for (const auto& list : {args.posonlyargs, args.args, args.kwonlyargs})
      for (std::uint32_t i = 0; i < list.size; ++i) parameter(list[i]);
    parameter(args.vararg);
    parameter(args.kwarg);
  }
  void parameter(const Arg* arg) noexcept {
    if (arg != nullptr) note(arg->arg, kIsParameter, arg->place);
  }

  void annotations(const Arguments& args) noexcept {
    for (const auto& list : {args.posonlyargs, args.args})
      for (std::uint32_t i = 0; i < list.size; ++i) annotation_of(list[i]);
    annotation_of(args.vararg);
    annotation_of(args.kwarg);
    for (std::uint32_t i = 0; i < args.kwonlyargs.size; ++i) annotation_of(args.kwonlyargs[i]);
  }
  void annotation_of(const Arg* arg) noexcept {
    if (arg != nullptr && arg->annotation != nullptr) annotation(*arg->annotation);
  }
  // What will be a string is looked at for what it must not contain, in a scope that is forgotten.
  void annotation(const Expr& node) noexcept {
    if (!options_.annotations_are_strings) return visit(node);
    enter(ScopeKind::kFunction, FunctionKind::kFunction, "_annotation", node);
    current_->is_annotation = true;
    visit(node);
    leave();
  }

  void typed(const ClassDef& node) noexcept {
    note(node.name, kBindsName, node.place);
    all(node.bases);
    all(node.keywords);
    all(node.decorator_list);
    const NameId outer = class_name_;
    enter_child(ScopeKind::kClass, FunctionKind::kNone, node.name, node);
    class_name_ = context_.intern(node.name);
    all(node.body);
    class_name_ = outer;
    leave();
  }

  void typed(const Return& node) noexcept {
    optional(node.value);
    if (node.value != nullptr) current_->returns_value = true;
  }

  void typed(const AnnAssign& node) noexcept {
    if (const Name* const name = is<Name>(node.target) ? as<Name>(node.target) : nullptr) {
      annotated_name(node, *name);
    } else {
      visit(*node.target);
    }
    annotation(*node.annotation);
    optional(node.value);
  }
  void annotated_name(const AnnAssign& node, const Name& name) noexcept {
    const std::uint16_t uses = uses_of(name.id);
    const bool declared = (uses & (kDeclaredGlobal | kDeclaredNonlocal)) != 0;
    if (declared && current_ != module_ && node.simple != 0)
      return context_.error(
          node.place, "annotated name '", name.id,
          (uses & kDeclaredGlobal) != 0 ? "' can't be global" : "' can't be nonlocal");
    if (node.simple != 0) return note(name.id, kAnnotatesName | kBindsName, name.place);
    if (node.value != nullptr) note(name.id, kBindsName, name.place);
  }

  void typed(const Try& node) noexcept { try_statement(node); }
  void typed(const TryStar& node) noexcept { try_statement(node); }
  template <class T>
  void try_statement(const T& node) noexcept {
    all(node.body);
    all(node.orelse);
    all(node.handlers);
    all(node.finalbody);
  }
  void typed(const ExceptHandler& node) noexcept {
    optional(node.type);
    if (!node.name.empty()) note(node.name, kBindsName, node.place);
    all(node.body);
  }

  void typed(const Alias& node) noexcept {
    const Identifier name = node.asname.empty() ? node.name : node.asname;
    if (name == "*") {
      if (current_->kind != ScopeKind::kModule)
        context_.error(node.place, "import * only allowed at module level");
      return;
    }
    note(name.substr(0, node.asname.empty() ? name.find('.') : name.size()), kImportsName,
         node.place);
  }

  void typed(const Global& node) noexcept { declaration(node, kDeclaredGlobal, "global"); }
  void typed(const Nonlocal& node) noexcept { declaration(node, kDeclaredNonlocal, "nonlocal"); }
  template <class T>
  void declaration(const T& node, NameUse use, std::string_view what) noexcept {
    for (std::uint32_t i = 0; i < node.names.size && !context_.stopped(); ++i) {
      const Identifier name = node.names[i];
      const std::uint16_t uses = uses_of(name);
      if ((uses & (kIsParameter | kBindsName | kUsesName | kAnnotatesName)) != 0)
        return too_late(node.place, name, uses, what);
      note(name, use, node.place);
      declare(name, node.place);
    }
  }
  void too_late(const Place& place, Identifier name, std::uint16_t uses,
                std::string_view what) noexcept {
    const auto say = [&](std::string_view before, std::string_view behind, bool ends) {
      const std::string_view end =
          context_.arena().join({"'", behind, what, ends ? "" : " declaration"});
      context_.error(place, before, name, end);
    };
    if ((uses & kIsParameter) != 0) return say("name '", " is parameter and ", true);
    if ((uses & kUsesName) != 0) return say("name '", " is used prior to ", false);
    if ((uses & kAnnotatesName) != 0) return say("annotated name '", " can't be ", true);
    say("name '", " is assigned to before ", false);
  }

  // ---- patterns ----
  void typed(const MatchAs& node) noexcept {
    optional(node.pattern);
    if (!node.name.empty()) note(node.name, kBindsName, node.place);
  }
  void typed(const MatchStar& node) noexcept {
    if (!node.name.empty()) note(node.name, kBindsName, node.place);
  }
  void typed(const MatchMapping& node) noexcept {
    children(node);
    if (!node.rest.empty()) note(node.rest, kBindsName, node.place);
  }

  // ---- expressions ----
  void typed(const Name& node) noexcept {
    note(node.id, node.ctx == Context::kLoad ? kUsesName : kBindsName, node.place);
    if (node.ctx == Context::kLoad && current_->is_function() && node.id == "super")
      note("__class__", kUsesName, node.place);
  }

  void typed(const NamedExpr& node) noexcept {
    if (forbidden_in_annotation("named expression", node.place)) return;
    if (current_->in_comprehension_iterable > 0)
      return context_.error(
          node.place,
          "assignment expression cannot be used in a comprehension iterable expression");
    if (current_->is_comprehension()) bind_outside(*as<Name>(node.target));
    visit(*node.value);
    visit(*node.target);
    if (Symbol* const symbol = current_->symbols.find(mangled(as<Name>(node.target)->id)))
      symbol->uses |= kAssignsInExpression;
  }

  // A walrus in a comprehension binds in the scope around it.
  void bind_outside(const Name& target) noexcept {
    Scope* scope = current_;
    const NameId name = mangled(target.id);
    for (; scope->is_comprehension(); scope = scope->parent) {
      const Symbol* const symbol = scope->symbols.find(name);
      if (symbol != nullptr && (symbol->uses & kIteratesName) != 0)
        return context_.error(
            target.place, "assignment expression cannot rebind comprehension iteration variable '",
            context_.text(name), "'");
    }
    if (scope->kind == ScopeKind::kClass)
      return context_.error(
          target.place,
          "assignment expression within a comprehension cannot be used in a class body");
    Symbol* const outside = add_to(*scope, name);
    if (outside == nullptr) return;
    const bool global = scope->kind == ScopeKind::kModule || (outside->uses & kDeclaredGlobal) != 0;
    note(target.id, global ? kDeclaredGlobal : kDeclaredNonlocal, target.place);
    declare(target.id, target.place);
    outside->uses |= scope->kind == ScopeKind::kModule ? kDeclaredGlobal : kBindsName;
    outside->uses |= kAssignsInExpression;
  }

  void typed(const Lambda& node) noexcept {
    all(node.args->defaults);
    all(node.args->kw_defaults);
    enter_child(ScopeKind::kFunction, FunctionKind::kLambda, "lambda", node);
    parameters(*node.args);
    visit(*node.body);
    leave();
  }

  void typed(const Yield& node) noexcept {
    if (forbidden_in_annotation("yield expression", node.place)) return;
    optional(node.value);
    yields(node.place);
  }
  void typed(const YieldFrom& node) noexcept {
    if (forbidden_in_annotation("yield expression", node.place)) return;
    visit(*node.value);
    yields(node.place);
  }
  void yields(const Place& place) noexcept {
    current_->is_generator = true;
    if (current_->is_comprehension()) context_.error(place, yield_inside());
  }
  [[nodiscard]] std::string_view yield_inside() const noexcept {
    switch (current_->function) {
      case FunctionKind::kListComprehension:
        return "'yield' inside list comprehension";
      case FunctionKind::kSetComprehension:
        return "'yield' inside set comprehension";
      case FunctionKind::kDictComprehension:
        return "'yield' inside dict comprehension";
      default:
        return "'yield' inside generator expression";
    }
  }
  void typed(const Await& node) noexcept {
    if (forbidden_in_annotation("await expression", node.place)) return;
    visit(*node.value);
    current_->is_coroutine = true;
  }
  [[nodiscard]] bool forbidden_in_annotation(std::string_view what, const Place& place) noexcept {
    if (!current_->is_annotation) return false;
    context_.error(place, "'", what, "' can not be used within an annotation");
    return true;
  }

  // ---- comprehensions ----
  void typed(const ListComp& node) noexcept {
    comprehension(FunctionKind::kListComprehension, "listcomp", node, *node.elt, nullptr);
  }
  void typed(const SetComp& node) noexcept {
    comprehension(FunctionKind::kSetComprehension, "setcomp", node, *node.elt, nullptr);
  }
  void typed(const DictComp& node) noexcept {
    comprehension(FunctionKind::kDictComprehension, "dictcomp", node, *node.key, node.value);
  }
  void typed(const GeneratorExp& node) noexcept {
    comprehension(FunctionKind::kGenerator, "genexpr", node, *node.elt, nullptr);
  }

  void iterable(const Expr& node) noexcept {
    ++current_->in_comprehension_iterable;
    visit(node);
    if (!context_.stopped()) --current_->in_comprehension_iterable;
  }
  void iteration_target(const Expr& node) noexcept {
    current_->in_comprehension_target = true;
    visit(node);
    current_->in_comprehension_target = false;
  }

  // The first iterable is evaluated outside and handed in as a parameter.
  template <class T>
  void comprehension(FunctionKind kind, std::string_view name, const T& node, const Expr& element,
                     const Expr* value) noexcept {
    const Comprehension& first = *node.generators[0];
    iterable(*first.iter);
    enter_child(ScopeKind::kFunction, kind, name, node);
    if (context_.stopped()) return;
    current_->is_coroutine = first.is_async != 0;
    note(".0", kIsParameter, node.place);
    iteration_target(*first.target);
    all(first.ifs);
    for (std::uint32_t i = 1; i < node.generators.size; ++i) inner_loop(*node.generators[i]);
    optional(value);
    visit(element);
    if (context_.stopped()) return;
    current_->is_generator = kind == FunctionKind::kGenerator;
    const bool is_async = current_->is_coroutine && kind != FunctionKind::kGenerator;
    leave();
    if (is_async) current_->is_coroutine = true;
  }
  void inner_loop(const Comprehension& loop) noexcept {
    iteration_target(*loop.target);
    iterable(*loop.iter);
    all(loop.ifs);
    if (loop.is_async != 0) current_->is_coroutine = true;
  }

  const ScopeOptions& options_;
  CompileContext& context_;
  Scope* module_ = nullptr;
  Scope* current_ = nullptr;
  NameId class_name_ = kNoName;
};

}  // namespace

Scope* build_scopes(const Root& tree, const ScopeOptions& options,
                    CompileContext& context) noexcept {
  Scope* const module = ScopeBuilder(options, context).build(tree);
  if (module == nullptr || !resolve_scopes(*module, context)) return nullptr;
  return module;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
