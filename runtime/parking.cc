#include "runtime/parking.h"

#include <cstdint>

#include "memory/raw_mutex.h"
#include "memory/thread_annotations.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Values of a sleeper's futex word.
using Token = std::uint32_t;
constexpr Token kQueued = 0;
constexpr Token kWoken = 1;
constexpr Token kInterrupted = 2;

struct Sleeper {
  // Constant while queued.
  const void* address;
  const Thread* thread;  // null: not known to the runtime
  std::uint32_t interrupts;
  void (*vanished)(const void* address);

  // Under the bucket's lock.
  Sleeper* previous = nullptr;
  Sleeper* next = nullptr;

  // Written under the bucket's lock, once; a futex word for the sleeper.
  SysAtomic<Token> token{kQueued};

  [[nodiscard]] bool is_queued_at(const void* where) const noexcept {
    return address == where && !is_chosen();
  }
  [[nodiscard]] bool is_chosen() const noexcept {
    return token.load(kRelaxed) != kQueued;  // relaxed: asked under the bucket's lock
  }
};

class Queue {
 public:
  void insert(Sleeper& sleeper, Place place) noexcept {
    Sleeper* const before = place == Place::kBack ? last_ : nullptr;
    Sleeper* const after = place == Place::kBack ? nullptr : first_;
    sleeper.previous = before;
    sleeper.next = after;
    link(before, after, &sleeper, &sleeper);
  }

  void remove(Sleeper& sleeper) noexcept {
    link(sleeper.previous, sleeper.next, sleeper.next, sleeper.previous);
  }

  [[nodiscard]] Sleeper* first() const noexcept { return first_; }

  // The first one from `from` on that sleeps at the address and was not chosen yet; or null.
  [[nodiscard]] static Sleeper* find(Sleeper* from, const void* address) noexcept {
    while (from != nullptr && !from->is_queued_at(address)) from = from->next;
    return from;
  }

  void clear() noexcept { first_ = last_ = nullptr; }

 private:
  // Makes `head` follow `before`, and `tail` precede `after`; null stands for either end.
  void link(Sleeper* before, Sleeper* after, Sleeper* head, Sleeper* tail) noexcept {
    (before != nullptr ? before->next : first_) = head;
    (after != nullptr ? after->previous : last_) = tail;
  }

  Sleeper* first_ = nullptr;
  Sleeper* last_ = nullptr;
};

struct alignas(64) Bucket {
  RawMutex lock;
  Queue queue OROCHI_GUARDED_BY(lock);
  SysAtomic<platform::Nanos> fair_from{0};  // when fairness_is_due will be true again
};
static_assert(sizeof(Bucket) == 64, "two buckets in one cache line would slow each other down");

// Prime, so that no stride of addresses meets only a few buckets.
constexpr std::size_t kBuckets = 257;
constinit Bucket g_buckets[kBuckets];

Bucket& bucket_of(const void* address) noexcept {
  return g_buckets[reinterpret_cast<std::uintptr_t>(address) % kBuckets];
}

// Under the bucket's lock. The sleeper may be awake at once, but it cannot leave before the lock is
// free.
void choose(Sleeper& sleeper, Token token) noexcept {
  // release: pairs with the acquire in sleep_until_chosen.
  sleeper.token.store(token, kRelease);
}

// Under no lock. The sleeper may be gone by now, and its stack may be used for something else or
// unmapped. The kernel takes the word for an address and nothing more: at worst a stranger who
// waits there wakes up for no reason, which every futex wait allows for.
void wake(const SysAtomic<Token>& word) noexcept { platform::futex_wake_one(word); }

void sleep_until_chosen(Sleeper& me, platform::Nanos deadline) noexcept {
  // acquire: pairs with the release in choose, so that we see what our waker did before.
  while (me.token.load(kAcquire) == kQueued) {
    if (platform::futex_wait(me.token, kQueued, deadline) == platform::Wait::kTimedOut) return;
  }
}

// Detaches the calling thread for the life of the object, if that is asked for and it is attached.
class DetachedWhileAsleep {
 public:
  explicit DetachedWhileAsleep(Park park) noexcept {
    Thread* const me = park == Park::kDetached ? Thread::current() : nullptr;
    if (me == nullptr || !me->is_attached()) return;
    me->detach_to_wait();
    detached_ = me;
  }
  ~DetachedWhileAsleep() {
    if (detached_ != nullptr) detached_->attach_after_wait();
  }
  DetachedWhileAsleep(const DetachedWhileAsleep&) = delete;
  DetachedWhileAsleep& operator=(const DetachedWhileAsleep&) = delete;

 private:
  Thread* detached_ = nullptr;
};

// Under the bucket's lock, which `interrupt` takes after the bit was set: so either it finds the
// sleeper, or the sleeper finds the bit.
bool is_interrupted(const Sleeper& sleeper) noexcept {
  if (sleeper.thread == nullptr) return false;
  // relaxed: ordered by the bucket's lock, as said above.
  return (sleeper.thread->slot().breaker.load(kRelaxed) & sleeper.interrupts) != 0;
}

