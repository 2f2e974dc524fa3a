// objects/types/module.h: a module: names and what they stand for.
//
// Its attributes are the items of its dict, which is also what its functions see as their globals;
// the module has the same dict for as long as it lives, so reading a global is one search without a
// lock (objects/types/dict.h). A name that is not there is asked of the module's own __getattr__.
//
// Attached threads. Tests: tests/objects/types/module_test.cc
#pragma once

#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/dict.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class Module : public Object {
 public:
  Module(ShapeIndex shape, Ref<Dict> dict) noexcept : Object(shape), dict_(std::move(dict)) {}
  // With __name__ and the other names that every module has.
  [[nodiscard]] static Ref<Module> make(Ref<Str> name) noexcept;

  [[nodiscard]] Dict& dict() const noexcept { return static_cast<Dict&>(*dict_.get().object()); }

  // Done and nothing in `value`: there is no such name.
  [[nodiscard]] Status find(Object& name, Ref<>& value) noexcept {
    return dict().find(Value(&name), value);
  }
  [[nodiscard]] Status set(Object& name, Ref<> value) noexcept {
    return dict().set(Value(&name), std::move(value));
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(dict_));
  }
  // Nothing to clear: a cycle goes through the dict, which clears itself if it is garbage too. It
  // need not be: functions that outlive the module hold it.

 private:
  const ConstField dict_;
};

[[nodiscard]] Type& module_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_module_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
