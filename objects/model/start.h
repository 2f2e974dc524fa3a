// objects/model/start.h: what must have happened before the first object is made.
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// Tells the floors below how objects end, and makes the first types. Any attached thread, as often
// as it likes: it happens once. Failed: there was no memory, and a later call tries again.
[[nodiscard]] Status start_model() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
