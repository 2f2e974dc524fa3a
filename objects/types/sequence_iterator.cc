#include "objects/types/sequence_iterator.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/sequence_iteration.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/iterator_state.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/special_methods.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_sequence_iterator_types, before there are iterators.
constinit Type* g_forward = nullptr;
constinit Type* g_reversed = nullptr;

// Of a forward iterator that was at its end.
constexpr std::size_t kOver = SIZE_MAX;

[[nodiscard]] SequenceIterator& self_of(Value value) noexcept {
  return static_cast<SequenceIterator&>(*value.object());
}

[[nodiscard]] Type* make_type(std::string_view name, NextFunction next) noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = next;
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = name,
                     .layout = &layout_of<SequenceIterator>,
                     .ancestors = ancestors,
                     .protocols = slots});
}

[[nodiscard]] bool has_method(Value value, const Str& name) noexcept {
  return type_of(value).block().find(name) != nullptr;
}

// What subscripts of classes mean are no items, and no method of their types either.
[[nodiscard]] bool has_items(Value value) noexcept {
  return has_method(value, special_name(special("__getitem__")));
}

Raised raise_cannot(Value value, std::string_view what) noexcept {
  return raise(ErrorKind::kType, {"'", type_of(value).name(), "' object is not ", what});
}

// What says that there are no more items is no failure.
[[nodiscard]] bool is_end() noexcept {
  return is_pending(exception_type(ErrorKind::kIndex)) ||
         is_pending(exception_type(ErrorKind::kStopIteration));
}

}  // namespace

Type& sequence_iterator_type() noexcept { return *g_forward; }
Type& reversed_type() noexcept { return *g_reversed; }

Status make_sequence_iterator_types() noexcept {
  g_forward = make_type("iterator",
                        [](Value self, Ref<>& item) noexcept { return self_of(self).next(item); });
  g_reversed = make_type("reversed", [](Value self, Ref<>& item) noexcept {
    return self_of(self).next_reversed(item);
  });
  set_iteration_rules(
      {.iterate_items = SequenceIterator::make,
       .is_type_error = []() noexcept { return is_pending(exception_type(ErrorKind::kType)); },
       .is_end = []() noexcept { return is_pending(exception_type(ErrorKind::kStopIteration)); }});
  return g_forward == nullptr || g_reversed == nullptr ? Status::kFailed : Status::kDone;
}

Ref<> SequenceIterator::make(Value sequence) noexcept {
  const bool is_off = has_method(sequence, special_name(special("__iter__")));  // by a None
  if (is_off || !has_items(sequence)) return raise_cannot(sequence, "iterable");
  return new_object<SequenceIterator>(*g_forward, Ref<>::of(sequence), std::size_t{0});
}

Ref<> SequenceIterator::make_reversed(Type& type, Value value) noexcept {
  Ref<> method;
  if (failed(find_special(value, *names().reversed, method))) return kRaised;
  if (method && !method.value().is_none()) return call(method.value(), Arguments());
  if (method || !has_items(value)) return raise_cannot(value, "reversible");
  std::size_t size = 0;
  if (failed(length(value, size))) return kRaised;
  return new_object<SequenceIterator>(type, Ref<>::of(value), size);
}

// --- Steps. ---

Status SequenceIterator::get(std::size_t place, Ref<>& item) const noexcept {
  const Ref<> index = make_size(place);
  if (!index) return kRaised;
  get_item(sequence_.get(), index.value()).swap(item);
  if (item) return Status::kDone;
  if (!is_end()) return kRaised;
  clear_error();
  return Status::kDone;
}

Status SequenceIterator::next(Ref<>& item) noexcept {
  std::size_t place = place_.get();
  do {
    if (place == kOver) return Status::kDone;
  } while (!place_.move(*this, place, place + 1));
  const Status done = get(place, item);
  std::size_t moved = place + 1;
  // Whoever has moved on meanwhile knows better.
  if (failed(done)) static_cast<void>(place_.move(*this, moved, place));
  if (!failed(done) && !item) place_.set(kOver);
  return done;
}

