// bench/objects/alone.h: the thread of a benchmark, known to the runtime for as long as that runs,
// and alone, so that it is in single-thread mode; with all native types.
//
//     void list_append(benchmark::State& state) {
//       const Alone alone;  // first, so that it ends after all objects
#pragma once

#include <cstdlib>

#include "objects/types/start.h"
#include "runtime/safepoint.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {

class Alone {
 public:
  Alone() {
    if (Thread::start() != Attach::kDone || failed(start_types())) std::abort();
    safepoint();  // from here on it knows that it is alone
  }
  ~Alone() { Thread::exit(); }
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;
};

}  // namespace orochi::inline OROCHI_DESIGN
