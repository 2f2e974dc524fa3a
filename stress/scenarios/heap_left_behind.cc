// A thread leaves its heap behind and another gets it, while a stranger frees what lies in it
// (memory/slab_heap.h).

#include <cstdlib>

#include "memory/heap.h"
#include "runtime/thread.h"
#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

enum class Mistake { kNone, kFreesTooEarly };

template <Mistake kMistake>
struct HeapLeftBehind {
  static constexpr bool kAttached = true;
  struct Block {
    std::uint64_t head;  // the heap's
    SysAtomic<int> content;
  };
  SysAtomic<Block*> given{nullptr};
  Block* kept = nullptr;
  int saw = 1, kept_content = 0;

  HeapLeftBehind() { call(given, "given"); }
  static Block* make(int content) {
    auto* const block = static_cast<Block*>(heap::allocate(sizeof(Block)));
    if (block == nullptr) std::abort();
    new (&block->content) SysAtomic<int>(content);
    return block;
  }
  void leave_and_return() {
    given.store(make(1), kRelease);
    Thread::exit();
    expect(Thread::start() == Attach::kDone, "another thread begins");
    kept = make(2);
  }
  void take_and_free() {
    Block* const block = given.load(kAcquire);
    if (block == nullptr) return;
    given.store(nullptr, kRelaxed);  // relaxed: nobody else takes it
    if (kMistake == Mistake::kFreesTooEarly) heap::free(block);
    saw = block->content.load(kRelaxed);  // relaxed: published with the block
    if (kMistake == Mistake::kNone) heap::free(block);
  }
  using Actors = stress::Actors<&HeapLeftBehind::leave_and_return, &HeapLeftBehind::take_and_free>;
  void arbiter() {
    kept_content = kept->content.load(kRelaxed);
    heap::free(kept);
    if (Block* const left = given.load(kRelaxed)) heap::free(left);
  }
  [[nodiscard]] Outcome outcome() const { return {saw, kept_content}; }
};

const Registration kHeapLeftBehind{{
    .name = "heap_left_behind",
    .question = "Is a block anybody else's while a thread has it, whoever gets the heap?",
    .actors = {"leaver", "stranger"},
    .shows = {"stranger's", "leaver's"},
    .outcomes = {{{1, 2}, kAcceptable, "each has its own"},
                 {{kAny, kAny}, kForbidden, "one block was two threads'"}},
    .body = body<HeapLeftBehind<Mistake::kNone>>(),
    .twins = {{"frees_too_early", "frees a block and looks at it then",
               body<HeapLeftBehind<Mistake::kFreesTooEarly>>(), SeenBy::kExplorer}},
    .bounds = {.preemptions = 2, .stale_reads = 0, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
