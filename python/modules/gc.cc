// gc: the collector of cycles, as programs see it.
//
// There are no generations: collections are made when memory has grown (objects/collector/
// pacing.h), and each looks at all there is. What a program sets as thresholds is kept, and 0 as
// the first of them turns collections off, as in CPython.

#include "objects/collector/collector.h"
#include "objects/collector/freezing.h"
#include "objects/collector/inspection.h"
#include "objects/model/operations.h"
#include "objects/model/unraisable.h"
#include "objects/types/dict.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/calls.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::size_t kGenerations = 3;

// relaxed, all: wishes of programs, which order nothing.
constinit Atomic<std::int64_t> g_thresholds[kGenerations] = {
    Atomic<std::int64_t>{700}, Atomic<std::int64_t>{10}, Atomic<std::int64_t>{10}};
constinit Atomic<std::int64_t> g_debug{0};
constinit Atomic<bool> g_is_enabled{true};
constinit List* g_callbacks = nullptr;  // lives for ever; written by `complete`

// --- Turning it on and off. ---

void apply() noexcept {
  const bool wanted = g_is_enabled.load(kRelaxed) && g_thresholds[0].load(kRelaxed) != 0;
  wanted ? Collector::enable() : Collector::disable();
}

Ref<> enable(const Value*) noexcept {
  g_is_enabled.store(true, kRelaxed);
  apply();
  return Special::kNone;
}
Ref<> disable(const Value*) noexcept {
  g_is_enabled.store(false, kRelaxed);
  apply();
  return Special::kNone;
}
Ref<> is_enabled(const Value*) noexcept { return truth_value(g_is_enabled.load(kRelaxed)); }

Ref<> set_threshold(const Value* arguments) noexcept {
  for (std::size_t i = 0; i < kGenerations && !arguments[i].is_empty(); ++i) {
    std::int64_t number = 0;
    if (failed(read_index(arguments[i], number))) return kRaised;
    g_thresholds[i].store(number, kRelaxed);
  }
  apply();
  return Special::kNone;
}
Ref<> get_threshold(const Value*) noexcept {
  return whole_tuple(make_int(g_thresholds[0].load(kRelaxed)),
                     make_int(g_thresholds[1].load(kRelaxed)),
                     make_int(g_thresholds[2].load(kRelaxed)));
}
// Nothing is counted for a generation.
Ref<> get_count(const Value*) noexcept {
  return whole_tuple(make_int(0), make_int(0), make_int(0));
}

Ref<> set_debug(const Value* arguments) noexcept {
  std::int64_t flags = 0;
  if (failed(read_index(arguments[0], flags))) return kRaised;
  g_debug.store(flags, kRelaxed);
  return Special::kNone;
}
Ref<> get_debug(const Value*) noexcept { return make_int(g_debug.load(kRelaxed)); }

// --- Collecting. ---

[[nodiscard]] Status set_number(Dict& dict, std::string_view name, std::size_t number) noexcept {
  const Ref<Str> key = intern(name);
  Ref<> value = make_size(number);
  return key && value ? dict.set(key.value(), std::move(value)) : Status{kRaised};
}

[[nodiscard]] Ref<Dict> result_of(const Collected& result) noexcept {
  Ref<Dict> info = Dict::make();
  if (!info || failed(set_number(*info, "generation", kGenerations - 1)) ||
      failed(set_number(*info, "collected", result.found - result.spared)) ||
      failed(set_number(*info, "uncollectable", 0)))
    return kRaised;
  return info;
}

// What a callback raises is nobody's business but its own.
void tell(Collector::Event event, const Collected& result) noexcept {
  if (g_callbacks->size() == 0) return;
  const Ref<Tuple> callbacks = g_callbacks->to_tuple();
  const Ref<Str> phase = intern(event == Collector::Event::kStart ? "start" : "stop");
  const Ref<Dict> info = result_of(result);
  for (std::size_t i = 0; callbacks && i < callbacks->size(); ++i) {
    const bool is_told = phase && info && call_with((*callbacks)[i], {phase.value(), info.value()});
    if (!is_told) report_unraisable((*callbacks)[i]);
  }
}

Ref<> collect(const Value* arguments) noexcept {
  std::int64_t generation = 0;
  if (failed(read_index(arguments[0], generation))) return kRaised;
  if (generation < 0 || generation >= static_cast<std::int64_t>(kGenerations))
    return raise(ErrorKind::kValue, {"invalid generation"});
  const Collected result = Collector::collect();
  if (result.how == Collected::How::kNoMemory) return raise_memory_error();
  if (result.how == Collected::How::kRefused) return kRaised;
  return make_size(result.found - result.spared);
}

