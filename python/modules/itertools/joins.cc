// Iterators over several: chain, zip_longest.

#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/itertools/parts.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

// --- chain ---

//     sources --> an iterable --> active --> items
//
// C1  An iterator that was taken from the sources while another is active waits in `others`, so no
//     item of it is lost: threads that step at once may each have taken one.
class Chain : public Object {
 public:
  Chain(ShapeIndex shape, Ref<> sources) noexcept : Object(shape), sources_(std::move(sources)) {}

  Status next(Ref<>& item) noexcept {
    for (;;) {
      Ref<> active;
      if (failed(find_active(active))) return kRaised;
      if (!active) return Status::kDone;
      if (failed(orochi::next(active.value(), item))) return kRaised;
      if (item) return Status::kDone;
      forget(active.value());
    }
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(sources_));
    visit(Children::of(active_));
    visit(Children::of(others_));
  }
  void clear() noexcept {
    sources_.store(*this, Ref<>());
    active_.store(*this, Ref<>());
    others_.store(*this, Ref<>());
  }

 private:
  // Done and nothing in `active`: there are no more.
  [[nodiscard]] Status find_active(Ref<>& active) noexcept {
    const Locked lock(*this);
    active_.load(*this).swap(active);
    if (active) return Status::kDone;
    const Ref<> sources = sources_.load(*this);
    if (!sources) return Status::kDone;
    Ref<> iterable;
    if (failed(orochi::next(sources.value(), iterable))) return give_up();
    if (!iterable) {
      sources_.store(*this, Ref<>());
      return Status::kDone;
    }
    Ref<> iterator = iterate(iterable.value());
    if (!iterator) return give_up();
    iterator.share().swap(active);
    return activate(lock.held(), std::move(iterator));
  }

  Status give_up() noexcept {
    sources_.store(*this, Ref<>());
    return kRaised;
  }

  [[nodiscard]] Status activate(Held held, Ref<> iterator) noexcept {
    if (active_.get(held).is_empty()) {
      active_.fill(held, std::move(iterator));
      return Status::kDone;
    }
    Ref<> others = others_.load(held);
    if (!others) {
      others = List::make();
      if (!others) return kRaised;
      others_.fill(held, others.share());
    }
    return others.as<List>().append(std::move(iterator));  // C1
  }

  // `used` is at its end.
  void forget(Value used) noexcept {
    Ref<> old;
    const Locked lock(*this);
    if (active_.get(lock.held()) != used) return;
    old = active_.take(lock.held());
    const Ref<> others = others_.load(lock.held());
    if (!others || others.as<List>().size() == 0) return;
    active_.fill(lock.held(), others.as<List>().pop(0));
  }

  Field sources_;
  Field active_;
  Field others_;  // C1; nothing: there were none
};

Ref<> chain_of(Type& type, Value iterables) noexcept {
  Ref<> sources = iterate(iterables);
  if (!sources) return kRaised;
  return new_object<Chain>(type, std::move(sources));
}

Ref<> chain_new(const Value* arguments) noexcept {
  return chain_of(wanted_type(arguments), arguments[1]);
}

constexpr NativeSpec kChainNew[] = {{"__new__(cls, /, *iterables)", chain_new}};
constexpr NativeSpec kChainMethods[] = {
    {"from_iterable(type, iterable, /)", chain_new,
     "Alternative chain() constructor taking a single iterable argument that evaluates lazily."},
    kClassGetItem};

// --- zip_longest ---

class ZipLongest : public Object {
 public:
  ZipLongest(ShapeIndex shape, Ref<List> sources, Ref<> filler) noexcept
      : Object(shape),
        sources_(std::move(sources)),
        filler_(std::move(filler)),
        active_(this->sources().size()) {}

  Status next(Ref<>& item) noexcept {
    const Locked lock(*this);
    const std::size_t size = sources().size();
    if (active_ == 0) return Status::kDone;
    Ref<Tuple> row = Tuple::make_blank(size);
    for (std::size_t i = 0; row && i < size; ++i) {
      Ref<> part;
      bool is_over = false;
      if (failed(next_of(i, part, is_over))) return give_up();
      if (is_over) return Status::kDone;
      row->initialise(i, std::move(part));
    }
    if (!row) return kRaised;
    item = std::move(row);
    return Status::kDone;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(sources_));
    visit(Children::of(filler_));
  }

 private:
  [[nodiscard]] List& sources() const noexcept { return object_of<List>(sources_.get()); }

  // With the lock.
  [[nodiscard]] Status next_of(std::size_t index, Ref<>& part, bool& is_over) noexcept {
    Ref<> source;
    if (sources().get(static_cast<std::int64_t>(index), source) && !source.value().is_none()) {
      if (failed(orochi::next(source.value(), part))) return kRaised;
      if (part) return Status::kDone;
      if (end(index)) is_over = active_ == 0;
    }
    part = filler_.load();
    return Status::kDone;
  }

  // False: somebody else was quicker.
  [[nodiscard]] bool end(std::size_t index) noexcept {
    Ref<> source;
    const bool is_there = sources().get(static_cast<std::int64_t>(index), source);
    if (!is_there || source.value().is_none()) return false;
    static_cast<void>(sources().set(static_cast<std::int64_t>(index), Special::kNone));
    --active_;
    return true;
  }

  Status give_up() noexcept {
    active_ = 0;
    return kRaised;
  }

  const ConstField sources_;  // a list; None in place of one that is at its end
  const ConstField filler_;
  std::size_t active_;  // how many are not at their end; with the lock
};

Ref<> zip_longest_new(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[1]);
  Ref<List> sources = List::make();
  for (std::size_t i = 0; sources && i < given.size(); ++i) {
    Ref<> source = iterate(given[i]);
    if (!source || failed(sources->append(std::move(source)))) return kRaised;
  }
  if (!sources) return kRaised;
  return new_object<ZipLongest>(wanted_type(arguments), std::move(sources), ref_of(arguments[2]));
}

constexpr NativeSpec kZipLongestNew[] = {
    {"__new__(cls, /, *iterables, fillvalue=None)", zip_longest_new}};

}  // namespace

Status add_joins(Module& module) noexcept {
  if (failed(add_iterator<Chain>(module, "itertools.chain", kChainNew, {}, kChainMethods)))
    return kRaised;
  return add_iterator<ZipLongest>(module, "itertools.zip_longest", kZipLongestNew);
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
