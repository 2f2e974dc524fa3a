// Compiles programs and says what came of it: for people, and for the scripts beside this file.
//
//   compile_program [WHAT] [-O | -OO] FILE...     each file is a program
//   compile_program [WHAT] --list FILE            the file names programs, one a line
//   compile_program [WHAT] --split FILE           the file is made of programs with NULs between
//
// WHAT is what is printed: --code, the disassembly (without any WHAT); --check, the flaw that the
// checker finds, or `fine`; --attributes, what Python knows of code objects, one line for each;
// --lines, the lines that have instructions, and --scopes, the symbol tables, likewise; --quiet,
// nothing but how many compiled. An error is `!class|line|column|end line|end column|message`; a
// line with a dot ends what there is to say about one program. OROCHI_CHARACTER_NAMES: see
// dump_program.cc.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "python/bytecode/checker.h"
#include "python/bytecode/disassembler.h"
#include "python/bytecode/place_table.h"
#include "python/compiler/compile.h"
#include "python/compiler/future.h"
#include "python/compiler/scope.h"
#include "python/compiler/source.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

enum class What { kCode, kCheck, kAttributes, kLines, kScopes, kQuiet };

std::unordered_map<std::string, char32_t> g_names;

char32_t by_name(std::string_view name) {
  const auto found = g_names.find(std::string(name));
  return found == g_names.end() ? 0 : found->second;
}

void read_names() {
  const char* const path = std::getenv("OROCHI_CHARACTER_NAMES");
  if (path == nullptr) return;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t blank = line.find(' ');
    g_names[line.substr(blank + 1)] =
        static_cast<char32_t>(std::stoul(line.substr(0, blank), nullptr, 16));
  }
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void print_error(const Diagnostic& error) {
  std::cout << '!' << name_of(error.kind) << '|' << error.line << '|' << error.column << '|'
            << error.end_line << '|' << error.end_column << '|' << error.message << '\n';
}

void print_names(const std::vector<std::string_view>& names) {
  std::cout << '|';
  for (std::size_t i = 0; i < names.size(); ++i) std::cout << (i == 0 ? "" : ",") << names[i];
}

// name|qualified name|flags|arguments|by position only|by name only|first line|parameters|
// other locals|cells|free variables|has a docstring
void print_attributes(const bytecode::Code& code) {
  std::vector<std::string_view> parameters;
  std::vector<std::string_view> others;
  std::vector<std::string_view> cells;
  std::vector<std::string_view> free;
  const std::size_t count = code.argument_count + code.keyword_only_count +
                            ((code.flags & bytecode::kVarArgs) != 0 ? 1U : 0U) +
                            ((code.flags & bytecode::kVarKeywords) != 0 ? 1U : 0U);
  for (std::size_t i = 0; i < code.locals.size(); ++i) {
    if (i < count) parameters.push_back(code.locals[i].name);
    if (i >= count && !code.locals[i].is_cell) others.push_back(code.locals[i].name);
    if (code.locals[i].is_cell) cells.push_back(code.locals[i].name);
  }
  for (const auto& variable : code.free_variables) free.push_back(variable.name);
  std::sort(others.begin(), others.end());
  std::sort(cells.begin(), cells.end());
  std::cout << code.name << '|' << code.qualified_name << '|' << code.flags << '|'
            << code.argument_count << '|' << code.positional_only_count << '|'
            << code.keyword_only_count << '|' << code.first_line;
  print_names(parameters);
  print_names(others);
  print_names(cells);
  print_names(free);
  std::cout << '|' << (code.docstring != bytecode::kNoDocstring ? 1 : 0) << '\n';
  for (const auto& constant : code.constants)
    if (constant.kind == bytecode::Constant::Kind::kCode) print_attributes(*constant.code);
}

// name|lines but the first, which CPython has for the entry
void print_lines(const bytecode::Code& code) {
  std::set<std::uint32_t> lines;
  bytecode::PlaceReader reader(code.places);
  while (reader.next())
    if (reader.place().line != 0) lines.insert(reader.place().line);
  lines.erase(code.first_line);
  std::cout << code.qualified_name << '|';
  for (const std::uint32_t line : lines) std::cout << line << ' ';
  std::cout << '\n';
  for (const auto& constant : code.constants)
    if (constant.kind == bytecode::Constant::Kind::kCode) print_lines(*constant.code);
}

char letter_of(Resolution resolution) {
  constexpr char kLetters[] = {'?', 'l', 'c', 'f', 'G', 'g'};
  return kLetters[static_cast<int>(resolution)];
}

