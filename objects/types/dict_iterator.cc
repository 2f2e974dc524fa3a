#include "objects/types/dict_iterator.h"

#include <array>
#include <string_view>
#include <utility>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/iterator_state.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Types = std::array<Type*, kDictParts>;
// By direction and part. Written by make_dict_iterator_types, before there are iterators.
constinit std::array<Types, 2> g_types{};

constexpr std::array<std::array<std::string_view, kDictParts>, 2> kNames{
    {{"dict_keyiterator", "dict_valueiterator", "dict_itemiterator"},
     {"dict_reversekeyiterator", "dict_reversevalueiterator", "dict_reverseitemiterator"}}};

[[nodiscard]] Protocols iterator_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    return static_cast<DictIterator*>(self.object())->next(item);
  };
  return slots;
}

}  // namespace

Status make_dict_iterator_types() noexcept {
  Type* const ancestors[] = {&object_type()};
  for (std::size_t i = 0; i < g_types.size(); ++i) {
    for (std::size_t part = 0; part < kDictParts; ++part) {
      g_types[i][part] = Type::make({.name = kNames[i][part],
                                     .layout = &layout_of<DictIterator>,
                                     .ancestors = ancestors,
                                     .protocols = iterator_protocols()});
      if (g_types[i][part] == nullptr) return Status::kFailed;
    }
  }
  return Status::kDone;
}

DictIterator::DictIterator(ShapeIndex shape, Ref<Dict> dict, DictPart part,
                           Direction direction) noexcept
    : Object(shape), dict_(std::move(dict)), part_(part), cursor_(this->dict().size(), direction) {}

Type& dict_iterator_type(DictPart part, Direction direction) noexcept {
  return *g_types[static_cast<std::size_t>(direction)][static_cast<std::size_t>(part)];
}

Ref<DictIterator> DictIterator::make(Dict& dict, DictPart part, Direction direction) noexcept {
  Type& type = dict_iterator_type(part, direction);
  return new_object<DictIterator>(type, Ref<Dict>::of(dict), part, direction);
}

DictIterator::Cursor::Step DictIterator::step(Held holder, DictItem& item) noexcept {
  const DictEntry* entry = nullptr;
  const Cursor::Step outcome = cursor_.advance(holder, dict().entries_, entry);
  if (outcome != Cursor::Step::kItem) return outcome;
  if (part_ != DictPart::kValues) entry->key.load(holder).swap(item.key);
  if (part_ != DictPart::kKeys) entry->value.load(holder).swap(item.value);
  return outcome;
}

Status DictIterator::next(Ref<>& item) noexcept {
  DictItem found;
  const Cursor::Step outcome = [&] {
    const Locked lock(dict());
    const NoSuspend whole;
    return step(lock.held(), found);
  }();
  switch (outcome) {
    case Cursor::Step::kEnd:
      return Status::kDone;
    case Cursor::Step::kSizeChanged:
      return raise(ErrorKind::kRuntime, {"dictionary changed size during iteration"});
    case Cursor::Step::kKeysChanged:
      return raise(ErrorKind::kRuntime, {"dictionary keys changed during iteration"});
    case Cursor::Step::kItem:
      break;
  }
  if (part_ == DictPart::kItems) {
    item = Tuple::of(std::move(found.key), std::move(found.value));
    return item ? Status::kDone : Status::kFailed;
  }
  item = std::move(part_ == DictPart::kKeys ? found.key : found.value);
  return Status::kDone;
}

std::size_t DictIterator::remaining() noexcept {
  const Locked lock(dict());
  return cursor_.remaining(dict().size());
}

// What is to come is asked of another iterator, so that this one stays where it is.
Ref<> DictIterator::reduce() const noexcept {
  Ref<DictIterator> copy = make(dict(), part_);
  if (!copy) return kRaised;
  {
    const Locked lock(dict());
    copy->cursor_ = cursor_;
  }
  return reduce_rest(copy.value());
}

}  // namespace orochi::inline OROCHI_DESIGN
