// memory/buffer_head.h: what stands before the bytes of every raw array (memory/buffer.h).
#pragma once

#include <cstddef>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

struct BufferHead {
  BufferHead* next = nullptr;  // while it is retired: memory/epoch.h
  std::size_t bytes = 0;       // of the whole allocation, this head included
};
static_assert(sizeof(BufferHead) == 16, "what follows is as aligned as malloc's memory");

}  // namespace orochi::inline OROCHI_DESIGN
