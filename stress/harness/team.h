// stress/harness/team.h: the threads that play one scenario, again and again.
//
// A team has a thread for each actor and a stride of states. Each thread walks over all the states
// and plays its actor in each, without waiting for the others, so that they meet in many different
// ways; after the stride they meet, and share out the judging and the building anew.
//
// I1  A state is touched by one thread alone, except between two meetings, when actors play.
// I2  Nobody is attached while it waits at a meeting, so whoever stops the world need not wait.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "stress/harness/meeting.h"
#include "stress/harness/placement.h"
#include "stress/harness/scenario.h"

namespace orochi::stress {

// In which way a slice of time is spent.
struct Setting {
  Placement placement;
  Wait wait = Wait::kSpin;
  std::size_t stride = 256;
  bool padded = false;   // each state on lines of its own
  unsigned stagger = 0;  // who starts late does so by up to this many pauses
};

class Team {
 public:
  using Clock = std::chrono::steady_clock;

  // `first`: the number of the first thread among all that hammer.
  Team(const Body& body, const Setting& setting, unsigned first, std::uint64_t seed);
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  // Until then, at least one stride.
  void start(Clock::time_point deadline);
  void join();
  // After join.
  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  void live(unsigned actor);
  void play(unsigned actor, std::uint64_t& random);
  // The states that a thread judges and builds.
  [[nodiscard]] Stride share_of(unsigned actor) const;
  void build(unsigned actor);

  const Body body_;
  const Setting setting_;
  const unsigned first_;
  const std::uint64_t seed_;
  const std::size_t pitch_;
  std::unique_ptr<char[]> memory_;
  Stride states_{};
  Crew crew_;
  Meeting meeting_;
  Clock::time_point deadline_{};
  bool over_ = false;  // by the first actor, before a meeting
  Tally tallies_[kMostActors];
  Tally tally_;
  std::vector<std::thread> threads_;
};

}  // namespace orochi::stress
