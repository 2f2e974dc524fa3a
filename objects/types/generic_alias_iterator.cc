#include "objects/types/generic_alias_iterator.h"

#include "objects/model/new_object.h"
#include "objects/types/iterator_state.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_generic_alias_iterator_type

constexpr NativeSpec kMethods[] = {
    reduce_method<GenericAliasIterator, &GenericAliasIterator::reduce>(),
};

[[nodiscard]] Protocols iterator_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    static_cast<GenericAliasIterator*>(self.object())->next(item);
    return Status::kDone;
  };
  return slots;
}

}  // namespace

Status make_generic_alias_iterator_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "generic_alias_iterator",
                       .layout = &layout_of<GenericAliasIterator>,
                       .ancestors = ancestors,
                       .protocols = iterator_protocols(),
                       .is_final = true});
  return g_type == nullptr ? Status::kFailed : define_methods(*g_type, kMethods);
}

Ref<> GenericAliasIterator::make(Ref<GenericAlias> item) noexcept {
  return new_object<GenericAliasIterator>(*g_type, std::move(item));
}

void GenericAliasIterator::next(Ref<>& item) noexcept {
  std::size_t given = given_.get();
  if (given == 0 && given_.move(*this, given, 1)) item = item_.load();
}

Ref<> GenericAliasIterator::reduce() const noexcept {
  return given_.get() == 0 ? reduce_by_iter(Tuple::of(item_.load())) : reduce_empty();
}

}  // namespace orochi::inline OROCHI_DESIGN
