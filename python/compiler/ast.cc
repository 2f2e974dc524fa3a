#include "python/compiler/ast.h"

namespace orochi::inline OROCHI_DESIGN::ast {

std::string_view name_of(NodeKind kind) noexcept {
  switch (kind) {
#define OROCHI_AST_CASE(Name, python, Base, fields) \
  case NodeKind::k##Name:                           \
    return python;
    OROCHI_AST_NODES(OROCHI_AST_CASE, , , , , , , , , , , , , , )
#undef OROCHI_AST_CASE
  }
  return {};
}

}  // namespace orochi::inline OROCHI_DESIGN::ast
