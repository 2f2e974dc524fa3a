// python/modules/io/newline_decoder.h: IncrementalNewlineDecoder: another decoder, and universal
// newlines (newline_filter.h) behind it.
//
// Any thread may use one; the decoder below is asked without its lock, so who shares one between
// threads sees to it that they take turns.
//
// Attached threads that hold no lock which does not detach; runs any code.
// Tests: tests/python/modules/io/newline_decoder_test.cc
#pragma once

#include "objects/model/field.h"
#include "objects/model/locked.h"
#include "objects/model/type.h"
#include "python/modules/io/newline_filter.h"

namespace orochi::inline OROCHI_DESIGN {

class NewlineDecoder : public Object {
 public:
  explicit NewlineDecoder(ShapeIndex shape) noexcept : Object(shape) {}

  // None as decoder: it is given text, not bytes.
  void initialise(Ref<> decoder, bool translates) noexcept;

  [[nodiscard]] Ref<Str> decode(Value input, bool is_final) noexcept;
  // (what the decoder holds, its flags * 2 + whether a \r is held back)
  [[nodiscard]] Ref<> getstate() noexcept;
  [[nodiscard]] Status setstate(Value state) noexcept;
  [[nodiscard]] Status reset() noexcept;
  [[nodiscard]] Ref<> kinds() noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(decoder_));
  }
  void clear() noexcept { decoder_.store(*this, Ref<>()); }

 private:
  // Empty: it raised. None: there is none.
  [[nodiscard]] Ref<> decoder() noexcept;
  [[nodiscard]] NewlineFilter filter() noexcept;
  void set_filter(const NewlineFilter& filter) noexcept;

  Field decoder_;
  NewlineFilter filter_;  // with the lock
};

[[nodiscard]] Type& newline_decoder_type() noexcept;
[[nodiscard]] Status make_newline_decoder_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
