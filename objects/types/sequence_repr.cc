#include "objects/types/sequence_repr.h"

#include <utility>

namespace orochi::inline OROCHI_DESIGN {

Status ItemsRepr::add(Value item) noexcept {
  text_.add(std::exchange(before_, separator_));
  is_empty_ = false;
  return text_.add_repr(item);
}

Ref<> ItemsRepr::finish(std::string_view close) noexcept {
  if (is_empty_) text_.add(before_);
  text_.add(close);
  return text_.finish();
}

Raised raise_about(ErrorKind kind, std::string_view before, Value value,
                   std::string_view after) noexcept {
  StrBuilder text;
  text.add(before);
  if (failed(text.add_repr(value))) return kRaised;
  text.add(after);
  return raise(kind, text);
}

}  // namespace orochi::inline OROCHI_DESIGN
