#include "objects/types/int_room.h"

#include "memory/buffer.h"
#include "objects/model/new_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using integer::Limb;

[[nodiscard]] Ref<BigInt> make_blank(std::size_t room) noexcept {
  if (room >= integer::kNoRoom) return raise_memory_error();
  return new_object_with_trailing<BigInt>(int_type(), room * sizeof(Limb), room);
}

// An eighth may be left over.
[[nodiscard]] bool is_tight(std::size_t size, std::size_t room) noexcept {
  return room - size <= room / 8;
}

}  // namespace

IntResult::IntResult(std::size_t room) noexcept : room_(room) {
  if (room > kFewLimbs) object_ = make_blank(room);
  if (room > kFewLimbs && !object_) return;
  limbs_ = object_ ? object_->limbs() : few_.data();
}

Ref<> IntResult::finish(integer::View number) noexcept {
  const bool may_stay = object_ && number.limbs == limbs_ && number.size > 1;
  if (!may_stay || !is_tight(number.size, room_)) return make_int(number);
  object_->set_size(number.size, number.negative);
  return std::move(object_);
}

IntScratch::IntScratch(std::size_t limbs) noexcept {
  if (limbs <= kFewLimbs) {
    limbs_ = few_;
    return;
  }
  if (limbs < integer::kNoRoom) buffer_ = allocate_buffer(limbs * sizeof(Limb));
  if (buffer_ == nullptr) {
    raise_memory_error();
    return;
  }
  limbs_ = {static_cast<Limb*>(buffer_), limbs};
}

IntScratch::~IntScratch() { free_buffer(buffer_); }

Ref<> make_int(integer::View number) noexcept {
  const std::optional<std::int64_t> small = integer::to_int64(number);
  if (small && Value::fits(*small)) return Ref<>::adopt(Value::of_int(*small));
  Ref<BigInt> made = make_blank(number.size);
  if (!made) return kRaised;
  integer::copy(made->limbs(), number);
  made->set_size(number.size, number.negative);
  return made;
}

}  // namespace orochi::inline OROCHI_DESIGN
