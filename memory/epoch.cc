#include "memory/epoch.h"

#include "memory/buffer.h"
#include "memory/epoch_inl.h"
#include "memory/heap.h"

namespace orochi::inline OROCHI_DESIGN {

void OwnHeaps::free_block(void* block) noexcept { heap::free(block); }

void OwnHeaps::free_buffer(BufferHead& buffer) noexcept { orochi::free_buffer(payload_of(buffer)); }

template class EpochOf<GracePeriod, OwnHeaps>;

}  // namespace orochi::inline OROCHI_DESIGN
