#include "objects/types/weakref.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/weakref_protocols.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_weakref_type = nullptr;  // written by make_weakref_type

}  // namespace

Type& weakref_type() noexcept { return *g_weakref_type; }

Status make_weakref_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_weakref_type = Type::make({.name = "weakref.ReferenceType",
                               .layout = &layout_of<WeakRef>,
                               .ancestors = ancestors,
                               .protocols = weakref_protocols()});
  return g_weakref_type == nullptr ? Status::kFailed : Status::kDone;
}

Status check_weakly_referable(Value referent) noexcept {
  const Type& type = type_of(referent);
  if (referent.is_object() && type.is_weakly_referable()) return Status::kDone;
  return raise(ErrorKind::kType, {"cannot create weak reference to '", type.name(), "' object"});
}

Ref<WeakRef> WeakRef::make(Value referent, Ref<> callback) noexcept {
  return make(weakref_type(), referent, std::move(callback));
}

Ref<WeakRef> WeakRef::make(Type& type, Value referent, Ref<> callback) noexcept {
  if (failed(check_weakly_referable(referent))) return kRaised;
  const bool is_plain = &type == &weakref_type();
  return make_weak_link<WeakRef>(type, *referent.object(), std::move(callback),
                                 is_plain ? WeakSharing::kMayShare : WeakSharing::kAlwaysNew);
}

Status WeakRef::hash(std::int64_t& result) noexcept {
  result = hash_.load(kRelaxed);  // relaxed, both: the same number, whoever computes it
  if (result != kNoHash) return Status::kDone;
  const Ref<> referent = get();
  if (!referent) return raise(ErrorKind::kType, {"weak object has gone away"});
  if (failed(orochi::hash(referent.value(), result))) return kRaised;
  hash_.store(result, kRelaxed);
  return Status::kDone;
}

std::size_t count_weakrefs(Value referent) noexcept {
  return referent.is_object() ? WeakTable::count(*referent.object()) : 0;
}

}  // namespace orochi::inline OROCHI_DESIGN
