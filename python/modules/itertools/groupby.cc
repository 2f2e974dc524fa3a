// groupby: runs of items with equal keys.

#include "objects/types/tuple.h"
#include "python/modules/calls.h"
#include "python/modules/itertools/parts.h"

namespace orochi::inline OROCHI_DESIGN::itertools {
namespace {

constinit Type* g_grouper = nullptr;  // written by add_groupby

//     source --> current item and key --> the group whose key that is
//
// A group is a number: its iterator gives items only as long as it is the last one.
class GroupBy : public Object {
 public:
  GroupBy(ShapeIndex shape, Ref<> source, Ref<> key_function) noexcept
      : Object(shape), source_(std::move(source)), key_function_(std::move(key_function)) {}

  Status next(Ref<>& item) noexcept;
  // Of the group with that number and key.
  [[nodiscard]] Status next_of_group(std::uint64_t group, Value key, Ref<>& item) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(source_));
    visit(Children::of(key_function_));
    visit(Children::of(item_));
    visit(Children::of(key_));
    visit(Children::of(target_));
  }
  void clear() noexcept {
    for (Field* const field : {&item_, &key_, &target_}) field->store(*this, Ref<>());
  }

 private:
  // The next item of the source, and its key. Nothing in `is_over`: there are no more.
  [[nodiscard]] Status step(bool& is_over) noexcept;
  [[nodiscard]] Ref<> key_of(const Ref<>& item) const noexcept;
  // kTrue: the current item belongs to the group before. With the lock.
  [[nodiscard]] Truth is_of_target() noexcept;

  const ConstField source_;
  const ConstField key_function_;
  // With the lock.
  Field item_;    // nothing: it was given, or there is none yet
  Field key_;     // of the last item that was asked for
  Field target_;  // of the last group that was given
  std::uint64_t group_ = 0;
};

class Grouper : public Object {
 public:
  Grouper(ShapeIndex shape, Ref<> parent, Ref<> key, std::uint64_t group) noexcept
      : Object(shape), parent_(std::move(parent)), key_(std::move(key)), group_(group) {}

  Status next(Ref<>& item) noexcept {
    return object_of<GroupBy>(parent_.get()).next_of_group(group_, key_.get(), item);
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(parent_));
    visit(Children::of(key_));
  }

 private:
  const ConstField parent_;
  const ConstField key_;
  const std::uint64_t group_;
};

Ref<> GroupBy::key_of(const Ref<>& item) const noexcept {
  if (key_function_.get().is_none()) return item.share();
  return call_with(key_function_.get(), {item.value()});
}

Status GroupBy::step(bool& is_over) noexcept {
  Ref<> item;
  if (failed(orochi::next(source_.get(), item))) return kRaised;
  is_over = !item;
  if (is_over) return Status::kDone;
  Ref<> key = key_of(item);
  if (!key) return kRaised;
  item_.store(*this, std::move(item));
  key_.store(*this, std::move(key));
  return Status::kDone;
}

Truth GroupBy::is_of_target() noexcept {
  const Ref<> key = key_.load(*this);
  const Ref<> target = target_.load(*this);
  if (!key) return Truth::kTrue;
  if (!target) return Truth::kFalse;
  return same_or_equal(target.value(), key.value());
}

Status GroupBy::next(Ref<>& item) noexcept {
  const Locked lock(*this);
  ++group_;
  for (;;) {
    const Truth same = is_of_target();
    if (failed(same)) return kRaised;
    if (same == Truth::kFalse) break;
    bool is_over = false;
    if (failed(step(is_over))) return kRaised;
    if (is_over) return Status::kDone;
  }
  Ref<> key = key_.load(*this);
  target_.store(*this, key.share());
  Ref<> grouper = new_object<Grouper>(*g_grouper, ref_of(Value(this)), key.share(), group_);
  if (!grouper) return kRaised;
  item = whole_tuple(std::move(key), std::move(grouper));
  return item ? Status::kDone : Status::kFailed;
}

Status GroupBy::next_of_group(std::uint64_t group, Value key, Ref<>& item) noexcept {
  const Locked lock(*this);
  if (group != group_) return Status::kDone;
  if (item_.get(lock.held()).is_empty()) {
    bool is_over = false;
    if (failed(step(is_over))) return kRaised;
    if (is_over) return Status::kDone;
  }
  const Ref<> current = key_.load(*this);
  const Truth same = same_or_equal(key, current.value());
  if (failed(same)) return kRaised;
  // The comparison may have waited, and somebody else have taken the item.
  if (same == Truth::kTrue && group == group_) item = item_.take(lock.held());
  return Status::kDone;
}

Ref<> groupby_new(const Value* arguments) noexcept {
  Ref<> source = iterate(arguments[1]);
  if (!source) return kRaised;
  return new_object<GroupBy>(wanted_type(arguments), std::move(source), ref_of(arguments[2]));
}

// Of a group that is given: groupby has made it already, so this makes one of the current group.
Ref<> grouper_new(const Value* arguments) noexcept {
  const Value parent = arguments[1];
  if (type_of(parent).layout().visit != layout_of<GroupBy>.visit)
    return raise(ErrorKind::kType,
                 {"_grouper() argument 1 must be itertools.groupby, not ", type_of(parent).name()});
  return new_object<Grouper>(wanted_type(arguments), ref_of(parent), ref_of(arguments[2]),
                             std::uint64_t{0});
}

constexpr NativeSpec kGroupByNew[] = {{"__new__(cls, iterable, key=None)", groupby_new}};
constexpr NativeSpec kGrouperNew[] = {{"__new__(cls, parent, tgtkey, /)", grouper_new}};

}  // namespace

Status add_groupby(Module& module) noexcept {
  if (failed(add_iterator<GroupBy>(module, "itertools.groupby", kGroupByNew))) return kRaised;
  g_grouper = add_native_type(module, {.name = "itertools._grouper",
                                       .layout = &layout_of<Grouper>,
                                       .slots = iterator_slots<Grouper>(),
                                       .statics = kGrouperNew});
  return g_grouper == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::itertools
