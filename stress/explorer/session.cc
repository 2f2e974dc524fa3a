#include "stress/explorer/session.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "stress/explorer/arena.h"
#include "stress/explorer/engine.h"
#include "stress/explorer/globals.h"

namespace orochi::explorer {
namespace {

void run_actor(ThreadNumber thread) {
  Session& all = session();
  all.program->act(all.state, thread - 1U);
}

// Thread 0: builds the state, lets the actors run, and looks at what they made of it.
void run_host() {
  Session& all = session();
  const Program& program = *all.program;
  all.state = arena::allocate(program.bytes, program.alignment);
  program.construct(all.state);
  all.trace.forget_events();
  for (unsigned i = 1; i <= program.actors; ++i) all.model.fork(static_cast<ThreadNumber>(i));
  all.scheduler.run_actors();
  for (unsigned i = 1; i <= program.actors; ++i) all.model.join(static_cast<ThreadNumber>(i));
  if (program.outcome != nullptr) all.outcome = program.outcome(all.state);
  program.finish(all.state);
}

}  // namespace

const char* name_of(Fault fault) noexcept {
  switch (fault) {
    case Fault::kNone:
      return "nothing";
    case Fault::kCheck:
      return "a check does not hold";
    case Fault::kRace:
      return "data race";
    case Fault::kUseAfterFree:
      return "use after free";
    case Fault::kDeadlock:
      return "deadlock";
    case Fault::kLostWakeup:
      return "lost wake-up";
    case Fault::kLivelock:
      return "livelock";
    case Fault::kCrash:
      return "crash";
    case Fault::kUnfit:
      return "cannot be explored";
  }
  return "?";
}

// Never destroyed: accesses may come from destructors of static objects.
Session& make_session() noexcept {
  alignas(Session) static unsigned char memory[sizeof(Session)];
  detail::g_session = std::construct_at(reinterpret_cast<Session*>(memory));
  return *detail::g_session;
}

void Session::run_schedule() noexcept {
  verdict.fault = Fault::kNone;
  model.begin_schedule();
  trace.begin_schedule();
  arena::open();
  scheduler.run(program->actors, &run_host, &run_actor);
  arena::close();
  globals::restore();
}

void fail(Fault fault, const char* pattern, ...) noexcept {
  Session& all = session();
  all.verdict.fault = fault;
  va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(all.verdict.text, sizeof all.verdict.text, pattern, arguments);
  va_end(arguments);
  if (!live::schedule) {
    std::fprintf(stderr, "explorer: %s: %s\n", name_of(fault), all.verdict.text);
    std::abort();
  }
  all.scheduler.leave();
}

void fail_stuck() noexcept {
  Session& all = session();
  Fault fault = Fault::kDeadlock;
  char text[sizeof all.verdict.text] = {};
  std::size_t used = 0;
  for (unsigned i = 1; i <= all.program->actors; ++i) {
    const auto thread = static_cast<ThreadNumber>(i);
    if (!all.scheduler.is_asleep(thread)) continue;
    const Scheduler::Sleep& sleep = all.scheduler.sleep_of(thread);
    std::uint32_t now = 0;
    std::memcpy(&now, sleep.address, sizeof now);
    if (now != sleep.expected) fault = Fault::kLostWakeup;
    const int length =
        std::snprintf(text + used, sizeof text - used,
                      "%s%c sleeps at %s:%u on a word that was %u and is %u", used == 0 ? "" : "; ",
                      letter_of(thread), sleep.where.file, sleep.where.line, sleep.expected, now);
    if (length > 0) used += static_cast<std::size_t>(length);
    if (used >= sizeof text) break;
  }
  fail(fault, "%s", text);
}

}  // namespace orochi::explorer

// The product's assertions are checks like any other. GNU's libc calls this for assert().
extern "C" void __assert_fail(const char* what, const char* file, unsigned line,
                              const char* function) {
  orochi::explorer::fail(orochi::explorer::Fault::kCheck, "%s:%u %s: assertion %s", file, line,
                         function, what);
}
