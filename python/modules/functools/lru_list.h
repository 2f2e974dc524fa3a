// python/modules/functools/lru_list.h: results of a function, in the order in which they were used.
//
//     first (used longest ago) <--> ... <--> last (used just now)
//
// L1  A list counts its links, and only under the lock of the list's owner is it changed or read.
//     A link is in one list at most, for as long as it knows that list.
//
// Tests: tests/python/modules/functools_test.cc
#pragma once

#include <cstddef>
#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/object.h"

namespace orochi::inline OROCHI_DESIGN::functools {

class LruLink : public Object {
 public:
  LruLink(ShapeIndex shape, Ref<> key, Ref<> result) noexcept
      : Object(shape), key_(std::move(key)), result_(std::move(result)) {}

  [[nodiscard]] Value key() const noexcept { return key_.get(); }
  [[nodiscard]] Ref<> result() const noexcept { return result_.load(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(key_));
    visit(Children::of(result_));
  }

 private:
  friend class LruList;
  const ConstField key_;
  const ConstField result_;
  // L1
  LruLink* next_ = nullptr;
  LruLink* previous_ = nullptr;
  const void* list_ = nullptr;
};

class LruList {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  // As the last. Requires: it is in no list.
  void add(Ref<LruLink> link) noexcept {
    ++size_;
    append(*link.release());
  }
  // As the last, if it is in this list.
  void use(LruLink& link) noexcept {
    if (link.list_ != this || &link == last_) return;
    unlink(link);
    append(link);
  }
  // Requires: it is not empty.
  [[nodiscard]] Ref<LruLink> take_first() noexcept {
    LruLink* const link = first_;
    unlink(*link);
    --size_;
    return Ref<LruLink>::adopt(link);
  }

  // Each may be dropped when it is visited.
  template <class Visit>
  void for_each_child(Visit&& visit) const {
    for (LruLink* link = first_; link != nullptr;) {
      LruLink* const next = link->next_;
      visit(Value(link));
      link = next;
    }
  }

 private:
  void append(LruLink& link) noexcept {
    link.list_ = this;
    link.previous_ = last_;
    link.next_ = nullptr;
    (last_ == nullptr ? first_ : last_->next_) = &link;
    last_ = &link;
  }
  void unlink(LruLink& link) noexcept {
    (link.previous_ == nullptr ? first_ : link.previous_->next_) = link.next_;
    (link.next_ == nullptr ? last_ : link.next_->previous_) = link.previous_;
    link.list_ = nullptr;
  }

  LruLink* first_ = nullptr;
  LruLink* last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::functools
