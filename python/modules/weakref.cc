// _weakref: references that do not keep their objects alive.

#include "objects/types/weakref.h"

#include "memory/buffer.h"
#include "objects/model/locked.h"
#include "objects/model/weak_table.h"
#include "objects/types/dict.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/weak_proxy.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- ref ---

Ref<> ref_new(const Value* arguments) noexcept {
  return WeakRef::make(wanted_type(arguments), arguments[1], unless_none(arguments[2]));
}

// All was done by __new__. It is here for subtypes, which call it.
Ref<> ref_init(const Value*) noexcept { return Special::kNone; }

constexpr NativeSpec kRefNew[] = {{"__new__(cls, object, callback=<none>, /)", ref_new}};
constexpr NativeSpec kRefMethods[] = {{"__init__(self, object, callback=<none>, /)", ref_init}};

// --- Functions. ---

Ref<> proxy(const Value* arguments) noexcept {
  return make_weak_proxy(arguments[0], unless_none(arguments[1]));
}

Ref<> get_count(const Value* arguments) noexcept { return make_size(count_weakrefs(arguments[0])); }

// Those that come while this looks are not there yet.
Ref<> get_all(const Value* arguments) noexcept {
  const std::size_t count = count_weakrefs(arguments[0]);
  Ref<List> all = List::make();
  if (!all || count == 0) return all;
  auto* const links = static_cast<Value*>(allocate_buffer(count * sizeof(Value)));
  if (links == nullptr) return raise_memory_error();
  const std::size_t copied = WeakTable::copy_links(*arguments[0].object(), {links, count});
  bool has_memory = true;
  for (std::size_t i = 0; i < copied; ++i) {
    Ref<> link = Ref<>::adopt(links[i]);
    has_memory = has_memory && !failed(all->append(std::move(link)));
  }
  free_buffer(links);
  return has_memory ? std::move(all) : Ref<List>();
}

// Nobody may come in between the look and the removal: the key may have another value by then.
Ref<> remove_dead(const Value* arguments) noexcept {
  Dict* const dict = as_dict(arguments[0]);
  if (dict == nullptr)
    return raise(ErrorKind::kType, {"_remove_dead_weakref() argument 1 must be dict, not ",
                                    type_of(arguments[0]).name()});
  Ref<> removed;
  const Locked lock(*dict);
  Ref<> found;
  if (failed(dict->find(arguments[1], found))) return kRaised;
  if (!found) return Special::kNone;
  const WeakRef* const ref = as_weakref(found.value());
  if (ref == nullptr) return raise(ErrorKind::kType, {"not a weakref"});
  if (!ref->is_dead()) return Special::kNone;
  return none_or_raised(dict->remove(arguments[1], removed));
}

constexpr NativeSpec kFunctions[] = {
    {"getweakrefcount(object, /)", get_count, "Return the number of weak references to 'object'."},
    {"getweakrefs(object, /)", get_all,
     "Return a list of all weak reference objects pointing to 'object'."},
    {"proxy(object, callback=None, /)", proxy,
     "Create a proxy object that weakly references 'object'."},
    {"_remove_dead_weakref(dct, key, /)", remove_dead,
     "Atomically remove key from dict if it points to a dead weakref."},
};

Status complete(Module& module) noexcept {
  Type& ref = weakref_type();
  if (failed(define_static_methods(ref, kRefNew)) || failed(define_methods(ref, kRefMethods)))
    return kRaised;
  if (failed(add_value(module, "ref", ref_of(Value(&ref)))) || failed(add_type(module, ref)) ||
      failed(add_type(module, proxy_type())))
    return kRaised;
  return add_type(module, callable_proxy_type());
}

}  // namespace

extern constinit const NativeModule kWeakrefModule{"_weakref", "Weak-reference support module.",
                                                   kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
