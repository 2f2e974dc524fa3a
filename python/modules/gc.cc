// gc: the collector of cycles, as programs see it.
//
// There is one generation, which is the oldest for a program that asks for one: a collection looks
// at all containers. It is due when memory has grown, not when containers are many, so a threshold
// of 700, which is what programs begin with, stands for the growth that the collector begins with,
// and others in proportion.
//
// Tests: tests/python/language/collecting.py

#include <algorithm>
#include <cstdio>

#include "memory/memory_watch.h"
#include "objects/collector/collector.h"
#include "objects/collector/freezing.h"
#include "objects/collector/inspection.h"
#include "objects/model/unraisable.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/calls.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr int kGenerations = 3;
constexpr int kDebugStatistics = 1;
constexpr int kDefaultThreshold = 700;

// Lives for ever; written by `complete`.
constinit List* g_callbacks = nullptr;

// relaxed, all: settings, on which nothing else hangs.
constinit Atomic<int> g_debug{0};
constinit Atomic<int> g_thresholds[kGenerations]{Atomic<int>{kDefaultThreshold}, Atomic<int>{10},
                                                 Atomic<int>{10}};

// --- Collecting. ---

[[nodiscard]] std::size_t ended(const Collected& collected) noexcept {
  return collected.found - collected.spared;
}

Ref<> collect(const Value* arguments) noexcept {
  int generation = 0;
  if (failed(read_c_int(arguments[0], generation))) return kRaised;
  if (generation < 0 || generation >= kGenerations)
    return raise(ErrorKind::kValue, {"invalid generation"});
  const Collected collected = Collector::collect();
  switch (collected.how) {
    case Collected::How::kDone:
      return make_size(ended(collected));
    case Collected::How::kBusy:
      return make_int(0);
    case Collected::How::kNoMemory:
      return raise_memory_error();
    default:
      return kRaised;
  }
}

Ref<> enable(const Value*) noexcept {
  Collector::enable();
  return Special::kNone;
}

Ref<> disable(const Value*) noexcept {
  Collector::disable();
  return Special::kNone;
}

Ref<> is_enabled(const Value*) noexcept { return truth_value(Collector::is_enabled()); }

// --- Who wants to know of collections. ---

struct Figure {
  std::string_view name;
  std::size_t number;
};

[[nodiscard]] Ref<Dict> dict_of(std::initializer_list<Figure> figures) noexcept {
  Ref<Dict> dict = Dict::make();
  for (const Figure& figure : figures) {
    const Ref<Str> name = intern(figure.name);
    Ref<> number = make_size(figure.number);
    if (!dict || !name || !number || failed(dict->set(name.value(), std::move(number))))
      return kRaised;
  }
  return dict;
}

void say_statistics(Collector::Event event, const Collected& result) noexcept {
  if ((g_debug.load(kRelaxed) & kDebugStatistics) == 0) return;
  if (event == Collector::Event::kStart) {
    std::fputs("gc: collecting generation 2...\n", stderr);
  } else {
    std::fprintf(stderr, "gc: done, %zu unreachable, 0 uncollectable\n", ended(result));
  }
}

void call_back(Value callback, Collector::Event event, const Collected& result) noexcept {
  const bool is_start = event == Collector::Event::kStart;
  const Ref<Str> phase = intern(is_start ? "start" : "stop");
  const Ref<Dict> about = dict_of({{"generation", kGenerations - 1},
                                   {"collected", is_start ? 0 : ended(result)},
                                   {"uncollectable", 0}});
  const bool is_ready = phase && about;
  if (!is_ready || !call_with(callback, {phase.value(), about.value()}))
    report_unraisable(callback);
}

// A program's functions, of which each may change the list.
void observe(Collector::Event event, const Collected& result) noexcept {
  say_statistics(event, result);
  if (g_callbacks->size() == 0) return;
  const Ref<List> now = g_callbacks->copy();
  if (!now) return report_unraisable(Value(g_callbacks));
  Ref<> callback;
  for (std::int64_t i = 0; now->get(i, callback); ++i) {
    call_back(callback.value(), event, result);
    callback = Ref<>();
  }
}

