// Parses programs and prints one line for each: the tree, or the error.
//
//   dump_program FILE...       each file is a program
//   dump_program --list FILE   the file names programs, one a line
//   dump_program --split FILE  the file is made of programs with NULs between
//   dump_program --quiet ...   parses and prints nothing but how many were whole
//
// An error is `!class|line|column|end line|end column|message`. For names of characters in \N{...}
// the file named by OROCHI_CHARACTER_NAMES is asked: lines of a hexadecimal number, a blank, a
// name.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "python/compiler/ast_dump.h"
#include "python/compiler/parse.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

std::unordered_map<std::string, char32_t> g_names;

char32_t by_name(std::string_view name) {
  const auto found = g_names.find(std::string(name));
  return found == g_names.end() ? 0 : found->second;
}

void read_names() {
  const char* const path = std::getenv("OROCHI_CHARACTER_NAMES");
  if (path == nullptr) return;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
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

bool show(std::string_view program, bool quiet) {
  Arena arena;
  Diagnostics diagnostics;
  ParseOptions options;
  options.character_by_name = by_name;
  const ast::Root* const tree = parse(program, options, arena, diagnostics);
  if (quiet) return tree != nullptr;
  if (tree == nullptr) {
    print_error(diagnostics.error());
    return false;
  }
  const bool whole = ast::dump(*tree, [](std::string_view text) { std::cout << text; });
  std::cout << '\n';
  return whole;
}

int run(std::vector<std::string> arguments) {
  bool quiet = false;
  if (!arguments.empty() && arguments[0] == "--quiet") {
    quiet = true;
    arguments.erase(arguments.begin());
  }
  std::size_t whole = 0;
  if (arguments.size() == 2 && arguments[0] == "--split") {
    const std::string all = read_file(arguments[1]);
    for (std::size_t at = 0; at <= all.size();) {
      const std::size_t end = std::min(all.find('\0', at), all.size());
      whole += show(std::string_view(all).substr(at, end - at), quiet) ? 1U : 0U;
      at = end + 1;
    }
  } else {
    if (arguments.size() == 2 && arguments[0] == "--list") {
      std::stringstream list(read_file(arguments[1]));
      arguments.clear();
      for (std::string line; std::getline(list, line);) arguments.push_back(line);
    }
    for (const std::string& path : arguments) whole += show(read_file(path), quiet) ? 1U : 0U;
  }
  if (quiet) std::cout << whole << " whole\n";
  return 0;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler

int main(int count, char** arguments) {
  std::ios::sync_with_stdio(false);
  orochi::compiler::read_names();
  return orochi::compiler::run({arguments + 1, arguments + count});
}
