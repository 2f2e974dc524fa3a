// islice: some items of an iterator, by their numbers.

#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "python/modules/itertools/parts.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

constexpr std::int64_t kNoStop = INT64_MAX;

struct Bounds {
  std::int64_t start = 0;
  std::int64_t stop = kNoStop;
  std::int64_t step = 1;
};

class Islice : public Object {
 public:
  Islice(ShapeIndex shape, Ref<> source, const Bounds& bounds) noexcept
      : Object(shape),
        source_(std::move(source)),
        wanted_(bounds.start),
        stop_(bounds.stop),
        step_(bounds.step) {}

  // Which items it goes over and which it takes is decided before the source is asked, so threads
  // that step at once take as many as one would.
  Status next(Ref<>& item) noexcept {
    const Ref<> source = source_.load(*this);
    if (!source) return Status::kDone;
    Turn turn = claim();
    bool is_over = false;
    for (; turn.skips > 0 && !is_over; --turn.skips) {
      Ref<> skipped;
      if (failed(orochi::next(source.value(), skipped))) return kRaised;
      is_over = !skipped;
    }
    if (turn.takes && !is_over) {
      if (failed(orochi::next(source.value(), item))) return kRaised;
      is_over = !item;
    }
    if (is_over || !turn.takes) source_.store(*this, Ref<>());
    return Status::kDone;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(source_));
  }
  void clear() noexcept { source_.store(*this, Ref<>()); }

 private:
  struct Turn {
    std::int64_t skips;
    bool takes;
  };

  [[nodiscard]] Turn claim() noexcept {
    const Locked lock(*this);
    const std::int64_t skips = wanted_ > reached_ ? wanted_ - reached_ : 0;
    reached_ += skips;
    if (reached_ >= stop_) return {skips, false};
    ++reached_;
    if (__builtin_add_overflow(wanted_, step_, &wanted_) || wanted_ > stop_) wanted_ = stop_;
    return {skips, true};
  }

  Field source_;  // nothing: it is at its end
  // With the lock.
  std::int64_t reached_ = 0;  // items that were asked for
  std::int64_t wanted_;       // the number of the next one to be given
  const std::int64_t stop_;
  const std::int64_t step_;
};

// Nothing in `number` is written for None. False: it is no number of items.
[[nodiscard]] bool read_count(Value value, std::int64_t& number) noexcept {
  if (value.is_none()) return true;
  if (failed(read_index(value, number))) {
    clear_error();
    return false;
  }
  return true;
}

Raised raise_bad_stop() noexcept {
  return raise(ErrorKind::kValue, {"Stop argument for islice() must be None or an integer: "
                                   "0 <= x <= sys.maxsize."});
}

[[nodiscard]] Status read_bounds(const Value* arguments, Bounds& bounds) noexcept {
  const bool has_start = !arguments[3].is_empty();
  const Value stop = has_start ? arguments[3] : arguments[2];
  const bool start_is_good = !has_start || read_count(arguments[2], bounds.start);
  if (!read_count(stop, bounds.stop) || bounds.stop == -1) return raise_bad_stop();
  if (!start_is_good || bounds.start < 0 || bounds.stop < 0)
    return raise(ErrorKind::kValue,
                 {"Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."});
  if (!arguments[4].is_empty() && (!read_count(arguments[4], bounds.step) || bounds.step < 1))
    return raise(ErrorKind::kValue, {"Step for islice() must be a positive integer or None."});
  return Status::kDone;
}

Ref<> islice_new(const Value* arguments) noexcept {
  Bounds bounds;
  if (failed(read_bounds(arguments, bounds))) return kRaised;
  Ref<> source = iterate(arguments[1]);
  if (!source) return kRaised;
  return new_object<Islice>(wanted_type(arguments), std::move(source), bounds);
}

constexpr NativeSpec kNew[] = {
    {"__new__(cls, iterable, start, stop=<none>, step=<none>, /)", islice_new}};

}  // namespace

Status add_islice(Module& module) noexcept {
  return add_iterator<Islice>(module, "itertools.islice", kNew);
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
