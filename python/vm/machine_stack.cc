#include "python/vm/machine_stack.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>
#include <utility>

#include "memory/buffer.h"
#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::size_t kFrames = 256;
constexpr std::size_t kWords = std::size_t{1} << 12;

}  // namespace

// Its frames and then its registers stand behind it.
struct MachineStack::Segment {
  Segment* below;
  Frame* next_below;  // where the frames below end
  std::uint32_t depth_below;
  std::size_t words;

  [[nodiscard]] Frame* frames() noexcept { return reinterpret_cast<Frame*>(this + 1); }
  [[nodiscard]] Value* values() noexcept { return reinterpret_cast<Value*>(frames() + kFrames); }
};

MachineStack::~MachineStack() {
  free_buffer(spare_);
  while (segment_ != nullptr) free_buffer(std::exchange(segment_, segment_->below));
}

Value* MachineStack::bottom() const noexcept {
  return segment_ == nullptr ? nullptr : segment_->values();
}

std::uint32_t MachineStack::depth() const noexcept {
  if (segment_ == nullptr) return 0;
  return segment_->depth_below + static_cast<std::uint32_t>(next_ - segment_->frames());
}

// M2: the fast way ends where the limit is.
void MachineStack::bound_frames() noexcept {
  const std::size_t most = limit();
  const std::size_t left = most > segment_->depth_below ? most - segment_->depth_below : 0;
  frames_end_ = std::max(next_, segment_->frames() + std::min(kFrames, left));
}

MachineStack::Segment* MachineStack::make_segment(std::size_t words) noexcept {
  if (spare_ != nullptr && spare_->words >= words) return std::exchange(spare_, nullptr);
  words = std::max(words, kWords);
  const std::size_t bytes = sizeof(Segment) + kFrames * sizeof(Frame) + words * sizeof(Value);
  auto* const made = static_cast<Segment*>(allocate_zeroed_buffer(bytes));
  if (made != nullptr) made->words = words;
  return made;
}

void MachineStack::open(Segment& segment) noexcept {
  segment.below = segment_;
  segment.next_below = next_;
  segment.depth_below = depth();
  segment_ = &segment;
  next_ = segment.frames();
  values_end_ = segment.values() + segment.words;
  bound_frames();
}

Frame* MachineStack::take_slow(Value*& registers, std::size_t used, std::size_t count) noexcept {
  if (depth() >= limit()) {
    static_cast<void>(raise(ErrorKind::kRecursion, {"maximum recursion depth exceeded"}));
    return nullptr;
  }
  Segment* const segment = make_segment(count);
  if (segment == nullptr) {
    static_cast<void>(raise_memory_error());
    return nullptr;
  }
  open(*segment);
  if (used != 0) std::memcpy(segment->values(), registers, used * sizeof(Value));
  std::fill_n(registers, used, Value());
  registers = segment->values();
  return next_++;
}

void MachineStack::give_back_segment() noexcept {
  Segment* const segment = segment_;
  segment_ = segment->below;
  next_ = segment->next_below;
  free_buffer(std::exchange(spare_, segment));
  if (segment_ == nullptr) {
    frames_end_ = nullptr;
    values_end_ = nullptr;
    return;
  }
  values_end_ = segment_->values() + segment_->words;
  bound_frames();
}

}  // namespace orochi::inline OROCHI_DESIGN
