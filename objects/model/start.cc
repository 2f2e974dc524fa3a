#include "objects/model/start.h"

#include "memory/merge_queue.h"
#include "objects/model/destroy.h"
#include "objects/model/error.h"
#include "objects/model/type.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Once g_started;

}  // namespace

Status start_model() noexcept {
  const bool done = g_started.run([] {
    set_destroyer(destroy_object);
    return make_first_types() == Status::kDone;
  });
  return done ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN
