// objects/model/children.h: what an object refers to, told to the collector and the destroyer.
//
// A type lists its object's references once, exactly, in a template that both use:
//
//     struct Pair : Object {
//       Field left;
//       Field right;
//       template <class Visit>
//       void for_each_child(Visit&& visit) const {
//         visit(Children::of(left));
//         visit(Children::of(right));
//       }
//     };
//
// `visit(Value)` is called once for each reference that the object counts; empty values and
// immediates are welcome.
//
// Only while nobody changes the object: the world is stopped, or the object is dead.
#pragma once

#include <cstddef>

#include "objects/model/field.h"
#include "objects/model/field_array.h"

namespace orochi::inline OROCHI_DESIGN {

class Children {
 public:
  [[nodiscard]] static Value of(const Field& field) noexcept {
    return Value::of_word(field.word_.load(kRelaxed));  // relaxed: nobody changes it
  }
  [[nodiscard]] static Value of(const ConstField& field) noexcept { return field.get(); }

  template <class Visit>
  static void of(const FieldArray& array, Visit&& visit) {
    const Field* const fields = array.fields_.load(kRelaxed);  // relaxed: as above
    for (std::size_t i = 0; i < FieldArray::length_of(fields); ++i) visit(of(fields[i]));
  }
};

// How a dead object's memory goes. If readers may still look at it, or at what it held, each child
// is marked before it is dropped, and arrays are retired (rule 6).
class Remains {
 public:
  explicit Remains(const Object& dead) noexcept
      : is_exposed_(dead.is_shared() || dead.is_retire_late()) {}

  // May run a destructor.
  void operator()(Value child) const noexcept {
    if (!child.is_counted()) return;
    if (is_exposed_) child.counted_object()->mark_retire_late();
    drop(child);
  }
  void give_back(FieldArray& array) const noexcept {
    give_back_buffer(array.fields_.load(kRelaxed));  // relaxed: the object is dead
  }
  // Of memory/buffer.h; null is welcome.
  void give_back_buffer(void* buffer) const noexcept;

  [[nodiscard]] bool is_exposed() const noexcept { return is_exposed_; }

 private:
  bool is_exposed_;
};

}  // namespace orochi::inline OROCHI_DESIGN
