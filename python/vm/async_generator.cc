#include "python/vm/generator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_async_generator = nullptr;  // written by make_async_generator_type

}  // namespace

Type& async_generator_type() noexcept { return *g_async_generator; }

Status make_async_generator_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_async_generator = Type::make({.name = "async_generator",
                                  .layout = &layout_of<Generator>,
                                  .ancestors = ancestors,
                                  .is_final = true,
                                  .is_weakly_referable = true});
  if (g_async_generator == nullptr) return kRaised;
  g_async_generator->set_abstract(true);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
