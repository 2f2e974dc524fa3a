#include "stress/harness/explored.h"

#include <algorithm>
#include <new>

#include "runtime/thread.h"
#include "stress/explorer/scheduler.h"
#include "stress/harness/describe.h"

namespace orochi::stress {

void breathe() noexcept {}  // actors leave right after their only state

// Nobody else is in the middle of anything: what the first thread is asked for, it does at once.
bool wait_for_others(unsigned turn) noexcept {
  constexpr unsigned kSafepoints = 4;
  if (turn == kSafepoints) return false;
  safepoint();
  return true;
}

namespace {

using explorer::Fault;
using explorer::Program;

// The one that is being explored. The explorer's callbacks are plain functions.
Found g_found;

// What a schedule is about: the threads behind the actors, and then, aligned, the state.
struct Stage {
  Crew crew;
  Current threads[kMostActors];

  [[nodiscard]] Stride state() {
    const Body& body = g_found.body();
    const std::size_t offset = (sizeof(Stage) + body.alignment - 1) & ~(body.alignment - 1);
    return {reinterpret_cast<char*>(this) + offset, 0, 1};
  }
  // As the thread that is behind this actor.
  template <class Do>
  void as(unsigned actor, Do&& action) {
    if (!g_found.body().attached) return action();
    const Current before = current();
    current() = threads[actor];
    action();
    current() = before;
  }
  void start_threads() {
    for (unsigned i = 0; i < g_found.body().actors; ++i) {
      current() = {};
      explorer::expect(Thread::start() == Attach::kDone, "the thread starts");
      threads[i] = current();
      crew.slots[i] = current().slot;
    }
    current() = {};
  }
};

Stage& stage_at(void* memory) { return *static_cast<Stage*>(memory); }

void construct(void* memory) {
  Stage& stage = *new (memory) Stage;
  if (g_found.body().attached) stage.start_threads();
  stage.as(0, [&] { g_found.body().construct(stage.state(), stage.crew); });
}

void act(void* memory, unsigned actor) {
  Stage& stage = stage_at(memory);
  stage.as(actor, [&] {
    g_found.body().act[actor](stage.state());
    if (!g_found.body().attached) return;
    stage.threads[actor] = current();  // another one, if it left and came back
    Thread::current()->detach();
  });
}

std::uint64_t judge(void* memory) {
  Stage& stage = stage_at(memory);
  std::uint64_t key = 0;
  stage.as(0, [&] {
    if (g_found.body().attached)
      explorer::expect(Thread::current()->attach() == Attach::kDone, "the first thread returns");
    Tally tally;
    g_found.body().judge(stage.state(), tally);
    tally.for_each([&](const Outcome& seen, std::uint64_t) { key = seen.key(); });
  });
  const Outcome outcome = Outcome::of(key);
  if (is_forbidden(g_found.scenario->outcomes, outcome))
    explorer::fail(Fault::kCheck, "%s", verdict_on(*g_found.scenario, outcome).c_str());
  return key;
}

Program program_of(const Found& found) {
  g_found = found;
  const Body& body = found.body();
  Program program{};
  program.name = name_of(found);
  program.actors = body.actors;
  program.alignment = std::max(alignof(Stage), body.alignment);
  program.bytes = sizeof(Stage) + body.alignment + body.bytes;
  program.construct = &construct;
  program.act = &act;
  program.outcome = &judge;
  program.finish = [](void*) {};
  return program;
}

}  // namespace

explorer::Report explore(const Found& found, const explorer::Options& options) {
  return explorer::explore_program(program_of(found), options);
}

explorer::Report sample(const Found& found, const explorer::Pct& pct) {
  return explorer::sample_program(program_of(found), found.scenario->bounds, pct);
}

explorer::Replay replay(const Found& found, std::string_view token) {
  return explorer::replay_program(program_of(found), token);
}

}  // namespace orochi::stress
