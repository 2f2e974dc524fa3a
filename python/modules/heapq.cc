// _heapq: lists in which each item is not above the two that it stands over.
//
//     place i stands over 2 i + 1 and 2 i + 2
//
// A function holds the list's lock, so nobody comes in between where items compare themselves
// without waiting. Where they wait, others may change the list: what is then its length tells.

#include "objects/model/locked.h"
#include "objects/model/operations.h"
#include "objects/types/list.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

enum class Top : bool { kLeast, kGreatest };

class Heap {
 public:
  Heap(List& list, Top top) noexcept : list_(list), top_(top), size_(list.size()) {}

  // Moves the item at `place` towards the front until it may stay, but not before `first`.
  [[nodiscard]] Status rise(std::size_t first, std::size_t place) noexcept {
    const Ref<> item = get(place);
    while (place > first) {
      const std::size_t above = (place - 1) / 2;
      const Ref<> other = get(above);
      const Truth goes = is_before(item, other);
      if (failed(goes)) return kRaised;
      if (goes == Truth::kFalse) break;
      swap(place, above);
      place = above;
    }
    return Status::kDone;
  }

  // Moves the item at `place` to the end of a path of best items below it, and up again from there:
  // it was the last one, and is likely to belong there.
  [[nodiscard]] Status settle(std::size_t place) noexcept {
    const std::size_t first = place;
    while (place < size_ / 2) {
      std::size_t below = 2 * place + 1;
      if (below + 1 < size_) {
        const Ref<> left = get(below);
        const Ref<> right = get(below + 1);
        const Truth left_is_better = is_before(left, right);
        if (failed(left_is_better)) return kRaised;
        below += left_is_better == Truth::kTrue ? 0 : 1;
      }
      swap(place, below);
      place = below;
    }
    return rise(first, place);
  }

  [[nodiscard]] Status make() noexcept {
    for (std::size_t i = size_ / 2; i-- > 0;)
      if (failed(settle(i))) return kRaised;
    return Status::kDone;
  }

  [[nodiscard]] Truth is_before(const Ref<>& a, const Ref<>& b) noexcept {
    if (!a || !b) return raise_changed();
    const Truth answer = top_ == Top::kLeast
                             ? compare_truth(CompareOp::kLess, a.value(), b.value())
                             : compare_truth(CompareOp::kLess, b.value(), a.value());
    return !failed(answer) && list_.size() != size_ ? Truth{raise_changed()} : answer;
  }

 private:
  static Raised raise_changed() noexcept {
    return raise(ErrorKind::kRuntime, {"list changed size during iteration"});
  }
  // Empty: there is none any more.
  [[nodiscard]] Ref<> get(std::size_t place) noexcept {
    Ref<> item;
    static_cast<void>(list_.get(static_cast<std::int64_t>(place), item));
    return item;
  }
  void swap(std::size_t a, std::size_t b) noexcept {
    Ref<> first = get(a);
    Ref<> second = get(b);
    if (!first || !second) return;
    static_cast<void>(list_.set(static_cast<std::int64_t>(a), std::move(second)));
    static_cast<void>(list_.set(static_cast<std::int64_t>(b), std::move(first)));
  }

  List& list_;
  const Top top_;
  const std::size_t size_;
};

// Null: it raised.
[[nodiscard]] List* heap_of(Value value, std::string_view function,
                            std::string_view which) noexcept {
  List* const list = as_list(value);
  if (list == nullptr)
    raise(ErrorKind::kType,
          {function, "() argument", which, " must be list, not ", type_of(value).name()});
  return list;
}

// The first item, in whose place `item` comes. Empty: it raised.
[[nodiscard]] Ref<> replace_first(List& list, Top top, Value item) noexcept {
  Ref<> first;
  if (!list.get(0, first)) return raise(ErrorKind::kIndex, {"index out of range"});
  static_cast<void>(list.set(0, ref_of(item)));
  return failed(Heap(list, top).settle(0)) ? Ref<>() : std::move(first);
}

