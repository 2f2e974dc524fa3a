// python/bytecode/code.h: what a function, class body or module compiles to, as plain memory.
//
// Whoever compiles owns the memory (an arena); the machine makes its own objects of it: a constant
// becomes a value, a name an interned str, a site a word of inline cache. Nothing here is written
// once it is made, so any number of threads may read it.
//
// C1  Registers below `local_count` are locals, in the order of `locals`: parameters first, by
//     position, then those by name only, then *rest, then **rest.
// C2  Exception entries are sorted and do not overlap.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "python/bytecode/instruction.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {

struct Code;

struct Constant {
  enum class Kind : std::uint8_t {
    kNone,
    kFalse,
    kTrue,
    kEllipsis,
    kInt,        // `text`: as ast::Literal has it, perhaps behind a minus
    kFloat,      // `number`
    kComplex,    // `number` and `imaginary`
    kStr,        // `text`: UTF-8 in which lone surrogates stand as three bytes
    kBytes,      // `text`
    kTuple,      // `items`
    kFrozenSet,  // `items`
    kCode,       // `code`
  };
  Kind kind = Kind::kNone;
  double number = 0;
  double imaginary = 0;
  std::string_view text;
  std::span<const Constant> items;
  const Code* code = nullptr;
};

// CPython's numbers, since programs see them as co_flags.
enum CodeFlag : std::uint32_t {
  kOptimized = 0x1,
  kNewLocals = 0x2,
  kVarArgs = 0x4,
  kVarKeywords = 0x8,
  kNested = 0x10,
  kGenerator = 0x20,
  kCoroutine = 0x80,
  kAsyncGenerator = 0x200,
  kFutureDivision = 0x20000,
  kFutureAbsoluteImport = 0x40000,
  kFutureWithStatement = 0x80000,
  kFuturePrintFunction = 0x100000,
  kFutureUnicodeLiterals = 0x200000,
  kFutureBarryAsBdfl = 0x400000,
  kFutureGeneratorStop = 0x800000,
  kFutureAnnotations = 0x1000000,
};

struct Local {
  std::string_view name;
  bool is_cell = false;  // the register holds a cell, once MakeCell has run
};

// Where MakeFunction finds the cell: in a register of the enclosing frame, or among the free
// variables of its function.
struct FreeVariable {
  std::string_view name;
  bool from_free = false;
  std::uint16_t index = 0;
};

// An instruction number from `begin` up to `end` that raises goes on at `handler`, with the
// exception in `exception` and all other registers from `depth` on empty: the unwinder drops what
// they hold.
struct ExceptionEntry {
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t handler;
  Register exception;
  Register depth;
};

// Two numbers of an instruction that has no room for them.
struct Shape {
  std::uint32_t first;
  std::uint32_t second;
};

inline constexpr std::uint32_t kNoDocstring = 0xFFFFFFFF;

struct Code {
  std::string_view name;
  std::string_view qualified_name;
  std::uint32_t flags = 0;
  std::uint32_t argument_count = 0;  // by position, those by position only among them
  std::uint32_t positional_only_count = 0;
  std::uint32_t keyword_only_count = 0;
  std::uint32_t first_line = 0;
  std::uint32_t docstring = kNoDocstring;  // number of a constant
  std::uint32_t local_count = 0;
  std::uint32_t register_count = 0;  // at most kNoRegister

  std::span<const Instruction> instructions;
  std::span<const ExceptionEntry> exceptions;
  std::span<const std::uint8_t> places;  // place_table.h
  std::span<const Constant> constants;
  std::span<const std::string_view> names;
  std::span<const std::uint32_t> sites;  // the number of each one's name
  std::span<const Shape> shapes;
  std::span<const Local> locals;
  std::span<const FreeVariable> free_variables;
};

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
