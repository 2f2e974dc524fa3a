#include "python/compiler/flow_graph.h"

#include "python/bytecode/effects.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using bytecode::Flow;
using bytecode::Opcode;

Flow flow_of(const Draft& draft) noexcept {
  return bytecode::info_of(draft.instruction.opcode).flow;
}

// Chains of jumps are short; a circle of them is an endless loop of the program's own.
constexpr int kMostHops = 8;

}  // namespace

bool FlowGraph::build(std::span<const std::uint32_t> labels) noexcept {
  resolve(labels);
  return mark_leaders() && cut() && reach();
}

void FlowGraph::resolve(std::span<const std::uint32_t> labels) noexcept {
  for (Draft& draft : function_.drafts)
    if (draft.target != kNoLabel) draft.target = labels[draft.target];
  for (Handler& handler : function_.handlers) handler.target = labels[handler.target];
  for (Draft& draft : function_.drafts)
    if (draft.target != kNoLabel && draft.instruction.opcode != Opcode::kJumpBack)
      draft.target = end_of_jumps(draft.target);
}

// Safepoints stay where they are.
std::uint32_t FlowGraph::end_of_jumps(std::uint32_t draft) const noexcept {
  for (int hops = 0; hops < kMostHops; ++hops) {
    if (draft >= function_.drafts.size()) break;
    if (function_.drafts[draft].instruction.opcode != Opcode::kJump) break;
    draft = function_.drafts[draft].target;
  }
  return draft;
}

bool FlowGraph::mark_leaders() noexcept {
  const auto count = static_cast<std::uint32_t>(function_.drafts.size());
  for (std::uint32_t i = 0; i < count; ++i)
    if (!leaders_.push(0)) return false;
  lead(0);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Draft& draft = function_.drafts[i];
    if (draft.target != kNoLabel) lead(draft.target);
    const Flow flow = flow_of(draft);
    if (flow != Flow::kNext) lead(i + 1);
    if (flow == Flow::kSkip) lead(i + 2);
    if (i > 0 && draft.handler != function_.drafts[i - 1].handler) lead(i);
  }
  for (const Handler& handler : function_.handlers) lead(handler.target);
  return true;
}

bool FlowGraph::cut() noexcept {
  const auto count = static_cast<std::uint32_t>(leaders_.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (leaders_[i] != 0) {
      if (!blocks_.empty()) blocks_.back().end = i;
      if (!blocks_.push({i, count})) return false;
    }
    leaders_[i] = static_cast<std::uint32_t>(blocks_.size() - 1);
  }
  for (std::size_t block = 0; block < blocks_.size(); ++block) connect(blocks_[block]);
  return true;
}

void FlowGraph::connect(Block& block) noexcept {
  const Draft& last = function_.drafts[block.end - 1];
  const Flow flow = flow_of(last);
  if (bytecode::has_next(flow) && block.end < leaders_.size()) block.next = leaders_[block.end];
  if (bytecode::has_target(flow)) block.other = leaders_[last.target];
  if (flow == Flow::kSkip) block.other = leaders_[block.end + 1];
  const HandlerId handler = function_.drafts[block.begin].handler;
  if (handler != kNoHandler) block.handler = leaders_[function_.handlers[handler].target];
}

bool FlowGraph::reach() noexcept {
  GrowingArray<std::uint32_t> open;
  const auto visit = [&](std::uint32_t block) {
    if (block == kNoBlock || blocks_[block].reachable) return true;
    blocks_[block].reachable = true;
    return open.push(block);
  };
  if (blocks_.empty() || !visit(0)) return blocks_.empty();
  while (!open.empty()) {
    const Block block = blocks_[open.back()];
    open.shrink_to(open.size() - 1);
    if (!visit(block.next) || !visit(block.other) || !visit(block.handler)) return false;
  }
  for (std::size_t b = 0; b < blocks_.size(); ++b)
    for (std::uint32_t i = blocks_[b].begin; i < blocks_[b].end; ++i)
      function_.drafts[i].removed = !blocks_[b].reachable;
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
