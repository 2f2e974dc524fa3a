#include "python/modules/numbers.h"

#include "objects/model/error.h"
#include "objects/types/constructors.h"
#include "objects/types/float.h"
#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {

Status read_double(Value value, double& number) noexcept {
  if (is_float(value) || is_int(value)) return float_of(value, number);
  const Protocols& slots = type_of(value).block().protocols();
  if (slots.to_float == nullptr && slots.index == nullptr)
    return raise(ErrorKind::kType, {"must be real number, not ", type_of(value).name()});
  const Ref<> answer = to_float(value);
  if (!answer) return kRaised;
  number = as_float(answer.value());
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
