// python/compiler/flow_graph.h: drafts in blocks, and where control goes between them.
//
// Targets of jumps are resolved to drafts here, jumps to jumps led to where those lead, and what no
// way leads to is removed.
//
// F1  Within a block control goes straight on, and all its drafts have one handler.
//
// One thread.
// Tests: tests/python/compiler/code_test.cc
#pragma once

#include <cstdint>

#include "python/compiler/draft.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

inline constexpr std::uint32_t kNoBlock = 0xFFFFFFFF;

struct Block {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t next = kNoBlock;   // bytecode::Way::kNext of the last draft
  std::uint32_t other = kNoBlock;  // bytecode::Way::kOther
  std::uint32_t handler = kNoBlock;
  bool reachable = false;
};

class FlowGraph {
 public:
  explicit FlowGraph(Function& function) noexcept : function_(function) {}

  // `labels`: the draft that each one is bound to. False: no memory.
  [[nodiscard]] bool build(std::span<const std::uint32_t> labels) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return blocks_.size(); }
  [[nodiscard]] const Block& operator[](std::size_t block) const noexcept { return blocks_[block]; }
  [[nodiscard]] Function& function() const noexcept { return function_; }
  [[nodiscard]] const Handler& handler_of(const Block& block) const noexcept {
    return function_.handlers[function_.drafts[block.begin].handler];
  }

 private:
  void resolve(std::span<const std::uint32_t> labels) noexcept;
  [[nodiscard]] std::uint32_t end_of_jumps(std::uint32_t draft) const noexcept;
  [[nodiscard]] bool mark_leaders() noexcept;
  void lead(std::uint32_t draft) noexcept {
    if (draft < leaders_.size()) leaders_[draft] = 1;
  }
  [[nodiscard]] bool cut() noexcept;
  void connect(Block& block) noexcept;
  [[nodiscard]] bool reach() noexcept;

  Function& function_;
  GrowingArray<Block> blocks_;
  GrowingArray<std::uint32_t> leaders_;  // 1 where a block begins; then the number of the block
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
