// Dicts from what is iterable: keys, or pairs of a key and a value.
#include <cstdint>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/each_item.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The first two of what `sequence` gives, and how many there are. `index`: of the sequence, for
// whoever reads the message.
Status take_pair(Value sequence, std::size_t index, DictItem& pair, std::size_t& length) noexcept {
  const Ref<> iterator = iterate(sequence);
  if (!iterator && is_pending(ErrorKind::kType))
    return raise(ErrorKind::kType, {"cannot convert dictionary update sequence element #",
                                    Digits(index).text(), " to a sequence"});
  if (!iterator) return kRaised;
  for (length = 0;; ++length) {
    Ref<> part;
    if (failed(next(iterator.value(), part))) return kRaised;
    if (!part) return Status::kDone;
    if (length < 2) part.swap(length == 0 ? pair.key : pair.value);
  }
}

Status set_pair(Dict& dict, Value sequence, std::size_t index) noexcept {
  DictItem pair;
  std::size_t length = 0;
  if (failed(take_pair(sequence, index, pair, length))) return kRaised;
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
