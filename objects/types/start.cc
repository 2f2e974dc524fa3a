#include "objects/types/start.h"

#include "objects/model/start.h"
#include "objects/types/bound_method.h"
#include "objects/types/cell.h"
#include "objects/types/dict.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/native_function.h"
#include "objects/types/set.h"
#include "objects/types/singletons.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"
#include "objects/types/wrapped_function.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Once g_started;

// What functions are made of comes first, what has methods last.
constexpr Status (*kSteps[])() noexcept = {
    start_model,
    make_tuple_type,
    make_str_type,
    make_int_types,
    make_float_type,
    make_singleton_types,
    make_dict_type,
    make_set_types,
    make_cell_type,
    make_wrapped_function_types,
    make_native_function_types,
    make_bound_method_type,
    define_set_methods,
};

}  // namespace

Status start_types() noexcept {
  const bool done = g_started.run([] {
    for (const auto step : kSteps) {
      if (failed(step())) return false;
    }
    return true;
  });
  return done ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN
