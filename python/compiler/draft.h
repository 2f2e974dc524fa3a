// python/compiler/draft.h: code on its way from the generator to the tables: the assembler's words.
#pragma once

#include <cstdint>

#include "python/bytecode/code.h"
#include "python/compiler/growing_array.h"
#include "python/compiler/names.h"
#include "python/compiler/token.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

using Label = std::uint32_t;
inline constexpr Label kNoLabel = 0xFFFFFFFF;

using HandlerId = std::uint32_t;
inline constexpr HandlerId kNoHandler = 0xFFFFFFFF;

struct Draft {
  bytecode::Instruction instruction;
  std::uint32_t target = kNoLabel;  // a label; once labels are resolved, a draft
  HandlerId handler = kNoHandler;
  Place place;
  bool removed = false;
};

struct Handler {
  std::uint32_t target;  // a label; once labels are resolved, a draft
  bytecode::Register exception;
  bytecode::Register depth;
};

// The drafts of one code object, for the passes that run over them.
struct Function {
  std::span<Draft> drafts;
  std::span<Handler> handlers;
  std::span<const bytecode::Shape> shapes;
  std::uint32_t argument_count;  // of locals that are bound from the beginning
  std::uint32_t local_count;
  std::uint32_t register_count;
};

// Numbers for names, in the order in which they are asked for.
class SymbolNumbers {
 public:
  // True: `number` is that of the name, or `next` for one that was not there. False: no memory.
  [[nodiscard]] bool find_or_add(NameId name, std::uint32_t next, std::uint32_t& number) noexcept;

 private:
  struct Slot {
    NameId name;
    std::uint32_t number;
  };
  [[nodiscard]] bool grow() noexcept;

  GrowingArray<Slot> slots_;  // a power of two of them
  std::size_t size_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
