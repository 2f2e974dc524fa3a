// tests/objects/weak_links.h: weak links of no type in particular, and callbacks that note calls.
#pragma once

#include "objects/model/weak_table.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// Something that can be called, with the link that has died.
class Callback : public Object {
 public:
  using Code = void (*)(WeakLink&) noexcept;
  Callback(ShapeIndex shape, int number, Code code) noexcept
      : Object(shape), number_(number), code_(code) {}

  [[nodiscard]] static Ref<Callback> make(int number, Code code = nullptr) {
    return new_object<Callback>(*type, number, code);
  }
  static Ref<> call(Value self, const Arguments& arguments) noexcept {
    const auto& callback = static_cast<const Callback&>(*self.object());
    auto& link = static_cast<WeakLink&>(*arguments.values[0].object());
    EXPECT_EQ(arguments.positional, 1U);
    EXPECT_TRUE(link.is_dead());
    called.store(calls() * 10 + callback.number_, kRelaxed);
    if (callback.code_ != nullptr) callback.code_(link);
    return pending_kind() == ErrorKind::kNone ? Ref<>(Special::kNone) : Ref<>();
  }

  // The numbers of those that were called, as digits.
  [[nodiscard]] static int calls() { return called.load(kRelaxed); }
  static inline SysAtomic<int> called{0};
  static inline Type* type = nullptr;
  static inline Type* link_type = nullptr;

 private:
  int number_;
  Code code_;
};

inline void make_link_types() {
  static const bool made = [] {
    Type* const ancestors[] = {&object_type()};
    Protocols callable;
    callable.call = Callback::call;
    Callback::type = Type::make({.name = "callback",
                                 .layout = &layout_of<Callback>,
                                 .ancestors = ancestors,
                                 .protocols = callable});
    Callback::link_type =
        Type::make({.name = "link", .layout = &layout_of<WeakLink>, .ancestors = ancestors});
    return Callback::type != nullptr && Callback::link_type != nullptr;
  }();
  EXPECT_TRUE(made);
  Callback::called.store(0, kRelaxed);
}

[[nodiscard]] inline Ref<WeakLink> link_to(Object& referent, Ref<> callback = {}) {
  const bool has_callback{callback};
  Ref<WeakLink> link = new_object<WeakLink>(*Callback::link_type, std::move(callback));
  EXPECT_TRUE(link);
  const auto entry = has_callback ? WeakTable::Entry::kOwn : WeakTable::Entry::kShared;
  return WeakTable::enter(referent, std::move(link), entry);
}

}  // namespace orochi::inline OROCHI_DESIGN::testing
