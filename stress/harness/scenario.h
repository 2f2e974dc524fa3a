// stress/harness/scenario.h: a race, written once and run in two ways.
//
//   template <Order kFlag>
//   struct Publication {                                   // one state; built anew for each round
//     Shared<int> value{0};
//     SysAtomic<int> flag{0};
//     int saw_flag = 0, saw_value = 0;
//
//     void write() { value.set(42); flag.store(1, kFlag); }
//     void read() {
//       saw_flag = flag.load(kAcquire);
//       saw_value = saw_flag == 0 ? 0 : value.get();
//     }
//     using Actors = stress::Actors<&Publication::write, &Publication::read>;
//     Outcome outcome() const { return {saw_flag, saw_value}; }
//   };
//
//   const Registration kPublication{{
//       .name = "publication",
//       .question = "May a reader see the flag before the value?",
//       .actors = {"writer", "reader"},
//       .shows = {"flag", "value"},
//       .outcomes = {{{0, 0}, kAcceptable, "the reader came before"},
//                    {{1, 42}, kAcceptable, "the reader came after"},
//                    {{1, 0}, kForbidden, "the flag was seen before its value"}},
//       .body = body<Publication<kRelease>>(),
//       .twins = {{"relaxed_flag", "publishes nothing", body<Publication<kRelaxed>>()}},
//   }};
//
// A round: the state is built; each actor runs once, side by side, each on a thread of its own;
// when all are done an optional `void arbiter()` runs, and `outcome()` says what it came to. The
// hammer runs millions of rounds on real threads, the explorer each schedule within bounds. The
// table grades what they see (stress/harness/outcome.h). A failed `expect` ends the scenario as
// forbidden.
//
// A twin is the same state with one mistake, and has to come to something forbidden: so a green
// scenario is one that looked.
//
// A state with `static constexpr bool kAttached = true` is about the runtime. Its actors are
// attached threads, and so is whoever builds and judges it: the thread of the first actor. Its
// constructor may take a `const Crew&`, which names the actors' slots. Actors leave attached, maybe
// as another thread than they came. What others finish late is awaited by `eventually`.
//
// How to write one, step by step: docs/writing-a-stress-test.md
#pragma once

#include <cstddef>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "stress/explorer/choices.h"
#include "stress/harness/crew.h"
#include "stress/harness/outcome.h"

namespace orochi::stress {

inline constexpr unsigned kMostActors = 4;

template <auto... kActs>
struct Actors {
  static_assert(sizeof...(kActs) >= 1 && sizeof...(kActs) <= kMostActors);
  static constexpr unsigned kCount = sizeof...(kActs);
};

// Some states that lie one after another, each `pitch` bytes from the one before.
struct Stride {
  char* first;
  std::size_t pitch;
  std::size_t count;

  template <class State, class Do>
  void for_each(Do&& action) const {
    char* at = first;
    for (std::size_t i = 0; i < count; ++i, at += pitch) action(at);
  }
};

// A state without its type: what the two ways of running need to know. Whole strides at a time, so
// that what is measured is the race and not the calls.
struct Body {
  std::size_t bytes = 0;
  std::size_t alignment = 0;
  unsigned actors = 0;
  bool attached = false;
  void (*construct)(Stride, const Crew&) = nullptr;
  void (*act[kMostActors])(Stride) = {};
  void (*judge)(Stride, Tally&) = nullptr;  // asks for outcomes, and destroys
};

namespace detail {

template <class State>
constexpr bool kIsAttached = requires {
  requires State::kAttached;
};

template <class State>
void construct(Stride states, const Crew& crew) {
  states.for_each<State>([&](char* at) {
    if constexpr (std::is_constructible_v<State, const Crew&>)
      new (at) State(crew);
    else
      new (at) State;
  });
}

template <class State, auto kAct>
void act(Stride states) {
  states.for_each<State>([](char* at) {
    (reinterpret_cast<State*>(at)->*kAct)();
    if constexpr (kIsAttached<State>) breathe();
  });
}

template <class State>
void judge(Stride states, Tally& tally) {
  states.for_each<State>([&](char* at) {
    State& state = *reinterpret_cast<State*>(at);
    if constexpr (requires { state.arbiter(); }) state.arbiter();
    tally.add(state.outcome());
    state.~State();
  });
}

template <class State, auto... kActs>
Body body_of(Actors<kActs...>) {
  return {sizeof(State),     alignof(State),          sizeof...(kActs), kIsAttached<State>,
          &construct<State>, {&act<State, kActs>...}, &judge<State>};
}

}  // namespace detail

template <class State>
[[nodiscard]] Body body() {
  return detail::body_of<State>(typename State::Actors{});
}

// Who can show the mistake of a twin. What needs a weaker machine than this one, or a timing that
// real threads never meet, is for the explorer alone.
enum class SeenBy { kBoth, kExplorer, kHammer };

struct Twin {
  const char* name;
  const char* mistake;
  Body body;
  SeenBy by = SeenBy::kBoth;
};

struct Scenario {
  const char* name;
  const char* question;
  std::vector<const char*> actors;
  std::vector<const char*> shows;  // what the numbers of an outcome are
  Table outcomes;
  Body body;
  std::vector<Twin> twins;
  explorer::Bounds bounds = {};
};

// Scenarios and their twins are found by name: "publication", "publication/relaxed_flag".
struct Found {
  const Scenario* scenario = nullptr;
  const Twin* twin = nullptr;  // null: the scenario itself
  [[nodiscard]] const Body& body() const { return twin == nullptr ? scenario->body : twin->body; }
};
[[nodiscard]] Found find_scenario(std::string_view name);
[[nodiscard]] const std::vector<Scenario>& scenarios();

// A constant of this type makes a scenario known. Dies where what it says does not fit together.
class Registration {
 public:
  explicit Registration(Scenario scenario);
};

inline constexpr Grade kAcceptable = Grade::kAcceptable;
inline constexpr Grade kInteresting = Grade::kInteresting;
inline constexpr Grade kForbidden = Grade::kForbidden;

}  // namespace orochi::stress
