// Iterators, unpacking, and what can be awaited.

#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/list.h"
#include "python/vm/generator.h"
#include "python/vm/handlers.h"

namespace orochi::inline OROCHI_DESIGN::handlers {

Status GetIterator(const Step& step) noexcept { return step.give(iterate(step.b())); }

// --- Unpacking. ---

namespace {

Raised raise_cannot_unpack(Value value) noexcept {
  return raise(ErrorKind::kType, {"cannot unpack non-iterable ", type_of(value).name(), " object"});
}

[[nodiscard]] bool is_iterable(Value value) noexcept {
  const Protocols& slots = type_of(value).block().protocols();
  return slots.iter != nullptr || slots.get_item != nullptr;
}

Raised raise_too_few(std::size_t wanted, std::size_t got, bool at_least) noexcept {
  return raise(ErrorKind::kValue,
               {"not enough values to unpack (expected ", at_least ? "at least " : "",
                Digits(wanted).text(), ", got ", Digits(got).text(), ")"});
}

Raised raise_too_many(std::size_t wanted) noexcept {
  return raise(ErrorKind::kValue,
               {"too many values to unpack (expected ", Digits(wanted).text(), ")"});
}

// The first values of an iterator; owned, and dropped if there are too few.
class Unpacked {
 public:
  Unpacked(Value* places, std::size_t count) noexcept : places_(places), count_(count) {}
  ~Unpacked() { empty_registers(places_, places_ + got_); }
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;

  // False in `complete`: there were fewer.
  [[nodiscard]] Status fill(Value iterator, bool& complete) noexcept {
    complete = false;
    while (got_ < count_) {
      Ref<> item;
      if (failed(next(iterator, item))) return kRaised;
      if (!item) return Status::kDone;
      places_[got_++] = item.release();
    }
    complete = true;
    return Status::kDone;
  }
  [[nodiscard]] std::size_t got() const noexcept { return got_; }
  void keep() noexcept { got_ = 0; }

 private:
  Value* const places_;
  const std::size_t count_;
  std::size_t got_ = 0;
};

// O4: what is raised leaves the window empty, as it was.
[[nodiscard]] Status unpack(Value iterable, Value* window, std::size_t count) noexcept {
  if (!is_iterable(iterable)) return raise_cannot_unpack(iterable);
  const Ref<> iterator = iterate(iterable);
  if (!iterator) return kRaised;
  Unpacked unpacked(window, count);
  bool complete = false;
  if (failed(unpacked.fill(iterator.value(), complete))) return kRaised;
  if (!complete) return raise_too_few(count, unpacked.got(), false);
  Ref<> more;
  if (failed(next(iterator.value(), more))) return kRaised;
  if (more) return raise_too_many(count);
  unpacked.keep();
  return Status::kDone;
}

// A tuple, which is what is unpacked most, is not iterated over.
[[nodiscard]] Status unpack_any(Value iterable, Value* window, std::size_t count) noexcept {
  const bool is_tuple = iterable.is_object() && &type_of(*iterable.object()) == &tuple_type();
  if (!is_tuple) return unpack(iterable, window, count);
  const auto& tuple = static_cast<const Tuple&>(*iterable.object());
  if (tuple.size() < count) return raise_too_few(count, tuple.size(), false);
  if (tuple.size() > count) return raise_too_many(count);
  for (std::size_t i = 0; i < count; ++i) window[i] = tuple.load(i).release();
  return Status::kDone;
}

}  // namespace

Status UnpackPair(const Step& step) noexcept {
  Value pair[2];
  if (failed(unpack_any(step.c(), pair, 2))) return kRaised;
  Ref<> second = Ref<>::adopt(pair[1]);
  return step.give_pair(Ref<>::adopt(pair[0]), std::move(second));
}

Status UnpackSequence(const Step& step) noexcept {
  Ref<> iterable = step.take_b();
  const Status status = unpack_any(iterable.value(), step.window_a(), step.number_c());
  return step.end_window(status, std::move(iterable));
}

namespace {

// `before` values, a list, and `after` values.
[[nodiscard]] Status unpack_star(Value iterable, Value* window, std::size_t before,
                                 std::size_t after) noexcept {
  if (!is_iterable(iterable)) return raise_cannot_unpack(iterable);
  const Ref<> iterator = iterate(iterable);
  if (!iterator) return kRaised;
  Unpacked first(window, before);
  bool complete = false;
  if (failed(first.fill(iterator.value(), complete))) return kRaised;
  if (!complete) return raise_too_few(before + after, first.got(), true);
  Ref<List> rest = List::from(iterator.value());
  if (!rest) return kRaised;
  if (rest->size() < after) return raise_too_few(before + after, before + rest->size(), true);
  for (std::size_t i = after; i > 0; --i) {
    window[before + i] = rest->pop().release();  // nobody else has the list
  }
  window[before] = Ref<>(std::move(rest)).release();
  first.keep();
  return Status::kDone;
}

}  // namespace

Status UnpackStar(const Step& step) noexcept {
  Ref<> iterable = step.take_b();
  const bytecode::Shape& shape = step.shape();
  const Status status = unpack_star(iterable.value(), step.window_a(), shape.first, shape.second);
  return step.end_window(status, std::move(iterable));
}

// --- Generators and coroutines. ---

Status GetYieldFromIterator(const Step& step) noexcept {
  return step.give(iterator_to_delegate_to(step.b(), step.frame().code->code().flags));
}

Status GetAwaitable(const Step& step) noexcept {
  return step.give(iterator_of_awaitable(step.b(), static_cast<AwaitOrigin>(step.number_c())));
}

Status GetAsyncIterator(const Step& step) noexcept {
  return step.give(async_iterator_of(step.b()));
}

Status GetAsyncNext(const Step& step) noexcept {
  const Ref<> awaitable = async_next_of(step.b());
  if (!awaitable) return kRaised;
  return step.give(iterator_of_awaitable(awaitable.value(), AwaitOrigin::kNext));
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
