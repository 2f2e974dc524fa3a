// stress/explorer/session.h: the parts of the explorer, and how one schedule is run. Internal.
#pragma once

#include <cstdint>
#include <string>

#include "stress/explorer/choices.h"
#include "stress/explorer/limits.h"
#include "stress/explorer/model.h"
#include "stress/explorer/scheduler.h"
#include "stress/explorer/trace.h"

namespace orochi::explorer {

// A scenario without its type.
struct Program {
  std::string name;
  unsigned actors;
  std::size_t bytes;
  std::size_t alignment;
  void (*construct)(void* memory);
  void (*act)(void* state, unsigned actor);  // actors count from 0
  void (*finish)(void* state);               // checks, then destroys
  std::uint64_t (*outcome)(void* state);     // null: the scenario has none
};

struct Verdict {
  Fault fault = Fault::kNone;
  char text[1024] = {};
};

// The one exploration of this process. Its parts are large and live for ever.
struct Session {
  Choices choices;
  Scheduler scheduler{choices};
  Model model;
  Trace trace;
  const Program* program = nullptr;
  void* state = nullptr;
  Verdict verdict;
  std::uint64_t outcome = 0;

  void run_schedule() noexcept;
};

namespace detail {
inline constinit Session* g_session = nullptr;
}  // namespace detail

[[nodiscard]] Session& make_session() noexcept;
[[nodiscard]] inline Session& session() noexcept {
  return detail::g_session != nullptr ? *detail::g_session : make_session();
}

}  // namespace orochi::explorer
