// tests/objects/collector/nodes.h: containers to make cycles of, which tell of their end.
#pragma once

#include <span>
#include <utility>

#include "objects/collector/collector.h"
#include "objects/types/dict.h"
#include "tests/objects/weak_links.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// Two references, and perhaps a finalizer. Its end counts as a witness's does.
class Node : public Object {
 public:
  using Code = void (*)(Node&) noexcept;
  Node(ShapeIndex shape, Code code) noexcept : Object(shape), code_(code) {}

  [[nodiscard]] static Ref<Node> make(Code code = nullptr) { return new_object<Node>(*type, code); }
  // `length` of them, each leading to the one before; the first to the last.
  [[nodiscard]] static Ref<Node> ring(std::size_t length, Code code = nullptr) {
    const Ref<Node> first = make(code);
    Ref<Node> last = first.share();
    for (std::size_t i = 1; i < length; ++i) {
      Ref<Node> next = make(code);
      next->left.store(*next, Ref<>(std::move(last)));
      last = std::move(next);
    }
    first->left.store(*first, last.share());
    return last;
  }

  void set_left(Ref<> value) { left.store(*this, std::move(value)); }
  void set_right(Ref<> value) { right.store(*this, std::move(value)); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(left));
    visit(Children::of(right));
  }
  void clear() noexcept {
    cleared.fetch_add(1, kRelaxed);
    set_left(Ref<>());
    set_right(Ref<>());
  }
  void finalize() noexcept {
    finalized.fetch_add(1, kRelaxed);
    code_(*this);
  }
  [[nodiscard]] bool wants_finalizer() const noexcept { return code_ != nullptr; }
  void give_back(const Remains&) noexcept { Witness::ends.fetch_add(1, kRelaxed); }

  Field left, right;

  static inline Type* type = nullptr;
  static inline SysAtomic<int> finalized{0};
  static inline SysAtomic<int> cleared{0};
  [[nodiscard]] static int finalizers() { return finalized.load(kRelaxed); }
  [[nodiscard]] static int clears() { return cleared.load(kRelaxed); }
  static void forget_calls() {
    finalized.store(0, kRelaxed);
    cleared.store(0, kRelaxed);
  }

 private:
  Code code_;
};

inline void make_node_types() {
  static const bool made = [] {
    Type* const ancestors[] = {&object_type()};
    Node::type = Type::make({.name = "node", .layout = &layout_of<Node>, .ancestors = ancestors});
    return Node::type != nullptr;
  }();
  EXPECT_TRUE(made);
}

// Begins with a heap that has no garbage, and leaves none.
class CollectorTest : public ObjectsTest {
 protected:
  CollectorTest() {
    make_link_types();
    make_node_types();
    Collector::disable();
    static_cast<void>(Collector::collect());
    Witness::ends.store(0, kRelaxed);
    Node::forget_calls();
    kept = Ref<>();
  }
  ~CollectorTest() override {
    kept = Ref<>();
    Collector::set_observer(nullptr);
    EXPECT_EQ(Collector::collect().how, Collected::How::kDone);
    Collector::enable();
  }

  // What a finalizer wants to be kept.
  static inline Ref<> kept;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
