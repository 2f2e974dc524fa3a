// Going through a deque, from either end.

#include "objects/model/new_object.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "python/modules/collections/deque.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by add_deque_iterators.
constinit Type* g_forward = nullptr;
constinit Type* g_reversed = nullptr;

// The cursor is guarded by the deque's lock, so threads may share an iterator.
class DequeIterator : public Object {
 public:
  DequeIterator(ShapeIndex shape, Ref<> deque, Deque::Cursor cursor) noexcept
      : Object(shape), deque_(std::move(deque)), cursor_(cursor) {}

  [[nodiscard]] static Ref<> make(Type& type, Value deque) noexcept {
    const Deque::Cursor cursor = object_of<Deque>(deque).cursor();
    return new_object<DequeIterator>(type, ref_of(deque), cursor);
  }

  [[nodiscard]] Status next(Deque::End end, Ref<>& item) noexcept {
    return deque().next(cursor_, end, item);
  }
  [[nodiscard]] std::size_t left() noexcept {
    const Locked lock(deque());
    return cursor_.left;
  }
  [[nodiscard]] Deque& deque() const noexcept { return object_of<Deque>(deque_.get()); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(deque_));
  }

 private:
  const ConstField deque_;
  Deque::Cursor cursor_;  // with the deque's lock
};

template <Deque::End kEnd>
Status next_from(Value self, Ref<>& item) noexcept {
  return object_of<DequeIterator>(self).next(kEnd, item);
}

Ref<> length_hint(const Value* arguments) noexcept {
  return make_size(object_of<DequeIterator>(arguments[0]).left());
}

Ref<> reduce(const Value* arguments) noexcept {
  DequeIterator& iterator = object_of<DequeIterator>(arguments[0]);
  const std::size_t size = iterator.deque().size();
  const std::size_t left = iterator.left();
  Ref<Tuple> values =
      whole_tuple(ref_of(Value(&iterator.deque())), make_size(size > left ? size - left : 0));
  return values ? whole_tuple(ref_of(Value(&type_of(arguments[0]))), std::move(values))
                : Ref<Tuple>();
}

// type(deque, how many items are to be left out)
Ref<> iterator_new(const Value* arguments) noexcept {
  Deque* const deque = as_deque(arguments[1]);
  if (deque == nullptr)
    return raise(ErrorKind::kType,
                 {"argument 1 must be collections.deque, not ", type_of(arguments[1]).name()});
  std::int64_t skips = 0;
  if (failed(read_index(arguments[2], skips))) return kRaised;
  Ref<> iterator = DequeIterator::make(wanted_type(arguments), arguments[1]);
  for (; iterator && skips > 0; --skips) {
    Ref<> item;
    if (failed(next(iterator.value(), item))) return kRaised;
    if (!item) break;
  }
  return iterator;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, deque, index=0, /)", iterator_new}};
constexpr NativeSpec kMethods[] = {{"__length_hint__(self)", length_hint},
                                   {"__reduce__(self)", reduce}};

[[nodiscard]] Type* add_iterator(Module& module, std::string_view name,
                                 NextFunction next) noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = next;
  return add_native_type(module, {.name = name,
                                  .layout = &layout_of<DequeIterator>,
                                  .slots = slots,
                                  .statics = kNew,
                                  .methods = kMethods});
}

}  // namespace

Ref<> iterate_deque(Value deque) noexcept { return DequeIterator::make(*g_forward, deque); }

Ref<> iterate_deque_reversed(Value deque) noexcept {
  return DequeIterator::make(*g_reversed, deque);
}

Status add_deque_iterators(Module& module) noexcept {
  g_forward = add_iterator(module, "_collections._deque_iterator", next_from<Deque::End::kLeft>);
  g_reversed =
      add_iterator(module, "_collections._deque_reverse_iterator", next_from<Deque::End::kRight>);
  return g_forward == nullptr || g_reversed == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
