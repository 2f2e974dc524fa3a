#include "stress/explorer/engine.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "stress/explorer/arena.h"
#include "stress/explorer/globals.h"
#include "stress/explorer/session.h"

namespace orochi::explorer {
namespace {

bool is_running() noexcept { return live::schedule; }
ThreadNumber me() noexcept { return session().scheduler.current(); }

std::uint64_t read_memory(const Access& access) noexcept {
  std::uint64_t value = 0;
  std::memcpy(&value, access.address, access.size);
  return value;
}

// The newest value stands where it would stand without an explorer.
void write_memory(const Access& access, std::uint64_t value) noexcept {
  std::memcpy(const_cast<void*>(access.address), &value, access.size);
}

void record(Step step, const Access& access, const Place* place, Order order, std::uint64_t value,
            std::uint64_t before = 0, unsigned stores_back = 0) noexcept {
  session().trace.add({step, me(), order, static_cast<std::uint8_t>(access.size),
                       place == nullptr ? std::uint16_t{0} : place->id,
                       static_cast<std::uint16_t>(stores_back), session().scheduler.steps(),
                       access.address, value, before, access.where});
}

void record_step(Step step, std::uint64_t value, const Where& where) noexcept {
  record(step, {nullptr, 0, where}, nullptr, std::memory_order_relaxed, value);
}

// "memory/slot.h:12 move", or an address that the report will look up.
struct Spot {
  char text[256];
  explicit Spot(const Where& where) noexcept {
    if (where.file == nullptr)
      std::snprintf(text, sizeof text, "{%p}", static_cast<const void*>(where.function));
    else
      std::snprintf(text, sizeof text, "%s:%u %s", where.file, where.line, where.function);
  }
};

// Dies unless the address is one that the running thread may use now.
void check_alive(const Access& access) noexcept {
  if (arena::contains(access.address) && arena::is_freed(access.address))
    fail(Fault::kUseAfterFree, "%s touches freed memory", Spot(access.where).text);
  bool gone = false;
  const ThreadNumber owner = session().scheduler.stranger_of(access.address, gone);
  if (owner != kHost && gone)
    fail(Fault::kUseAfterFree, "%s touches a frame that %c has left", Spot(access.where).text,
         letter_of(owner));
}

Place& place_of(const Access& access) noexcept {
  Place* const place = session().model.find(access.address, access.size);
  if (place == nullptr) fail(Fault::kUnfit, "more than %zu atomics", kPlaces);
  return *place;
}

enum class Touch { kRead, kWrite };

// What comes before every access: others may run, and the access must be to a living atomic.
Place& arrive(const Access& access, Touch touch) noexcept {
  Place& place = place_of(access);
  const bool writes = touch == Touch::kWrite;
  session().scheduler.point(place.contended, writes);
  if (me() != kHost) {
    ThreadMask& who = writes ? place.writers : place.readers;
    who |= bit_of(me());
  }
  check_alive(access);
  if (!session().model.is_born_for(place, me()))
    fail(Fault::kRace, "%s uses an atomic whose construction by %c it need not see",
         Spot(access.where).text, letter_of(place.born_by));
  return place;
}

// How many stores the running thread may read, its own luck and patience considered.
unsigned readable(const Place& place, Order order) noexcept {
  if (me() == kHost || session().scheduler.is_impatient()) return 1;
  return session().model.readable(place, me(), order);
}

void put(const Access& access, std::uint64_t before, std::uint64_t value) noexcept {
  write_memory(access, value);
  if (value != before) session().scheduler.changed();
}

}  // namespace

std::uint64_t atomic_load(Access access, Order order) noexcept {
  if (!is_running()) return read_memory(access);
  Place& place = arrive(access, Touch::kRead);
  Session& all = session();
  const unsigned back =
      all.choices.pick(all.scheduler.steps(), Deviation::kStale, readable(place, order));
  const std::uint64_t newest = Model::peek(place, 0);
  const std::uint64_t value = all.model.load(place, me(), order, back);
  record(Step::kLoad, access, &place, order, value, newest, back);
  return value;
}

void atomic_store(Access access, std::uint64_t value, Order order) noexcept {
  if (!is_running()) return write_memory(access, value);
  Place& place = arrive(access, Touch::kWrite);
  const std::uint64_t before = Model::peek(place, 0);
  session().model.store(place, me(), order, value);
  record(Step::kStore, access, &place, order, value);
  put(access, before, value);
}

std::uint64_t atomic_begin(Access access, Order order) noexcept {
  if (!is_running()) return read_memory(access);
  Place& place = arrive(access, Touch::kWrite);
  return session().model.load(place, me(), order, 0);
}

void atomic_end(Access access, std::uint64_t next, Order order) noexcept {
  if (!is_running()) return write_memory(access, next);
  Place& place = place_of(access);
  const std::uint64_t before = Model::peek(place, 0);
  session().model.update(place, me(), order, next);
  record(Step::kUpdate, access, &place, order, next, before);
  put(access, before, next);
}

namespace {

// The ways in which a compare-exchange may end: with the newest store; as if for no reason; or with
// a failure by an older store, if that holds another value than the expected one.
struct Ways {
  bool may_succeed;
  bool may_be_spurious;
  unsigned older = 0;
  unsigned stores_back[kHistory] = {};
};

Ways ways_of(const Place& place, std::uint64_t expected, Order failure, bool weak) noexcept {
  Ways ways{Model::peek(place, 0) == expected, weak};
  ways.may_be_spurious = weak && ways.may_succeed;
  const unsigned count = readable(place, failure);
  for (unsigned back = 1; back < count; ++back)
    if (Model::peek(place, back) != expected) ways.stores_back[ways.older++] = back;
  return ways;
}

Exchanged fail_exchange(const Access& access, Place& place, Order order, unsigned back) noexcept {
  const std::uint64_t newest = Model::peek(place, 0);
  const std::uint64_t seen = session().model.load(place, me(), order, back);
  record(Step::kFailedExchange, access, &place, order, seen, newest, back);
  return {seen, false};
}

}  // namespace

Exchanged atomic_exchange_if(Access access, std::uint64_t expected, std::uint64_t next,
                             Order success, Order failure, bool weak) noexcept {
  if (!is_running()) {
    const std::uint64_t value = read_memory(access);
    if (value == expected) write_memory(access, next);
    return {value, value == expected};
  }
  // An exchange that is about to fail is a look, by which a spinning thread stays one.
  const bool would_fail = Model::peek(place_of(access), 0) != expected;
  const bool is_look = would_fail && session().scheduler.is_impatient();
  Place& place = arrive(access, is_look ? Touch::kRead : Touch::kWrite);
  Session& all = session();
  const std::uint32_t step = all.scheduler.steps();
  const Ways ways = ways_of(place, expected, failure, weak);
  if (const unsigned stale = all.choices.pick(step, Deviation::kStale, ways.older + 1); stale != 0)
    return fail_exchange(access, place, failure, ways.stores_back[stale - 1]);
  if (ways.may_be_spurious && all.choices.pick(step, Deviation::kSpurious, 2) != 0)
    return fail_exchange(access, place, failure, 0);
  if (!ways.may_succeed) return fail_exchange(access, place, failure, 0);
  static_cast<void>(all.model.load(place, me(), success, 0));
  all.model.update(place, me(), success, next);
  record(Step::kUpdate, access, &place, success, next, expected);
  put(access, expected, next);
  return {expected, true};
}

void atomic_construct(Access access, std::uint64_t value) noexcept {
  if (!is_running()) return;
  check_alive(access);
  // What the host builds is there before everybody; its value is found in memory when it is used.
  if (me() == kHost && !session().model.knows_place(access.address, access.size)) return;
  Place& place = place_of(access);
  session().model.construct(place, me(), value);
  record(Step::kConstruct, access, &place, std::memory_order_relaxed, value);
}

namespace {

[[noreturn]] void fail_race(const Access& access, const char* what, unsigned other) noexcept {
  const std::string name = session().trace.name_of(access.address);
  fail(Fault::kRace, "%s: nothing orders this plain %s of %s by %c and what %c did to it",
       Spot(access.where).text, what, name.empty() ? "memory" : name.c_str(), letter_of(me()),
       letter_of(static_cast<ThreadNumber>(other)));
}

}  // namespace

namespace {

bool is_watched(const Access& access) noexcept {
  // What the host does happens before or after everything else.
  if (!live::actors) return false;
  return !globals::is_own(access.address);
}

}  // namespace

void watch_read(Access access) noexcept {
  if (!is_watched(access)) return;
  check_alive(access);
  Cell* const cell = session().model.find_cell(access.address);
  unsigned other = 0;
  if (cell != nullptr && !session().model.read_cell(*cell, me(), other))
    fail_race(access, "read", other);
}

void watch_write(Access access) noexcept {
  if (!is_watched(access)) return;
  check_alive(access);
  Cell* const cell = session().model.find_cell(access.address);
  unsigned other = 0;
  if (cell != nullptr && !session().model.write_cell(*cell, me(), other))
    fail_race(access, "write", other);
}

void plain_read(Access access) noexcept {
  if (!is_running()) return;
  record(Step::kReadCell, access, nullptr, std::memory_order_relaxed, 0);
  watch_read(access);
}

void plain_write(Access access) noexcept {
  if (!is_running()) return;
  record(Step::kWriteCell, access, nullptr, std::memory_order_relaxed, 0);
  watch_write(access);
}

std::int64_t clock_read(Where where) noexcept {
  if (!is_running()) return 0;
  const std::int64_t time = session().scheduler.read_clock();
  record_step(Step::kClock, static_cast<std::uint64_t>(time), where);
  return time;
}

std::uintptr_t this_thread() noexcept { return std::uintptr_t{1} + me(); }

bool futex_sleep(Access access, std::uint32_t expected, std::int64_t deadline) noexcept {
  if (!is_running()) return true;
  // The kernel looks at the word itself, and sees what is newest. Whoever wakes looks for sleepers,
  // so sleeping counts as a write.
  Place& place = arrive(access, Touch::kWrite);
  Session& all = session();
  const std::uint64_t value = all.model.load(place, me(), std::memory_order_relaxed, 0);
  const bool spurious =
      value == expected && all.choices.pick(all.scheduler.steps(), Deviation::kSpurious, 2) != 0;
  if (value != expected || spurious) {
    record(Step::kNoSleep, access, &place, std::memory_order_relaxed, value);
    return true;
  }
  record(Step::kSleep, access, &place, std::memory_order_relaxed, expected);
  if (all.scheduler.sleep({access.address, expected, deadline, access.where})) return true;
  record(Step::kTimedOut, access, &place, std::memory_order_relaxed, 0);
  return false;
}

void futex_wake(Access access, unsigned at_most) noexcept {
  if (!is_running()) return;
  // The address may be of a word that is gone by now, which the kernel does not mind.
  session().scheduler.point(place_of(access).contended, true);
  unsigned woken = 0;
  while (woken < at_most && session().scheduler.wake_one(access.address)) ++woken;
  record(Step::kWake, access, nullptr, std::memory_order_relaxed, woken);
}

void spin(Where where) noexcept {
  if (!is_running()) return;
  record_step(Step::kPause, 0, where);
  session().scheduler.pause();
}

void sleep_until(std::int64_t deadline, Where where) noexcept {
  if (!is_running()) return;
  static_cast<void>(session().scheduler.sleep({nullptr, 0, deadline, where}));
  record_step(Step::kTimedOut, 0, where);
}

void check(bool holds, const char* what, Where where) noexcept {
  if (!holds) fail(Fault::kCheck, "%s: %s", Spot(where).text, what);
}

void name(const void* address, std::size_t bytes, const char* text) noexcept {
  session().trace.name(address, bytes, text);
}

}  // namespace orochi::explorer
