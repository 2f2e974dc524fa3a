// Counts a reference under a lock, and guards an object that two threads use, with nothing but
// what is installed. Exits with 0 if all is well.

#include <orochi/memory/policy.h>
#include <orochi/memory/raw_mutex.h>
#include <orochi/memory/refcount.h>
#include <orochi/runtime/critical_section.h>
#include <orochi/runtime/lifecycle.h>

#include <cstdio>
#include <thread>

namespace {

using orochi::Attach;
using orochi::CriticalSection;
using orochi::ObjectLock;
using orochi::Thread;

constexpr orochi::OwnerId kMe{2};

// True if two references are gone after two drops, and not before.
bool counts_to_two() {
  orochi::RawMutex mutex;
  const orochi::RawLock lock{mutex};
  orochi::Refcount count{kMe};
  count.retain(kMe);
  return count.drop(kMe) == orochi::Debt::kNone && count.drop(kMe) != orochi::Debt::kNone;
}

struct Object {
  [[no_unique_address]] ObjectLock lock;
  int turns = 0;

  void use() {
    for (int turn = 0; turn < 1000; ++turn) {
      const CriticalSection section{lock};
      ++turns;
      orochi::safepoint();
    }
  }
};

// True if two attached threads get in each other's way at no turn, and the runtime ends.
bool threads_take_turns() {
  if (orochi::Lifecycle::start() != Attach::kDone) return false;
  Object object;
  std::thread other{[&object] {
    if (Thread::start() != Attach::kDone) return;
    object.use();
    Thread::exit();
  }};
  object.use();
  Thread::current()->detach();
  other.join();
  if (Thread::current()->attach() != Attach::kDone) return false;
  const bool nobody_is_left = orochi::Lifecycle::shut_down(orochi::platform::kNever) == 0;
  Thread::exit();
  return nobody_is_left && object.turns == 2000;
}

}  // namespace

int main() {
  const bool good = counts_to_two() && threads_take_turns();
  std::printf("orochi, design %s: %s\n", orochi::kPolicy.name.data(), good ? "good" : "BROKEN");
  return good ? 0 : 1;
}
