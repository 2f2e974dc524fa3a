// Iterators that make an item of several: accumulate, pairwise, starmap.

#include "objects/types/tuple.h"
#include "python/modules/calls.h"
#include "python/modules/itertools/parts.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

// --- accumulate ---

class Accumulate : public Object {
 public:
  Accumulate(ShapeIndex shape, Ref<> source, Ref<> function, Ref<> initial) noexcept
      : Object(shape),
        source_(std::move(source)),
        function_(std::move(function)),
        initial_(std::move(initial)) {}

  Status next(Ref<>& item) noexcept {
    if (take_initial(item)) return Status::kDone;
    Ref<> operand;
    if (failed(orochi::next(source_.get(), operand))) return kRaised;
    if (!operand) return Status::kDone;
    return add(std::move(operand), item);
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(source_));
    visit(Children::of(function_));
    visit(Children::of(initial_));
    visit(Children::of(total_));
  }
  void clear() noexcept {
    initial_.store(*this, Ref<>());
    total_.store(*this, Ref<>());
  }

 private:
  [[nodiscard]] bool take_initial(Ref<>& item) noexcept {
    Ref<> old;
    const Locked lock(*this);
    Ref<> initial = initial_.take(lock.held());
    if (!initial) return false;
    old = total_.replace(lock.held(), initial.share());
    initial.swap(item);
    return true;
  }

  // The function is called without the lock. If somebody else has changed the total meanwhile, it
  // is called again: so each operand is in all totals that come later.
  [[nodiscard]] Status add(Ref<> operand, Ref<>& item) noexcept {
    for (;;) {
      const Ref<> total = total_.load(*this);
      Ref<> sum = total ? combine(total.value(), operand.value()) : operand.share();
      if (!sum) return kRaised;
      Ref<> stored = sum.share();
      Ref<> old;
      const Locked lock(*this);
      if (!replace_if(lock.held(), total_, total.value(), stored, old)) continue;
      sum.swap(item);
      return Status::kDone;
    }
  }

  [[nodiscard]] Ref<> combine(Value total, Value operand) const noexcept {
    if (function_.get().is_none()) return binary(BinaryOp::kAdd, total, operand);
    const Value both[] = {total, operand};
    return call(function_.get(), {both, 2});
  }

  const ConstField source_;
  const ConstField function_;
  Field initial_;  // nothing: it was given, or there is none
  Field total_;
};

Ref<> accumulate_new(const Value* arguments) noexcept {
  Ref<> source = iterate(arguments[1]);
  if (!source) return kRaised;
  return new_object<Accumulate>(wanted_type(arguments), std::move(source), ref_of(arguments[2]),
                                unless_none(arguments[3]));
}

constexpr NativeSpec kAccumulateNew[] = {
    {"__new__(cls, iterable, func=None, *, initial=None)", accumulate_new}};

// --- pairwise ---

class Pairwise : public Object {
 public:
  Pairwise(ShapeIndex shape, Ref<> source) noexcept : Object(shape), source_(std::move(source)) {}

  Status next(Ref<>& item) noexcept {
    Ref<> before;
    const Locked lock(*this);
    const Ref<> source = source_.load(*this);
    if (!source) return Status::kDone;
    if (!has_before_) {
      if (failed(step(source, before))) return kRaised;
      if (!before) return Status::kDone;
      has_before_ = true;
      before = before_.replace(lock.held(), std::move(before));
    }
    Ref<> now;
    if (failed(step(source, now))) return kRaised;
    if (!now) return Status::kDone;
    before = before_.replace(lock.held(), now.share());
    if (!before) return Status::kDone;  // somebody else was at the end meanwhile
    item = whole_tuple(std::move(before), std::move(now));
    return item ? Status::kDone : Status::kFailed;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(source_));
    visit(Children::of(before_));
  }
  void clear() noexcept {
    source_.store(*this, Ref<>());
    before_.store(*this, Ref<>());
  }

 private:
  // Nothing in `item`: there are no more, and nobody asks again.
  [[nodiscard]] Status step(const Ref<>& source, Ref<>& item) noexcept {
    const Status done = orochi::next(source.value(), item);
    if (failed(done) || !item) clear();
    return done;
  }

  Field source_;
  Field before_;
  bool has_before_ = false;  // with the lock
};

Ref<> pairwise_new(const Value* arguments) noexcept {
  Ref<> source = iterate(arguments[1]);
  if (!source) return kRaised;
  return new_object<Pairwise>(wanted_type(arguments), std::move(source));
}

constexpr NativeSpec kPairwiseNew[] = {{"__new__(cls, iterable, /)", pairwise_new}};

// --- starmap ---

class StarMap : public Object {
 public:
  StarMap(ShapeIndex shape, Ref<> function, Ref<> source) noexcept
      : Object(shape), function_(std::move(function)), source_(std::move(source)) {}

  Status next(Ref<>& item) noexcept {
    Ref<> row;
    if (failed(orochi::next(source_.get(), row))) return kRaised;
    if (!row) return Status::kDone;
    const Ref<Tuple> values = as_exact_tuple(row.value()) != nullptr ? row.share().cast<Tuple>()
                                                                     : Tuple::from(row.value());
    if (!values) return kRaised;
    item = call_with_all(function_.get(), *values);
    return item ? Status::kDone : Status::kFailed;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
    visit(Children::of(source_));
  }

 private:
  const ConstField function_;
  const ConstField source_;
};

Ref<> starmap_new(const Value* arguments) noexcept {
  Ref<> source = iterate(arguments[2]);
  if (!source) return kRaised;
  return new_object<StarMap>(wanted_type(arguments), ref_of(arguments[1]), std::move(source));
}

constexpr NativeSpec kStarMapNew[] = {{"__new__(cls, function, iterable, /)", starmap_new}};

}  // namespace

Status add_folds(Module& module) noexcept {
  if (failed(add_iterator<Accumulate>(module, "itertools.accumulate", kAccumulateNew)) ||
      failed(add_iterator<Pairwise>(module, "itertools.pairwise", kPairwiseNew)))
    return kRaised;
  return add_iterator<StarMap>(module, "itertools.starmap", kStarMapNew);
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
