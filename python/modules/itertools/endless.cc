// Iterators that need not end: count, cycle, repeat.

#include "objects/types/complex.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/list.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "python/modules/itertools/parts.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

// --- count ---

class Count : public Object {
 public:
  Count(ShapeIndex shape, Ref<> start, Ref<> step) noexcept
      : Object(shape), next_(std::move(start)), step_(std::move(step)) {}

  // The sum is made without the lock, as a program's number is added by its own code; it counts if
  // nobody else has stepped meanwhile.
  Status next(Ref<>& item) noexcept {
    for (;;) {
      Ref<> now = next_.load(*this);
      Ref<> after = binary(BinaryOp::kAdd, now.value(), step_.get());
      if (!after) return kRaised;
      const Locked lock(*this);
      if (!replace_if(lock.held(), next_, now.value(), after, item)) continue;
      return Status::kDone;
    }
  }

  [[nodiscard]] Ref<> upcoming() noexcept { return next_.load(*this); }
  [[nodiscard]] Value step() const noexcept { return step_.get(); }
  [[nodiscard]] bool steps_by_one() const noexcept { return step() == Value::of_int(1); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(next_));
    visit(Children::of(step_));
  }

 private:
  Field next_;
  const ConstField step_;
};

[[nodiscard]] bool seems_a_number(Value value) noexcept {
  const Protocols& slots = type_of(value).block().protocols();
  return slots.index != nullptr || slots.to_int != nullptr || slots.to_float != nullptr ||
         is_complex(value);
}

Ref<> count_new(const Value* arguments) noexcept {
  const Value start = arguments[1];
  const Value step = arguments[2];
  if (!seems_a_number(start) || !seems_a_number(step))
    return raise(ErrorKind::kType, {"a number is required"});
  // Plain numbers are counted as such, whatever subtype they begin with.
  const bool is_plain = is_int(start) && step == Value::of_int(1);
  Ref<> first = is_plain ? int_positive(start) : Ref<>::of(start);
  if (!first) return kRaised;
  return new_object<Count>(wanted_type(arguments), std::move(first), Ref<>::of(step));
}

Ref<> count_repr(Value self) noexcept {
  Count& count = object_of<Count>(self);
  const Ref<> upcoming = count.upcoming();
  StrBuilder out;
  out.add_utf8(plain_name(type_of(self)));
  out.add("(");
  if (failed(out.add_repr(upcoming.value()))) return kRaised;
  if (!count.steps_by_one()) {
    out.add(", ");
    if (failed(out.add_repr(count.step()))) return kRaised;
  }
  out.add(")");
  return out.finish();
}

Ref<> count_reduce(const Value* arguments) noexcept {
  Count& count = object_of<Count>(arguments[0]);
  Ref<Tuple> values = count.steps_by_one() ? whole_tuple(count.upcoming())
                                           : whole_tuple(count.upcoming(), ref_of(count.step()));
  if (!values) return kRaised;
  return whole_tuple(ref_of(Value(&type_of(arguments[0]))), std::move(values));
}

constexpr NativeSpec kCountNew[] = {{"__new__(cls, start=0, step=1)", count_new}};
constexpr NativeSpec kCountMethods[] = {{"__reduce__(self)", count_reduce}};

// --- cycle ---

// The first time the items come from the iterable and are kept; then from what was kept.
class Cycle : public Object {
 public:
  Cycle(ShapeIndex shape, Ref<> source, Ref<List> kept) noexcept
      : Object(shape), source_(std::move(source)), kept_(std::move(kept)) {}

  Status next(Ref<>& item) noexcept {
    Ref<> source = source_.load(*this);
    if (source) {
      if (failed(orochi::next(source.value(), item))) return kRaised;
      if (item) return kept().append(item.share());
      source_.store(*this, Ref<>());
    }
    next_kept(item);
    return Status::kDone;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(source_));
    visit(Children::of(kept_));
  }
  void clear() noexcept { source_.store(*this, Ref<>()); }

 private:
  [[nodiscard]] List& kept() const noexcept { return object_of<List>(kept_.get()); }

  void next_kept(Ref<>& item) noexcept {
    const Locked lock(*this);
    if (place_ >= kept().size()) place_ = 0;
    if (kept().get(static_cast<std::int64_t>(place_), item)) ++place_;
  }

  Field source_;  // nothing: it is at its end
  const ConstField kept_;
  std::size_t place_ = 0;  // with the lock
};

