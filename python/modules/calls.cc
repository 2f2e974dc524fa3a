#include "python/modules/calls.h"

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/types/ref_buffer.h"

namespace orochi::inline OROCHI_DESIGN {

GatheredCall::~GatheredCall() {
  if (values_ != few_.data()) free_buffer(values_);
}

Status GatheredCall::reserve(std::size_t room) noexcept {
  if (room <= kFew) return Status::kDone;
  auto* const values = static_cast<Value*>(allocate_buffer(room * sizeof(Value)));
  if (values == nullptr) return raise_memory_error();
  values_ = values;
  room_ = room;
  return Status::kDone;
}

void GatheredCall::add_all(const Tuple& values) noexcept {
  for (std::size_t i = 0; i < values.size(); ++i) add(values[i]);
}

void GatheredCall::add_all(const Value* values, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) add(values[i]);
}

Ref<> GatheredCall::call(Value callee, Object* keywords) const noexcept {
  const std::size_t named = keywords == nullptr ? 0 : static_cast<Tuple*>(keywords)->size();
  return orochi::call(callee, {values_, size_ - named, named == 0 ? nullptr : keywords});
}

Ref<> call_with_all(Value callee, const Tuple& values) noexcept {
  GatheredCall gathered;
  if (failed(gathered.reserve(values.size()))) return kRaised;
  gathered.add_all(values);
  return gathered.call(callee);
}

Ref<> call_with_all(Value callee, const Tuple& values, Value named) noexcept {
  if (named.is_empty()) return call_with_all(callee, values);
  Dict& dict = static_cast<Dict&>(*named.object());
  RefBuffer keys;
  RefBuffer given;
  std::size_t place = 0;
  for (DictItem item = dict.next(place); item.key; item = dict.next(++place)) {
    if (failed(keys.add(std::move(item.key))) || failed(given.add(std::move(item.value))))
      return kRaised;
  }
  GatheredCall gathered;
  if (failed(gathered.reserve(values.size() + given.size()))) return kRaised;
  gathered.add_all(values);
  for (std::size_t i = 0; i < given.size(); ++i) gathered.add(given[i]);
  const Ref<Tuple> names = keys.to_tuple();
  return names ? gathered.call(callee, names.get()) : Ref<>();
}

}  // namespace orochi::inline OROCHI_DESIGN
