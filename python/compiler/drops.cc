// The pass that goes forwards.
#include "python/bytecode/effects.h"
#include "python/compiler/liveness.h"
#include "python/compiler/register_set.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using bytecode::Access;
using bytecode::Accesses;
using bytecode::Opcode;
using bytecode::Way;
using Kind = Access::Kind;

class Drops {
 public:
  explicit Drops(const FlowGraph& graph) noexcept : graph_(graph), function_(graph.function()) {}

  [[nodiscard]] bool run() noexcept {
    const std::size_t blocks = graph_.size();
    if (blocks == 0) return true;
    if (!full_.make(blocks + 2, function_.register_count)) return false;
    if (!empty_.make(blocks + 2, function_.register_count)) return false;
    for (std::size_t block = 0; block < blocks; ++block)
      if (!dirty_.push(0)) return false;
    begin();
    for (bool changed = true; changed;) changed = sweep();
    for (std::size_t block = 0; block < blocks; ++block)
      if (graph_[block].reachable) walk(block, true);
    return true;
  }

 private:
  struct State {
    RegisterSet full;   // may hold a value
    RegisterSet empty;  // may hold none
  };
  [[nodiscard]] State at(std::size_t block) noexcept { return {full_[block], empty_[block]}; }
  [[nodiscard]] State now() noexcept { return at(graph_.size()); }
  [[nodiscard]] State on_way() noexcept { return at(graph_.size() + 1); }

  void begin() noexcept {
    for (std::uint32_t r = 0; r < function_.register_count; ++r)
      (r < function_.argument_count ? full_[0] : empty_[0]).add(r);
    dirty_[0] = 1;
  }

  [[nodiscard]] bool sweep() noexcept {
    bool any = false;
    for (std::size_t block = 0; block < graph_.size(); ++block) {
      if (dirty_[block] == 0) continue;
      dirty_[block] = 0;
      walk(block, false);
      any = true;
    }
    return any;
  }

  void join(std::uint32_t block, const State& state) noexcept {
    const bool full = full_[block].add_all(state.full);
    const bool empty = empty_[block].add_all(state.empty);
    if (full || empty) dirty_[block] = 1;
  }

  void walk(std::size_t number, bool marking) noexcept {
    const Block& block = graph_[number];
    now().full.copy(full_[number]);
    now().empty.copy(empty_[number]);
    for (std::uint32_t i = block.begin; i < block.end; ++i) {
      Draft& draft = function_.drafts[i];
      const Accesses accesses = bytecode::accesses_of(draft.instruction, function_.shapes);
      if (!marking && !is_idle(draft)) to_handler(block);
      if (marking) mark(draft, accesses);
      if (i + 1 < block.end) {
        apply(draft, accesses, Way::kNext, now());
      } else if (!marking) {
        leave(block, draft, accesses);
      }
    }
  }

  // As far as is known, it will be removed.
  [[nodiscard]] bool is_idle(const Draft& draft) noexcept {
    const std::uint32_t a = draft.instruction.a;
    if (draft.instruction.opcode == Opcode::kCheckLocal) return !now().empty.has(a);
    return draft.instruction.opcode == Opcode::kDrop && !now().full.has(a);
  }

  void leave(const Block& block, const Draft& draft, const Accesses& accesses) noexcept {
    for (const Way way : {Way::kNext, Way::kOther}) {
      const std::uint32_t successor = way == Way::kNext ? block.next : block.other;
      if (successor == kNoBlock) continue;
      on_way().full.copy(now().full);
      on_way().empty.copy(now().empty);
      apply(draft, accesses, way, on_way());
      join(successor, on_way());
    }
  }

  // The unwinder empties what is at `depth` and above.
  void to_handler(const Block& block) noexcept {
    if (block.handler == kNoBlock) return;
    const Handler& handler = graph_.handler_of(block);
    on_way().full.copy(now().full);
    on_way().empty.copy(now().empty);
    for (std::uint32_t r = handler.depth; r < function_.register_count; ++r) set_empty(r, on_way());
    set_full(handler.exception, on_way());
    join(block.handler, on_way());
  }

  static void set_full(std::uint32_t r, const State& state) noexcept {
    state.full.add(r);
    state.empty.remove(r);
  }
  static void set_empty(std::uint32_t r, const State& state) noexcept {
    state.full.remove(r);
    state.empty.add(r);
  }

  static void apply(const Draft& draft, const Accesses& accesses, Way way,
                    const State& state) noexcept {
    for (const Access& access : accesses) {
      if (!happens(draft.instruction, access, way)) continue;
      for (std::uint32_t i = 0; i < access.count; ++i)
        apply(draft, access, access.first + i, state);
    }
  }
  static void apply(const Draft& draft, const Access& access, std::uint32_t r,
                    const State& state) noexcept {
    switch (access.kind) {
      case Kind::kRead:
        if ((draft.instruction.marks & access.mark) != 0) set_empty(r, state);
        return;
      case Kind::kMayRead:
      case Kind::kWrite:
        return set_full(r, state);
      case Kind::kTake:
      case Kind::kEmpty:
        return set_empty(r, state);
    }
  }

  void mark(Draft& draft, const Accesses& accesses) noexcept {
    if (is_idle(draft)) draft.removed = true;
    for (const Access& access : accesses) {
      if (access.kind != Kind::kWrite || access.mark == 0) continue;
      if (now().full.has(access.first) && !taken(accesses, access.first))
        draft.instruction.marks |= access.mark;
    }
  }
  [[nodiscard]] static bool taken(const Accesses& accesses, std::uint32_t r) noexcept {
    for (const Access& access : accesses)
      if (access.kind == Kind::kTake && r >= access.first && r < access.first + access.count)
        return true;
    return false;
  }

  const FlowGraph& graph_;
  Function& function_;
  RegisterSets full_;  // one for each block, and two for work
  RegisterSets empty_;
  GrowingArray<std::uint8_t> dirty_;
};

}  // namespace

bool mark_drops(const FlowGraph& graph) noexcept { return Drops(graph).run(); }

}  // namespace orochi::inline OROCHI_DESIGN::compiler
