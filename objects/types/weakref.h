// objects/types/weakref.h: weakref.ref, a reference that does not keep its object alive.
//
//     Ref<WeakRef> ref = WeakRef::make(object, callback);
//     Ref<> alive = ref->get();      empty once the object is dead
//
// The protocol is that of objects/model/weak_link.h; here is what a program sees: a call returns
// the object or None; hash and equality are those of the object, as long as it lives; a hash that
// was once known stays.
//
// Attached threads. Making one may park; `get` neither parks nor runs code.
// Tests: tests/objects/types/weakref_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/new_object.h"
#include "objects/model/weak_table.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& weakref_type() noexcept;
// Once, after make_str_type.
[[nodiscard]] Status make_weakref_type() noexcept;

class WeakRef : public WeakLink {
 public:
  explicit WeakRef(ShapeIndex shape, Ref<> callback) noexcept
      : WeakLink(shape, std::move(callback)) {}

  // None or nothing as callback: it has none, and one that was made before is given again. Of a
  // type whose objects nobody can refer to weakly: a TypeError.
  [[nodiscard]] static Ref<WeakRef> make(Value referent, Ref<> callback) noexcept;
  // Of a subtype, which is always a new one.
  [[nodiscard]] static Ref<WeakRef> make(Type& type, Value referent, Ref<> callback) noexcept;

  // The referent's, computed while it lives.
  [[nodiscard]] Status hash(std::int64_t& result) noexcept;

 private:
  static constexpr std::int64_t kNoHash = -1;

  // relaxed, all: the same value whoever stores it, and it depends on nothing else.
  Atomic<std::int64_t> hash_{kNoHash};
};
static_assert(sizeof(WeakRef) == 64);

[[nodiscard]] inline WeakRef* as_weakref(Value value) noexcept {
  if (!value.is_object() || !type_of(value).is_subtype_of(weakref_type())) return nullptr;
  return static_cast<WeakRef*>(value.object());
}

// Raises the TypeError for objects to which nobody can refer weakly.
[[nodiscard]] Status check_weakly_referable(Value referent) noexcept;

// A link of the type, or one that was there before, if both may be shared and there is no callback.
// None is no callback.
enum class WeakSharing : std::uint8_t { kMayShare, kAlwaysNew };
template <class Link>
[[nodiscard]] Ref<Link> make_weak_link(Type& type, Object& referent, Ref<> callback,
                                       WeakSharing sharing) noexcept {
  if (callback.value().is_none()) callback = Ref<>();
  const bool may_share = sharing == WeakSharing::kMayShare && !callback;
  Ref<WeakLink> link = may_share ? WeakTable::find(referent, type) : Ref<WeakLink>();
  if (!link) {
    Ref<Link> made = new_object<Link>(type, std::move(callback));
    if (!made) return kRaised;
    link = WeakTable::enter(referent, std::move(made),
                            may_share ? WeakTable::Entry::kShared : WeakTable::Entry::kOwn);
  }
  return Ref<>(std::move(link)).template cast<Link>();
}

// How many references and proxies lead to an object.
[[nodiscard]] std::size_t count_weakrefs(Value referent) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
