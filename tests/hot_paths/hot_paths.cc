// What a thread does all the time, each as one function, so that its instructions can be looked at:
// tests/hot_paths/no_locked_instructions.sh demands that the design `gil` has no locked one in
// them, since it would then not be the honest comparison that it is for; and that the design `ft`
// has none where a thread does something with what is its own.
//
// A path that becomes hot gets its function here, and its name in a list: in_turns.txt has all of
// them, and the out-of-line functions of the library that belong to them; own.txt those of `ft`.

#include "memory/epoch.h"
#include "memory/heap.h"
#include "memory/refcount.h"
#include "runtime/safepoint.h"

using namespace orochi;

// Extern "C" keeps the names short and the functions in the program though nobody calls them.
extern "C" {

void hot_retain(Refcount* count, OwnerId me) { count->retain(me); }

int hot_drop(Refcount* count, OwnerId me) { return static_cast<int>(count->drop(me)); }

bool hot_try_retain(Refcount* count, OwnerId me) { return count->try_retain(me); }

bool hot_is_unique(const Refcount* count, OwnerId me) { return count->is_unique(me, false); }

void* hot_allocate(std::size_t bytes) { return heap::allocate(bytes); }

void hot_free(void* block) { heap::free(block); }

// The end of a reader's section.
void hot_safepoint() { safepoint(); }

void hot_report(Slot* me) { Epoch::report(*me); }

void hot_enter(Slot* me) { Epoch::enter(*me); }

void hot_leave(Slot* me) { Epoch::leave(*me); }

void hot_retire(void* block) { Epoch::retire(block); }

void hot_retire_buffer(void* payload) { Epoch::retire_buffer(payload); }

}  // extern "C"

int main() {}
