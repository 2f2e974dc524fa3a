// stress/harness/hammer.h: scenarios on real threads.
//
// Time is cut into slices. Each slice has a placement and, where a scenario needs the runtime, a
// GIL that is off, on, or switched all the time; in turn, so that all get the same time. How long
// strides are, how threads wait for each other and how states lie in memory is drawn anew for each
// slice: no single way of provoking races finds all of them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "stress/harness/scenario.h"
#include "stress/harness/team.h"

namespace orochi::stress {

enum class GilUse { kNone, kOff, kOn, kToggled };
[[nodiscard]] const char* name_of(GilUse gil);

// What was seen in one placement and GIL.
struct Cell {
  std::string where;
  Tally tally;
  double seconds = 0;
  double best_rate =
      0;  // rounds a second, in the best slice: what the machine can do when it is let
};

class Hammer {
 public:
  Hammer(const Body& body, const Table& table, std::vector<Placement> placements,
         std::uint64_t seed);
  ~Hammer();
  Hammer(const Hammer&) = delete;
  Hammer& operator=(const Hammer&) = delete;

  // One slice; true once something forbidden was seen.
  bool strike(std::chrono::microseconds span);
  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
  // Cells take turns; this many slices make a full round.
  [[nodiscard]] std::size_t round() const { return cells_.size(); }
  [[nodiscard]] std::uint64_t rounds() const { return rounds_; }
  [[nodiscard]] bool has_forbidden() const { return has_forbidden_; }

 private:
  struct Plan {
    Placement placement;
    GilUse gil;
  };
  [[nodiscard]] Setting draw(const Placement& placement);
  [[nodiscard]] std::uint64_t roll(std::uint64_t sides);

  const Body body_;
  const Table table_;
  std::vector<Plan> plans_;
  std::vector<Cell> cells_;
  std::size_t next_ = 0;
  std::uint64_t random_;
  std::uint64_t rounds_ = 0;
  bool has_forbidden_ = false;
};

}  // namespace orochi::stress
