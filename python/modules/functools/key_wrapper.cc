// cmp_to_key: sorting by a function that compares two.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/calls.h"
#include "python/modules/functools/parts.h"

namespace orochi::inline OROCHI_DESIGN::functools {
namespace {

constinit Type* g_key_wrapper = nullptr;  // written by add_key_wrapper

// The function itself, which makes keys when it is called; and each key.
class KeyWrapper : public Object {
 public:
  KeyWrapper(ShapeIndex shape, Ref<> compare, Ref<> object) noexcept
      : Object(shape), compare_(std::move(compare)), object_(std::move(object)) {}

  [[nodiscard]] Value compare() const noexcept { return compare_.get(); }
  // Nothing: it is no key.
  [[nodiscard]] Ref<> object() noexcept { return object_.load(*this); }
  void set_object(Ref<> object) noexcept { object_.store(*this, std::move(object)); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(compare_));
    visit(Children::of(object_));
  }
  void clear() noexcept { set_object(Ref<>()); }

 private:
  const ConstField compare_;
  Field object_;
};

[[nodiscard]] KeyWrapper& self_of(Value value) noexcept { return object_of<KeyWrapper>(value); }

// K(obj)
[[nodiscard]] Status read_object(const Arguments& given, Value& object) noexcept {
  const auto* const keywords = static_cast<const Tuple*>(given.keywords);
  const std::size_t named = keywords == nullptr ? 0 : keywords->size();
  if (given.positional + named == 0)
    return raise(ErrorKind::kType, {"K() missing required argument 'obj' (pos 1)"});
  if (given.positional + named > 1)
    return raise(ErrorKind::kType, {"K() takes at most 1 argument (",
                                    Digits(given.positional + named).text(), " given)"});
  object = given.values[0];
  if (named == 0 || Utf8Text(*as_str((*keywords)[0])).view() == "obj") return Status::kDone;
  return raise(ErrorKind::kType, {"K() missing required argument 'obj' (pos 1)"});
}

Ref<> wrapper_call(Value self, const Arguments& given) noexcept {
  Value object;
  if (failed(read_object(given, object))) return kRaised;
  return new_object<KeyWrapper>(*g_key_wrapper, ref_of(self_of(self).compare()), ref_of(object));
}

Ref<> wrapper_compare(CompareOp op, Value self, Value other) noexcept {
  if (!other.is_object() || &type_of(other) != g_key_wrapper)
    return raise(ErrorKind::kType, {"other argument must be K instance"});
  const Ref<> mine = self_of(self).object();
  const Ref<> theirs = self_of(other).object();
  if (!mine || !theirs) return raise(ErrorKind::kAttribute, {"object"});
  const Ref<> answer = call_with(self_of(self).compare(), {mine.value(), theirs.value()});
  return answer ? compare(op, answer.value(), Value::of_int(0)) : Ref<>();
}

Ref<> get_object(Value self) noexcept { return or_none(self_of(self).object()); }

Status set_object(Value self, Ref<> value) noexcept {
  self_of(self).set_object(std::move(value));
  return Status::kDone;
}

constexpr AttributeSpec kAttributes[] = {{.name = "obj",
                                          .get = get_object,
                                          .set = set_object,
                                          .doc = "Value wrapped by a key function."}};

}  // namespace

Ref<> cmp_to_key(const Value* arguments) noexcept {
  return new_object<KeyWrapper>(*g_key_wrapper, ref_of(arguments[0]), Ref<>());
}

Status add_key_wrapper() noexcept {
  Protocols slots;
  slots.call = wrapper_call;
  slots.compare = wrapper_compare;  // and no hash: what is equal nobody knows but the function
  g_key_wrapper = make_native_type({.name = "functools.KeyWrapper",
                                    .layout = &layout_of<KeyWrapper>,
                                    .slots = slots,
                                    .attributes = kAttributes});
  return g_key_wrapper == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::functools
