// stress/harness/calibration.h: races that are known to be there.
//
// Before a run, the hammer must show each of them on this machine, now. A run that could not is
// void: its silence would mean nothing. None is a data race in the sense of the language, so a
// sanitizer has nothing to say about them.
#pragma once

#include <vector>

#include "stress/harness/scenario.h"

namespace orochi::stress {

struct Calibration {
  const char* name;
  const char* question;
  Row race;  // what must be seen
  Body body;
  // Of all rounds; 0: any number will do.
  double least_share = 0;
};
[[nodiscard]] const std::vector<Calibration>& calibrations();

}  // namespace orochi::stress
