// The pass that goes backwards.
#include "python/bytecode/effects.h"
#include "python/compiler/liveness.h"
#include "python/compiler/register_set.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using bytecode::Access;
using bytecode::Accesses;
using bytecode::Way;
using Kind = Access::Kind;

constexpr bool is_use(const Access& access) noexcept {
  return access.kind == Kind::kRead || access.kind == Kind::kTake;
}

class LastUses {
 public:
  explicit LastUses(const FlowGraph& graph) noexcept : graph_(graph), function_(graph.function()) {}

  [[nodiscard]] bool run() noexcept {
    const std::size_t blocks = graph_.size();
    if (!entry_.make(blocks, function_.register_count)) return false;
    if (!scratch_.make(3, function_.register_count)) return false;
    bool changed = true;
    while (changed) {
      changed = false;
      for (std::size_t block = blocks; block-- > 0;)
        if (graph_[block].reachable) changed = walk(block, false) || changed;
    }
    for (std::size_t block = 0; block < blocks; ++block)
      if (graph_[block].reachable) static_cast<void>(walk(block, true));
    return true;
  }

 private:
  // The set of what is live, as it is now.
  [[nodiscard]] RegisterSet live() noexcept { return scratch_[0]; }
  [[nodiscard]] RegisterSet at_handler() noexcept { return scratch_[1]; }

  // True: the block needs more at its beginning than was known.
  bool walk(std::size_t number, bool marking) noexcept {
    const Block& block = graph_[number];
    at_handler().clear();
    if (block.handler != kNoBlock) {
      at_handler().copy(entry_[block.handler]);
      at_handler().remove(graph_.handler_of(block).exception);
    }
    last(block, marking);
    for (std::uint32_t i = block.end - 1; i-- > block.begin;)
      straight(function_.drafts[i], marking);
    return entry_[number].add_all(live());
  }

  // The last draft of a block may do different things on its two ways.
  void last(const Block& block, bool marking) noexcept {
    Draft& draft = function_.drafts[block.end - 1];
    const Accesses accesses = bytecode::accesses_of(draft.instruction, function_.shapes);
    live().clear();
    for (const Way way : {Way::kNext, Way::kOther}) {
      const std::uint32_t successor = way == Way::kNext ? block.next : block.other;
      if (successor == kNoBlock) continue;
      const RegisterSet behind = scratch_[2];
      behind.copy(entry_[successor]);
      forget_writes(draft, accesses, way, behind);
      live().add_all(behind);
    }
    if (marking) mark(draft, accesses);
    for (const Way way : {Way::kNext, Way::kOther}) add_uses(draft, accesses, way);
    live().add_all(at_handler());
  }

  void straight(Draft& draft, bool marking) noexcept {
    const Accesses accesses = bytecode::accesses_of(draft.instruction, function_.shapes);
    forget_writes(draft, accesses, Way::kNext, live());
    if (marking) mark(draft, accesses);
    add_uses(draft, accesses, Way::kNext);
    live().add_all(at_handler());
  }

  static void forget_writes(const Draft& draft, const Accesses& accesses, Way way,
                            RegisterSet set) noexcept {
    for (const Access& access : accesses) {
      if (access.kind != Kind::kWrite || !happens(draft.instruction, access, way)) continue;
      for (std::uint32_t i = 0; i < access.count; ++i) set.remove(access.first + i);
    }
  }
  void add_uses(const Draft& draft, const Accesses& accesses, Way way) noexcept {
    for (const Access& access : accesses) {
      if (!is_use(access) || !happens(draft.instruction, access, way)) continue;
      for (std::uint32_t i = 0; i < access.count; ++i) live().add(access.first + i);
    }
  }

  // One mark for a register that is read twice; none for one that is written too.
  void mark(Draft& draft, const Accesses& accesses) noexcept {
    for (const Access& access : accesses) {
      if (access.kind != Kind::kRead || access.mark == 0) continue;
      const std::uint32_t r = access.first;
      if (r < function_.local_count || live().has(r)) continue;
      if (!touched_behind(accesses, access)) draft.instruction.marks |= access.mark;
    }
  }
  [[nodiscard]] static bool touched_behind(const Accesses& accesses, const Access& read) noexcept {
    for (const Access* other = &read + 1; other != accesses.end(); ++other)
      if (read.first >= other->first && read.first < other->first + other->count) return true;
    return false;
  }

  const FlowGraph& graph_;
  Function& function_;
  RegisterSets entry_;
  RegisterSets scratch_;
};

}  // namespace

bool mark_last_uses(const FlowGraph& graph) noexcept { return LastUses(graph).run(); }

}  // namespace orochi::inline OROCHI_DESIGN::compiler
