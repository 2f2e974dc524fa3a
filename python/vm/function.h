// python/vm/function.h: what `def` and `lambda` make: code, the names around it, and defaults.
//
// Globals, builtins and cells never change. The rest a program may change at any time, each a Field
// of its own; but code that was taken away stays for whoever runs it. Calling one, by an
// instruction: call.h; from C++: machine.h.
//
// Attached threads. Tests: tests/python/language/functions.py
#pragma once

#include <utility>

#include "objects/types/dict.h"
#include "objects/types/module.h"
#include "python/vm/code_object.h"

namespace orochi::inline OROCHI_DESIGN {

class Function : public Object {
 public:
  Function(ShapeIndex shape, Ref<CodeObject> code, Ref<Dict> globals, Ref<Dict> builtins,
           Ref<Tuple> cells, Ref<> name, Ref<> qualified_name, Ref<> doc, Ref<> module) noexcept;

  // `cells`: one for each free variable of the code; empty if it has none. Empty: it raised.
  [[nodiscard]] static Ref<Function> make(Ref<CodeObject> code, Ref<Dict> globals,
                                          Ref<Dict> builtins, Ref<Tuple> cells) noexcept;

  // Borrowed from the function, which keeps what it has once run. A call looks once, and goes by
  // the code of its frame from then on.
  [[nodiscard]] CodeObject& code() const noexcept {
    return *code_.load(kAcquire);  // pairs with the release in set_code
  }
  // Calls that begin from now on run this. Requires: it has as many free variables.
  [[nodiscard]] Status set_code(Ref<CodeObject> code) noexcept;
  [[nodiscard]] Dict& globals() const noexcept {
    return static_cast<Dict&>(*globals_.get().object());
  }
  [[nodiscard]] Dict& builtins() const noexcept {
    return static_cast<Dict&>(*builtins_.get().object());
  }
  // Borrowed from the function. Requires: the code has so many free variables.
  [[nodiscard]] Value cell(std::uint32_t number) const noexcept {
    return static_cast<Tuple&>(*cells_.get().object())[number];
  }
  // Empty: there are none.
  [[nodiscard]] Value cells() const noexcept { return cells_.get(); }

  // What a program may change. Nothing stands for None, or for no annotations yet.
  Field name, qualified_name, doc, module;
  Field defaults;          // a tuple
  Field keyword_defaults;  // a dict
  Field annotations;       // a dict, or the tuple of names and values in turn that it is made of

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Value(code_.load(kRelaxed)));  // relaxed: nobody stores it meanwhile
    for (const ConstField* field : {&globals_, &builtins_, &cells_}) visit(Children::of(*field));
    visit(Children::of(former_));
    for (const Field* field :
         {&name, &qualified_name, &doc, &module, &defaults, &keyword_defaults, &annotations})
      visit(Children::of(*field));
  }
  void clear() noexcept {
    for (Field* field : {&defaults, &keyword_defaults, &annotations, &doc})
      field->store(*this, Ref<>());
  }

 private:
  Atomic<CodeObject*> code_;  // counted; written under the lock
  Field former_;              // code that it had: a tuple of such a tuple, or None, and of one
  const ConstField globals_;
  const ConstField builtins_;
  const ConstField cells_;
};

[[nodiscard]] Type& function_type() noexcept;
[[nodiscard]] inline bool is_function(Value value) noexcept {
  return value.is_object() && &type_of(*value.object()) == &function_type();
}
// Once, after make_code_type.
[[nodiscard]] Status make_function_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
