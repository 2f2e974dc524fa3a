// Counts a reference under a lock, with nothing but what is installed. Exits with 0 if all is well.

#include <orochi/memory/policy.h>
#include <orochi/memory/raw_mutex.h>
#include <orochi/memory/refcount.h>

#include <cstdio>

namespace {

constexpr orochi::OwnerId kMe{2};

// True if two references are gone after two drops, and not before.
bool counts_to_two() {
  orochi::RawMutex mutex;
  const orochi::RawLock lock{mutex};
  orochi::Refcount count{kMe};
  count.retain(kMe);
  return count.drop(kMe) == orochi::Debt::kNone && count.drop(kMe) != orochi::Debt::kNone;
}

}  // namespace

int main() {
  const bool good = counts_to_two();
  std::printf("orochi, design %s: %s\n", orochi::kPolicy.name.data(), good ? "good" : "BROKEN");
  return good ? 0 : 1;
}