Ref<> cycle_new(const Value* arguments) noexcept {
  Ref<> source = iterate(arguments[1]);
  Ref<List> kept = source ? List::make() : Ref<List>();
  if (!kept) return kRaised;
  return new_object<Cycle>(wanted_type(arguments), std::move(source), std::move(kept));
}

constexpr NativeSpec kCycleNew[] = {{"__new__(cls, iterable, /)", cycle_new}};

// --- repeat ---

class Repeat : public Object {
 public:
  static constexpr std::int64_t kEndless = -1;

  Repeat(ShapeIndex shape, Ref<> item, std::int64_t times) noexcept
      : Object(shape), item_(std::move(item)), left_(times) {}

  Status next(Ref<>& item) noexcept {
    std::int64_t left = this->left();
    // relaxed: the number orders nothing.
    while (left > 0 && !left_.compare_exchange(left, left - 1, kRelaxed, kRelaxed)) continue;
    if (left != 0) item = item_.load();
    return Status::kDone;
  }

  [[nodiscard]] std::int64_t left() const noexcept {
    return left_.load(kRelaxed);  // relaxed: as above
  }
  [[nodiscard]] Value item() const noexcept { return item_.get(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(item_));
  }

 private:
  const ConstField item_;
  Atomic<std::int64_t> left_;
};

Ref<> repeat_new(const Value* arguments) noexcept {
  std::int64_t times = Repeat::kEndless;
  if (!arguments[2].is_empty()) {
    if (failed(read_index(arguments[2], times))) return kRaised;
    if (times < 0) times = 0;
  }
  return new_object<Repeat>(wanted_type(arguments), ref_of(arguments[1]), times);
}

Ref<> repeat_repr(Value self) noexcept {
  const Repeat& repeat = object_of<Repeat>(self);
  StrBuilder out;
  out.add_utf8(plain_name(type_of(self)));
  out.add("(");
  if (failed(out.add_repr(repeat.item()))) return kRaised;
  if (repeat.left() != Repeat::kEndless) {
    out.add(", ");
    out.add_number(repeat.left());
  }
  out.add(")");
  return out.finish();
}

Ref<> repeat_length_hint(const Value* arguments) noexcept {
  const std::int64_t left = object_of<Repeat>(arguments[0]).left();
  if (left == Repeat::kEndless) return raise(ErrorKind::kType, {"len() of unsized object"});
  return make_int(left);
}

Ref<> repeat_reduce(const Value* arguments) noexcept {
  const Repeat& repeat = object_of<Repeat>(arguments[0]);
  Ref<Tuple> values = repeat.left() == Repeat::kEndless
                          ? whole_tuple(ref_of(repeat.item()))
                          : whole_tuple(ref_of(repeat.item()), make_int(repeat.left()));
  if (!values) return kRaised;
  return whole_tuple(ref_of(Value(&type_of(arguments[0]))), std::move(values));
}

constexpr NativeSpec kRepeatNew[] = {{"__new__(cls, object, times=<none>)", repeat_new}};
constexpr NativeSpec kRepeatMethods[] = {
    {"__length_hint__(self)", repeat_length_hint},
    {"__reduce__(self)", repeat_reduce},
};

template <class T>
[[nodiscard]] Protocols slots_with_repr(UnaryFunction repr) noexcept {
  Protocols slots = iterator_slots<T>();
  slots.repr = repr;
  return slots;
}

}  // namespace

Status add_endless(Module& module) noexcept {
  const Type* const count = add_native_type(module, {.name = "itertools.count",
                                                     .layout = &layout_of<Count>,
                                                     .slots = slots_with_repr<Count>(count_repr),
                                                     .statics = kCountNew,
                                                     .methods = kCountMethods});
  const Type* const repeat = add_native_type(module, {.name = "itertools.repeat",
                                                      .layout = &layout_of<Repeat>,
                                                      .slots = slots_with_repr<Repeat>(repeat_repr),
                                                      .statics = kRepeatNew,
                                                      .methods = kRepeatMethods});
  if (count == nullptr || repeat == nullptr) return kRaised;
  return add_iterator<Cycle>(module, "itertools.cycle", kCycleNew);
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