Parked leave(Bucket& bucket, Sleeper& me) noexcept {
  const RawLock lock(bucket.lock);
  bucket.queue.remove(me);
  const Token token = me.token.load(kRelaxed);  // relaxed: I2, it changes under the lock alone
  if (token == kQueued) return Parked::kTimedOut;
  return token == kWoken ? Parked::kWoken : Parked::kInterrupted;
}

}  // namespace

Parked ParkingLot::park(const void* address, FunctionRef<bool()> still,
                        FunctionRef<void()> before_sleep, const Sleep& how) noexcept {
  Sleeper me{address, Thread::current(), how.interrupts, how.vanished};
  Bucket& bucket = bucket_of(address);
  {
    const RawLock lock(bucket.lock);
    if (!still()) return Parked::kNot;
    if (is_interrupted(me)) return Parked::kInterrupted;
    bucket.queue.insert(me, how.place);  // I1
  }
  before_sleep();
  {
    const DetachedWhileAsleep detached(how.park);
    sleep_until_chosen(me, how.deadline);
  }
  return leave(bucket, me);  // I5: attached again
}

void ParkingLot::unpark_one(const void* address, FunctionRef<void(Found)> callback) noexcept {
  Bucket& bucket = bucket_of(address);
  const SysAtomic<Token>* word = nullptr;
  {
    const RawLock lock(bucket.lock);
    Found found;
    if (Sleeper* const first = Queue::find(bucket.queue.first(), address)) {
      choose(*first, kWoken);
      word = &first->token;
      found.chosen = 1;
      found.more = Queue::find(first->next, address) != nullptr;
    }
    callback(found);
  }
  if (word != nullptr) wake(*word);
}

void ParkingLot::unpark_all(const void* address, FunctionRef<void(Found)> callback) noexcept {
  // Who wakes up needs the bucket's lock at once, so the calls are made after it is free; for those
  // that find no room here, before.
  constexpr std::size_t kRoom = 32;
  const SysAtomic<Token>* words[kRoom];
  Bucket& bucket = bucket_of(address);
  Found found;
  {
    const RawLock lock(bucket.lock);
    Sleeper* sleeper = bucket.queue.first();
    while ((sleeper = Queue::find(sleeper, address)) != nullptr) {
      choose(*sleeper, kWoken);
      if (found.chosen < kRoom) {
        words[found.chosen] = &sleeper->token;
      } else {
        wake(sleeper->token);
      }
      ++found.chosen;
    }
    callback(found);
  }
  for (std::size_t i = 0; i < found.chosen && i < kRoom; ++i) wake(*words[i]);
}

namespace {

// The token of the thread's record if it could be interrupted, and now is; or null.
const SysAtomic<Token>* interrupt_in(Bucket& bucket, const Thread& thread) noexcept {
  const RawLock lock(bucket.lock);
  for (Sleeper* sleeper = bucket.queue.first(); sleeper != nullptr; sleeper = sleeper->next) {
    if (sleeper->thread != &thread || sleeper->is_chosen()) continue;
    if (!is_interrupted(*sleeper)) return nullptr;
    choose(*sleeper, kInterrupted);
    return &sleeper->token;
  }
  return nullptr;
}

// In a forked child: the stacks of threads that do not exist here are still mapped, so their
// records can be read.
void keep_promises(Bucket& bucket) noexcept OROCHI_REQUIRES(bucket.lock) {
  for (const Sleeper* sleeper = bucket.queue.first(); sleeper != nullptr; sleeper = sleeper->next) {
    if (sleeper->is_chosen() && sleeper->vanished != nullptr) sleeper->vanished(sleeper->address);
  }
}

}  // namespace

bool ParkingLot::interrupt(const Thread& thread) noexcept {
  for (Bucket& bucket : g_buckets) {
    if (const SysAtomic<Token>* const word = interrupt_in(bucket, thread)) {
      wake(*word);
      return true;
    }
  }
  return false;
}

bool ParkingLot::fairness_is_due(const void* address, platform::Nanos now) noexcept {
  SysAtomic<platform::Nanos>& from = bucket_of(address).fair_from;
  // relaxed, all: an allowance, which publishes nothing.
  platform::Nanos seen = from.load(kRelaxed);
  return now >= seen && from.compare_exchange(seen, now + kFairnessInterval, kRelaxed, kRelaxed);
}

// The locks are held from one function to another, which the analysis cannot follow.

void ParkingLot::before_fork() noexcept OROCHI_UNCHECKED_LOCKING {
  for (Bucket& bucket : g_buckets) bucket.lock.lock();
}

void ParkingLot::after_fork_parent() noexcept OROCHI_UNCHECKED_LOCKING {
  for (Bucket& bucket : g_buckets) bucket.lock.unlock();
}

void ParkingLot::after_fork_child() noexcept OROCHI_UNCHECKED_LOCKING {
  for (Bucket& bucket : g_buckets) {
    keep_promises(bucket);
    bucket.queue.clear();
    bucket.lock.reset_after_fork();
  }
}

}  // namespace orochi::inline OROCHI_DESIGN
