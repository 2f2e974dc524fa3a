// permutations: so many items of a pool, in all orders.

#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/tuple.h"
#include "python/modules/itertools/parts.h"
#include "python/modules/itertools/places.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

//     order    which item of the pool stands where; the first ones are those that are given
//     cycles   how many items have still to stand at each place, before those to its left change
class Permutations : public Object {
 public:
  Permutations(ShapeIndex shape, Ref<Tuple> pool, Places order, Places cycles) noexcept
      : Object(shape),
        pool_(std::move(pool)),
        order_(std::move(order)),
        cycles_(std::move(cycles)),
        is_over_(cycles_.size() > order_.size()) {
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
    for (std::size_t i = 0; i < cycles_.size() && !is_over_; ++i) cycles_[i] = order_.size() - i;
  }

  // Calls nobody, so it is one step for all who watch.
  Status next(Ref<>& item) noexcept {
    const Locked lock(*this);
    if (is_over_) return Status::kDone;
    Ref<Tuple> row = Tuple::make_blank(cycles_.size());
    if (!row) return kRaised;
    for (std::size_t i = 0; i < cycles_.size(); ++i) row->initialise(i, pool().load(order_[i]));
    item = std::move(row);
    advance();
    return Status::kDone;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(pool_));
  }
  void give_back(const Remains&) noexcept {
    order_.give_back();
    cycles_.give_back();
  }

 private:
  [[nodiscard]] const Tuple& pool() const noexcept { return object_of<Tuple>(pool_.get()); }

  void advance() noexcept {
    for (std::size_t i = cycles_.size(); i-- > 0;) {
      if (--cycles_[i] != 0) {
        std::swap(order_[i], order_[order_.size() - cycles_[i]]);
        return;
      }
      rotate_from(i);
      cycles_[i] = order_.size() - i;
    }
    is_over_ = true;
  }

  // The item at `place` goes to the end.
  void rotate_from(std::size_t place) noexcept {
    const std::size_t first = order_[place];
    for (std::size_t i = place; i + 1 < order_.size(); ++i) order_[i] = order_[i + 1];
    order_[order_.size() - 1] = first;
  }

  const ConstField pool_;
  // With the lock.
  Places order_;
  Places cycles_;
  bool is_over_;
};

Ref<> permutations_new(const Value* arguments) noexcept {
  Ref<Tuple> pool = Tuple::from(arguments[1]);
  if (!pool) return kRaised;
  auto length = static_cast<std::int64_t>(pool->size());
  if (!arguments[2].is_none()) {
    if (!is_int(arguments[2])) return raise(ErrorKind::kType, {"Expected int as r"});
    if (failed(read_index(arguments[2], length))) return kRaised;
  }
  if (length < 0) return raise(ErrorKind::kValue, {"r must be non-negative"});
  Places order;
  Places cycles;
  Ref<> made;
  if (!failed(order.make(pool->size())) && !failed(cycles.make(static_cast<std::size_t>(length))))
    made = new_object<Permutations>(wanted_type(arguments), std::move(pool), std::move(order),
                                    std::move(cycles));
  order.give_back();  // both of nothing, once they have moved
  cycles.give_back();
  return made;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, iterable, r=None)", permutations_new}};

}  // namespace

Status add_permutations(Module& module) noexcept {
  return add_iterator<Permutations>(module, "itertools.permutations", kNew);
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
