// _tuplegetter: an attribute that is an item of a tuple, for namedtuple.

#include "objects/model/new_object.h"
#include "objects/types/digits.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "python/modules/collections/parts.h"

namespace orochi::inline OROCHI_DESIGN::collections {
namespace {

class TupleGetter : public Object {
 public:
  TupleGetter(ShapeIndex shape, std::int64_t index, Ref<> doc) noexcept
      : Object(shape), index_(index), doc_(std::move(doc)) {}

  [[nodiscard]] std::int64_t index() const noexcept { return index_; }
  [[nodiscard]] Ref<> doc() noexcept { return doc_.load(*this); }
  void set_doc(Ref<> doc) noexcept { doc_.store(*this, std::move(doc)); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(doc_));
  }
  void clear() noexcept { set_doc(Ref<>()); }

 private:
  const std::int64_t index_;
  Field doc_;
};

[[nodiscard]] TupleGetter& self_of(Value value) noexcept { return object_of<TupleGetter>(value); }

Ref<> getter_new(const Value* arguments) noexcept {
  std::int64_t index = 0;
  if (failed(read_index(arguments[1], index))) return kRaised;
  return new_object<TupleGetter>(wanted_type(arguments), index, ref_of(arguments[2]));
}

Ref<> getter_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty() || instance.is_none()) return ref_of(self);
  const Tuple* const tuple = as_tuple(instance);
  const std::int64_t index = self_of(self).index();
  if (tuple == nullptr) {
    StrBuilder text;
    text.add("descriptor for index '");
    text.add_number(index);
    text.add("' for tuple subclasses doesn't apply to '");
    text.add_utf8(type_of(instance).name());
    text.add("' object");
    return raise(ErrorKind::kType, text);
  }
  if (index < 0 || static_cast<std::size_t>(index) >= tuple->size())
    return raise(ErrorKind::kIndex, {"tuple index out of range"});
  return tuple->load(static_cast<std::size_t>(index));
}

Status getter_set(Value, Value, Ref<> value) noexcept {
  return raise(ErrorKind::kAttribute, {value ? "can't set attribute" : "can't delete attribute"});
}

Ref<> getter_repr(Value self) noexcept {
  const Ref<> doc = or_none(self_of(self).doc());
  StrBuilder out;
  out.add_utf8(plain_name(type_of(self)));
  out.add("(");
  out.add_number(self_of(self).index());
  out.add(", ");
  if (failed(out.add_repr(doc.value()))) return kRaised;
  out.add(")");
  return out.finish();
}

Ref<> getter_reduce(const Value* arguments) noexcept {
  TupleGetter& self = self_of(arguments[0]);
  Ref<Tuple> values = whole_tuple(make_int(self.index()), or_none(self.doc()));
  return values ? whole_tuple(ref_of(Value(&type_of(arguments[0]))), std::move(values))
                : Ref<Tuple>();
}

Ref<> get_doc(Value self) noexcept { return or_none(self_of(self).doc()); }

Status set_doc(Value self, Ref<> value) noexcept {
  self_of(self).set_doc(std::move(value));
  return Status::kDone;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, index, doc, /)", getter_new}};
constexpr NativeSpec kMethods[] = {{"__reduce__(self)", getter_reduce}};
constexpr AttributeSpec kAttributes[] = {{.name = "__doc__", .get = get_doc, .set = set_doc}};

}  // namespace

Status add_tuple_getter(Module& module) noexcept {
  Protocols slots;
  slots.descriptor_get = getter_get;
  slots.descriptor_set = getter_set;
  slots.repr = getter_repr;
  const Type* const type = add_native_type(module, {.name = "_collections._tuplegetter",
                                                    .layout = &layout_of<TupleGetter>,
                                                    .slots = slots,
                                                    .statics = kNew,
                                                    .methods = kMethods,
                                                    .attributes = kAttributes});
  return type == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::collections
