// objects/types/sequence_repr.h: what containers print: the items' own reprs, with commas between.
//
//     ItemsRepr text("[");
//     for (...) if (failed(text.add(item))) return kRaised;
//     return text.finish("]");
//
// Attached threads. May run any code, so whoever goes through a container takes each item anew.
// Tests: tests/objects/types/sequence_repr_test.cc
#pragma once

#include <cstddef>
#include <string_view>

#include "objects/model/error.h"
#include "objects/types/str_builder.h"

namespace orochi::inline OROCHI_DESIGN {

class ItemsRepr {
 public:
  // Both live as long as this.
  explicit ItemsRepr(std::string_view open, std::string_view separator = ", ") noexcept
      : before_(open), separator_(separator) {}

  // The value is borrowed: the caller counts it.
  [[nodiscard]] Status add(Value item) noexcept;
  [[nodiscard]] Ref<> finish(std::string_view close) noexcept;

 private:
  StrBuilder text_;
  std::string_view before_;  // what stands before the next item
  const std::string_view separator_;
  bool is_empty_ = true;
};

// Raises with a text that shows a value: before, repr(value), after. What that repr raises instead
// is pending if it fails.
Raised raise_about(ErrorKind kind, std::string_view before, Value value,
                   std::string_view after) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
