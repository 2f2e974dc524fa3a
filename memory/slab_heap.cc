#include "memory/slab_heap.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "memory/chunk_pool.h"
#include "memory/fault.h"
#include "memory/helped_slot.h"
#include "memory/remote_frees.h"
#include "memory/slab_blocks.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// A large block begins this far into its slabs, so that it is as aligned as a cache line.
constexpr std::uint32_t kLargeOffset = 64;
// What is larger has a chunk of its own.
constexpr std::size_t kMaxRunBytes = ChunkPool::kLongestRun * kSlabBytes - kLargeOffset;

constexpr std::uint32_t slabs_for(std::size_t bytes) noexcept {
  return static_cast<std::uint32_t>((kLargeOffset + bytes + kSlabBytes - 1) / kSlabBytes);
}

void make_marks(Slab& slab) noexcept {
  using Word = Atomic<std::uint64_t>;
  char* const marks = ChunkPool::marks_of(slab);
  const std::size_t words = (slab.blocks + 63) / 64;
  slab.marks.queued = reinterpret_cast<Word*>(marks);
  slab.marks.retired = reinterpret_cast<Word*>(marks + ChunkPool::kMarkBytes);
  slab.marks.waiting = reinterpret_cast<std::uint64_t*>(marks + 2 * ChunkPool::kMarkBytes);
  std::uninitialized_value_construct_n(slab.marks.queued, words);
  std::uninitialized_value_construct_n(slab.marks.retired, words);
  std::uninitialized_value_construct_n(slab.marks.waiting, words);
}

void set_wanted(Slab& slab, std::uint32_t wanted) noexcept {
  slab.remote.store(RemoteFrees::none(wanted).bits(), kRelaxed);  // relaxed: no block is out yet
}

void give_large(Slab& slab) noexcept {
  if (slab.block_bytes > kMaxRunBytes) return ChunkPool::give_chunk(slab);
  ChunkPool::give(slab, slabs_for(slab.block_bytes));
}

}  // namespace

void SlabList::push_back(Slab& slab) noexcept {
  slab.next = nullptr;
  slab.previous = back_;
  (back_ != nullptr ? back_->next : front_) = &slab;
  back_ = &slab;
}

void SlabList::remove(Slab& slab) noexcept {
  (slab.previous != nullptr ? slab.previous->next : front_) = slab.next;
  (slab.next != nullptr ? slab.next->previous : back_) = slab.previous;
}

// --- Allocation. ---

void* SlabHeap::allocate_slow(SizeClass size_class) noexcept {
  if (fault::should_fail() || !restock(size_class)) return nullptr;
  Bin& bin = bins_[size_class];
  void* const block = bin.base + bin.take;
  bin.take = next_of(block);
  if (fault::is_armed()) park(size_class);
  return block;
}

// Sees to it that the bin has a block. False without memory.
bool SlabHeap::restock(SizeClass size_class) noexcept {
  Bin& bin = bins_[size_class];
  Slab*& current = current_[size_class];
  // What strangers freed is warmer than what was never used.
  if (current == nullptr || current->give == 0) collect();
  while (current != nullptr || (current = find_slab(size_class)) != nullptr) {
    bin.base = current->base;
    bin.take = take_list(*current);
    if (bin.take == 0) bin.take = carve(*current);
    if (bin.take != 0) return true;
    move_to(SlabPlace::kFull, *std::exchange(current, nullptr));
  }
  return false;
}

// A slab with free blocks, made current.
Slab* SlabHeap::find_slab(SizeClass size_class) noexcept {
  if (is_orphaned_) adopt();
  SlabList& partial = partial_[size_class];
  if (partial.is_empty() && slabs_ >= trim_at_) trim_partial();
  if (partial.is_empty()) return issue(size_class);
  Slab* const slab = partial.front();
  move_to(SlabPlace::kCurrent, *slab);
  return slab;
}

