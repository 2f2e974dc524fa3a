// tests/objects/types/keys.h: keys whose hash and equality a test controls.
#pragma once

#include <functional>

#include "objects/types/key.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// Two are equal if their names are; what else happens when they are compared is the test's.
class Key : public Object {
 public:
  explicit Key(ShapeIndex shape, int the_name, std::int64_t the_hash) noexcept
      : Object(shape), name(the_name), hash(the_hash) {}

  [[nodiscard]] static Ref<Key> make(int name, std::int64_t hash) {
    return new_object<Key>(type(), name, hash);
  }
  // Lives as long as the process.
  static Type& type() {
    static Type* const made = make_type();
    return *made;
  }
  void give_back(const Remains&) noexcept { Witness::ends.fetch_add(1, kRelaxed); }

  // Called by each comparison, before its answer; false: it has raised.
  static inline std::function<bool()> at_compare;
  static inline SysAtomic<int> comparisons{0};  // so far

  [[nodiscard]] static int compared() { return comparisons.load(kRelaxed); }

  const int name;
  const std::int64_t hash;

 private:
  static Ref<> compare(CompareOp, Value self, Value other) noexcept {
    comparisons.fetch_add(1, kRelaxed);
    const Ref<> kept = Ref<>::of(self);
    if (at_compare && !at_compare()) return kRaised;
    if (!other.is_object() || &type_of(other) != &type_of(self)) return Special::kNotImplemented;
    const auto name_of_key = [](Value key) { return static_cast<Key*>(key.object())->name; };
    return Value::of_bool(name_of_key(self) == name_of_key(other)).as_special();
  }
  static Type* make_type() {
    Protocols slots;
    slots.hash = [](Value self, std::int64_t& result) noexcept {
      result = static_cast<Key*>(self.object())->hash;
      return Status::kDone;
    };
    slots.compare = compare;
    Type* const ancestors[] = {&object_type()};
    return Type::make(
        {.name = "key", .layout = &layout_of<Key>, .ancestors = ancestors, .protocols = slots});
  }
};

[[nodiscard]] inline Ref<> number(std::int64_t value) { return Ref<>::adopt(Value::of_int(value)); }
[[nodiscard]] inline Value key_of(std::int64_t value) { return Value::of_int(value); }

}  // namespace orochi::inline OROCHI_DESIGN::testing
