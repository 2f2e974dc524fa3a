#include "memory/buffer.h"

#include <cstdint>
#include <new>

#include "memory/memory_watch.h"
#include "memory/raw_memory.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit SysAtomic<std::uint64_t> g_bytes_without_slot{0};

// Modulo 2^64, as a slot's count alone may be negative.
void account(std::uint64_t change) noexcept {
  Slot* const slot = current().slot;
  // relaxed: a statistic. I1: only this thread writes its slot's.
  if (slot == nullptr) {
    g_bytes_without_slot.fetch_add(change, kRelaxed);
    MemoryWatch::report(static_cast<std::int64_t>(change));
  } else {
    slot->buffer_bytes.store(slot->buffer_bytes.load(kRelaxed) + change, kRelaxed);
    slot->buffers.add(change);
  }
}

// With the head; 0: that is more than there are addresses.
std::size_t whole_bytes(std::size_t bytes) noexcept {
  return bytes > SIZE_MAX - sizeof(BufferHead) ? 0 : bytes + sizeof(BufferHead);
}

void* begin(void* memory, std::size_t whole) noexcept {
  if (memory == nullptr) return nullptr;
  account(whole);
  return payload_of(*new (memory) BufferHead{.next = nullptr, .bytes = whole});
}

void account_free(std::size_t whole) noexcept { account(std::uint64_t{0} - whole); }

}  // namespace

void* allocate_buffer(std::size_t bytes) noexcept {
  const std::size_t whole = whole_bytes(bytes);
  return whole == 0 ? nullptr : begin(raw_memory::allocate(whole), whole);
}

void* allocate_zeroed_buffer(std::size_t bytes) noexcept {
  const std::size_t whole = whole_bytes(bytes);
  return whole == 0 ? nullptr : begin(raw_memory::allocate_zeroed(whole), whole);
}

void* reallocate_buffer(void* payload, std::size_t bytes) noexcept {
  if (payload == nullptr) return allocate_buffer(bytes);
  const std::size_t whole = whole_bytes(bytes);
  if (whole == 0) return nullptr;
  const std::size_t before = head_of_buffer(payload).bytes;
  void* const memory = raw_memory::reallocate(&head_of_buffer(payload), whole);
  if (memory == nullptr) return nullptr;
  account_free(before);
  return begin(memory, whole);
}

void free_buffer(void* payload) noexcept {
  if (payload == nullptr) return;
  account_free(head_of_buffer(payload).bytes);
  raw_memory::release(&head_of_buffer(payload));
}

std::size_t bytes_in_buffers() noexcept {
  std::uint64_t sum = g_bytes_without_slot.load(kRelaxed);  // relaxed, here and below: a statistic
  SlotTable::for_each([&sum](Slot& slot) { sum += slot.buffer_bytes.load(kRelaxed); });
  return sum;
}

}  // namespace orochi::inline OROCHI_DESIGN
