#include "objects/types/map.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/construct.h"
#include "objects/types/held_iterator.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/owned_values.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_map_type, before there are any

[[nodiscard]] Map& self_of(Value self) noexcept { return static_cast<Map&>(*self.object()); }

// Of the arguments behind the function.
[[nodiscard]] Ref<Tuple> iterators_of(const Tuple& given) noexcept {
  Ref<Tuple> iterators = Tuple::make_blank(given.size() - 1);
  for (std::size_t i = 1; iterators && i < given.size(); ++i) {
    Ref<> iterator = iterate(given[i]);
    if (!iterator) return kRaised;
    iterators->initialise(i - 1, std::move(iterator));
  }
  return iterators;
}

Ref<> make(const Value* arguments) noexcept {
  Type& type = static_cast<Type&>(*arguments[0].object());
  if (failed(refuse_keywords(type, *g_type, arguments[2]))) return kRaised;
  const auto& given = static_cast<const Tuple&>(*arguments[1].object());
  if (given.size() < 2) return raise(ErrorKind::kType, {"map() must have at least two arguments."});
  Ref<Tuple> iterators = iterators_of(given);
  return iterators ? new_object<Map>(type, given.load(0), std::move(iterators)) : Ref<Map>();
}

constexpr NativeSpec kMake[] = {{"__new__(cls, /, *args, **kwargs)", make}};
constexpr NativeSpec kMethods[] = {
    reduce_method<Map, &Map::reduce>(),
};

[[nodiscard]] Protocols map_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept { return self_of(self).next(item); };
  return slots;
}

}  // namespace

Type& map_type() noexcept { return *g_type; }

Status make_map_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "map",
                       .layout = &layout_of<Map>,
                       .ancestors = ancestors,
                       .protocols = map_protocols()});
  if (g_type == nullptr || failed(define_static_methods(*g_type, kMake))) return kRaised;
  return define_methods(*g_type, kMethods);
}

Status Map::next(Ref<>& item) noexcept {
  OwnedValues values;
  if (!values.reserve(iterators().size())) return raise_memory_error();
  for (std::size_t i = 0; i < iterators().size(); ++i) {
    Ref<> value;
    if (failed(next_held(*this, iterators()[i], value))) return kRaised;
    if (!value) return Status::kDone;
    values.push(std::move(value));
  }
  item = call(function_.get(), {values.all().data(), values.size()});
  return item ? Status::kDone : Status::kFailed;
}

Ref<> Map::reduce() const noexcept {
  const Tuple& iterators = this->iterators();
  Ref<Tuple> arguments = Tuple::make_blank(1 + iterators.size());
  if (!arguments) return kRaised;
  arguments->initialise(0, function_.load());
  for (std::size_t i = 0; i < iterators.size(); ++i)
    arguments->initialise(1 + i, iterators.load(i));
  return Tuple::of(Ref<>::of(Value(&type_of(*this))), std::move(arguments));
}

}  // namespace orochi::inline OROCHI_DESIGN
