// product: one item of each iterable, in all ways.

#include "objects/types/index_arguments.h"
#include "objects/types/tuple.h"
#include "python/modules/itertools/parts.h"
#include "python/modules/itertools/places.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

class Product : public Object {
 public:
  Product(ShapeIndex shape, Ref<> pools, Places places, bool is_over) noexcept
      : Object(shape), pools_(std::move(pools)), places_(std::move(places)), is_over_(is_over) {}

  // Calls nobody, so it is one step for all who watch.
  Status next(Ref<>& item) noexcept {
    const Locked lock(*this);
    if (is_over_) return Status::kDone;
    Ref<Tuple> row = Tuple::make_blank(places_.size());
    if (!row) return kRaised;
    for (std::size_t i = 0; i < places_.size(); ++i) row->initialise(i, pool(i).load(places_[i]));
    item = std::move(row);
    advance();
    return Status::kDone;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(pools_));
  }
  void give_back(const Remains&) noexcept { places_.give_back(); }

 private:
  // Pools are repeated, places are not.
  [[nodiscard]] const Tuple& pool(std::size_t place) const noexcept {
    const auto& pools = object_of<Tuple>(pools_.get());
    return object_of<Tuple>(pools[place % pools.size()]);
  }

  // The last place goes round first.
  void advance() noexcept {
    for (std::size_t i = places_.size(); i-- > 0;) {
      if (++places_[i] < pool(i).size()) return;
      places_[i] = 0;
    }
    is_over_ = true;
  }

  const ConstField pools_;  // a tuple of tuples
  // With the lock.
  Places places_;
  bool is_over_;
};

[[nodiscard]] Ref<Tuple> pools_of(const Tuple& iterables) noexcept {
  Ref<Tuple> pools = Tuple::make_blank(iterables.size());
  for (std::size_t i = 0; pools && i < iterables.size(); ++i) {
    Ref<Tuple> pool = Tuple::from(iterables[i]);
    if (!pool) return kRaised;
    pools->initialise(i, std::move(pool));
  }
  return pools;
}

[[nodiscard]] bool has_empty_pool(const Tuple& pools) noexcept {
  for (std::size_t i = 0; i < pools.size(); ++i)
    if (object_of<Tuple>(pools[i]).size() == 0) return true;
  return false;
}

Ref<> product_new(const Value* arguments) noexcept {
  std::int64_t repeat = 1;
  if (failed(read_index(arguments[2], repeat))) return kRaised;
  if (repeat < 0) return raise(ErrorKind::kValue, {"repeat argument cannot be negative"});
  const auto& iterables = object_of<Tuple>(arguments[1]);
  std::size_t count = 0;
  if (__builtin_mul_overflow(iterables.size(), static_cast<std::size_t>(repeat), &count))
    return raise(ErrorKind::kOverflow, {"repeat argument too large"});
  Ref<Tuple> pools = repeat == 0 ? Tuple::make_blank(0) : pools_of(iterables);
  Places places;
  if (!pools || failed(places.make(count))) return kRaised;
  const bool is_over = has_empty_pool(*pools);
  Ref<> made =
      new_object<Product>(wanted_type(arguments), std::move(pools), std::move(places), is_over);
  places.give_back();  // of nothing, once they have moved
  return made;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *iterables, repeat=1)", product_new}};

}  // namespace

Status add_product(Module& module) noexcept {
  return add_iterator<Product>(module, "itertools.product", kNew);
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
