#include "objects/types/enumerate.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/held_iterator.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_enumerate_type, before there are any

[[nodiscard]] Protocols enumerate_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& pair) noexcept {
    return static_cast<Enumerate*>(self.object())->next(pair);
  };
  return slots;
}

// It words this in its own way.
Ref<> make(const Value* arguments) noexcept {
  if (arguments[1].is_empty())
    return raise(ErrorKind::kType, {"enumerate() missing required argument 'iterable'"});
  return Enumerate::make(static_cast<Type&>(*arguments[0].object()), arguments[1], arguments[2]);
}

constexpr NativeSpec kMethods[] = {reduce_method<Enumerate, &Enumerate::reduce>()};
constexpr NativeSpec kMake[] = {{"__new__(cls, iterable=<none>, start=0)", make}};

}  // namespace

Type& enumerate_type() noexcept { return *g_type; }

Status make_enumerate_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "enumerate",
                       .layout = &layout_of<Enumerate>,
                       .ancestors = ancestors,
                       .protocols = enumerate_protocols()});
  return g_type == nullptr ? Status::kFailed : Status::kDone;
}

Status define_enumerate_methods() noexcept {
  if (failed(define_static_methods(*g_type, kMake))) return kRaised;
  return define_methods(*g_type, kMethods);
}

Ref<> Enumerate::make(Type& type, Value iterable, Value start) noexcept {
  Ref<> first = to_index(start);
  if (first) first = int_positive(first.value());  // of True: 1
  if (!first) return kRaised;
  Ref<> iterator = iterate(iterable);
  if (!iterator) return kRaised;
  return new_object<Enumerate>(type, std::move(iterator), std::move(first));
}

Ref<> Enumerate::number_of(std::size_t step) const noexcept {
  const Ref<> steps = make_size(step);
  return steps ? int_add(start_.get(), steps.value()) : Ref<>();
}

Ref<> Enumerate::reduce() const noexcept {
  Ref<> number = number_of(given_.get());
  if (!number) return kRaised;
  Ref<Tuple> arguments = Tuple::of(iterator_.load(), std::move(number));
  if (!arguments) return kRaised;
  return Tuple::of(Ref<>::of(Value(&type_of(*this))), std::move(arguments));
}

Status Enumerate::next(Ref<>& pair) noexcept {
  Ref<> item;
  if (failed(next_held(*this, iterator_.get(), item))) return kRaised;
  if (!item) return Status::kDone;
  std::size_t given = given_.get();
  while (!given_.move(*this, given, given + 1)) {
  }
  Ref<> number = number_of(given);
  if (!number) return kRaised;
  pair = Tuple::of(std::move(number), std::move(item));
  return pair ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN
