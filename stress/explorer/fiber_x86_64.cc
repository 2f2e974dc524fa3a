#include "stress/explorer/fiber.h"
#include "stress/explorer/fiber_sanitizer.h"

// void orochi_fiber_switch(void** save, void* load)
//
// Keeps what a function must preserve (System V ABI), exchanges stacks, and returns on the other
// one. The floating-point control words are the same in all fibers.
//
// orochi_fiber_start is where a prepared fiber's first switch returns to.
asm(R"(
  .text
  .p2align 4
  .globl orochi_fiber_switch
  .hidden orochi_fiber_switch
  .type orochi_fiber_switch, @function
orochi_fiber_switch:
  .cfi_startproc
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
  .cfi_endproc
  .size orochi_fiber_switch, .-orochi_fiber_switch

  .p2align 4
  .globl orochi_fiber_start
  .hidden orochi_fiber_start
  .type orochi_fiber_start, @function
orochi_fiber_start:
  .cfi_startproc
  .cfi_undefined rip
  movq %r12, %rdi
  callq *%r13
  ud2
  .cfi_endproc
  .size orochi_fiber_start, .-orochi_fiber_start
)");

extern "C" void orochi_fiber_switch(void** save, void* load) noexcept;
extern "C" void orochi_fiber_start() noexcept;

namespace orochi::explorer {

void Fiber::prepare(Entry entry, void* argument) noexcept {
  forget_frames(base_, kStackBytes);
  // What orochi_fiber_switch pops, and the address it returns to, which must find the stack
  // pointer a multiple of 16.
  auto* const top = reinterpret_cast<std::uintptr_t*>(base_ + kStackBytes - 16);
  top[-1] = reinterpret_cast<std::uintptr_t>(&orochi_fiber_start);
  top[-2] = 0;                                           // rbp: the end of all frames
  top[-3] = 0;                                           // rbx
  top[-4] = reinterpret_cast<std::uintptr_t>(argument);  // r12
  top[-5] = reinterpret_cast<std::uintptr_t>(entry);     // r13
  top[-6] = 0;                                           // r14
  top[-7] = 0;                                           // r15
  top_ = top - 7;
}

void Fiber::switch_to(Fiber& from, Fiber& to) noexcept {
  announce_switch(to.base_, kStackBytes);
  orochi_fiber_switch(&from.top_, to.top_);
  complete_switch();
}

void Fiber::arrived() noexcept { complete_switch(); }

}  // namespace orochi::explorer
