// combinations, with and without replacement: so many items of a pool, in the pool's order.

#include "objects/types/index_arguments.h"
#include "objects/types/tuple.h"
#include "python/modules/itertools/parts.h"
#include "python/modules/itertools/places.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

enum class Repeated : bool { kNever, kAllowed };

// Places rise from left to right; where items may be repeated, they do not fall.
template <Repeated kRepeated>
class Combinations : public Object {
 public:
  Combinations(ShapeIndex shape, Ref<Tuple> pool, Places places) noexcept
      : Object(shape), pool_(std::move(pool)), places_(std::move(places)) {
    is_over_ = kIsRepeated ? items() == 0 && places_.size() != 0 : places_.size() > items();
    for (std::size_t i = 0; i < places_.size(); ++i) places_[i] = kIsRepeated ? 0 : i;
  }

  // Calls nobody, so it is one step for all who watch.
  Status next(Ref<>& item) noexcept {
    const Locked lock(*this);
    if (is_over_) return Status::kDone;
    Ref<Tuple> row = Tuple::make_blank(places_.size());
    if (!row) return kRaised;
    for (std::size_t i = 0; i < places_.size(); ++i) row->initialise(i, pool().load(places_[i]));
    item = std::move(row);
    advance();
    return Status::kDone;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(pool_));
  }
  void give_back(const Remains&) noexcept { places_.give_back(); }

 private:
  static constexpr bool kIsRepeated = kRepeated == Repeated::kAllowed;

  [[nodiscard]] const Tuple& pool() const noexcept { return object_of<Tuple>(pool_.get()); }
  [[nodiscard]] std::size_t items() const noexcept { return pool().size(); }
  // The last item that can stand at a place.
  [[nodiscard]] std::size_t last_of(std::size_t place) const noexcept {
    return kIsRepeated ? items() - 1 : items() - places_.size() + place;
  }

  // The rightmost place that can move on does, and those behind it follow as closely as they may.
  void advance() noexcept {
    std::size_t place = places_.size();
    while (place != 0 && places_[place - 1] == last_of(place - 1)) --place;
    is_over_ = place == 0;
    if (is_over_) return;
    ++places_[place - 1];
    for (std::size_t i = place; i < places_.size(); ++i)
      places_[i] = places_[i - 1] + (kIsRepeated ? 0 : 1);
  }

  const ConstField pool_;
  // With the lock.
  Places places_;
  bool is_over_;
};

template <Repeated kRepeated>
Ref<> combinations_new(const Value* arguments) noexcept {
  Ref<Tuple> pool = Tuple::from(arguments[1]);
  std::int64_t length = 0;
  if (!pool || failed(read_index(arguments[2], length))) return kRaised;
  if (length < 0) return raise(ErrorKind::kValue, {"r must be non-negative"});
  Places places;
  if (failed(places.make(static_cast<std::size_t>(length)))) return kRaised;
  Ref<> made = new_object<Combinations<kRepeated>>(wanted_type(arguments), std::move(pool),
                                                   std::move(places));
  places.give_back();  // of nothing, once they have moved
  return made;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, iterable, r)", combinations_new<Repeated::kNever>}};
constexpr NativeSpec kRepeatedNew[] = {
    {"__new__(cls, iterable, r)", combinations_new<Repeated::kAllowed>}};

}  // namespace

Status add_combinations(Module& module) noexcept {
  if (failed(add_iterator<Combinations<Repeated::kNever>>(module, "itertools.combinations", kNew)))
    return kRaised;
  return add_iterator<Combinations<Repeated::kAllowed>>(
      module, "itertools.combinations_with_replacement", kRepeatedNew);
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
