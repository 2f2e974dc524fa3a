// python/compiler/ast_nodes.h: every kind of node and its fields, in one place.
//
// The kinds and fields, and their order, are those of the module `ast` of Python 3.11. A list of
// all is a macro of macros: who wants the nodes passes one macro for a node and one for each kind
// of field.
//
//   NODE(Name, "name in Python", Base, FIELDS)
//   ONE(Type, name)     a node                    OPT(Type, name)     a node or null
//   MANY(Type, name)    a list of nodes           GAPS(Type, name)    a list that may hold nulls
//   ID(name)            a name                    OPT_ID(name)        a name or nothing
//   IDS(name)           a list of names           WORD(Type, name)    one of an enum
//   WORDS(Type, name)   a list of such            NUMBER(name)        an integer
//   LITERAL(name)       a constant's value        KIND(name)          true for the prefix u: the
// field `kind`
//   NEVER(name)         a field that Python has and this tree never fills: type comments
#pragma once

// clang-format off
#define OROCHI_AST_NODES(NODE, ONE, OPT, MANY, GAPS, ID, OPT_ID, IDS, WORD, WORDS, NUMBER, \
                         LITERAL, KIND, NEVER, NOTHING) \
  NODE(Module, "Module", Root, MANY(Stmt, body) NOTHING(type_ignores)) \
  NODE(Interactive, "Interactive", Root, MANY(Stmt, body)) \
  NODE(Expression, "Expression", Root, ONE(Expr, body)) \
 \
  NODE(FunctionDef, "FunctionDef", Stmt, ID(name) ONE(Arguments, args) MANY(Stmt, body) \
       MANY(Expr, decorator_list) OPT(Expr, returns) NEVER(type_comment)) \
  NODE(AsyncFunctionDef, "AsyncFunctionDef", Stmt, ID(name) ONE(Arguments, args) MANY(Stmt, body) \
       MANY(Expr, decorator_list) OPT(Expr, returns) NEVER(type_comment)) \
  NODE(ClassDef, "ClassDef", Stmt, ID(name) MANY(Expr, bases) MANY(Keyword, keywords) \
       MANY(Stmt, body) MANY(Expr, decorator_list)) \
  NODE(Return, "Return", Stmt, OPT(Expr, value)) \
  NODE(Delete, "Delete", Stmt, MANY(Expr, targets)) \
  NODE(Assign, "Assign", Stmt, MANY(Expr, targets) ONE(Expr, value) NEVER(type_comment)) \
  NODE(AugAssign, "AugAssign", Stmt, ONE(Expr, target) WORD(Operator, op) ONE(Expr, value)) \
  NODE(AnnAssign, "AnnAssign", Stmt, ONE(Expr, target) ONE(Expr, annotation) OPT(Expr, value) \
       NUMBER(simple)) \
  NODE(For, "For", Stmt, ONE(Expr, target) ONE(Expr, iter) MANY(Stmt, body) MANY(Stmt, orelse) \
       NEVER(type_comment)) \
  NODE(AsyncFor, "AsyncFor", Stmt, ONE(Expr, target) ONE(Expr, iter) MANY(Stmt, body) \
       MANY(Stmt, orelse) NEVER(type_comment)) \
  NODE(While, "While", Stmt, ONE(Expr, test) MANY(Stmt, body) MANY(Stmt, orelse)) \
  NODE(If, "If", Stmt, ONE(Expr, test) MANY(Stmt, body) MANY(Stmt, orelse)) \
  NODE(With, "With", Stmt, MANY(WithItem, items) MANY(Stmt, body) NEVER(type_comment)) \
  NODE(AsyncWith, "AsyncWith", Stmt, MANY(WithItem, items) MANY(Stmt, body) NEVER(type_comment)) \
  NODE(Match, "Match", Stmt, ONE(Expr, subject) MANY(MatchCase, cases)) \
  NODE(Raise, "Raise", Stmt, OPT(Expr, exc) OPT(Expr, cause)) \
  NODE(Try, "Try", Stmt, MANY(Stmt, body) MANY(ExceptHandler, handlers) MANY(Stmt, orelse) \
       MANY(Stmt, finalbody)) \
  NODE(TryStar, "TryStar", Stmt, MANY(Stmt, body) MANY(ExceptHandler, handlers) MANY(Stmt, orelse) \
       MANY(Stmt, finalbody)) \
  NODE(Assert, "Assert", Stmt, ONE(Expr, test) OPT(Expr, msg)) \
  NODE(Import, "Import", Stmt, MANY(Alias, names)) \
  NODE(ImportFrom, "ImportFrom", Stmt, OPT_ID(module) MANY(Alias, names) NUMBER(level)) \
  NODE(Global, "Global", Stmt, IDS(names)) \
  NODE(Nonlocal, "Nonlocal", Stmt, IDS(names)) \
  NODE(ExprStmt, "Expr", Stmt, ONE(Expr, value)) \
  NODE(Pass, "Pass", Stmt, ) \
  NODE(Break, "Break", Stmt, ) \
  NODE(Continue, "Continue", Stmt, ) \
 \
  NODE(BoolOp, "BoolOp", Expr, WORD(BoolOperator, op) MANY(Expr, values)) \
  NODE(NamedExpr, "NamedExpr", Expr, ONE(Expr, target) ONE(Expr, value)) \
  NODE(BinOp, "BinOp", Expr, ONE(Expr, left) WORD(Operator, op) ONE(Expr, right)) \
  NODE(UnaryOp, "UnaryOp", Expr, WORD(UnaryOperator, op) ONE(Expr, operand)) \
  NODE(Lambda, "Lambda", Expr, ONE(Arguments, args) ONE(Expr, body)) \
  NODE(IfExp, "IfExp", Expr, ONE(Expr, test) ONE(Expr, body) ONE(Expr, orelse)) \
  NODE(Dict, "Dict", Expr, GAPS(Expr, keys) MANY(Expr, values)) \
  NODE(Set, "Set", Expr, MANY(Expr, elts)) \
  NODE(ListComp, "ListComp", Expr, ONE(Expr, elt) MANY(Comprehension, generators)) \
  NODE(SetComp, "SetComp", Expr, ONE(Expr, elt) MANY(Comprehension, generators)) \
  NODE(DictComp, "DictComp", Expr, ONE(Expr, key) ONE(Expr, value) \
       MANY(Comprehension, generators)) \
  NODE(GeneratorExp, "GeneratorExp", Expr, ONE(Expr, elt) MANY(Comprehension, generators)) \
  NODE(Await, "Await", Expr, ONE(Expr, value)) \
  NODE(Yield, "Yield", Expr, OPT(Expr, value)) \
  NODE(YieldFrom, "YieldFrom", Expr, ONE(Expr, value)) \
  NODE(Compare, "Compare", Expr, ONE(Expr, left) WORDS(Comparison, ops) MANY(Expr, comparators)) \
  NODE(Call, "Call", Expr, ONE(Expr, func) MANY(Expr, args) MANY(Keyword, keywords)) \
  NODE(FormattedValue, "FormattedValue", Expr, ONE(Expr, value) NUMBER(conversion) \
       OPT(Expr, format_spec)) \
  NODE(JoinedStr, "JoinedStr", Expr, MANY(Expr, values)) \
  NODE(Constant, "Constant", Expr, LITERAL(value) KIND(has_prefix_u)) \
  NODE(Attribute, "Attribute", Expr, ONE(Expr, value) ID(attr) WORD(Context, ctx)) \
  NODE(Subscript, "Subscript", Expr, ONE(Expr, value) ONE(Expr, slice) WORD(Context, ctx)) \
  NODE(Starred, "Starred", Expr, ONE(Expr, value) WORD(Context, ctx)) \
  NODE(Name, "Name", Expr, ID(id) WORD(Context, ctx)) \
  NODE(List, "List", Expr, MANY(Expr, elts) WORD(Context, ctx)) \
  NODE(Tuple, "Tuple", Expr, MANY(Expr, elts) WORD(Context, ctx)) \
  NODE(Slice, "Slice", Expr, OPT(Expr, lower) OPT(Expr, upper) OPT(Expr, step)) \
 \
  NODE(Comprehension, "comprehension", Part, ONE(Expr, target) ONE(Expr, iter) MANY(Expr, ifs) \
       NUMBER(is_async)) \
  NODE(ExceptHandler, "ExceptHandler", PlacedPart, OPT(Expr, type) OPT_ID(name) MANY(Stmt, body)) \
  NODE(Arguments, "arguments", Part, MANY(Arg, posonlyargs) MANY(Arg, args) OPT(Arg, vararg) \
       MANY(Arg, kwonlyargs) GAPS(Expr, kw_defaults) OPT(Arg, kwarg) MANY(Expr, defaults)) \
  NODE(Arg, "arg", PlacedPart, ID(arg) OPT(Expr, annotation) NEVER(type_comment)) \
  NODE(Keyword, "keyword", PlacedPart, OPT_ID(arg) ONE(Expr, value)) \
  NODE(Alias, "alias", PlacedPart, ID(name) OPT_ID(asname)) \
  NODE(WithItem, "withitem", Part, ONE(Expr, context_expr) OPT(Expr, optional_vars)) \
  NODE(MatchCase, "match_case", Part, ONE(Pattern, pattern) OPT(Expr, guard) MANY(Stmt, body)) \
 \
  NODE(MatchValue, "MatchValue", Pattern, ONE(Expr, value)) \
  NODE(MatchSingleton, "MatchSingleton", Pattern, LITERAL(value)) \
  NODE(MatchSequence, "MatchSequence", Pattern, MANY(Pattern, patterns)) \
  NODE(MatchMapping, "MatchMapping", Pattern, MANY(Expr, keys) MANY(Pattern, patterns) \
       OPT_ID(rest)) \
  NODE(MatchClass, "MatchClass", Pattern, ONE(Expr, cls) MANY(Pattern, patterns) IDS(kwd_attrs) \
       MANY(Pattern, kwd_patterns)) \
  NODE(MatchStar, "MatchStar", Pattern, OPT_ID(name)) \
  NODE(MatchAs, "MatchAs", Pattern, OPT(Pattern, pattern) OPT_ID(name)) \
  NODE(MatchOr, "MatchOr", Pattern, MANY(Pattern, patterns))
// clang-format on

// A macro that ignores what it is given: for the fields that somebody has no use for.
#define OROCHI_AST_NO_FIELD(...)
