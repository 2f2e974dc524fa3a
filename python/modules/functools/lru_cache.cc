// _lru_cache_wrapper: a function that remembers what it said.
//
//     cache, a dict     key --> result, where there is room for all; else key --> link
//     used, a list      links in the order of their use; those that do not fit go
//
// C1  A link is in the dict before it is in the list, and leaves the list first. So what the list
//     does not hold is about to leave the dict too, or about to come.
// C2  Two threads that miss one key both call the function; the result of the first is kept.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/bound_method.h"
#include "objects/types/dict.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "python/modules/calls.h"
#include "python/modules/functools/lru_list.h"
#include "python/modules/functools/parts.h"

namespace orochi::inline OROCHI_DESIGN::functools {
namespace {

// Written by add_lru_cache.
constinit Type* g_wrapper = nullptr;
constinit Type* g_link = nullptr;
constinit Type* g_mark = nullptr;
constinit Object* g_keyword_mark = nullptr;  // stands before names, which no caller can pass

constexpr std::size_t kUnbounded = SIZE_MAX;

// --- Keys. ---

// One for each argument, the mark, names with their values, and types, if those count.
[[nodiscard]] Ref<> long_key(const Arguments& given, bool is_typed) noexcept {
  const auto* const keywords = static_cast<const Tuple*>(given.keywords);
  const std::size_t named = keywords == nullptr ? 0 : keywords->size();
  const std::size_t values = given.positional + named;
  const std::size_t marks = named == 0 ? 0 : named + 1;
  Ref<Tuple> key = Tuple::make_blank(values + marks + (is_typed ? values : 0));
  if (!key) return kRaised;
  std::size_t place = 0;
  const auto add = [&](Value value) { key->initialise(place++, ref_of(value)); };
  for (std::size_t i = 0; i < given.positional; ++i) add(given.values[i]);
  if (named != 0) add(Value(g_keyword_mark));
  for (std::size_t i = 0; i < named; ++i) {
    add((*keywords)[i]);
    add(given.values[given.positional + i]);
  }
  for (std::size_t i = 0; is_typed && i < values; ++i) add(Value(&type_of(given.values[i])));
  return key;
}

[[nodiscard]] Ref<> key_of(const Arguments& given, bool is_typed) noexcept {
  const bool is_one = given.positional == 1 && given.keywords == nullptr && !is_typed;
  if (is_one &&
      (as_exact_str(given.values[0]) != nullptr || &type_of(given.values[0]) == &int_type()))
    return ref_of(given.values[0]);
  return long_key(given, is_typed);
}

// --- The wrapper. ---

class LruCache : public Object {
 public:
  LruCache(ShapeIndex shape, Ref<> function, Ref<> cache, Ref<> info_type, std::size_t most,
           bool is_typed) noexcept
      : Object(shape),
        function_(std::move(function)),
        cache_(std::move(cache)),
        info_type_(std::move(info_type)),
        most_(most),
        is_typed_(is_typed) {}

  [[nodiscard]] Ref<> call(const Arguments& given) noexcept {
    if (most_ == 0) return call_function(given);
    const Ref<> key = key_of(given, is_typed_);
    WantedKey wanted{key.value(), 0};
    if (!key || failed(hash_key(key.value(), wanted.hash))) return kRaised;
    Ref<> found;
    if (failed(cache().find(wanted, found))) return kRaised;
    if (found) return hit(std::move(found));
    Ref<> result = call_function(given);
    if (!result || failed(keep(wanted, result))) return kRaised;
    return result;
  }

  [[nodiscard]] Ref<> info() noexcept {
    const Ref<> hits = make_size(hits_.load(kRelaxed));
    const Ref<> misses = make_size(misses_.load(kRelaxed));
    const Ref<> most = most_ == kUnbounded ? Ref<>(Special::kNone) : make_size(most_);
    const Ref<> size = make_size(cache().size());
    if (!hits || !misses || !most || !size) return kRaised;
    return call_with(info_type_.get(), {hits.value(), misses.value(), most.value(), size.value()});
  }

  void forget_all() noexcept {
    hits_.store(0, kRelaxed);
    misses_.store(0, kRelaxed);
    while (take_first_if_more_than(0)) continue;
    cache().clear();
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
    visit(Children::of(cache_));
    visit(Children::of(info_type_));
    used_.for_each_child(visit);
  }
  void clear() noexcept { forget_all(); }

 private:
  [[nodiscard]] Dict& cache() const noexcept { return object_of<Dict>(cache_.get()); }

  [[nodiscard]] Ref<> call_function(const Arguments& given) noexcept {
    misses_.fetch_add(std::size_t{1}, kRelaxed);
    return orochi::call(function_.get(), given);
  }

  [[nodiscard]] Ref<> hit(Ref<> found) noexcept {
    hits_.fetch_add(std::size_t{1}, kRelaxed);
    if (most_ == kUnbounded) return found;
    auto& link = found.as<LruLink>();
    const Locked lock(*this);
    used_.use(link);
    return link.result();
  }

