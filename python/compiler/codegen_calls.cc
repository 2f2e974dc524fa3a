// Calls. The window of one: what is called, a register for self, the arguments.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// A call with more arguments gathers them first.
constexpr std::uint32_t kMostArguments = 200;

}  // namespace

bool CodeGenerator::needs_spread(const CallArguments& arguments) const noexcept {
  if (arguments.args.size + arguments.keywords.size > kMostArguments) return true;
  for (std::uint32_t i = 0; i < arguments.args.size; ++i)
    if (is<Starred>(arguments.args[i])) return true;
  for (std::uint32_t i = 0; i < arguments.keywords.size; ++i)
    if (arguments.keywords[i]->arg.empty()) return true;
  return false;
}

bool CodeGenerator::keywords_are_fine(const Sequence<Keyword*>& keywords) noexcept {
  SymbolNumbers seen;
  for (std::uint32_t i = 0; i < keywords.size && !stopped(); ++i) {
    const Keyword& keyword = *keywords[i];
    if (keyword.arg.empty()) continue;
    if (forbidden(keyword.arg)) return false;
    std::uint32_t number = 0;
    if (!seen.find_or_add(context_.intern(keyword.arg), i, number)) context_.out_of_memory();
    if (number != i) context_.error(keyword.place, "keyword argument repeated: ", keyword.arg, "");
  }
  return !stopped();
}

void CodeGenerator::call(Register at, std::uint32_t given, const CallArguments& arguments,
                         bool method, Register result) noexcept {
  for (std::uint32_t i = 0; i < arguments.args.size; ++i)
    static_cast<void>(pushed(*arguments.args[i]));
  GrowingArray<Identifier> names;
  for (std::uint32_t i = 0; i < arguments.keywords.size; ++i) {
    static_cast<void>(pushed(*arguments.keywords[i]->value));
    if (!names.push(arguments.keywords[i]->arg)) context_.out_of_memory();
  }
  const std::uint32_t count = given + arguments.args.size + arguments.keywords.size;
  if (names.empty())
    return emit(method ? Opcode::kCallMethod : Opcode::kCall, result, at,
                static_cast<std::uint16_t>(count));
  emit(method ? Opcode::kCallMethodKeywords : Opcode::kCallKeywords, result, at,
       assembler_.shape(count, constant(names_constant(names))));
}

// What is called stays in `at`; behind it come all positional arguments in one and the others in a
// dict. `given` arguments lie behind the register for self.
void CodeGenerator::spread_call(Register at, std::uint32_t given, const CallArguments& arguments,
                                Register result) noexcept {
  const auto positional = static_cast<Register>(at + 1);
  const auto keywords = static_cast<Register>(at + 2);
  spread_positional(positional, given, static_cast<Register>(at + 2), arguments.args);
  if (arguments.keywords.empty()) return emit(Opcode::kCallSpread, result, at);
  // It may have been given back with the arguments that lay there.
  if (next_temporary_ <= keywords) static_cast<void>(push());
  spread_keywords(keywords, at, arguments.keywords);
  emit(Opcode::kCallSpreadKeywords, result, at);
}

void CodeGenerator::spread_positional(Register to, std::uint32_t given, Register first,
                                      const Sequence<Expr*>& args) noexcept {
  if (given == 0 && args.size == 1 && is<Starred>(args[0]))
    return into(*as<Starred>(args[0])->value, to);
  emit(Opcode::kBuildList, to, first, static_cast<std::uint16_t>(given));
  for (std::uint32_t i = 0; i < args.size && !stopped(); ++i) {
    const Temps temps(*this);
    const Expr& one = *args[i];
    const bool star = is<Starred>(&one);
    emit(star ? Opcode::kListExtend : Opcode::kListAppend, to,
         any(star ? *as<Starred>(&one)->value : one));
  }
}

void CodeGenerator::spread_keywords(Register to, Register function,
                                    const Sequence<Keyword*>& keywords) noexcept {
  emit(Opcode::kBuildDict, to, to, 0);
  for (std::uint32_t i = 0; i < keywords.size && !stopped(); ++i) {
    const Temps temps(*this);
    const Keyword& keyword = *keywords[i];
    const bool named = !keyword.arg.empty();
    const Register one = push();
    if (named) {
      const Register value = pushed(*keyword.value);
      GrowingArray<Identifier> names;
      if (!names.push(keyword.arg)) context_.out_of_memory();
      emit(Opcode::kBuildKeyedDict, one, value,
           assembler_.shape(1, constant(names_constant(names))));
    } else {
      into(*keyword.value, one);
    }
    emit(Opcode::kDictMerge, to, one, function);
  }
}

Register CodeGenerator::typed(const ast::Call& node, Want want) noexcept {
  warn_of_call(*node.func);
  if (!keywords_are_fine(node.keywords)) return 0;
  const CallArguments arguments{node.args, node.keywords};
  const auto at = static_cast<Register>(next_temporary_);
  const Register result = want.anywhere() ? at : want.place;
  {
    const Temps temps(*this);
    static_cast<void>(push_many(2));
    if (is<Attribute>(node.func) && !needs_spread(arguments)) {
      method_call(node, at, arguments, result);
    } else {
      plain_call(node, at, arguments, result);
    }
  }
  return target(want);  // which is `result`
}

void CodeGenerator::plain_call(const ast::Call& node, Register at, const CallArguments& arguments,
                               Register result) noexcept {
  into(*node.func, at);
  if (needs_spread(arguments)) {
    spread_call(at, 0, arguments, result);
  } else {
    call(at, 0, arguments, false, result);
  }
}

// x.name(...), without making the method an object.
void CodeGenerator::method_call(const ast::Call& node, Register at, const CallArguments& arguments,
                                Register result) noexcept {
  const Attribute& attribute = *as<Attribute>(node.func);
  {
    const Temps temps(*this);
    const At of_attribute(*this, attribute.place);
    const Register value = any(*attribute.value);
    const At of_name(*this, at_name_of(attribute, attribute.place));
    emit(Opcode::kLoadMethod, at, value, assembler_.short_site(mangled(attribute.attr)));
  }
  const At place(*this, at_name_of(attribute, node.place));
  call(at, 0, arguments, true, result);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
