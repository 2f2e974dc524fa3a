// tests/objects/witness.h: objects whose end can be seen, and a fixture with all that tests of the
// objects floor need.
#pragma once

#include <gtest/gtest.h>

#include <utility>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/cell.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/singletons.h"
#include "objects/types/start.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// Counts its end, and may run code there.
class Witness : public Object {
 public:
  using Code = void (*)() noexcept;
  explicit Witness(ShapeIndex shape, Code at_end = nullptr) noexcept
      : Object(shape), at_end_(at_end) {}

  [[nodiscard]] static Ref<Witness> make(Code at_end = nullptr) {
    return new_object<Witness>(*type, at_end);
  }
  // A value that somebody owns.
  [[nodiscard]] static Ref<> value() { return make(); }

  void give_back(const Remains&) noexcept {
    ends.fetch_add(1, kRelaxed);
    if (at_end_ != nullptr) at_end_();
  }

  static inline Type* type = nullptr;
  static inline SysAtomic<int> ends{0};

 private:
  Code at_end_;
};

// Types live as long as the process.
inline void make_test_types() {
  static const bool made = [] {
    EXPECT_EQ(start_types(), Status::kDone);
    Type* const ancestors[] = {&object_type()};
    Witness::type =
        Type::make({.name = "witness", .layout = &layout_of<Witness>, .ancestors = ancestors});
    return Witness::type != nullptr;
  }();
  EXPECT_TRUE(made);
}

// A test may have said otherwise.
inline void restore_immediate_types() {
  set_immediate_type(ImmediateKind::kInt, int_type());
  set_immediate_type(ImmediateKind::kBool, bool_type());
  set_immediate_type(ImmediateKind::kFloat, float_type());
  set_immediate_type(ImmediateKind::kNone, none_type());
  set_immediate_type(ImmediateKind::kNotImplemented, not_implemented_type());
  set_immediate_type(ImmediateKind::kEllipsis, ellipsis_type());
}

class ObjectsTest : public ::testing::Test {
 protected:
  ObjectsTest() {
    make_test_types();
    restore_immediate_types();
    Witness::ends.store(0, kRelaxed);
  }
  ~ObjectsTest() override {
    EXPECT_EQ(pending_kind(), ErrorKind::kNone) << "nobody took " << name_of(pending_kind());
    clear_error();
  }

  [[nodiscard]] static int ends() { return Witness::ends.load(kRelaxed); }
  // The kind of what is pending, which is then forgotten.
  [[nodiscard]] static ErrorKind taken() { return Error::take().kind(); }

  // Another thread does it, from its start to its exit, and this one waits.
  template <class Body>
  void elsewhere(Body body) {
    std::thread other = attached([&body](Thread&) { body(); });
    join_detached(other);
  }

 private:
  Known known_;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
