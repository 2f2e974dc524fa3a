// itertools: iterators made of iterators.

#include "python/modules/itertools/parts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr NativeSpec kFunctions[] = {
    {"tee(iterable, n=2, /)", itertools::tee, "Returns a tuple of n independent iterators."}};

Status complete(Module& module) noexcept {
  using namespace itertools;
  constexpr Status (*kParts[])(Module&) noexcept = {
      add_endless, add_filters, add_islice,  add_joins,        add_folds,
      add_groupby, add_tee,     add_product, add_permutations, add_combinations,
  };
  for (const auto add : kParts)
    if (failed(add(module))) return kRaised;
  return Status::kDone;
}

}  // namespace

extern constinit const NativeModule kItertoolsModule{
    "itertools", "Functional tools for creating and using iterators.", kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
