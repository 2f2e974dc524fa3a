// The runner that hammers:
//
//   stress_hammer_<design> list
//   stress_hammer_<design> calibrate [seconds=S] [seed=N]
//   stress_hammer_<design> run NAME[/TWIN] [seconds=S] [seed=N] [threads=2,4,8]
//
// A twin is hammered until it is caught. It is started by orochi-stress, and says what it finds in
// the lines of stress/harness/lines.h, also when it is interrupted. It says something at least once
// a second while threads get on: silence means that they hang.

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <string>

#include "stress/harness/arguments.h"
#include "stress/harness/calibration.h"
#include "stress/harness/describe.h"
#include "stress/harness/hammer.h"
#include "stress/harness/lines.h"

namespace orochi::stress {
namespace {

using Clock = Team::Clock;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr int kAskedWrongly = 2;
constexpr microseconds kSlice = milliseconds(50);

volatile std::sig_atomic_t g_interrupted = 0;
std::string g_subject;
Hammer* g_hammer = nullptr;

class Deadline {
 public:
  explicit Deadline(double seconds)
      : at_(Clock::now() + microseconds(static_cast<std::int64_t>(seconds * 1e6))) {}
  [[nodiscard]] bool is_over() const { return Clock::now() >= at_; }

 private:
  Clock::time_point at_;
};

double share(std::uint64_t count, std::uint64_t of) {
  return of == 0 ? 0 : static_cast<double>(count) / static_cast<double>(of);
}

// Until the race was seen often enough, and a little longer where a rate is asked for.
void calibrate(const Calibration& known, double seconds, std::uint64_t seed) {
  Hammer hammer(known.body, {known.race}, placements_for({2}), seed);
  const Deadline deadline(seconds);
  const double least_time = known.least_share > 0 ? seconds / 10 : 0;
  const Cell& cell = hammer.cells().front();
  std::uint64_t hits = 0;
  for (bool enough = false; !enough && !deadline.is_over();) {
    static_cast<void>(hammer.strike(kSlice / 2));
    hits = 0;
    cell.tally.for_each([&](const Outcome& seen, std::uint64_t count) {
      if (known.race.matches(seen)) hits += count;
    });
    enough =
        hits > 0 && share(hits, hammer.rounds()) >= known.least_share && cell.seconds >= least_time;
  }
  const bool is_shown = hits > 0 && share(hits, hammer.rounds()) >= known.least_share;
  say("calibrated", known.name, is_shown ? "shown" : "MISSED", hammer.rounds(), hits, cell.seconds,
      cell.best_rate, known.least_share, known.question);
}

int calibrate_all(const Arguments& arguments) {
  for (const Calibration& known : calibrations()) {
    // ThreadSanitizer's instrumentation takes longer than a store stays in its buffer.
    if (kThreadSanitizer && known.least_share > 0) continue;
    calibrate(known, arguments.number("seconds", 3), arguments.whole("seed", 1));
  }
  return 0;
}

std::vector<unsigned> numbers_in(std::string_view text) {
  std::vector<unsigned> numbers;
  for (unsigned number = 0; const char c : std::string(text) + ",") {
    if (c == ',') {
      if (number != 0) numbers.push_back(number);
      number = 0;
    } else {
      number = number * 10 + static_cast<unsigned>(c - '0');
    }
  }
  return numbers;
}

int run(const Arguments& arguments) {
  const Found found = find_scenario(arguments.word(2));
  if (found.scenario == nullptr) return kAskedWrongly;
  std::signal(SIGINT, [](int) { g_interrupted = 1; });
  g_subject = name_of(found);
  Hammer hammer(found.body(), found.scenario->outcomes,
                placements_for(numbers_in(arguments.text("threads", "2,4,8"))),
                arguments.whole("seed", 1));
  g_hammer = &hammer;
  const double seconds = arguments.number("seconds", 1);
  const Deadline deadline(seconds);
  // Every cell gets slices, however little time there is; and a twin is caught soon.
  const microseconds fair(
      static_cast<std::int64_t>(seconds * 1e6 / static_cast<double>(hammer.round())));
  const microseconds slice = std::min(found.twin == nullptr ? kSlice : kSlice / 4, fair);
  std::size_t slices = 0;
  do {
    const bool is_caught = hammer.strike(slice);
    say("progress", hammer.rounds());
    if (is_caught && found.twin != nullptr) break;
  } while (g_interrupted == 0 && (++slices < hammer.round() || !deadline.is_over()));

  for (const Cell& cell : hammer.cells()) {
    if (cell.tally.rounds() == 0) continue;
    say_outcomes(found, "hammer", cell.where, cell.tally);
    say("hammered", g_subject, cell.where, cell.tally.rounds(), cell.seconds, cell.best_rate);
  }
  return 0;
}

}  // namespace

void fail_check(const char* what) noexcept {
  say("fault", g_subject, "hammer", "a check does not hold", what, g_hammer->rounds());
  _exit(1);  // threads are still at it
}

}  // namespace orochi::stress

int main(int count, char** words) {
  using namespace orochi::stress;
  const Arguments arguments(count, words);
  const std::string_view command = arguments.word(1);
  if (command == "list") return say_scenarios(), 0;
  if (command == "calibrate") return calibrate_all(arguments);
  if (command == "run") return run(arguments);
  std::fputs("this is a part of orochi-stress, which knows what to ask it\n", stderr);
  return kAskedWrongly;
}
