// Lists put in order.
#include <optional>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/types/list.h"
#include "objects/types/sort_keys.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Elements to be sorted, and half as many to sort them with. Borrowed values.
template <class T>
class SortRoom {
 public:
  SortRoom() noexcept = default;
  ~SortRoom() { free_buffer(elements_); }
  SortRoom(const SortRoom&) = delete;
  SortRoom& operator=(const SortRoom&) = delete;

  // False without memory.
  [[nodiscard]] bool allocate(std::size_t size) noexcept {
    elements_ = static_cast<T*>(allocate_buffer((size + sort_scratch(size)) * sizeof(T)));
    size_ = elements_ == nullptr ? 0 : size;
    return elements_ != nullptr;
  }
  [[nodiscard]] std::span<T> items() const noexcept { return {elements_, size_}; }
  [[nodiscard]] std::span<T> scratch() const noexcept {
    return {elements_ + size_, sort_scratch(size_)};
  }

 private:
  T* elements_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace

// --- Items that need no calls: in one hold. ---

class ListSort {
 public:
  enum class Outcome : std::uint8_t { kSorted, kMustAsk, kNoMemory };

  [[nodiscard]] static Outcome sort_at_once(List& list, bool falling) noexcept {
    SortRoom<Value> room;
    const Locked lock(list);
    const NoSuspend whole;
    const Held holder = lock.held();
    if (!room.allocate(list.items_.size(holder))) return Outcome::kNoMemory;
    const SortKind kind = copy_words(list, holder, room.items());
    if (kind == SortKind::kAsk) return Outcome::kMustAsk;
    if (room.items().size() < 2) return Outcome::kSorted;
    static_cast<void>(sort_values(room.items(), room.scratch(), kind, falling));
    // The same references at other places: nothing is unlinked.
    ListItems::Change change(list.items_, holder);
    for (std::size_t i = 0; i < room.items().size(); ++i)
      change.at(i).fill(holder, Ref<>::adopt(room.items()[i]));
    return Outcome::kSorted;
  }

  // --- Others: the list is empty meanwhile. ---

  explicit ListSort(List& list) noexcept : list_(list) {}
  // What it took has been put back, or nothing was taken.
  ~ListSort() { drop_keys(); }
  ListSort(const ListSort&) = delete;
  ListSort& operator=(const ListSort&) = delete;

  // Takes the items out.
  [[nodiscard]] Status begin() noexcept {
    const Locked lock(list_);
    const NoSuspend whole;
    const Held holder = lock.held();
    if (!room_.allocate(list_.items_.size(holder))) return raise_memory_error();
    {
      ListItems::Change change(list_.items_, holder);
      for (std::size_t i = 0; i < room_.items().size(); ++i)
        room_.items()[i] = {Value(), change.take(i).release()};
      array_.emplace(change.take_all());
    }
    changes_ = list_.items_.changes(holder);
    return Status::kDone;
  }

  [[nodiscard]] Status sort(Value key, bool falling) noexcept {
    if (failed(make_keys(key))) return kRaised;
    SortKind kind = SortKind::kNothing;
    for (const KeyedValue& item : room_.items()) kind = both(kind, sort_kind(item.key));
    return sort_values(room_.items(), room_.scratch(), kind, falling) ? Status::kDone
                                                                      : Status::kFailed;
  }

  // False: somebody has changed the list, which now is what it should be all the same.
  [[nodiscard]] bool put_back() noexcept {
    bool was_changed = false;
    // Ended after the lock.
    const TakenFields intruders = [&] {
      const Locked lock(list_);
      const NoSuspend whole;
      const Held holder = lock.held();
      was_changed = list_.items_.changes(holder) != changes_ || list_.items_.has_array(holder);
      ListItems::Change change(list_.items_, holder);
      return change.exchange_all(std::move(*array_), room_.items().size(), [&](std::size_t i) {
        return Ref<>::adopt(room_.items()[i].value);
      });
    }();
    return !was_changed;
  }

 private:
  [[nodiscard]] static SortKind copy_words(List& list, Held holder,
                                           std::span<Value> words) noexcept {
    SortKind kind = SortKind::kNothing;
    for (std::size_t i = 0; i < words.size() && kind != SortKind::kAsk; ++i) {
      words[i] = list.items_.at(holder, i).get(holder);
      kind = both(kind, sort_kind(words[i]));
    }
    return kind;
  }

  // An item's key is what `key` returns for it; of None, the item.
  [[nodiscard]] Status make_keys(Value key) noexcept {
    has_keys_ = !key.is_none();
    for (KeyedValue& item : room_.items()) {
      item.key = has_keys_ ? call(key, {&item.value, 1, nullptr}).release() : item.value;
      if (item.key.is_empty()) return kRaised;
    }
    return Status::kDone;
  }
  void drop_keys() noexcept {
    if (!has_keys_) return;
    for (const KeyedValue& item : room_.items()) drop(item.key);
  }

  List& list_;
  SortRoom<KeyedValue> room_;
  std::optional<TakenFields> array_;  // without the items
  std::uint64_t changes_ = 0;         // of the list when they were taken
  bool has_keys_ = false;
};

Status List::sort(Value key, Order order) noexcept {
  const bool falling = order == Order::kFalling;
  if (key.is_none()) {
    switch (ListSort::sort_at_once(*this, falling)) {
      case ListSort::Outcome::kSorted:
        return Status::kDone;
      case ListSort::Outcome::kNoMemory:
        return raise_memory_error();
      case ListSort::Outcome::kMustAsk:
        break;
    }
  }
  ListSort sort(*this);
  if (failed(sort.begin())) return kRaised;
  const Status sorted = sort.sort(key, falling);
  const bool untouched = sort.put_back();
  if (failed(sorted)) return kRaised;
  if (untouched) return Status::kDone;
  return raise(ErrorKind::kValue, {"list modified during sort"});
}

}  // namespace orochi::inline OROCHI_DESIGN
