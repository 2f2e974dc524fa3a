// Dicts from what is iterable: keys, or pairs of a key and a value.
#include <cstdint>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/each_item.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The first two of what `sequence` gives, and how many there are.
[[nodiscard]] Status take_pair(Value sequence, DictItem& pair, std::size_t& length) noexcept {
  return for_each_item(sequence, [&](Value part) noexcept {
    if (length < 2) Ref<>::of(part).swap(length == 0 ? pair.key : pair.value);
    ++length;
    return Status::kDone;
  });
}

// Whatever TypeError there was, the element was none that could be gone through.
Raised raise_no_sequence(std::size_t index) noexcept {
  if (!is_pending(exception_type(ErrorKind::kType))) return kRaised;
  return raise(ErrorKind::kType, {"cannot convert dictionary update sequence element #",
                                  Digits(index).text(), " to a sequence"});
}

Status set_pair(Dict& dict, Value sequence, std::size_t index) noexcept {
  DictItem pair;
  std::size_t length = 0;
  if (failed(take_pair(sequence, pair, length))) return raise_no_sequence(index);
  if (length == 2) return dict.set(pair.key.value(), std::move(pair.value));
  return raise(ErrorKind::kValue, {"dictionary update sequence element #", Digits(index).text(),
                                   " has length ", Digits(length).text(), "; 2 is required"});
}

}  // namespace

Status Dict::update_from_pairs(Value pairs) noexcept {
  std::size_t index = 0;
  return for_each_item(pairs, [&](Value pair) noexcept { return set_pair(*this, pair, index++); });
}

Ref<Dict> Dict::from_keys(Value keys, Value value) noexcept {
  Ref<Dict> dict = make();
  if (!dict) return kRaised;
  const Status done =
      for_each_item(keys, [&](Value key) noexcept { return dict->set(key, Ref<>::of(value)); });
  return failed(done) ? Ref<Dict>() : std::move(dict);
}

}  // namespace orochi::inline OROCHI_DESIGN