  [[nodiscard]] Status keep(const WantedKey& wanted, const Ref<>& result) noexcept {
    if (most_ == kUnbounded) return cache().set(wanted, result.share());
    Ref<LruLink> link = new_object<LruLink>(*g_link, ref_of(wanted.key), result.share());
    if (!link) return kRaised;
    const Ref<> kept = cache().set_default(wanted.key, link.share());
    if (!kept) return kRaised;
    if (kept.value() != link.value()) return Status::kDone;  // C2
    add(std::move(link));
    while (const Ref<LruLink> oldest = take_first_if_more_than(most_)) {  // C1
      Ref<> old;
      if (failed(cache().remove(oldest->key(), old))) return kRaised;
    }
    return Status::kDone;
  }

  void add(Ref<LruLink> link) noexcept {
    const Locked lock(*this);
    used_.add(std::move(link));
  }

  [[nodiscard]] Ref<LruLink> take_first_if_more_than(std::size_t most) noexcept {
    const Locked lock(*this);
    return used_.size() > most ? used_.take_first() : Ref<LruLink>();
  }

  const ConstField function_;
  const ConstField cache_;
  const ConstField info_type_;
  const std::size_t most_;
  const bool is_typed_;
  LruList used_;  // with the lock
  // relaxed, throughout: numbers for people.
  Atomic<std::size_t> hits_{0};
  Atomic<std::size_t> misses_{0};
};

[[nodiscard]] LruCache& self_of(Value value) noexcept { return object_of<LruCache>(value); }

[[nodiscard]] Status read_most(Value value, std::size_t& most) noexcept {
  if (value.is_none()) return Status::kDone;
  if (type_of(value).block().protocols().index == nullptr)
    return raise(ErrorKind::kType, {"maxsize should be integer or None"});
  std::int64_t number = 0;
  if (failed(read_index(value, number))) return kRaised;
  most = number < 0 ? 0 : static_cast<std::size_t>(number);
  return Status::kDone;
}

Ref<> wrapper_new(const Value* arguments) noexcept {
  if (!is_callable(arguments[1]))
    return raise(ErrorKind::kType, {"the first argument must be callable"});
  std::size_t most = kUnbounded;
  if (failed(read_most(arguments[2], most))) return kRaised;
  const Truth is_typed = truth(arguments[3]);
  Ref<Dict> cache = failed(is_typed) ? Ref<Dict>() : Dict::make();
  if (!cache) return kRaised;
  return new_object<LruCache>(wanted_type(arguments), ref_of(arguments[1]), std::move(cache),
                              ref_of(arguments[4]), most, is_typed == Truth::kTrue);
}

Ref<> wrapper_call(Value self, const Arguments& given) noexcept {
  return self_of(self).call(given);
}

Ref<> wrapper_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty() || instance.is_none()) return ref_of(self);
  return BoundMethod::make(ref_of(self), ref_of(instance));
}

Ref<> cache_info(const Value* arguments) noexcept { return self_of(arguments[0]).info(); }

Ref<> cache_clear(const Value* arguments) noexcept {
  self_of(arguments[0]).forget_all();
  return Special::kNone;
}

Ref<> itself(const Value* arguments) noexcept { return ref_of(arguments[0]); }

Ref<> reduce_wrapper(const Value* arguments) noexcept {
  return get_attribute(arguments[0], *names().qualified_name);
}

constexpr NativeSpec kNew[] = {
    {"__new__(cls, user_function, maxsize, typed, cache_info_type)", wrapper_new}};
constexpr NativeSpec kMethods[] = {
    {"cache_info(self)", cache_info, "Report cache statistics"},
    {"cache_clear(self)", cache_clear, "Clear the cache and cache statistics"},
    {"__reduce__(self)", reduce_wrapper},
    {"__copy__(self)", itself},
    {"__deepcopy__(self, memo, /)", itself},
};

// The mark lives as long as the process, as the types do.
[[nodiscard]] Status make_keyword_mark() noexcept {
  g_mark = make_native_type({.name = "functools._kwd_mark", .layout = &object_type().layout()});
  if (g_mark == nullptr) return kRaised;
  Ref<Object> mark = new_object<Object>(*g_mark);
  if (!mark) return kRaised;
  mark->count().immortalise();
  g_keyword_mark = mark.release();
  return Status::kDone;
}

}  // namespace

Status add_lru_cache(Module& module) noexcept {
  Protocols slots;
  slots.call = wrapper_call;
  slots.descriptor_get = wrapper_get;
  slots.takes_self = true;
  g_link = make_native_type({.name = "functools._lru_list_elem", .layout = &layout_of<LruLink>});
  g_wrapper = add_native_type(module, {.name = "functools._lru_cache_wrapper",
                                       .layout = &layout_of<LruCache>,
                                       .slots = slots,
                                       .statics = kNew,
                                       .methods = kMethods,
                                       .doc = "Create a cached callable that wraps another "
                                              "function.",
                                       .is_weakly_referable = true,
                                       .has_dict = true});
  if (g_link == nullptr || g_wrapper == nullptr) return kRaised;
  return make_keyword_mark();
}

}  // namespace orochi::inline OROCHI_DESIGN::functools