// --- Figures and settings. ---

// All collections are of the oldest generation.
Ref<> get_stats(const Value*) noexcept {
  const CollectorStatistics all = Collector::statistics();
  Ref<List> list = List::make();
  for (int i = 0; list && i < kGenerations; ++i) {
    const bool is_oldest = i == kGenerations - 1;
    Ref<Dict> figures = dict_of({{"collections", is_oldest ? all.collections : 0},
                                 {"collected", is_oldest ? all.found - all.spared : 0},
                                 {"uncollectable", 0}});
    if (!figures || failed(list->append(std::move(figures)))) return kRaised;
  }
  return list;
}

[[nodiscard]] std::int64_t threshold(int generation) noexcept {
  return g_thresholds[generation].load(kRelaxed);
}

// How near the next collection is, of the threshold.
Ref<> get_count(const Value*) noexcept {
  const double part = static_cast<double>(MemoryWatch::bytes()) /
                      static_cast<double>(std::max<std::size_t>(MemoryWatch::limit(), 1));
  const double count = std::min(part, 1.0) * static_cast<double>(threshold(0));
  return Tuple::of(make_int(static_cast<std::int64_t>(count)), make_int(0), make_int(0));
}

Ref<> get_threshold(const Value*) noexcept {
  return Tuple::of(make_int(threshold(0)), make_int(threshold(1)), make_int(threshold(2)));
}

// 0: never.
[[nodiscard]] std::size_t growth_for(int threshold) noexcept {
  constexpr std::size_t kNever = MemoryWatch::kNoLimit / 2;
  if (threshold <= 0) return kNever;
  return Pace().least_growth / kDefaultThreshold * static_cast<std::size_t>(threshold);
}

[[nodiscard]] Status check_threshold_count(std::size_t given) noexcept {
  if (given >= 1 && given <= kGenerations) return Status::kDone;
  return raise(ErrorKind::kType, {"set_threshold() takes ",
                                  given == 0 ? "at least 1 argument (" : "at most 3 arguments (",
                                  Digits(given).text(), " given)"});
}

Ref<> set_threshold(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[0]);
  if (failed(check_threshold_count(given.size()))) return kRaised;
  int numbers[kGenerations];
  for (std::size_t i = 0; i < kGenerations; ++i) {
    numbers[i] = g_thresholds[i].load(kRelaxed);
    if (i < given.size() && failed(read_c_int(given[i], numbers[i]))) return kRaised;
  }
  for (int i = 0; i < kGenerations; ++i) g_thresholds[i].store(numbers[i], kRelaxed);
  Pace pace = Pacing::get();
  pace.least_growth = growth_for(numbers[0]);
  Pacing::set(pace);
  return Special::kNone;
}

Ref<> get_debug(const Value*) noexcept { return make_int(g_debug.load(kRelaxed)); }

Ref<> set_debug(const Value* arguments) noexcept {
  int flags = 0;
  if (failed(read_c_int(arguments[0], flags))) return kRaised;
  g_debug.store(flags, kRelaxed);
  return Special::kNone;
}

// --- Looking at objects. ---

[[nodiscard]] Ref<> list_of(FoundObjects& found) noexcept {
  Ref<List> list = List::make();
  while (list && !found.is_empty())
    if (failed(list->append(found.take()))) return kRaised;
  return list;
}

// False: there are none of that generation.
[[nodiscard]] Truth wants_all(Value generation) noexcept {
  if (generation.is_none()) return Truth::kTrue;
  if (!is_int(generation) && type_of(generation).block().protocols().index == nullptr)
    return raise(ErrorKind::kType,
                 {"argument should be integer or None, not '", type_name(generation), "'"});
  int number = 0;
  if (failed(read_c_int(generation, number))) return kRaised;
  if (number >= kGenerations)
    return raise(ErrorKind::kValue, {"generation parameter must be less than the number of "
                                     "available generations (3)"});
  if (number < -1) return raise(ErrorKind::kValue, {"generation parameter cannot be negative"});
  return truth_of(number == -1 || number == kGenerations - 1);
}

