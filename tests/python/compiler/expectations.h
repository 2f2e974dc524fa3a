// tests/python/compiler/expectations.h: programs, and what CPython makes of them, from files that
// python3_says.py writes.
#pragma once

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "python/compiler/characters.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// As Python's unicode_escape writes text.
inline std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text[0] != '\\') {
      out += text[0];
      text.remove_prefix(1);
      continue;
    }
    const char kind = text[1];
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    char32_t code = 0;
    for (const char c : text.substr(2, digits)) code = code * 16 + hex_digit(c);
    char bytes[utf8::kLongest];
    if (digits == 0)
      out += kind == 'n' ? '\n' : kind == 't' ? '\t' : kind == 'r' ? '\r' : kind;
    else
      out.append(bytes, utf8::encode(code, bytes));
    text.remove_prefix(2 + digits);
  }
  return out;
}

struct Expectation {
  std::string program;
  std::string expected;
};

// The file lies beside this one; the build says where the tests are.
inline std::vector<Expectation> expectations(const std::string& name) {
  std::ifstream file(std::string(OROCHI_TESTS "/python/compiler/") + name);
  std::vector<Expectation> all;
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    all.push_back({unescaped(line.substr(0, tab)), unescaped(line.substr(tab + 1))});
  }
  return all;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