Slab* SlabHeap::issue(SizeClass size_class) noexcept {
  Slab* const slab = ChunkPool::take(1);
  if (slab == nullptr) return nullptr;
  const std::uint32_t bytes = bytes_of_class(size_class);
  slab->block_bytes = bytes;
  slab->blocks = static_cast<std::uint32_t>(detail::kUsableSlabBytes / bytes);
  // The last block ends where the slab ends, so sizes that are powers of two are aligned to them.
  slab->first_block = static_cast<std::uint32_t>(kSlabBytes) - slab->blocks * bytes;
  slab->owner = owner_;
  slab->size_class = size_class;
  slab->place = SlabPlace::kCurrent;
  slab->direct.store(owner_, kRelaxed);  // relaxed: see free
  make_marks(*slab);
  set_wanted(*slab, 1);
  ++slabs_;
  return slab;
}

void* SlabHeap::allocate_large(std::size_t bytes) noexcept {
  if (fault::should_fail() || bytes > SIZE_MAX / 2) return nullptr;
  Slab* const slab = bytes > kMaxRunBytes ? ChunkPool::take_chunk(kLargeOffset + bytes)
                                          : ChunkPool::take(slabs_for(bytes));
  if (slab == nullptr) return nullptr;
  slab->block_bytes = static_cast<std::uint32_t>(std::min<std::size_t>(bytes, UINT32_MAX));
  slab->blocks = 1;
  slab->first_block = kLargeOffset;
  slab->owner = owner_;
  slab->size_class = kNoSizeClass;
  make_marks(*slab);
  set_wanted(*slab, 1);
  slab->take = carve(*slab);
  return slab->base + take_list(*slab);
}

// --- Freeing. ---

void SlabHeap::free_slow(Slab& slab, void* block, OwnerId me) noexcept {
  // The block of a large one is all there is, so nobody but its attendants can come to it.
  if (slab.size_class == kNoSizeClass && is_unattended(slab)) return give_large(slab);
  if (slab.owner != me) return free_as_stranger(slab, block);
  set_free(block, slab.give);
  slab.give = offset_in_slab(block);
  (kPolicy.parallel ? SlotTable::at(me).heap : detail::g_shared_heap).leave_full(slab);
}

// The slab was full, and has a free block now.
void SlabHeap::leave_full(Slab& slab) noexcept {
  if (slab.size_class != kNoSizeClass) return move_to(SlabPlace::kPartial, slab);
  slab.place = SlabPlace::kPartial;  // and attended, else it would be gone
  large_.push_back(slab);
}

void SlabHeap::free_as_stranger(Slab& slab, void* block) noexcept {
  // Read before the exchange: afterwards the slab may be gone, unless it is mine to tell.
  Slot& owner = SlotTable::at(slab.owner);
  std::uint64_t seen = slab.remote.load(kRelaxed);  // relaxed: a guess that the exchange checks
  RemoteFrees next{seen};
  do {
    next = RemoteFrees{seen}.with(offset_in_slab(block));
    set_free(block, RemoteFrees{seen}.head());
    // release: pairs with the acquire of whoever absorbs, for the block and all that was done to
    // it.
  } while (!slab.remote.compare_exchange_weak(seen, next.bits(), kRelease, kRelaxed));
  if (!next.tells()) return;  // I1
  // I2: the state is read after the push.
  if (!owner.frees.push(slab) || owner.state.load() != SlotState::kFree) return;
  const HelpedSlot held(owner);  // letting go of a free slot settles its heap
}

// --- What strangers freed. ---

SlabStack<&Slab::frees>& SlabHeap::told() const noexcept { return SlotTable::at(owner_).frees; }

void SlabHeap::collect() noexcept {
  if constexpr (!kPolicy.parallel) return;  // nobody is a stranger
  if (told().is_empty()) return;
  told().take_all([this](Slab& slab) {
    absorb_remote(slab);
    if (slab.place == SlabPlace::kFull) leave_full(slab);
  });
}

// The first allocation by a new holder: the slabs' wishes were those of a dead thread's (I2).
void SlabHeap::adopt() noexcept {
  is_orphaned_ = false;
  for_each_listed([this](Slab& slab) { adopt(slab); });
}

void SlabHeap::adopt(Slab& slab) noexcept {
  std::uint64_t seen = slab.remote.load(kRelaxed);  // relaxed: a guess that the exchange checks
  do {
    if (RemoteFrees{seen}.is_told()) return;  // I1: it comes by the stack
    // acquire: as in absorb_remote.
  } while (
      !slab.remote.compare_exchange_weak(seen, RemoteFrees::none(1).bits(), kAcquire, kRelaxed));
  add_list(slab, RemoteFrees{seen}.head());
  if (slab.take != 0 && slab.place == SlabPlace::kFull) move_to(SlabPlace::kPartial, slab);
}

