#include "python/modules/io/system_call.h"

#include "objects/types/exception_os.h"

namespace orochi::inline OROCHI_DESIGN {

Raised raise_failed(const SystemResult& result, Ref<> file) noexcept {
  if (result.is_refused) return kRaised;
  return raise_os_error(result.error, std::move(file));
}

}  // namespace orochi::inline OROCHI_DESIGN