template <Top kTop>
[[nodiscard]] Ref<> pop_from(List& list) noexcept {
  const Locked lock(list);
  if (list.size() == 0) return raise(ErrorKind::kIndex, {"index out of range"});
  Ref<> last = list.pop();
  if (!last || list.size() == 0) return last;
  return replace_first(list, kTop, last.value());
}

Ref<> heappush(const Value* arguments) noexcept {
  List* const list = heap_of(arguments[0], "heappush", " 1");
  if (list == nullptr) return kRaised;
  const Locked lock(*list);
  if (failed(list->append(ref_of(arguments[1])))) return kRaised;
  return none_or_raised(Heap(*list, Top::kLeast).rise(0, list->size() - 1));
}

Ref<> heappop(const Value* arguments) noexcept {
  List* const list = heap_of(arguments[0], "heappop", "");
  return list == nullptr ? Ref<>() : pop_from<Top::kLeast>(*list);
}

Ref<> heappop_max(const Value* arguments) noexcept {
  List* const list = heap_of(arguments[0], "_heappop_max", "");
  return list == nullptr ? Ref<>() : pop_from<Top::kGreatest>(*list);
}

Ref<> heapreplace(const Value* arguments) noexcept {
  List* const list = heap_of(arguments[0], "heapreplace", " 1");
  if (list == nullptr) return kRaised;
  const Locked lock(*list);
  return replace_first(*list, Top::kLeast, arguments[1]);
}

Ref<> heapreplace_max(const Value* arguments) noexcept {
  List* const list = heap_of(arguments[0], "_heapreplace_max", " 1");
  if (list == nullptr) return kRaised;
  const Locked lock(*list);
  return replace_first(*list, Top::kGreatest, arguments[1]);
}

Ref<> heappushpop(const Value* arguments) noexcept {
  List* const list = heap_of(arguments[0], "heappushpop", " 1");
  if (list == nullptr) return kRaised;
  const Locked lock(*list);
  Ref<> first;
  if (!list->get(0, first)) return ref_of(arguments[1]);
  const Truth goes_in = Heap(*list, Top::kLeast).is_before(first, ref_of(arguments[1]));
  if (failed(goes_in)) return kRaised;
  if (goes_in == Truth::kFalse) return ref_of(arguments[1]);
  return replace_first(*list, Top::kLeast, arguments[1]);
}

template <Top kTop>
[[nodiscard]] Ref<> make_heap(Value value, std::string_view name) noexcept {
  List* const list = heap_of(value, name, "");
  if (list == nullptr) return kRaised;
  const Locked lock(*list);
  return none_or_raised(Heap(*list, kTop).make());
}

Ref<> heapify(const Value* arguments) noexcept {
  return make_heap<Top::kLeast>(arguments[0], "heapify");
}
Ref<> heapify_max(const Value* arguments) noexcept {
  return make_heap<Top::kGreatest>(arguments[0], "_heapify_max");
}

constexpr NativeSpec kFunctions[] = {
    {"heappush(heap, item, /)", heappush, "Push item onto heap, maintaining the heap invariant."},
    {"heappushpop(heap, item, /)", heappushpop,
     "Push item on the heap, then pop and return the smallest item from the heap."},
    {"heappop(heap, /)", heappop,
     "Pop the smallest item off the heap, maintaining the heap invariant."},
    {"heapreplace(heap, item, /)", heapreplace,
     "Pop and return the current smallest value, and add the new item."},
    {"heapify(heap, /)", heapify, "Transform list into a heap, in-place, in O(len(heap)) time."},
    {"_heappop_max(heap, /)", heappop_max, "Maxheap variant of heappop."},
    {"_heapify_max(heap, /)", heapify_max, "Maxheap variant of heapify."},
    {"_heapreplace_max(heap, item, /)", heapreplace_max, "Maxheap variant of heapreplace."},
};

}  // namespace

extern constinit const NativeModule kHeapqModule{"_heapq", "Heap queue algorithm.", kFunctions};

}  // namespace orochi::inline OROCHI_DESIGN
