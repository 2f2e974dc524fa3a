// stress/scenarios/watched.h: counted objects that say when they die.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <new>

#include "memory/counted.h"
#include "memory/epoch.h"
#include "memory/heap.h"
#include "scenario_door/shared.h"

namespace orochi::inline OROCHI_DESIGN {

// What becomes of the block of a dead object.
enum class Afterwards {
  kFreed,    // it is freed at once: nobody looks at it without a reference
  kRetired,  // it is freed when nobody can look at it any more (memory/epoch.h)
};

// How often something of a state died. Any thread may be the one that destroys it, of another state
// too: who saw that it is dead, and builds the state again, comes after all that the destroyer did.
class Deaths {
 public:
  void add() { count_.fetch_add(1, kRelease); }                      // pairs with count
  [[nodiscard]] int count() const { return count_.load(kAcquire); }  // pairs with add

  // For arbiters.
  void wait_for_one() const {
    stress::expect(stress::eventually([this] { return count() != 0; }), "somebody destroys it");
  }

 private:
  SysAtomic<int> count_{0};
};

struct Watched {
  static constexpr int kAlive = 1, kDead = -1;

  std::uint64_t count_words = 0;  // the Refcount, constructed last
  Deaths* deaths;
  Afterwards afterwards;
  SysAtomic<Watched*>* weak = nullptr;  // where a pointer to it stands that is not counted
  stress::Shared<int> content{kAlive};

  [[nodiscard]] Refcount& count() noexcept { return count_of(this); }
};

inline Destruction destroy_watched(void* block) noexcept {
  auto& object = *static_cast<Watched*>(block);
  // relaxed: who loads null looks no further.
  if (object.weak != nullptr) object.weak->store(nullptr, kRelaxed);
  object.content.set(Watched::kDead);  // plain: races with whoever was not done with it
  object.deaths->add();
  if (object.afterwards == Afterwards::kFreed)
    heap::free(block);
  else
    Epoch::retire(block);
  return Destruction::kDone;
}

// An object of the calling thread's, with one reference. `deaths` counts how often it dies.
[[nodiscard]] inline Watched* make_watched(Deaths& deaths, Afterwards afterwards) noexcept {
  set_destroyer(destroy_watched);
  void* const block = heap::allocate(sizeof(Watched));
  if (block == nullptr) std::abort();
  auto* const object = new (block) Watched;
  object->deaths = &deaths;
  object->afterwards = afterwards;
  new (block) Refcount(current().id);
  return object;
}

}  // namespace orochi::inline OROCHI_DESIGN
