#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

template <class Function>
void inherit_one(Function& slot, Function base) noexcept {
  if (slot == nullptr) slot = base;
}

template <class Functions>
void inherit_all(Functions& slots, const Functions& base) noexcept {
  for (std::size_t i = 0; i < slots.size(); ++i) inherit_one(slots[i], base[i]);
}

}  // namespace

void Protocols::inherit(const Protocols& base) noexcept {
  // Equality and hash belong together: who compares in his own way does not hash in another's.
  if (compare == nullptr) inherit_one(hash, base.hash);
  inherit_one(compare, base.compare);
  inherit_one(truth, base.truth);
  inherit_one(repr, base.repr);
  inherit_one(str, base.str);
  inherit_one(format, base.format);
  inherit_one(iter, base.iter);
  inherit_one(next, base.next);
  inherit_one(call, base.call);
  inherit_one(get_attribute, base.get_attribute);
  inherit_one(set_attribute, base.set_attribute);
  inherit_one(length, base.length);
  inherit_one(get_item, base.get_item);
  inherit_one(set_item, base.set_item);
  inherit_one(contains, base.contains);
  inherit_one(descriptor_get, base.descriptor_get);
  inherit_one(descriptor_set, base.descriptor_set);
  inherit_one(construct, base.construct);
  inherit_one(initialise, base.initialise);
  inherit_one(finalize, base.finalize);
  inherit_one(index, base.index);
  inherit_one(to_int, base.to_int);
  inherit_one(to_float, base.to_float);
  inherit_one(await, base.await);
  inherit_one(async_iter, base.async_iter);
  inherit_one(async_next, base.async_next);
  inherit_one(lend_bytes, base.lend_bytes);
  inherit_one(give_back_bytes, base.give_back_bytes);
  inherit_all(unary, base.unary);
  inherit_all(binary, base.binary);
  inherit_all(reflected, base.reflected);
  inherit_all(in_place, base.in_place);
  inherit_all(reflected_home, base.reflected_home);
}

}  // namespace orochi::inline OROCHI_DESIGN
