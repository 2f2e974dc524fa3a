#include "tests/python/modules/evaluator.h"

#include <algorithm>
#include <regex>
#include <string>

#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/complex.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/list.h"
#include "objects/types/native_function.h"
#include "objects/types/set.h"
#include "objects/types/slice.h"
#include "objects/types/type_object.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// A lambda: what calls it goes back to its evaluator.
class LambdaObject : public Object {
 public:
  LambdaObject(ShapeIndex shape, const Evaluator::Closure* closure) noexcept
      : Object(shape), closure_(closure) {}

  static Ref<> call(Value self, const orochi::Arguments& arguments) noexcept {
    const auto& closure = *static_cast<const LambdaObject*>(self.object())->closure_;
    return closure.evaluator->call_closure(closure, arguments);
  }
  static Type& type() {
    static Type* const made = [] {
      Protocols slots;
      slots.call = call;
      slots.descriptor_get = [](Value self, Value instance, Value) noexcept {
        if (instance.is_empty()) return Ref<>::of(self);
        return BoundMethod::make(Ref<>::of(self), Ref<>::of(instance));
      };
      slots.takes_self = true;
      Type* const ancestors[] = {&object_type()};
      return Type::make({.name = "function",
                         .layout = &layout_of<LambdaObject>,
                         .ancestors = ancestors,
                         .protocols = slots});
    }();
    return *made;
  }

 private:
  const Evaluator::Closure* const closure_;
};