// kind|name|line|symbols with their resolution, sorted
void print_scopes(const Scope& scope, const CompileContext& context) {
  constexpr const char* kKinds[] = {"module", "class", "function"};
  std::vector<std::string> symbols;
  for (const Symbol* s = scope.symbols.first(); s != nullptr; s = s->next) {
    std::string text(context.text(s->name));
    text += ':';
    text += letter_of(s->resolution);
    if ((s->uses & kIsParameter) != 0) text += 'p';
    symbols.push_back(text);
  }
  std::sort(symbols.begin(), symbols.end());
  std::cout << kKinds[static_cast<int>(scope.kind)] << '|' << context.text(scope.name) << '|'
            << scope.place.line << '|';
  for (const std::string& symbol : symbols) std::cout << symbol << ' ';
  std::cout << '\n';
  for (const Scope* child = scope.first_child; child != nullptr; child = child->next)
    print_scopes(*child, context);
}

bool show_scopes(std::string_view program, const CompileOptions& options, Arena& arena,
                 Diagnostics& diagnostics) {
  Source source;
  if (!decode_source(program, arena, diagnostics, source)) return false;
  const ast::Root* const tree = parse_text(source.text, options.parse, arena, diagnostics);
  if (tree == nullptr) return false;
  CompileContext context(arena, diagnostics, source.text);
  Future future;
  if (!find_future(*tree, context, future)) return false;
  const bool strings = (future.flags & bytecode::kFutureAnnotations) != 0;
  const Scope* const module = build_scopes(*tree, {strings}, context);
  if (module != nullptr) print_scopes(*module, context);
  return module != nullptr;
}

void print_check(const bytecode::Code& code) {
  const bytecode::Flaw flaw = bytecode::check(code);
  if (!flaw) {
    std::cout << "fine\n";
    return;
  }
  std::cout << flaw.what << ": register " << flaw.at << " at " << flaw.instruction << '\n';
  bytecode::disassemble_alone(*flaw.code, [](std::string_view text) { std::cout << text; });
}

bool show(std::string_view program, What what, const CompileOptions& options) {
  Arena arena;
  Diagnostics diagnostics;
  bool whole = false;
  if (what == What::kScopes) {
    whole = show_scopes(program, options, arena, diagnostics);
  } else {
    const bytecode::Code* const code = compile(program, options, arena, diagnostics);
    whole = code != nullptr;
    if (whole && what == What::kAttributes) print_attributes(*code);
    if (whole && what == What::kLines) print_lines(*code);
    if (whole && what == What::kCheck) print_check(*code);
    if (whole && what == What::kCode)
      bytecode::disassemble(*code, [](std::string_view text) { std::cout << text; });
  }
  if (what == What::kQuiet) return whole;
  if (!whole) print_error(diagnostics.error());
  if (what != What::kCode) std::cout << ".\n";
  return whole;
}

What take_what(std::vector<std::string>& arguments) {
  constexpr std::pair<const char*, What> kAll[] = {
      {"--code", What::kCode},   {"--check", What::kCheck},   {"--attributes", What::kAttributes},
      {"--lines", What::kLines}, {"--scopes", What::kScopes}, {"--quiet", What::kQuiet}};
  for (const auto& [name, what] : kAll) {
    if (arguments.empty() || arguments[0] != name) continue;
    arguments.erase(arguments.begin());
    return what;
  }
  return What::kCode;
}

std::vector<std::string> programs_in(const std::vector<std::string>& arguments) {
  std::vector<std::string> programs;
  if (arguments.size() == 2 && arguments[0] == "--split") {
    const std::string all = read_file(arguments[1]);
    for (std::size_t at = 0; at <= all.size();) {
      const std::size_t end = std::min(all.find('\0', at), all.size());
      programs.push_back(all.substr(at, end - at));
      at = end + 1;
    }
  } else if (arguments.size() == 2 && arguments[0] == "--list") {
    std::stringstream list(read_file(arguments[1]));
    for (std::string line; std::getline(list, line);) programs.push_back(read_file(line));
  } else {
    for (const std::string& path : arguments) programs.push_back(read_file(path));
  }
  return programs;
}

int run(std::vector<std::string> arguments) {
  CompileOptions options;
  options.parse.character_by_name = by_name;
  const What what = take_what(arguments);
  if (!arguments.empty() && (arguments[0] == "-O" || arguments[0] == "-OO")) {
    options.optimize = static_cast<int>(arguments[0].size()) - 1;
    arguments.erase(arguments.begin());
  }
  std::size_t whole = 0;
  for (const std::string& program : programs_in(arguments))
    whole += show(program, what, options) ? 1U : 0U;
  if (what == What::kQuiet) std::cout << whole << " whole\n";
  return 0;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler

int main(int count, char** arguments) {
  std::ios::sync_with_stdio(false);
  orochi::compiler::read_names();
  return orochi::compiler::run({arguments + 1, arguments + count});
}
