// objects/types/set_pass.h: all keys of one set, looked up in another: what two-set operations are
// made of.
//
//     in one hold of both locks    look key after key up in the other set, and act on the answer
//     a key that must be asked     let go of both; search on its own, act in the hold in which the
//                                  answer is known; go on in a hold of both
//
// So a pass in which nobody is asked is one step for all who watch. If somebody is, the first set
// may have changed meanwhile: the pass goes on at the place where it was.
//
// What is done with a key is an Act, which lives outside of the locks:
//
//   prepare(from, in)        in each hold of both, before its first key: sizes and memory
//   act(in, wanted, place)   in a hold of `in` at least; `place` has the key's entry there, or none
//   later(wanted)            after an act() that said kLater, in no hold; may run any code
//   let_go()                 if it has that: after each hold of both, before what follows
//
// One thread each. Attached, in no section that may not be suspended.
// Tests: tests/objects/types/set_algebra_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/error.h"
#include "objects/types/set.h"

namespace orochi::inline OROCHI_DESIGN {

// What an Act says.
enum class PassGoes : std::uint8_t { kOn, kLater, kEnds, kHasNoMemory };

template <class Act>
class SetPass {
 public:
  SetPass(Set& from, Set& in, Act& act) noexcept : from_(from), in_(in), act_(act) {}

  [[nodiscard]] Status run() noexcept {
    for (;;) {
      key_ = Ref<>();
      walk();
      if constexpr (requires { act_.let_go(); }) act_.let_go();
      if (next_ == Next::kAsk && failed(ask())) return kRaised;
      if (next_ == Next::kLater && failed(act_.later(wanted()))) return kRaised;
      if (next_ == Next::kRaise) return raise_memory_error();
      if (next_ == Next::kEnd) return Status::kDone;
    }
  }

 private:
  enum class Next : std::uint8_t { kGoOn, kAsk, kLater, kEnd, kRaise };

  [[nodiscard]] static Next next_of(PassGoes goes) noexcept {
    switch (goes) {
      case PassGoes::kOn:
        return Next::kGoOn;
      case PassGoes::kLater:
        return Next::kLater;
      case PassGoes::kEnds:
        return Next::kEnd;
      case PassGoes::kHasNoMemory:
        break;
    }
    return Next::kRaise;
  }

  [[nodiscard]] WantedKey wanted() const noexcept { return {key_.value(), hash_}; }

  // Up to the end, or to a key with which more is to be done outside; that one is kept.
  void walk() noexcept {
    const LockedPair locks(from_, in_);
    const NoSuspend whole;
    const Held from = locks.first();
    next_ = next_of(act_.prepare(from_, in_, locks.second()));
    while (next_ == Next::kGoOn) {
      const SetEntry* const entry = from_.entries_.first_from(from, place_);
      if (entry == nullptr) {
        next_ = Next::kEnd;
        return;
      }
      ++place_;
      look_up(locks.second(), {entry->key.get(from), entry->hash});
      if (next_ == Next::kAsk || next_ == Next::kLater) keep(from, *entry);
    }
  }
  void keep(Held from, const SetEntry& entry) noexcept {
    entry.key.load(from).swap(key_);
    hash_ = entry.hash;
  }
  void look_up(Held in, const WantedKey& wanted) noexcept {
    const auto place = in_.entries_.find(in, wanted);
    next_ = place.answer() == Search::kUnknown ? Next::kAsk : next_of(act_.act(in, wanted, place));
  }
  // May run any code.
  [[nodiscard]] Status ask() noexcept {
    return locate(in_, in_.entries_, wanted(), [this](Held in, const auto& place) {
      next_ = next_of(act_.act(in, wanted(), place));
    });
  }

  Set& from_;
  Set& in_;
  Act& act_;
  std::size_t place_ = 0;
  Next next_ = Next::kGoOn;
  // The key with which more is to be done.
  Ref<> key_;
  KeyHash hash_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
