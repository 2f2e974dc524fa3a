// _collections: containers beside the built-in ones. OrderedDict is the library's own, in Python.

#include "objects/types/attribute.h"
#include "objects/types/dict.h"
#include "objects/types/each_item.h"
#include "objects/types/intern.h"
#include "python/modules/calls.h"
#include "python/modules/collections/deque.h"
#include "python/modules/collections/parts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace collections {
namespace {

constexpr Value kOne = Value::of_int(1);

// Nobody has said otherwise what `get` and `[]=` of this dict are.
[[nodiscard]] bool is_plain(Value mapping, const Str& get, const Str& set) noexcept {
  if (as_dict(mapping) == nullptr) return false;
  const Type& type = type_of(mapping);
  return type.find(get).value() == dict_type().find(get).value() &&
         type.find(set).value() == dict_type().find(set).value();
}

[[nodiscard]] Status count_in_dict(Dict& dict, Value item) noexcept {
  WantedKey wanted{item, 0};
  Ref<> before;
  if (failed(hash_key(item, wanted.hash)) || failed(dict.find(wanted, before))) return kRaised;
  Ref<> after = before ? binary(BinaryOp::kAdd, before.value(), kOne) : Ref<>::of(kOne);
  return after ? dict.set(wanted, std::move(after)) : Status{kRaised};
}

[[nodiscard]] Status count_in_mapping(Value mapping, Value get, Value item) noexcept {
  const Ref<> before = call_with(get, {item, Value::of_int(0)});
  Ref<> after = before ? binary(BinaryOp::kAdd, before.value(), kOne) : Ref<>();
  return after ? set_item(mapping, item, std::move(after)) : Status{kRaised};
}

}  // namespace

Ref<> count_elements(const Value* arguments) noexcept {
  const Value mapping = arguments[0];
  const Ref<Str> get_name = intern("get");
  const Ref<Str> set_name = intern("__setitem__");
  if (!get_name || !set_name) return kRaised;
  if (is_plain(mapping, *get_name, *set_name))
    return none_or_raised(for_each_item(arguments[1], [&](Value item) noexcept {
      return count_in_dict(object_of<Dict>(mapping), item);
    }));
  const Ref<> get = get_attribute(mapping, *get_name);
  if (!get) return kRaised;
  return none_or_raised(for_each_item(arguments[1], [&](Value item) noexcept {
    return count_in_mapping(mapping, get.value(), item);
  }));
}

}  // namespace collections

namespace {

constexpr NativeSpec kFunctions[] = {{"_count_elements(mapping, iterable, /)",
                                      collections::count_elements,
                                      "Count elements in the iterable, updating the mapping"}};

Status complete(Module& module) noexcept {
  if (failed(add_deque(module)) || failed(add_deque_iterators(module)) ||
      failed(collections::add_default_dict(module)))
    return kRaised;
  return collections::add_tuple_getter(module);
}

}  // namespace

extern constinit const NativeModule kCollectionsModule{
    "_collections", "High performance data structures.", kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
