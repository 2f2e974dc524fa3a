#include "objects/types/str_iterator.h"

#include <array>

#include "objects/model/new_object.h"
#include "objects/types/iterator_state.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// By IteratedText. Written by make_str_iterator_types, before there are iterators.
constinit std::array<Type*, 2> g_types{};
constexpr std::array<std::string_view, 2> kNames{"str_iterator", "str_ascii_iterator"};

[[nodiscard]] Protocols iterator_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    return static_cast<StrIterator*>(self.object())->next(item);
  };
  return slots;
}

}  // namespace

Type& str_iterator_type(IteratedText text) noexcept {
  return *g_types[static_cast<std::size_t>(text)];
}

Status make_str_iterator_types() noexcept {
  Type* const ancestors[] = {&object_type()};
  for (std::size_t i = 0; i < g_types.size(); ++i) {
    if (g_types[i] == nullptr)
      g_types[i] = Type::make({.name = kNames[i],
                               .layout = &layout_of<StrIterator>,
                               .ancestors = ancestors,
                               .protocols = iterator_protocols()});
    if (g_types[i] == nullptr) return kRaised;
  }
  return Status::kDone;
}

Ref<StrIterator> StrIterator::make(Str& str) noexcept {
  Type& type = str_iterator_type(str.is_ascii() ? IteratedText::kAscii : IteratedText::kAny);
  return new_object<StrIterator>(type, Ref<Str>::of(str));
}

Status StrIterator::next(Ref<>& item) noexcept {
  for (std::size_t place = place_.get(); place < str().size();) {
    if (!place_.move(*this, place, place + 1)) continue;
    Ref<Str> character = Str::of_character(str().view()[place]);
    if (!character) return kRaised;
    Ref<>(std::move(character)).swap(item);
    return Status::kDone;
  }
  return Status::kDone;
}

Ref<> StrIterator::reduce() const noexcept { return reduce_by_iter(str_.get(), place_.get()); }

Status StrIterator::set_state(Value state) noexcept {
  std::int64_t place = 0;
  if (failed(read_place(state, 0, static_cast<std::int64_t>(str().size()), place))) return kRaised;
  place_.set(static_cast<std::size_t>(place));
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