// I2. A slab of which strangers freed something meanwhile stays as it is: it comes by the stack
// (I1).
void SlabHeap::orphan(Slab& slab) noexcept {
  const std::uint32_t out = count_out(slab);
  std::uint64_t none = RemoteFrees::none(1).bits();
  // relaxed: strangers take it from each other's exchanges, and a new holder from the slot's word.
  if (out != 0)
    slab.remote.compare_exchange(none, RemoteFrees::none(out).bits(), kRelaxed, kRelaxed);
}

void SlabHeap::leave() noexcept {
  if constexpr (!kPolicy.parallel) return trim();  // the heap is everybody's
  if (is_orphaned_) adopt();
  trim();
  for_each_listed([](Slab& slab) { orphan(slab); });
  is_orphaned_ = true;
}

void SlabHeap::settle() noexcept {
  is_orphaned_ = true;
  park();
  SlabList taken;  // not looked at inside the take, which attends them
  told().take_all([this, &taken](Slab& slab) {
    absorb_remote(slab);
    if (slab.place == SlabPlace::kFull) leave_full(slab);
    list_of(slab).remove(slab);
    taken.push_back(slab);
  });
  while (Slab* const slab = taken.front()) {
    taken.remove(*slab);
    list_of(*slab).push_back(*slab);
    if (!return_if_empty(*slab)) orphan(*slab);
  }
}

// --- Giving back. ---

void SlabHeap::trim() noexcept {
  if (is_orphaned_) {
    settle();
  } else {
    park();
    collect();
  }
  trim_partial();
}

void SlabHeap::trim_partial() noexcept {
  for (SlabList& list : partial_) list.for_each([this](Slab& slab) { return_if_empty(slab); });
  large_.for_each([this](Slab& slab) { return_if_empty(slab); });
  trim_at_ = slabs_ + slabs_ / 4 + kTrimStep;
}

// I3. Requires: the slab is partial.
bool SlabHeap::return_if_empty(Slab& slab) noexcept {
  if (shows_live_block(slab) || count_out(slab) != 0 || !is_unattended(slab)) return false;
  list_of(slab).remove(slab);
  if (slab.size_class == kNoSizeClass) {
    give_large(slab);
  } else {
    --slabs_;
    ChunkPool::give(slab, 1);
  }
  return true;
}

void SlabHeap::park() noexcept {
  for (std::size_t i = 0; i < kSizeClasses; ++i) park(static_cast<SizeClass>(i));
}

void SlabHeap::park(SizeClass size_class) noexcept {
  Slab* const slab = std::exchange(current_[size_class], nullptr);
  if (slab == nullptr) return;
  add_list(*slab, std::exchange(bins_[size_class].take, BlockOffset{0}));
  const bool has_free = slab->take != 0 || slab->give != 0 || slab->carved < slab->blocks;
  move_to(has_free ? SlabPlace::kPartial : SlabPlace::kFull, *slab);
}

// --- Lists. ---

SlabList& SlabHeap::list_of(const Slab& slab) noexcept {
  if (slab.place == SlabPlace::kFull) return full_;
  return slab.size_class == kNoSizeClass ? large_ : partial_[slab.size_class];
}

void SlabHeap::move_to(SlabPlace place, Slab& slab) noexcept {
  if (slab.place != SlabPlace::kCurrent) list_of(slab).remove(slab);
  slab.place = place;
  const bool is_full = place == SlabPlace::kFull;
  slab.direct.store(is_full ? kMergedOwner : slab.owner, kRelaxed);  // relaxed: see free
  if (place != SlabPlace::kCurrent) list_of(slab).push_back(slab);
}

template <class Visit>
void SlabHeap::for_each_listed(Visit visit) {
  for (SlabList& list : partial_) list.for_each(visit);
  full_.for_each(visit);  // last, because a visit may move one from here to a list that is done
}

}  // namespace orochi::inline OROCHI_DESIGN
