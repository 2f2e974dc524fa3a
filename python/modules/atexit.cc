#include "python/modules/atexit.h"

#include "objects/model/operations.h"
#include "objects/model/unraisable.h"
#include "objects/types/dict.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/calls.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Tuples: the function, its arguments, and a dict of those with names, or None. Made with the
// module; lives for ever.
constinit List* g_registered = nullptr;

Ref<> register_it(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[0]);
  if (given.size() == 0)
    return raise(ErrorKind::kType, {"register() takes at least 1 argument (0 given)"});
  if (type_of(given[0]).block().protocols().call == nullptr)
    return raise(ErrorKind::kType, {"the first argument must be callable"});
  Ref<Tuple> values = Tuple::make_blank(given.size() - 1);
  if (!values) return kRaised;
  for (std::size_t i = 1; i < given.size(); ++i) values->initialise(i - 1, given.load(i));
  Ref<Tuple> entry =
      whole_tuple(given.load(0), std::move(values),
                  arguments[1].is_empty() ? Ref<>(Special::kNone) : ref_of(arguments[1]));
  if (!entry || failed(g_registered->append(std::move(entry)))) return kRaised;
  return given.load(0);
}

// Comparing may register and unregister others: the entry that was compared is looked for again.
[[nodiscard]] bool forget(Value entry) noexcept {
  const Locked lock(*g_registered);
  for (std::size_t i = g_registered->size(); i-- > 0;) {
    Ref<> found;
    const auto place = static_cast<std::int64_t>(i);
    if (!g_registered->get(place, found) || found.value() != entry) continue;
    return static_cast<bool>(g_registered->pop(place));
  }
  return false;
}

Ref<> unregister_it(const Value* arguments) noexcept {
  const Ref<Tuple> all = g_registered->to_tuple();
  if (!all) return kRaised;
  for (std::size_t i = 0; i < all->size(); ++i) {
    const Truth same = same_or_equal(object_of<Tuple>((*all)[i])[0], arguments[0]);
    if (failed(same)) return kRaised;
    if (same == Truth::kTrue) static_cast<void>(forget((*all)[i]));
  }
  return Special::kNone;
}

[[nodiscard]] Ref<> take_last() noexcept {
  const Locked lock(*g_registered);
  return g_registered->size() == 0 ? Ref<>() : g_registered->pop();
}

void call_entry(const Tuple& entry) noexcept {
  const Value names = entry[2].is_none() ? Value() : entry[2];
  if (!call_with_all(entry[0], object_of<Tuple>(entry[1]), names)) report_unraisable(entry[0]);
}

Ref<> run_them(const Value*) noexcept {
  run_exit_functions();
  return Special::kNone;
}

Ref<> forget_all(const Value*) noexcept {
  g_registered->clear();
  return Special::kNone;
}

Ref<> count_them(const Value*) noexcept { return make_size(g_registered->size()); }

constexpr NativeSpec kFunctions[] = {
    {"register(*args, **kwargs)", register_it,
     "Register a function to be executed upon normal program termination."},
    {"unregister(func, /)", unregister_it,
     "Unregister an exit function which was previously registered using atexit.register."},
    {"_run_exitfuncs()", run_them, "Run all registered exit functions."},
    {"_clear()", forget_all, "Clear the list of previously registered exit functions."},
    {"_ncallbacks()", count_them, "Return the number of registered exit functions."},
};

Status complete(Module&) noexcept {
  Ref<List> list = List::make();
  if (!list) return kRaised;
  list->count().immortalise();
  g_registered = list.release();
  return Status::kDone;
}

}  // namespace

void run_exit_functions() noexcept {
  if (g_registered == nullptr) return;
  while (const Ref<> entry = take_last()) call_entry(entry.as<Tuple>());
}

extern constinit const NativeModule kAtexitModule{
    "atexit",
    "Allow programmer to define multiple exit functions to be executed upon normal "
    "program termination.",
    kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
