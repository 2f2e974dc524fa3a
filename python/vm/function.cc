#include "python/vm/function.h"

#include "objects/model/new_object.h"
#include "objects/types/names.h"

namespace orochi::inline OROCHI_DESIGN {

Function::Function(ShapeIndex shape, Ref<CodeObject> code, Ref<Dict> globals, Ref<Dict> builtins,
                   Ref<Tuple> cells, Ref<> own_name, Ref<> long_name, Ref<> text,
                   Ref<> home) noexcept
    : Object(shape),
      name(std::move(own_name)),
      qualified_name(std::move(long_name)),
      doc(std::move(text)),
      module(std::move(home)),
      code_(std::move(code)),
      globals_(std::move(globals)),
      builtins_(std::move(builtins)),
      cells_(std::move(cells)) {}

Ref<Function> Function::make(Ref<CodeObject> code, Ref<Dict> globals, Ref<Dict> builtins,
                             Ref<Tuple> cells) noexcept {
  Ref<> home;
  if (failed(globals->find(Value(names().name), home))) return kRaised;
  Ref<> own_name = Ref<>::of(Value(&code->short_name()));
  Ref<> long_name = Ref<>::of(Value(&code->qualified_name()));
  Ref<> text = Ref<>::of(code->docstring());
  return new_object<Function>(function_type(), std::move(code), std::move(globals),
                              std::move(builtins), std::move(cells), std::move(own_name),
                              std::move(long_name), std::move(text), std::move(home));
}

}  // namespace orochi::inline OROCHI_DESIGN