Status SequenceIterator::next_reversed(Ref<>& item) noexcept {
  std::size_t place = place_.get();
  do {
    if (place == 0) return Status::kDone;
  } while (!place_.move(*this, place, place - 1));
  const Status done = get(place - 1, item);
  if (failed(done) || !item) place_.set(0);
  return done;
}

// --- How many are to come. ---

Status SequenceIterator::remaining(std::size_t& count) const noexcept {
  std::size_t size = 0;
  if (failed(length(sequence_.get(), size))) return kRaised;
  const std::size_t place = place_.get();
  count = place < size ? size - place : 0;
  return Status::kDone;
}

Status SequenceIterator::remaining_reversed(std::size_t& count) const noexcept {
  std::size_t size = 0;
  if (failed(length(sequence_.get(), size))) return kRaised;
  const std::size_t place = place_.get();
  count = place <= size ? place : 0;
  return Status::kDone;
}

// --- Copies. ---

Ref<> SequenceIterator::reduce() const noexcept {
  const std::size_t place = place_.get();
  return place == kOver ? reduce_empty() : reduce_by_iter(sequence_.get(), place);
}

Ref<> SequenceIterator::reduce_reversed() const noexcept {
  const auto place = static_cast<std::int64_t>(place_.get());
  Ref<> type = Ref<>::of(Value(&type_of(*this)));
  if (place > 0) return reduce_at(std::move(type), sequence_.get(), place - 1);
  Ref<Tuple> nothing = Tuple::of();
  Ref<Tuple> arguments = nothing ? Tuple::of(std::move(nothing)) : Ref<Tuple>();
  return arguments ? Tuple::of(std::move(type), std::move(arguments)) : Ref<Tuple>();
}

Status SequenceIterator::set_state(Value state) noexcept {
  std::int64_t place = 0;
  if (failed(read_place(state, 0, INT64_MAX, place))) return kRaised;
  if (place_.get() != kOver) place_.set(static_cast<std::size_t>(place));
  return Status::kDone;
}

// The state is the place of the next item.
Status SequenceIterator::set_state_reversed(Value state) noexcept {
  std::size_t size = 0;
  if (failed(length(sequence_.get(), size))) return kRaised;
  std::int64_t place = 0;
  if (failed(read_place(state, -1, static_cast<std::int64_t>(size) - 1, place))) return kRaised;
  if (place_.get() != 0) place_.set(static_cast<std::size_t>(place + 1));
  return Status::kDone;
}

// --- Methods. ---

namespace {

template <Status (SequenceIterator::*kCount)(std::size_t&) const noexcept>
Ref<> hint(const Value* arguments) noexcept {
  std::size_t count = 0;
  if (failed((self_of(arguments[0]).*kCount)(count))) return kRaised;
  return make_size(count);
}

Ref<> reverse(const Value* arguments) noexcept {
  return SequenceIterator::make_reversed(static_cast<Type&>(*arguments[0].object()), arguments[1]);
}

constexpr NativeSpec kOfForward[] = {
    {"__length_hint__(self, /)", hint<&SequenceIterator::remaining>},
    reduce_method<SequenceIterator, &SequenceIterator::reduce>(),
    set_state_method<SequenceIterator, &SequenceIterator::set_state>(),
};
constexpr NativeSpec kOfReversed[] = {
    {"__length_hint__(self, /)", hint<&SequenceIterator::remaining_reversed>},
    reduce_method<SequenceIterator, &SequenceIterator::reduce_reversed>(),
    set_state_method<SequenceIterator, &SequenceIterator::set_state_reversed>(),
};
constexpr NativeSpec kMake[] = {{"__new__(cls, sequence, /)", reverse}};

}  // namespace

Status define_sequence_iterator_methods() noexcept {
  if (failed(define_methods(*g_forward, kOfForward))) return kRaised;
  if (failed(define_methods(*g_reversed, kOfReversed))) return kRaised;
  return define_static_methods(*g_reversed, kMake);
}

}  // namespace orochi::inline OROCHI_DESIGN
