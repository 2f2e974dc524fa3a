// tee: several iterators over what one gives.

#include "objects/types/attribute.h"
#include "objects/types/index_arguments.h"
#include "objects/types/intern.h"
#include "objects/types/tuple.h"
#include "python/modules/calls.h"
#include "python/modules/itertools/parts.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

// Written by add_tee.
constinit Type* g_tee = nullptr;
constinit Type* g_node = nullptr;
constinit Type* g_source = nullptr;

//     tee --> node --> node --> node, empty <-- source
//      tee ------------^
//
// T1  The last node is empty, and only with the source's lock is it filled; then it has another one
//     behind it. So nodes that all tees have left go, and the others are there for all.
class TeeNode : public Object {
 public:
  explicit TeeNode(ShapeIndex shape) noexcept : Object(shape) {}

  // Empty: nobody has asked for it yet.
  [[nodiscard]] Ref<> next() noexcept { return next_.load(*this); }
  [[nodiscard]] Ref<> item() noexcept { return item_.load(*this); }
  void fill(Ref<> item, Ref<> next) noexcept {
    item_.store(*this, std::move(item));
    next_.store(*this, std::move(next));  // last: who sees it finds the item
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(item_));
    visit(Children::of(next_));
  }
  void clear() noexcept {
    item_.store(*this, Ref<>());
    next_.store(*this, Ref<>());
  }

 private:
  Field item_;
  Field next_;
};

class TeeSource : public Object {
 public:
  TeeSource(ShapeIndex shape, Ref<> iterator, Ref<> first) noexcept
      : Object(shape), iterator_(std::move(iterator)), last_(std::move(first)) {}

  // Sees to it that `node` is filled. False in `is_filled`: there are no more.
  [[nodiscard]] Status fill(TeeNode& node, bool& is_filled) noexcept {
    const Locked lock(*this);
    is_filled = static_cast<bool>(node.next());
    if (is_filled) return Status::kDone;
    if (asker_ == Thread::current())
      return raise(ErrorKind::kRuntime, {"cannot re-enter the tee iterator"});
    Ref<> item;
    if (failed(ask(item))) return kRaised;
    if (item && failed(append(std::move(item)))) return kRaised;
    is_filled = static_cast<bool>(node.next());
    return Status::kDone;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(iterator_));
    visit(Children::of(last_));
  }

 private:
  [[nodiscard]] Status ask(Ref<>& item) noexcept {
    const Thread* const outer = asker_;
    asker_ = Thread::current();
    const Status done = next(iterator_.get(), item);
    asker_ = outer;
    return done;
  }

  // The iterator may have waited, and others have filled nodes meanwhile: it comes behind them.
  [[nodiscard]] Status append(Ref<> item) noexcept {
    Ref<> fresh = new_object<TeeNode>(*g_node);
    if (!fresh) return kRaised;
    const Ref<> last = last_.load(*this);
    last_.store(*this, fresh.share());
    last.as<TeeNode>().fill(std::move(item), std::move(fresh));
    return Status::kDone;
  }

  const ConstField iterator_;
  Field last_;                     // T1; with the lock
  const Thread* asker_ = nullptr;  // who is asking the iterator; with the lock
};

class Tee : public Object {
 public:
  Tee(ShapeIndex shape, Ref<> source, Ref<> node) noexcept
      : Object(shape), source_(std::move(source)), node_(std::move(node)) {}

  Status next(Ref<>& item) noexcept {
    for (;;) {
      const Ref<> node = node_.load(*this);
      bool is_filled = false;
      if (failed(source().fill(node.as<TeeNode>(), is_filled))) return kRaised;
      if (!is_filled) return Status::kDone;
      if (!move_on(node)) continue;
      item = node.as<TeeNode>().item();
      return Status::kDone;
    }
  }

  [[nodiscard]] Ref<> copy() noexcept {
    return new_object<Tee>(*g_tee, source_.load(), node_.load(*this));
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(source_));
    visit(Children::of(node_));
  }

 private:
  [[nodiscard]] TeeSource& source() const noexcept { return object_of<TeeSource>(source_.get()); }

  // False: somebody else was quicker.
  [[nodiscard]] bool move_on(const Ref<>& from) noexcept {
    Ref<> next = from.as<TeeNode>().next();
    Ref<> old;
    const Locked lock(*this);
    return replace_if(lock.held(), node_, from.value(), next, old);
  }

  const ConstField source_;
  Field node_;
};

[[nodiscard]] bool is_tee(Value value) noexcept { return type_of(value).is_subtype_of(*g_tee); }

// Of anything that can be iterated over; of a tee, one like it.
[[nodiscard]] Ref<> tee_of(Value iterable) noexcept {
  Ref<> iterator = iterate(iterable);
  if (!iterator) return kRaised;
  if (is_tee(iterator.value())) return iterator.as<Tee>().copy();
  Ref<> node = new_object<TeeNode>(*g_node);
  if (!node) return kRaised;
  Ref<> source = new_object<TeeSource>(*g_source, std::move(iterator), node.share());
  if (!source) return kRaised;
  return new_object<Tee>(*g_tee, std::move(source), std::move(node));
}

Ref<> tee_new(const Value* arguments) noexcept { return tee_of(arguments[1]); }

Ref<> tee_copy(const Value* arguments) noexcept { return object_of<Tee>(arguments[0]).copy(); }

// The first of those that tee() gives: the iterable's own iterator, if that can be copied.
[[nodiscard]] Ref<> copyable_of(Value iterable, Ref<>& copy) noexcept {
  Ref<> iterator = iterate(iterable);
  const Ref<Str> name = iterator ? intern("__copy__") : Ref<Str>();
  if (!name || failed(find_attribute(iterator.value(), *name, copy))) return kRaised;
  if (copy) return iterator;
  Ref<> made = tee_of(iterator.value());
  if (!made || failed(find_attribute(made.value(), *name, copy))) return kRaised;
  return made;
}

constexpr NativeSpec kTeeNew[] = {{"__new__(cls, iterable, /)", tee_new}};
constexpr NativeSpec kTeeMethods[] = {
    {"__copy__(self)", tee_copy, "Returns an independent iterator."}};

}  // namespace

Ref<> tee(const Value* arguments) noexcept {
  std::int64_t count = 0;
  if (failed(read_index(arguments[1], count))) return kRaised;
  if (count < 0) return raise(ErrorKind::kValue, {"n must be >= 0"});
  Ref<Tuple> result = Tuple::make_blank(static_cast<std::size_t>(count));
  if (!result || count == 0) return result;
  Ref<> copy;
  Ref<> first = copyable_of(arguments[0], copy);
  if (!first) return kRaised;
  result->initialise(0, std::move(first));
  for (std::size_t i = 1; i < result->size(); ++i) {
    Ref<> other = call(copy.value(), {});
    if (!other) return kRaised;
    result->initialise(i, std::move(other));
  }
  return result;
}

Status add_tee(Module& module) noexcept {
  g_node = make_native_type({.name = "itertools._tee_node", .layout = &layout_of<TeeNode>});
  g_source = add_native_type(
      module, {.name = "itertools._tee_dataobject", .layout = &layout_of<TeeSource>});
  g_tee = add_native_type(module, {.name = "itertools._tee",
                                   .layout = &layout_of<Tee>,
                                   .slots = iterator_slots<Tee>(),
                                   .statics = kTeeNew,
                                   .methods = kTeeMethods,
                                   .doc = "Iterator wrapped to make it copyable.",
                                   .is_weakly_referable = true});
  return g_node == nullptr || g_source == nullptr || g_tee == nullptr ? Status::kFailed
                                                                      : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
