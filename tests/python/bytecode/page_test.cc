// docs/bytecode.md is the table of opcodes as a page. To write it anew, run this test with
// OROCHI_WRITE_PAGE=1.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "python/bytecode/opcodes.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {
namespace {

constexpr const char* kPage = OROCHI_TESTS "/../docs/bytecode.md";

constexpr const char* kPreface = R"(# The instructions of the register machine

Written from the table in `python/bytecode/opcodes.h` by `tests/python/bytecode/page_test.cc`, and
compared with it by each test run; edit the table, not this page.

An instruction is a word of 64 bits: the opcode, marks, and three operands A, B and C of 16 bits; B
and C together are one of 32 bits where that is needed. Operands are registers unless the table says
otherwise. `..` is a window: a run of temporaries that begins at the register. What is written in
*italics* is given a value; what is taken from a window leaves it empty.

Marks, one for each register that is not in a window: a read that is the last use of a temporary
leaves it empty; a write to what may hold a value drops that value. `python/bytecode/code.h` says
what else belongs to a code object, `docs/compiler.md` how code comes about.

)";

std::string operand_text(Operand operand, const char* name) {
  const std::string letter(name);
  switch (operand) {
    case Operand::kNone:
      return "";
    case Operand::kRead:
    case Operand::kLocal:
    case Operand::kTake:
      return letter;
    case Operand::kWrite:
    case Operand::kUpdate:
    case Operand::kEmpty:
      return "*" + letter + "*";
    case Operand::kTake2:
      return letter + ".. 2";
    case Operand::kTake3:
      return letter + ".. 3";
    case Operand::kTakeC:
      return letter + ".. C";
    case Operand::kTakePairs:
      return letter + ".. 2C";
    case Operand::kTakeShape:
      return letter + ".. by shape";
    case Operand::kTakeCall:
    case Operand::kTakeMethod:
      return letter + ".. 2 + C";
    case Operand::kTakeCallShape:
    case Operand::kTakeMethodShape:
      return letter + ".. 2 + by shape";
    case Operand::kGive2:
      return "*" + letter + "*.. 2";
    case Operand::kGive3:
      return "*" + letter + "*.. 3";
    case Operand::kGiveC:
      return "*" + letter + "*.. C";
    case Operand::kGiveShape:
      return "*" + letter + "*.. by shape";
    case Operand::kConstant:
    case Operand::kWideConstant:
      return "constant";
    case Operand::kCode:
      return "code";
    case Operand::kName:
    case Operand::kWideName:
      return "name";
    case Operand::kSite:
    case Operand::kWideSite:
      return "name, cached";
    case Operand::kJump:
      return "target";
    case Operand::kFree:
      return "free variable";
    case Operand::kShape:
      return "shape";
    case Operand::kCount:
      return "number";
    case Operand::kSense:
      return "truth";
    case Operand::kConversion:
      return "conversion";
  }
  return "?";
}

std::string page() {
  std::ostringstream text;
  text << kPreface << "| opcode | A | B | C | |\n|---|---|---|---|---|\n";
  for (const OpcodeInfo& info : kOpcodeTable)
    text << "| " << info.name << " | " << operand_text(info.a, "A") << " | "
         << operand_text(info.b, "B") << " | " << operand_text(info.c, "C") << " | "
         << info.sentence << " |\n";
  std::string page = text.str();
  // A bar would end the cell.
  for (const char* sign : {"B | C", "B | the", "B |= C", "B |= constant"}) {
    const std::string from(sign);
    std::string to(from);
    to.replace(to.find('|'), 1, "\\|");
    for (std::size_t at = page.find(" = " + from); at != std::string::npos;
         at = page.find(" = " + from, at + 1))
      page.replace(at + 3, from.size(), to);
    for (std::size_t at = page.find("`" + from); at != std::string::npos;
         at = page.find("`" + from, at + 1))
      page.replace(at + 1, from.size(), to);
  }
  return page;
}

TEST(BytecodePage, IsWhatTheTableSays) {
  if (std::getenv("OROCHI_WRITE_PAGE") != nullptr) std::ofstream(kPage) << page();
  std::ifstream file(kPage);
  std::ostringstream found;
  found << file.rdbuf();
  EXPECT_TRUE(found.str() == page())
      << "docs/bytecode.md is not what the table says; run this test with "
         "OROCHI_WRITE_PAGE=1";
}

TEST(BytecodePage, EverySentenceIsOne) {
  for (const OpcodeInfo& info : kOpcodeTable) {
    EXPECT_FALSE(info.sentence.empty()) << info.name;
    EXPECT_EQ(info.sentence.back(), '.') << info.name;
  }
}

// What takes B and C together leaves no room for a C of its own.
TEST(BytecodePage, WideOperandsStandAlone) {
  for (const OpcodeInfo& info : kOpcodeTable) {
    EXPECT_FALSE(is_wide(info.a)) << info.name;
    EXPECT_FALSE(is_wide(info.c)) << info.name;
    EXPECT_TRUE(!is_wide(info.b) || info.c == Operand::kNone) << info.name;
    const bool jumps = info.flow == Flow::kJump || info.flow == Flow::kBranch;
    EXPECT_EQ(jumps, info.b == Operand::kJump) << info.name;
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::bytecode
