// What a thread does all the time, each as one function, so that its instructions can be looked at:
// tests/hot_paths/no_locked_instructions.sh demands that the design `gil` has no locked one in
// them, since it would then not be the honest comparison that it is for.
//
// A path that becomes hot gets its function here. Out-of-line functions of the library that belong
// to a hot path are named in functions.txt.

#include "memory/refcount.h"

using namespace orochi;

// Extern "C" keeps the names short and the functions in the program though nobody calls them.
extern "C" {

void hot_retain(Refcount* count, OwnerId me) { count->retain(me); }

int hot_drop(Refcount* count, OwnerId me) { return static_cast<int>(count->drop(me)); }

bool hot_try_retain(Refcount* count, OwnerId me) { return count->try_retain(me); }

bool hot_is_unique(const Refcount* count, OwnerId me) { return count->is_unique(me, false); }

}  // extern "C"

int main() {}
