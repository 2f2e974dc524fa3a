// Iterators that leave items out: compress, dropwhile, takewhile, filterfalse.

#include "python/modules/itertools/parts.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

// --- compress ---

class Compress : public Object {
 public:
  Compress(ShapeIndex shape, Ref<> data, Ref<> selectors) noexcept
      : Object(shape), data_(std::move(data)), selectors_(std::move(selectors)) {}

  // In one hold, so that threads do not get each other's selectors where nobody waits.
  Status next(Ref<>& item) noexcept {
    const Locked lock(*this);
    for (;;) {
      Ref<> datum;
      Ref<> selector;
      if (failed(orochi::next(data_.get(), datum))) return kRaised;
      if (!datum) return Status::kDone;
      if (failed(orochi::next(selectors_.get(), selector))) return kRaised;
      if (!selector) return Status::kDone;
      const Truth wanted = truth(selector.value());
      if (failed(wanted)) return kRaised;
      if (wanted == Truth::kFalse) continue;
      datum.swap(item);
      return Status::kDone;
    }
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(data_));
    visit(Children::of(selectors_));
  }

 private:
  const ConstField data_;
  const ConstField selectors_;
};

Ref<> compress_new(const Value* arguments) noexcept {
  Ref<> data = iterate(arguments[1]);
  Ref<> selectors = data ? iterate(arguments[2]) : Ref<>();
  if (!selectors) return kRaised;
  return new_object<Compress>(wanted_type(arguments), std::move(data), std::move(selectors));
}

constexpr NativeSpec kCompressNew[] = {{"__new__(cls, data, selectors)", compress_new}};

// --- Those that ask a function. ---

class Filter : public Object {
 public:
  Filter(ShapeIndex shape, Ref<> function, Ref<> source) noexcept
      : Object(shape), function_(std::move(function)), source_(std::move(source)) {}

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
    visit(Children::of(source_));
  }

 protected:
  [[nodiscard]] Status next_of_source(Ref<>& item) const noexcept {
    return orochi::next(source_.get(), item);
  }
  [[nodiscard]] Value function() const noexcept { return function_.get(); }
  [[nodiscard]] Truth ask(Value item) const noexcept {
    const Ref<> answer = call(function(), {&item, 1});
    return answer ? truth(answer.value()) : Truth{kRaised};
  }

  // relaxed, both: the turn orders nothing, and who sees it late asks the function once more.
  [[nodiscard]] bool has_turned() const noexcept { return has_turned_.load(kRelaxed); }
  void turn() noexcept { has_turned_.store(true, kRelaxed); }

 private:
  const ConstField function_;
  const ConstField source_;
  Atomic<bool> has_turned_{false};  // what the function says has been decided for good
};

class DropWhile : public Filter {
 public:
  using Filter::Filter;

  Status next(Ref<>& item) noexcept {
    for (;;) {
      Ref<> candidate;
      if (failed(next_of_source(candidate))) return kRaised;
      const Truth drops = candidate && !has_turned() ? ask(candidate.value()) : Truth::kFalse;
      if (failed(drops)) return kRaised;
      if (drops == Truth::kTrue) continue;
      if (candidate) turn();
      candidate.swap(item);
      return Status::kDone;
    }
  }
};

class TakeWhile : public Filter {
 public:
  using Filter::Filter;

  Status next(Ref<>& item) noexcept {
    if (has_turned()) return Status::kDone;
    Ref<> candidate;
    if (failed(next_of_source(candidate))) return kRaised;
    if (!candidate) return Status::kDone;
    const Truth takes = ask(candidate.value());
    if (failed(takes)) return kRaised;
    if (takes == Truth::kTrue) {
      candidate.swap(item);
    } else {
      turn();
    }
    return Status::kDone;
  }
};

class FilterFalse : public Filter {
 public:
  using Filter::Filter;

  Status next(Ref<>& item) noexcept {
    for (;;) {
      Ref<> candidate;
      if (failed(next_of_source(candidate))) return kRaised;
      if (!candidate) return Status::kDone;
      const bool asks_item = function().is_none();
      const Truth answer = asks_item ? truth(candidate.value()) : ask(candidate.value());
      if (failed(answer)) return kRaised;
      if (answer == Truth::kTrue) continue;
      candidate.swap(item);
      return Status::kDone;
    }
  }
};

template <class T>
Ref<> filter_new(const Value* arguments) noexcept {
  Ref<> source = iterate(arguments[2]);
  if (!source) return kRaised;
  return new_object<T>(wanted_type(arguments), ref_of(arguments[1]), std::move(source));
}

constexpr NativeSpec kDropWhileNew[] = {
    {"__new__(cls, predicate, iterable, /)", filter_new<DropWhile>}};
constexpr NativeSpec kTakeWhileNew[] = {
    {"__new__(cls, predicate, iterable, /)", filter_new<TakeWhile>}};
constexpr NativeSpec kFilterFalseNew[] = {
    {"__new__(cls, function, iterable, /)", filter_new<FilterFalse>}};

}  // namespace

Status add_filters(Module& module) noexcept {
  if (failed(add_iterator<Compress>(module, "itertools.compress", kCompressNew)) ||
      failed(add_iterator<DropWhile>(module, "itertools.dropwhile", kDropWhileNew)) ||
      failed(add_iterator<TakeWhile>(module, "itertools.takewhile", kTakeWhileNew)))
    return kRaised;
  return add_iterator<FilterFalse>(module, "itertools.filterfalse", kFilterFalseNew);
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