Ref<> get_stats(const Value*) noexcept {
  const CollectorStatistics statistics = Collector::statistics();
  Ref<List> all = List::make();
  for (std::size_t i = 0; all && i < kGenerations; ++i) {
    const bool is_last = i + 1 == kGenerations;
    Ref<Dict> one = Dict::make();
    if (!one || failed(set_number(*one, "collections", is_last ? statistics.collections : 0)) ||
        failed(set_number(*one, "collected", is_last ? statistics.found - statistics.spared : 0)) ||
        failed(set_number(*one, "uncollectable", 0)) || failed(all->append(std::move(one))))
      return kRaised;
  }
  return all;
}

// --- Looking. ---

[[nodiscard]] Ref<> list_of(FoundObjects& found) noexcept {
  Ref<List> list = List::make();
  while (list && !found.is_empty())
    if (failed(list->append(found.take()))) return kRaised;
  return list;
}

// All are of one generation, the oldest.
Ref<> get_objects(const Value* arguments) noexcept {
  std::int64_t generation = kGenerations - 1;
  if (!arguments[0].is_none() && failed(read_index(arguments[0], generation))) return kRaised;
  if (generation >= static_cast<std::int64_t>(kGenerations))
    return raise(ErrorKind::kValue, {"generation parameter must be less than the number of "
                                     "available generations (3)"});
  if (generation < 0) return raise(ErrorKind::kValue, {"generation parameter cannot be negative"});
  FoundObjects found;
  if (generation + 1 == kGenerations && failed(find_objects(found))) return kRaised;
  return list_of(found);
}

using Find = Status (*)(std::span<const Value>, FoundObjects&) noexcept;
template <Find kFind>
Ref<> find(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[0]);
  GatheredCall values;
  if (failed(values.reserve(given.size()))) return kRaised;
  values.add_all(given);
  FoundObjects found;
  return failed(kFind(values.values(), found)) ? Ref<>() : list_of(found);
}

Ref<> is_tracked_by_it(const Value* arguments) noexcept {
  return truth_value(is_tracked(arguments[0]));
}
Ref<> was_finalized(const Value* arguments) noexcept {
  return truth_value(is_finalized(arguments[0]));
}

Ref<> freeze(const Value*) noexcept {
  freeze_all();
  return Special::kNone;
}
Ref<> unfreeze(const Value*) noexcept {
  unfreeze_all();
  return Special::kNone;
}
Ref<> get_freeze_count(const Value*) noexcept { return make_size(count_frozen()); }

constexpr NativeSpec kFunctions[] = {
    {"enable()", enable, "Enable automatic garbage collection."},
    {"disable()", disable, "Disable automatic garbage collection."},
    {"isenabled()", is_enabled, "Returns true if automatic garbage collection is enabled."},
    {"set_debug(flags, /)", set_debug, "Set the garbage collection debugging flags."},
    {"get_debug()", get_debug, "Get the garbage collection debugging flags."},
    {"get_count()", get_count, "Return a three-tuple of the current collection counts."},
    {"set_threshold(threshold0, threshold1=<none>, threshold2=<none>, /)", set_threshold,
     "Sets the collection thresholds."},
    {"get_threshold()", get_threshold, "Return the current collection thresholds."},
    {"collect(generation=2)", collect, "Run the garbage collector."},
    {"get_objects(generation=None)", get_objects,
     "Return a list of objects tracked by the collector."},
    {"get_stats()", get_stats,
     "Return a list of dictionaries containing per-generation statistics."},
    {"is_tracked(obj, /)", is_tracked_by_it,
     "Returns true if the object is tracked by the garbage collector."},
    {"is_finalized(obj, /)", was_finalized,
     "Returns true if the object has been already finalized by the GC."},
    {"get_referrers(*objs)", find<find_referrers>,
     "Return the list of objects that directly refer to any of objs."},
    {"get_referents(*objs)", find<find_referents>,
     "Return the list of objects that are directly referred to by objs."},
    {"freeze()", freeze,
     "Freeze all current tracked objects and ignore them for future "
     "collections."},
    {"unfreeze()", unfreeze, "Unfreeze all objects in the permanent generation."},
    {"get_freeze_count()", get_freeze_count,
     "Return the number of objects in the permanent generation."},
};

Status complete(Module& module) noexcept {
  Ref<List> callbacks = List::make();
  Ref<List> garbage = List::make();
  if (!callbacks || !garbage) return kRaised;
  callbacks->count().immortalise();
  g_callbacks = callbacks.get();
  Collector::set_observer(tell);
  if (failed(add_value(module, "callbacks", std::move(callbacks))) ||
      failed(add_value(module, "garbage", std::move(garbage))) ||
      failed(add_int(module, "DEBUG_STATS", 1)) ||
      failed(add_int(module, "DEBUG_COLLECTABLE", 2)) ||
      failed(add_int(module, "DEBUG_UNCOLLECTABLE", 4)) ||
      failed(add_int(module, "DEBUG_SAVEALL", 32)))
    return kRaised;
  return add_int(module, "DEBUG_LEAK", 38);
}

}  // namespace

extern constinit const NativeModule kGcModule{
    "gc", "This module provides access to the garbage collector for reference cycles.", kFunctions,
    complete};

}  // namespace orochi::inline OROCHI_DESIGN
