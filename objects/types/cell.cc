#include "objects/types/cell.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/native_function.h"
#include "objects/types/ordering.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_cell_type = nullptr;  // written by make_cell_type, before there are cells

[[nodiscard]] bool is_cell(Value value) noexcept {
  return value.is_object() && &type_of(*value.object()) == &cell_type();
}

// By content; nothing is less than anything.
Ref<> cell_compare(CompareOp op, Value self, Value other) noexcept {
  if (!is_cell(other)) return Special::kNotImplemented;
  const Ref<> mine = static_cast<Cell*>(self.object())->get();
  const Ref<> theirs = static_cast<Cell*>(other.object())->get();
  if (mine && theirs) return compare(op, mine.value(), theirs.value());
  return bool_of(holds(op, static_cast<bool>(mine) <=> static_cast<bool>(theirs)));
}

// <cell at 0x...: int object at 0x...>
Ref<> cell_repr(Value self) noexcept {
  const Ref<> content = static_cast<Cell*>(self.object())->get();
  if (!content) return str_of({"<cell at ", Address(self.object()).text(), ": empty>"});
  const void* const place = content.value().is_object() ? content.value().object() : nullptr;
  return str_of({"<cell at ", Address(self.object()).text(), ": ", type_of(content.value()).name(),
                 " object at ", Address(place).text(), ">"});
}

// --- What a program sees. ---

Ref<> get_contents(Value self) noexcept {
  Ref<> content = static_cast<Cell*>(self.object())->get();
  return content ? std::move(content) : Ref<>(raise(ErrorKind::kValue, {"Cell is empty"}));
}

Status set_contents(Value self, Ref<> content) noexcept {
  static_cast<Cell*>(self.object())->set(std::move(content));
  return Status::kDone;
}

Ref<> cell_new(const Value* arguments) noexcept {
  return Cell::make(arguments[1].is_empty() ? Ref<>() : Ref<>::of(arguments[1]));
}

constexpr NativeSpec kNew[] = {{"__new__(cls, contents=<none>, /)", cell_new}};
constexpr AttributeSpec kAttributes[] = {{"cell_contents", get_contents, set_contents}};

}  // namespace

Status define_cell_attributes() noexcept {
  if (failed(define_static_methods(*g_cell_type, kNew))) return kRaised;
  return define_attributes(*g_cell_type, kAttributes);
}

Type& cell_type() noexcept { return *g_cell_type; }

Status make_cell_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  Protocols slots;
  slots.compare = cell_compare;  // and no hash: a cell changes
  slots.repr = cell_repr;
  g_cell_type = Type::make({.name = "cell",
                            .layout = &layout_of<Cell>,
                            .ancestors = ancestors,
                            .protocols = slots,
                            .is_final = true});
  return g_cell_type == nullptr ? Status::kFailed : Status::kDone;
}

Ref<Cell> Cell::make(Ref<> content) noexcept {
  return new_object<Cell>(cell_type(), std::move(content));
}

}  // namespace orochi::inline OROCHI_DESIGN
