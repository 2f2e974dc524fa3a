#include "objects/types/set_iterator.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/iterator_state.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_set_iterator_type, before there are iterators

[[nodiscard]] Protocols iterator_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& key) noexcept {
    return static_cast<SetIterator*>(self.object())->next(key);
  };
  return slots;
}

}  // namespace

Type& set_iterator_type() noexcept { return *g_type; }

Status make_set_iterator_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "set_iterator",
                       .layout = &layout_of<SetIterator>,
                       .ancestors = ancestors,
                       .protocols = iterator_protocols(),
                       .is_final = true});
  return g_type == nullptr ? Status::kFailed : Status::kDone;
}

Ref<SetIterator> SetIterator::make(Set& set) noexcept {
  return new_object<SetIterator>(*g_type, Ref<Set>::of(set));
}

Status SetIterator::next(Ref<>& key) noexcept {
  Cursor::Step outcome = Cursor::Step::kEnd;
  {
    const Locked lock(set());
    const NoSuspend whole;
    const SetEntry* entry = nullptr;
    outcome = cursor_.advance(lock.held(), set().entries_, entry);
    if (outcome == Cursor::Step::kItem) entry->key.load(lock.held()).swap(key);
  }
  if (outcome == Cursor::Step::kSizeChanged)
    return raise(ErrorKind::kRuntime, {"Set changed size during iteration"});
  return Status::kDone;
}

std::size_t SetIterator::remaining() noexcept {
  const Locked lock(set());
  return cursor_.remaining(set().size());
}

// What is to come is asked of another iterator, so that this one stays where it is.
Ref<> SetIterator::reduce() const noexcept {
  Ref<SetIterator> copy = make(set());
  if (!copy) return kRaised;
  {
    const Locked lock(set());
    copy->cursor_ = cursor_;
  }
  return reduce_rest(copy.value());
}

}  // namespace orochi::inline OROCHI_DESIGN