Ref<> get_objects(const Value* arguments) noexcept {
  const Truth all = wants_all(arguments[0]);
  FoundObjects found;
  if (failed(all) || (all == Truth::kTrue && failed(find_objects(found)))) return kRaised;
  return list_of(found);
}

using Search = Status (*)(std::span<const Value>, FoundObjects&) noexcept;

[[nodiscard]] Ref<> search(Value given, Search find) noexcept {
  const auto& values = object_of<Tuple>(given);
  OwnedValues all;
  if (!all.reserve(values.size())) return raise_memory_error();
  for (std::size_t i = 0; i < values.size(); ++i) all.push(values.load(i));
  FoundObjects found;
  return failed(find(all.all(), found)) ? Ref<>() : list_of(found);
}

Ref<> get_referrers(const Value* arguments) noexcept {
  return search(arguments[0], find_referrers);
}
Ref<> get_referents(const Value* arguments) noexcept {
  return search(arguments[0], find_referents);
}

Ref<> tracked(const Value* arguments) noexcept { return truth_value(is_tracked(arguments[0])); }
Ref<> finalized(const Value* arguments) noexcept { return truth_value(is_finalized(arguments[0])); }

// --- Leaving objects alone. ---

Ref<> freeze(const Value*) noexcept {
  freeze_all();
  return Special::kNone;
}

Ref<> unfreeze(const Value*) noexcept {
  unfreeze_all();
  return Special::kNone;
}

Ref<> get_freeze_count(const Value*) noexcept { return make_size(count_frozen()); }

// --- The module. ---

constexpr NativeSpec kFunctions[] = {
    {"enable()", enable, "Enable automatic garbage collection."},
    {"disable()", disable, "Disable automatic garbage collection."},
    {"isenabled()", is_enabled, "Returns true if automatic garbage collection is enabled."},
    {"set_debug(flags, /)", set_debug, "Set the garbage collection debugging flags."},
    {"get_debug()", get_debug, "Get the garbage collection debugging flags."},
    {"get_count()", get_count, "How near the next collection is, for each generation."},
    {"set_threshold(*thresholds)", set_threshold,
     "Sets when collections are due; 0 as the first disables them."},
    {"get_threshold()", get_threshold, "Return the current collection thresholds."},
    {"collect(generation=2)", collect, "Run the garbage collector."},
    {"get_objects(generation=None)", get_objects,
     "Return a list of objects tracked by the collector (excluding the list returned)."},
    {"get_stats()", get_stats, "A list of dicts, one for each generation, of what was done."},
    {"is_tracked(obj, /)", tracked, "Returns true if the object is tracked by the collector."},
    {"is_finalized(obj, /)", finalized, "Returns true if the object has been already finalized."},
    {"get_referrers(*objs)", get_referrers, "Containers that refer directly to any of these."},
    {"get_referents(*objs)", get_referents, "Objects that these refer directly to."},
    {"freeze()", freeze, "Leaves all objects that there are alone in collections to come."},
    {"unfreeze()", unfreeze, "Looks at frozen objects again."},
    {"get_freeze_count()", get_freeze_count, "How many objects are frozen."},
};

struct Flag {
  std::string_view name;
  int bits;
};
constexpr Flag kFlags[] = {{"DEBUG_STATS", kDebugStatistics},
                           {"DEBUG_COLLECTABLE", 2},
                           {"DEBUG_UNCOLLECTABLE", 4},
                           {"DEBUG_SAVEALL", 32},
                           {"DEBUG_LEAK", 38}};

Status complete(Module& module) noexcept {
  for (const Flag& flag : kFlags)
    if (failed(add_int(module, flag.name, flag.bits))) return kRaised;
  Ref<List> callbacks = List::make();
  Ref<List> garbage = List::make();
  if (!callbacks || !garbage || failed(add_value(module, "callbacks", callbacks.share())) ||
      failed(add_value(module, "garbage", std::move(garbage))))
    return kRaised;
  g_callbacks = callbacks.release();
  Collector::set_observer(observe);
  return Status::kDone;
}

}  // namespace

extern constinit const NativeModule kGcModule{
    "gc", "The collector of objects that refer to each other.", kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