namespace {

// --- Builtins. ---

Ref<> len_of(const Value* arguments) noexcept {
  std::size_t size = 0;
  return failed(length(arguments[0], size)) ? Ref<>() : make_size(size);
}
Ref<> next_of(const Value* arguments) noexcept {
  Ref<> item;
  if (failed(next(arguments[0], item))) return kRaised;
  if (item) return item;
  if (!arguments[1].is_empty()) return Ref<>::of(arguments[1]);
  return raise(ErrorKind::kStopIteration, {});
}
Ref<> iter_of(const Value* arguments) noexcept { return iterate(arguments[0]); }
Ref<> repr_of(const Value* arguments) noexcept { return repr(arguments[0]); }
Ref<> hash_of(const Value* arguments) noexcept {
  std::int64_t result = 0;
  return failed(hash(arguments[0], result)) ? Ref<>() : make_int(result);
}
Ref<> isinstance(const Value* arguments) noexcept {
  const Truth answer = is_instance(arguments[0], arguments[1]);
  if (failed(answer)) return kRaised;
  return Value::of_bool(answer == Truth::kTrue).as_special();
}
Ref<> range_of(const Value* arguments) noexcept {
  const bool has_start = !arguments[1].is_empty();
  const std::int64_t start = has_start ? arguments[0].as_int() : 0;
  const std::int64_t stop = (has_start ? arguments[1] : arguments[0]).as_int();
  const std::int64_t step = arguments[2].is_empty() ? 1 : arguments[2].as_int();
  Ref<List> list = List::make();
  for (std::int64_t i = start; step > 0 ? i < stop : i > stop; i += step)
    if (failed(list->append(make_int(i)))) return kRaised;
  return list;
}
Ref<> getattr_of(const Value* arguments) noexcept {
  const Ref<Str> name = attribute_name(arguments[1]);
  Ref<> result;
  if (!name || failed(find_attribute(arguments[0], *name, result))) return kRaised;
  if (result) return result;
  if (!arguments[2].is_empty()) return Ref<>::of(arguments[2]);
  return raise_no_attribute(arguments[0], *name);
}
Ref<> setattr_of(const Value* arguments) noexcept {
  const Ref<Str> name = attribute_name(arguments[1]);
  if (!name) return kRaised;
  return none_or_raised(set_attribute(arguments[0], *name, Ref<>::of(arguments[2])));
}
Ref<> sorted_of(const Value* arguments) noexcept {
  Ref<List> list = List::from(arguments[0]);
  if (!list || failed(list->sort(Value::kNone, List::Order::kRising))) return kRaised;
  return list;
}
Ref<> setitem_of(const Value* arguments) noexcept {
  return none_or_raised(set_item(arguments[0], arguments[1], Ref<>::of(arguments[2])));
}
Ref<> delitem_of(const Value* arguments) noexcept {
  return none_or_raised(set_item(arguments[0], arguments[1], Ref<>()));
}
// What an expression raises, without ending the one around it.
Ref<> caught_by(const Value* arguments) noexcept {
  const Ref<> result = call(arguments[0], {});
  if (result) return Ref<>::of(result.value());
  return Str::of_utf8(Evaluator::pending_exception());
}

constexpr NativeSpec kBuiltins[] = {
    {"len(obj, /)", len_of},
    {"next(iterator, default=<none>, /)", next_of},
    {"iter(iterable, /)", iter_of},
    {"repr(obj, /)", repr_of},
    {"hash(obj, /)", hash_of},
    {"isinstance(obj, kind, /)", isinstance},
    {"range(start, stop=<none>, step=<none>, /)", range_of},
    {"getattr(obj, name, default=<none>, /)", getattr_of},
    {"setattr(obj, name, value, /)", setattr_of},
    {"sorted(iterable, /)", sorted_of},
    {"setitem(obj, key, value, /)", setitem_of},
    {"delitem(obj, key, /)", delitem_of},
    {"caught(function, /)", caught_by},
};

// The same on the other side.
constexpr const char* kPreparation =
    "exec(\"import re, sys\\n"
    "names = {}\\n"
    "names['range'] = lambda *a: list(range(*a))\\n"
    "def setitem(o, k, v): o[k] = v\\n"
    "def delitem(o, k): del o[k]\\n"
    "def failure(e):\\n"
    " text = str(e)\\n"
    " return type(e).__name__ + (': ' + text if text else '')\\n"
    "def caught(f):\\n"
    " try: return f()\\n"
    " except Exception as e: return failure(e)\\n"
    "names['setitem'] = setitem; names['delitem'] = delitem; names['caught'] = caught\\n"
    "def outcome(text):\\n"
    " try: return repr(eval(text, names))\\n"
    " except Exception as e: return failure(e)\\n"
    "def same(text, ours):\\n"
    " theirs = re.sub('0x[0-9a-f]+', '0x', outcome(text))\\n"
    " return True if theirs == ours else (theirs, ours)\\n\")";

std::string literal_of(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string without_addresses(const std::string& text) {
  return std::regex_replace(text, std::regex("0x[0-9a-f]+"), "0x");
}

[[nodiscard]] std::string text_of(std::string_view text) { return std::string(text); }

[[nodiscard]] BinaryOp operation(ast::Operator op) {
  constexpr BinaryOp kOps[] = {
      BinaryOp::kAdd,           BinaryOp::kSubtract,    BinaryOp::kMultiply, BinaryOp::kPower,
      BinaryOp::kTrueDivide,    BinaryOp::kFloorDivide, BinaryOp::kModulo,   BinaryOp::kLeftShift,
      BinaryOp::kRightShift,    BinaryOp::kAnd,         BinaryOp::kOr,       BinaryOp::kXor,
      BinaryOp::kMatrixMultiply};
  return kOps[static_cast<int>(op)];
}

}  // namespace

Evaluator::Evaluator() : globals_(std::make_shared<Scope>()) {
  for (const NativeSpec& spec : kBuiltins)
    set(text_of(spec.signature.substr(0, spec.signature.find('('))),
        make_native_function(spec, "builtins"));
  for (Type* const type :
       {&object_type(), &type_type(), &int_type(), &bool_type(), &float_type(), &complex_type(),
        &str_type(), &bytes_type(), &bytearray_type(), &tuple_type(), &list_type(), &dict_type(),
        &set_type(), &frozenset_type(), &slice_type()})
    set(text_of(type->name()), Ref<>::of(Value(type)));
  for (const ErrorKind kind :
       {ErrorKind::kArithmetic, ErrorKind::kAttribute, ErrorKind::kIndex, ErrorKind::kKey,
        ErrorKind::kOverflow, ErrorKind::kRuntime, ErrorKind::kStopIteration, ErrorKind::kType,
        ErrorKind::kValue, ErrorKind::kZeroDivision})
    set(text_of(name_of(kind)), Ref<>::of(Value(&exception_type(kind))));
  set("NotImplemented", Special::kNotImplemented);
}

Evaluator::~Evaluator() {
  // Scopes and closures may hold each other.
  globals_->names.clear();
  for (const auto& closure : closures_) closure->scope->names.clear();
}

void Evaluator::import_module(const std::string& name) {
  const NativeModule* const native = find_native_module(name);
  ASSERT_NE(native, nullptr) << name;
  static std::map<std::string, Ref<Module>>* const made = new std::map<std::string, Ref<Module>>;
  Ref<Module>& module = (*made)[name];
  if (!module) {
    module = make_native_module(*native);
    ASSERT_TRUE(module) << name << ": " << pending_exception();
  }
  set(name, module.share());
}

std::string Evaluator::pending_exception() {
  const Ref<Exception> exception = take_exception();
  const Ref<> text = str(exception.value());
  const std::string name(type_of(exception.value()).name());
  if (!text) return name + ": has no text: " + pending_text();
  const std::string shown = testing::text_of(text);
  return shown.empty() ? name : name + ": " + shown;
}

Ref<> Evaluator::evaluate(std::string_view expression) {
  compiler::Diagnostics diagnostics;
  compiler::ParseOptions options;
  options.mode = compiler::Mode::kEval;
  ast::Root* const root = parse(expression, options, arenas_.emplace_back(), diagnostics);
  if (root == nullptr) return raise(ErrorKind::kSyntax, {diagnostics.error().message});
  return walk(*ast::as<ast::Expression>(root)->body, globals_);
}

// --- Leaves. ---

Ref<> Evaluator::constant(const ast::Literal& literal) {
  using Kind = ast::Literal::Kind;
  switch (literal.kind) {
    case Kind::kNone:
      return Special::kNone;
    case Kind::kFalse:
      return Special::kFalse;
    case Kind::kTrue:
      return Special::kTrue;
    case Kind::kEllipsis:
      return Special::kEllipsis;
    case Kind::kInt:
      return parse_int(literal.text, 0);
    case Kind::kFloat:
      return make_float(literal.number);
    case Kind::kComplex:
      return make_complex({0, literal.number});
    case Kind::kStr:
      return Str::of_utf8(literal.text);
    case Kind::kBytes:
      return Bytes::of(
          {reinterpret_cast<const std::uint8_t*>(literal.text.data()), literal.text.size()});
  }
  return raise(ErrorKind::kSystem, {"which constant?"});
}

Ref<> Evaluator::look_up(const std::string& name, const ScopePointer& scope) {
  for (const Scope* each = scope.get(); each != nullptr; each = each->outer.get()) {
    const auto found = each->names.find(name);
    if (found != each->names.end()) return found->second.share();
  }
  return raise(ErrorKind::kName, {"name '", name, "' is not defined"});
}

// --- The walk. ---

bool Evaluator::walk_all(const ast::Sequence<ast::Expr*>& nodes, const ScopePointer& scope,
                         Items& items) {
  for (std::size_t i = 0; i < nodes.size; ++i) {
    if (!ast::is<ast::Starred>(nodes[i])) {
      items.push_back(walk(*nodes[i], scope));
      if (!items.back()) return false;
      continue;
    }
    const Ref<> all = walk(*ast::as<ast::Starred>(nodes[i])->value, scope);
    const Ref<Tuple> tuple = all ? Tuple::from(all.value()) : Ref<Tuple>();
    if (!tuple) return false;
    for (std::size_t k = 0; k < tuple->size(); ++k) items.push_back(tuple->load(k));
  }
  return true;
}

Ref<> Evaluator::call_it(const ast::Call& node, const ScopePointer& scope) {
  const Ref<> callee = walk(*node.func, scope);
  Items items;
  Items names;
  if (!callee || !walk_all(node.args, scope, items)) return kRaised;
  const std::size_t positional = items.size();
  for (std::size_t i = 0; i < node.keywords.size; ++i) {
    const ast::Keyword& keyword = *node.keywords[i];
    Ref<> value = walk(*keyword.value, scope);
    if (!value) return kRaised;
    if (!keyword.arg.empty()) {
      names.push_back(name(keyword.arg));
      items.push_back(std::move(value));
      continue;
    }
    std::size_t place = 0;
    for (auto item = as_dict(value.value())->next(place); item.key;
         item = as_dict(value.value())->next(++place)) {
      names.push_back(std::move(item.key));
      items.push_back(std::move(item.value));
    }
  }
  std::vector<Value> values;
  for (const Ref<>& item : items) values.push_back(item.value());
  const Ref<Tuple> keywords = names.empty() ? Ref<Tuple>() : Tuple::make(names);
  return call(callee.value(), {values.data(), positional, keywords.get()});
}

Ref<> Evaluator::lambda(const ast::Lambda& node, const ScopePointer& scope) {
  auto closure = std::make_shared<Closure>(Closure{this, &node, scope, {}});
  if (!walk_all(node.args->defaults, scope, closure->defaults)) return kRaised;
  closures_.push_back(closure);
  return new_object<LambdaObject>(LambdaObject::type(), closure.get());
}

Ref<> Evaluator::call_closure(const Closure& closure, const orochi::Arguments& arguments) {
  const ast::Arguments& wanted = *closure.lambda->args;
  const auto scope = std::make_shared<Scope>();
  scope->outer = closure.scope;
  const std::size_t defaults = closure.defaults.size();
  const std::size_t parameters = wanted.args.size;
  for (std::size_t i = 0; i < parameters; ++i) {
    Ref<> value;
    if (i < arguments.positional) {
      value = Ref<>::of(arguments.values[i]);
    } else if (i + defaults >= parameters) {
      value = closure.defaults[i + defaults - parameters].share();
    }
    scope->names[text_of(wanted.args[i]->arg)] = std::move(value);
  }
  const auto* const keywords = static_cast<const Tuple*>(arguments.keywords);
  const std::size_t named = keywords == nullptr ? 0 : keywords->size();
  Ref<Dict> rest_by_name = Dict::make();
  for (std::size_t i = 0; i < named; ++i) {
    const std::string key(Utf8Text(*as_str((*keywords)[i])).view());
    Ref<> value = Ref<>::of(arguments.values[arguments.positional + i]);
    if (scope->names.contains(key)) {
      scope->names[key] = std::move(value);
    } else {
      EXPECT_EQ(rest_by_name->set((*keywords)[i], std::move(value)), Status::kDone);
    }
  }
  if (wanted.vararg != nullptr) {
    Items rest;
    for (std::size_t i = parameters; i < arguments.positional; ++i)
      rest.push_back(Ref<>::of(arguments.values[i]));
    scope->names[text_of(wanted.vararg->arg)] = Tuple::make(rest);
  }
  if (wanted.kwarg != nullptr) scope->names[text_of(wanted.kwarg->arg)] = std::move(rest_by_name);
  for (const auto& [key, value] : scope->names)
    if (!value) return raise(ErrorKind::kType, {"lambda misses ", key});
  return walk(*closure.lambda->body, scope);
}

Ref<> Evaluator::comparison(const ast::Compare& node, const ScopePointer& scope) {
  constexpr CompareOp kOps[] = {CompareOp::kEqual,   CompareOp::kNotEqual,
                                CompareOp::kLess,    CompareOp::kLessEqual,
                                CompareOp::kGreater, CompareOp::kGreaterEqual};
  Ref<> left = walk(*node.left, scope);
  Ref<> result;
  for (std::size_t i = 0; left && i < node.ops.size; ++i) {
    Ref<> right = walk(*node.comparators[i], scope);
    if (!right) return kRaised;
    const ast::Comparison op = node.ops[i];
    if (op < ast::Comparison::kIs) {
      result = compare(kOps[static_cast<int>(op)], left.value(), right.value());
    } else if (op < ast::Comparison::kIn) {
      const bool same = left.value() == right.value();
      result = Value::of_bool(same == (op == ast::Comparison::kIs)).as_special();
    } else {
      const Truth inside = contains(right.value(), left.value());
      if (failed(inside)) return kRaised;
      result =
          Value::of_bool((inside == Truth::kTrue) == (op == ast::Comparison::kIn)).as_special();
    }
    if (!result) return kRaised;
    const Truth holds = truth(result.value());
    if (holds != Truth::kTrue) return failed(holds) ? Ref<>() : std::move(result);
    left = std::move(right);
  }
  return result;
}

Ref<> Evaluator::bool_operation(const ast::BoolOp& node, const ScopePointer& scope) {
  Ref<> result;
  for (std::size_t i = 0; i < node.values.size; ++i) {
    result = walk(*node.values[i], scope);
    const Truth holds = result ? truth(result.value()) : Truth::kFailed;
    if (failed(holds)) return kRaised;
    if ((holds == Truth::kTrue) == (node.op == ast::BoolOperator::kOr)) break;
  }
  return result;
}

Ref<> Evaluator::display(const ast::Dict& node, const ScopePointer& scope) {
  Ref<Dict> dict = Dict::make();
  for (std::size_t i = 0; i < node.values.size; ++i) {
    const Ref<> key = node.keys[i] == nullptr ? Ref<>(Special::kNone) : walk(*node.keys[i], scope);
    Ref<> value = walk(*node.values[i], scope);
    if (!key || !value) return kRaised;
    const Status done = node.keys[i] == nullptr ? dict->update(*as_dict(value.value()))
                                                : dict->set(key.value(), std::move(value));
    if (failed(done)) return kRaised;
  }
  return dict;
}

Ref<> Evaluator::slice(const ast::Slice& node, const ScopePointer& scope) {
  const auto part = [&](const ast::Expr* expression) {
    return expression == nullptr ? Ref<>(Special::kNone) : walk(*expression, scope);
  };
  Ref<> start = part(node.lower);
  Ref<> stop = part(node.upper);
  Ref<> step = part(node.step);
  if (!start || !stop || !step) return kRaised;
  return Slice::make(std::move(start), std::move(stop), std::move(step));
}

bool Evaluator::bind_target(const ast::Node& target, Ref<> value, Scope& scope) {
  if (ast::is<ast::Name>(&target)) {
    scope.names[text_of(ast::as<ast::Name>(&target)->id)] = std::move(value);
    return true;
  }
  const Ref<Tuple> parts = Tuple::from(value.value());
  const auto& names = ast::as<ast::Tuple>(&target)->elts;
  if (!parts || parts->size() != names.size) return false;
  for (std::size_t i = 0; i < names.size; ++i)
    if (!bind_target(*names[i], parts->load(i), scope)) return false;
  return true;
}

bool Evaluator::comprehend(const ast::Sequence<ast::Comprehension*>& loops,
                           const ScopePointer& scope,
                           const std::function<bool(const ScopePointer&)>& each) {
  const ast::Comprehension& loop = *loops[0];
  const Ref<> iterable = walk(*loop.iter, scope);
  const Ref<> iterator = iterable ? iterate(iterable.value()) : Ref<>();
  if (!iterator) return false;
  for (;;) {
    Ref<> item;
    if (failed(next(iterator.value(), item))) return false;
    if (!item) return true;
    const auto turn = std::make_shared<Scope>();
    turn->outer = scope;
    if (!bind_target(*loop.target, std::move(item), *turn)) return false;
    bool wanted = true;
    for (std::size_t i = 0; i < loop.ifs.size && wanted; ++i) {
      const Ref<> condition = walk(*loop.ifs[i], turn);
      const Truth holds = condition ? truth(condition.value()) : Truth::kFailed;
      if (failed(holds)) return false;
      wanted = holds == Truth::kTrue;
    }
    if (!wanted) continue;
    const ast::Sequence<ast::Comprehension*> inner{loops.items + 1, loops.size - 1};
    if (inner.empty() ? !each(turn) : !comprehend(inner, turn, each)) return false;
  }
}

Ref<> Evaluator::comprehension(const ast::Node& element,
                               const ast::Sequence<ast::Comprehension*>& loops,
                               const ScopePointer& scope) {
  Ref<List> list = List::make();
  const bool done = comprehend(loops, scope, [&](const ScopePointer& turn) {
    Ref<> item = walk(element, turn);
    return item && !failed(list->append(std::move(item)));
  });
  if (!done) return kRaised;
  return list;
}

Ref<> Evaluator::walk(const ast::Node& node, const ScopePointer& scope) {
  using ast::NodeKind;
  Items items;
  switch (node.kind) {
    case NodeKind::kConstant:
      return constant(ast::as<ast::Constant>(&node)->value);
    case NodeKind::kName:
      return look_up(text_of(ast::as<ast::Name>(&node)->id), scope);
    case NodeKind::kNamedExpr: {
      const auto& named = *ast::as<ast::NamedExpr>(&node);
      Ref<> value = walk(*named.value, scope);
      if (!value) return kRaised;
      globals_->names[text_of(ast::as<ast::Name>(named.target)->id)] = value.share();
      return value;
    }
    case NodeKind::kAttribute: {
      const auto& attribute = *ast::as<ast::Attribute>(&node);
      const Ref<> value = walk(*attribute.value, scope);
      return value ? get_attribute(value.value(), *name(attribute.attr)) : Ref<>();
    }
    case NodeKind::kSubscript: {
      const auto& subscript = *ast::as<ast::Subscript>(&node);
      const Ref<> value = walk(*subscript.value, scope);
      const Ref<> key = value ? walk(*subscript.slice, scope) : Ref<>();
      return key ? get_item(value.value(), key.value()) : Ref<>();
    }
    case NodeKind::kSlice:
      return slice(*ast::as<ast::Slice>(&node), scope);
    case NodeKind::kCall:
      return call_it(*ast::as<ast::Call>(&node), scope);
    case NodeKind::kLambda:
      return lambda(*ast::as<ast::Lambda>(&node), scope);
    case NodeKind::kCompare:
      return comparison(*ast::as<ast::Compare>(&node), scope);
    case NodeKind::kBoolOp:
      return bool_operation(*ast::as<ast::BoolOp>(&node), scope);
    case NodeKind::kBinOp: {
      const auto& both = *ast::as<ast::BinOp>(&node);
      const Ref<> left = walk(*both.left, scope);
      const Ref<> right = left ? walk(*both.right, scope) : Ref<>();
      return right ? binary(operation(both.op), left.value(), right.value()) : Ref<>();
    }
    case NodeKind::kUnaryOp: {
      const auto& one = *ast::as<ast::UnaryOp>(&node);
      const Ref<> value = walk(*one.operand, scope);
      if (!value) return kRaised;
      if (one.op == ast::UnaryOperator::kNot) {
        const Truth holds = truth(value.value());
        return failed(holds) ? Ref<>() : Ref<>(Value::of_bool(holds == Truth::kFalse).as_special());
      }
      constexpr UnaryOp kOps[] = {UnaryOp::kInvert, UnaryOp::kInvert, UnaryOp::kPositive,
                                  UnaryOp::kNegative};
      return unary(kOps[static_cast<int>(one.op)], value.value());
    }
    case NodeKind::kIfExp: {
      const auto& choice = *ast::as<ast::IfExp>(&node);
      const Ref<> test = walk(*choice.test, scope);
      const Truth holds = test ? truth(test.value()) : Truth::kFailed;
      if (failed(holds)) return kRaised;
      return walk(holds == Truth::kTrue ? *choice.body : *choice.orelse, scope);
    }
    case NodeKind::kTuple:
      return walk_all(ast::as<ast::Tuple>(&node)->elts, scope, items) ? Tuple::make(items)
                                                                      : Ref<Tuple>();
    case NodeKind::kList:
      return walk_all(ast::as<ast::List>(&node)->elts, scope, items) ? List::make(items)
                                                                     : Ref<List>();
    case NodeKind::kSet: {
      if (!walk_all(ast::as<ast::Set>(&node)->elts, scope, items)) return kRaised;
      const Ref<Tuple> tuple = Tuple::make(items);
      return Set::from(tuple.value(), set_type());
    }
    case NodeKind::kDict:
      return display(*ast::as<ast::Dict>(&node), scope);
    case NodeKind::kListComp:
      return comprehension(*ast::as<ast::ListComp>(&node)->elt,
                           ast::as<ast::ListComp>(&node)->generators, scope);
    case NodeKind::kGeneratorExp: {
      const Ref<> list = comprehension(*ast::as<ast::GeneratorExp>(&node)->elt,
                                       ast::as<ast::GeneratorExp>(&node)->generators, scope);
      return list ? iterate(list.value()) : Ref<>();
    }
    default:
      return raise(ErrorKind::kNotImplemented, {"no tests use ", ast::name_of(node.kind)});
  }
}

// --- Both sides. ---

SameAsPython::SameAsPython(std::initializer_list<const char*> modules) {
  python_.execute(kPreparation);
  for (const char* const module : modules) {
    ours_.import_module(module);
    python_.execute(std::string("import ") + module + "; names[" + literal_of(module) +
                    "] = " + module);
  }
}

void SameAsPython::operator()(const std::string& expression) {
  const Ref<> value = ours_.evaluate(expression);
  const Ref<> shown = value ? repr(value.value()) : Ref<>();
  const std::string ours =
      without_addresses(shown ? testing::text_of(shown) : Evaluator::pending_exception());
  python_.expect("same(" + literal_of(expression) + ", " + literal_of(ours) + ")");
}

void SameAsPython::define(const std::string& name, const std::string& expression) {
  Ref<> value = ours_.evaluate(expression);
  ASSERT_TRUE(value) << expression << ": " << Evaluator::pending_exception();
  ours_.set(name, std::move(value));
  python_.execute("names[" + literal_of(name) + "] = eval(" + literal_of(expression) + ", names)");
}

}  // namespace orochi::inline OROCHI_DESIGN::testing
