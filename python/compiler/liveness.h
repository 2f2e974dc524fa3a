// python/compiler/liveness.h: who may give its value away, and who must drop one (marks).
//
// Two passes over the drafts of a function.
//
// Backwards, for temporaries: a read behind which nobody reads the register is marked as the last
// one. To be dropped is no use. Locals live as long as the frame, since programs can see them: no
// read of one is the last.
//
// Forwards, for all registers: which may hold a value, which may be empty. Writes to what may hold
// one are marked, checks of what cannot be empty and drops of what must be are removed.
//
// One thread.
// Tests: tests/python/compiler/liveness_test.cc; python/bytecode/checker.h proves the marks right.
#pragma once

#include "python/compiler/flow_graph.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// False: no memory.
[[nodiscard]] bool mark_last_uses(const FlowGraph& graph) noexcept;
// Requires: last uses are marked.
[[nodiscard]] bool mark_drops(const FlowGraph& graph) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
