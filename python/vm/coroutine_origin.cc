#include "python/vm/coroutine_origin.h"

#include "objects/types/int.h"
#include "python/bytecode/place_table.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] std::uint32_t count_frames(const Frame* frame, std::uint32_t most) noexcept {
  std::uint32_t count = 0;
  for (; frame != nullptr && count < most; frame = frame->caller) ++count;
  return count;
}

[[nodiscard]] Ref<Tuple> place_of(const Frame& frame) noexcept {
  const CodeObject& code = *frame.code;
  const bytecode::CodePlace place = bytecode::place_of(code.code().places, frame.position());
  return Tuple::of(Ref<Str>::of(code.file()), make_int(place.line),
                   Ref<Str>::of(code.short_name()));
}

}  // namespace

Ref<> coroutine_origin(const Frame* frame, std::uint32_t depth) noexcept {
  const std::uint32_t count = count_frames(frame, depth);
  Ref<Tuple> made = Tuple::make_blank(count);
  for (std::uint32_t i = 0; made && i < count; ++i, frame = frame->caller) {
    Ref<Tuple> place = place_of(*frame);
    if (!place) return kRaised;
    made->initialise(i, std::move(place));
  }
  return made;
}

}  // namespace orochi::inline OROCHI_DESIGN
