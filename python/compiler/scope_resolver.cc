// The second step: what each name refers to, from the outside in.
#include "python/compiler/scope.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

class Resolver {
 public:
  explicit Resolver(CompileContext& context) noexcept
      : context_(context), class_cell_(context.intern("__class__")) {}

  void resolve(Scope& scope) noexcept {
    for (Symbol* s = scope.symbols.first(); s != nullptr && !context_.stopped(); s = s->next)
      if (s->resolution == Resolution::kUnresolved) resolve(scope, *s);
    for (Scope* child = scope.first_child; child != nullptr; child = child->next) resolve(*child);
  }

 private:
  void resolve(Scope& scope, Symbol& symbol) noexcept {
    if ((symbol.uses & kDeclaredGlobal) != 0) return global(scope, symbol);
    if ((symbol.uses & kDeclaredNonlocal) != 0) return nonlocal(scope, symbol);
    if ((symbol.uses & kBound) != 0) {
      symbol.resolution = Resolution::kLocal;
    } else {
      Scope* const owner = find_outside(scope, symbol.name);
      symbol.resolution = owner == nullptr ? Resolution::kGlobalImplicit : Resolution::kFree;
      if (owner != nullptr) capture(scope, *owner, symbol.name);
    }
  }

  void global(Scope& scope, Symbol& symbol) noexcept {
    if ((symbol.uses & kDeclaredNonlocal) != 0)
      return complain(scope, symbol.name, "name '", "' is nonlocal and global");
    symbol.resolution = Resolution::kGlobalExplicit;
  }

  void nonlocal(Scope& scope, Symbol& symbol) noexcept {
    if (scope.parent == nullptr)
      return context_.error(place_of(scope, symbol.name),
                            "nonlocal declaration not allowed at module level");
    Scope* const owner = find_outside(scope, symbol.name);
    if (owner == nullptr)
      return complain(scope, symbol.name, "no binding for nonlocal '", "' found");
    symbol.resolution = Resolution::kFree;
    capture(scope, *owner, symbol.name);
  }

  // The function that binds the name, or the class whose cell __class__ it is.
  [[nodiscard]] Scope* find_outside(const Scope& scope, NameId name) const noexcept {
    for (Scope* outer = scope.parent; outer != nullptr; outer = outer->parent) {
      if (outer->kind == ScopeKind::kClass && name == class_cell_) return outer;
      if (!outer->is_function()) continue;
      const Symbol* const symbol = outer->symbols.find(name);
      if (symbol == nullptr) continue;
      if ((symbol->uses & kDeclaredGlobal) != 0) return nullptr;
      if ((symbol->uses & kDeclaredNonlocal) == 0 && (symbol->uses & kBound) != 0) return outer;
    }
    return nullptr;
  }

  // S2.
  void capture(Scope& scope, Scope& owner, NameId name) noexcept {
    for (Scope* between = scope.parent; between != &owner; between = between->parent)
      pass_through(*between, name);
    if (!owner.is_function()) {
      owner.has_class_cell = true;
      return;
    }
    owner.symbols.find(name)->resolution = Resolution::kCell;
  }

  void pass_through(Scope& scope, NameId name) noexcept {
    Symbol* const symbol = scope.symbols.add(name, context_.arena());
    if (symbol == nullptr) return context_.out_of_memory();
    const bool has_its_own =
        (symbol->uses & (kBound | kDeclaredGlobal)) != 0 && (symbol->uses & kDeclaredNonlocal) == 0;
    if (has_its_own) {
      symbol->passes_through = true;
    } else {
      symbol->resolution = Resolution::kFree;
    }
  }

  [[nodiscard]] static Place place_of(const Scope& scope, NameId name) noexcept {
    const Directive* found = nullptr;  // the first in the source is the last in the list
    for (const Directive* d = scope.directives; d != nullptr; d = d->next)
      if (d->name == name) found = d;
    return found == nullptr ? scope.place : found->place;
  }
  void complain(const Scope& scope, NameId name, std::string_view before,
                std::string_view behind) noexcept {
    context_.error(place_of(scope, name), before, context_.text(name), behind);
  }

  CompileContext& context_;
  const NameId class_cell_;
};

}  // namespace

bool resolve_scopes(Scope& module, CompileContext& context) noexcept {
  Resolver(context).resolve(module);
  return !context.stopped();
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
