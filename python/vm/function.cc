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
      code_(static_cast<CodeObject*>(Ref<>(std::move(code)).release().object())),
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

Status Function::set_code(Ref<CodeObject> code) noexcept {
  Ref<> replaced, counted;  // dropped after the lock
  const Locked lock(*this);
  CodeObject* const before = code_.load(kRelaxed);  // relaxed: written under the lock
  Ref<> older = former_.load(lock.held());
  Ref<Tuple> former =
      Tuple::of(older ? std::move(older) : Ref<>(Special::kNone), Ref<CodeObject>::of(*before));
  if (!former) return kRaised;
  counted = Ref<>::adopt(Value(before));  // the tuple has it now
  replaced = former_.replace(lock.held(), std::move(former));
  // release: who loads it finds it whole.
  code_.store(static_cast<CodeObject*>(Ref<>(std::move(code)).release().object()), kRelease);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
