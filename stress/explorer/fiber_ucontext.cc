#include <ucontext.h>

#include <cstdlib>
#include <new>

#include "stress/explorer/fiber.h"
#include "stress/explorer/fiber_sanitizer.h"

namespace orochi::explorer {
namespace {

struct Context {
  ucontext_t machine;
  Fiber::Entry entry;
  void* argument;
};

// makecontext passes ints alone, so the address travels in two halves.
void start(unsigned high, unsigned low) {
  auto* const context = reinterpret_cast<Context*>((std::uintptr_t{high} << 32) | low);
  context->entry(context->argument);
}

// Made at a fiber's first use and kept for the life of the process, as fibers are.
Context& context_of(void*& place) {
  if (place == nullptr) place = std::calloc(1, sizeof(Context));
  if (place == nullptr) std::abort();
  return *static_cast<Context*>(place);
}

}  // namespace

void Fiber::prepare(Entry entry, void* argument) noexcept {
  forget_frames(base_, kStackBytes);
  Context& context = context_of(context_);
  context.entry = entry;
  context.argument = argument;
  getcontext(&context.machine);
  context.machine.uc_stack.ss_sp = base_;
  context.machine.uc_stack.ss_size = kStackBytes;
  context.machine.uc_link = nullptr;
  const auto address = reinterpret_cast<std::uintptr_t>(&context);
  makecontext(&context.machine, reinterpret_cast<void (*)()>(&start), 2,
              static_cast<unsigned>(address >> 32), static_cast<unsigned>(address));
  top_ = base_ + kStackBytes;
}

void Fiber::switch_to(Fiber& from, Fiber& to) noexcept {
  // All living frames of `from` lie above this one.
  from.top_ = __builtin_frame_address(0);
  announce_switch(to.base_, kStackBytes);
  swapcontext(&context_of(from.context_).machine, &context_of(to.context_).machine);
  complete_switch();
}

void Fiber::arrived() noexcept { complete_switch(); }

}  // namespace orochi::explorer
