#include "stress/explorer/engine.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "stress/explorer/arena.h"
#include "stress/explorer/session.h"

namespace orochi::explorer {
namespace {

bool is_running() noexcept { return session().scheduler.is_running(); }
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

// Dies unless the address is one that the running thread may use now.
void check_alive(const Access& access) noexcept {
  const Where& where = access.where;
  if (arena::contains(access.address) && arena::is_freed(access.address))
    fail(Fault::kUseAfterFree, "%s:%u %s touches freed memory", where.file, where.line,
         where.function);
  bool gone = false;
  const ThreadNumber owner = session().scheduler.stranger_of(access.address, gone);
  if (owner != kHost && gone)
    fail(Fault::kUseAfterFree, "%s:%u %s touches a frame that %c has left", where.file, where.line,
         where.function, letter_of(owner));
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
  if (!session().model.is_born_for(place, me())) {
    const Where& where = access.where;
    fail(Fault::kRace, "%s:%u %s uses an atomic whose construction by %c it need not see",
         where.file, where.line, where.function, letter_of(place.born_by));
  }
  return place;
}

// How many stores the running thread may read, its own luck and patience considered.
unsigned readable(const Place& place, Order order) noexcept {
  if (me() == kHost || session().scheduler.is_impatient()) return 1;
  return session().model.readable(place, me(), order);
}

void put(Place& place, const Access& access, std::uint64_t before, std::uint64_t value) noexcept {
  write_memory(access, value);
  if (value != before) session().scheduler.changed();
  static_cast<void>(place);
}

}  // namespace

std::uint64_t atomic_load(const Access& access, Order order) noexcept {
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

void atomic_store(const Access& access, std::uint64_t value, Order order) noexcept {
  if (!is_running()) return write_memory(access, value);
  Place& place = arrive(access, Touch::kWrite);
  const std::uint64_t before = Model::peek(place, 0);
  session().model.store(place, me(), order, value);
  record(Step::kStore, access, &place, order, value);
  put(place, access, before, value);
}

std::uint64_t atomic_begin(const Access& access, Order order) noexcept {
  if (!is_running()) return read_memory(access);
  Place& place = arrive(access, Touch::kWrite);
  return session().model.load(place, me(), order, 0);
}

void atomic_end(const Access& access, std::uint64_t next, Order order) noexcept {
  if (!is_running()) return write_memory(access, next);
  Place& place = place_of(access);
  const std::uint64_t before = Model::peek(place, 0);
  session().model.update(place, me(), order, next);
  record(Step::kUpdate, access, &place, order, next, before);
  put(place, access, before, next);
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

bool fail_exchange(const Access& access, Place& place, std::uint64_t& seen, Order order,
                   unsigned back) noexcept {
  const std::uint64_t newest = Model::peek(place, 0);
  seen = session().model.load(place, me(), order, back);
  record(Step::kFailedExchange, access, &place, order, seen, newest, back);
  return false;
}

}  // namespace

bool atomic_exchange_if(const Access& access, std::uint64_t& seen, std::uint64_t next,
                        Order success, Order failure, bool weak) noexcept {
  if (!is_running()) {
    const std::uint64_t value = read_memory(access);
    if (value == seen) return write_memory(access, next), true;
    return seen = value, false;
  }
  // An exchange that is about to fail is a look, by which a spinning thread stays one.
  const bool would_fail = Model::peek(place_of(access), 0) != seen;
  Place& place = arrive(
      access, would_fail && session().scheduler.is_impatient() ? Touch::kRead : Touch::kWrite);
  Session& all = session();
  const std::uint32_t step = all.scheduler.steps();
  const Ways ways = ways_of(place, seen, failure, weak);
  if (const unsigned stale = all.choices.pick(step, Deviation::kStale, ways.older + 1); stale != 0)
    return fail_exchange(access, place, seen, failure, ways.stores_back[stale - 1]);
  if (ways.may_be_spurious && all.choices.pick(step, Deviation::kSpurious, 2) != 0)
    return fail_exchange(access, place, seen, failure, 0);
  if (!ways.may_succeed) return fail_exchange(access, place, seen, failure, 0);
  static_cast<void>(all.model.load(place, me(), success, 0));
  all.model.update(place, me(), success, next);
  record(Step::kUpdate, access, &place, success, next, seen);
  put(place, access, seen, next);
  return true;
}

void atomic_construct(const Access& access, std::uint64_t value) noexcept {
  if (!is_running()) return;
  check_alive(access);
  Place& place = place_of(access);
  session().model.construct(place, me(), value);
  record(Step::kConstruct, access, &place, std::memory_order_relaxed, value);
}

namespace {

Cell& cell_of(const Access& access) noexcept {
  check_alive(access);
  Cell* const cell = session().model.find_cell(access.address);
  if (cell == nullptr) fail(Fault::kUnfit, "too many plain cells");
  return *cell;
}

[[noreturn]] void fail_race(const Access& access, const char* what, unsigned other) noexcept {
  const Where& where = access.where;
  const std::string named = session().trace.name_of(access.address);
  fail(Fault::kRace, "%s:%u %s: nothing orders this plain %s of %s by %c and what %c did to it",
       where.file, where.line, where.function, what, named.empty() ? "a cell" : named.c_str(),
       letter_of(me()), letter_of(static_cast<ThreadNumber>(other)));
}

}  // namespace

void plain_read(const Access& access) noexcept {
  if (!is_running()) return;
  record(Step::kReadCell, access, nullptr, std::memory_order_relaxed, 0);
  unsigned other = 0;
  if (!session().model.read_cell(cell_of(access), me(), other)) fail_race(access, "read", other);
}

void plain_write(const Access& access) noexcept {
  if (!is_running()) return;
  record(Step::kWriteCell, access, nullptr, std::memory_order_relaxed, 0);
  unsigned other = 0;
  if (!session().model.write_cell(cell_of(access), me(), other)) fail_race(access, "write", other);
}

std::int64_t clock_read(const Where& where) noexcept {
  if (!is_running()) return 0;
  const std::int64_t time = session().scheduler.read_clock();
  record_step(Step::kClock, static_cast<std::uint64_t>(time), where);
  return time;
}

bool futex_sleep(const Access& access, std::uint32_t expected, std::int64_t deadline) noexcept {
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

void futex_wake(const Access& access, unsigned at_most) noexcept {
  if (!is_running()) return;
  // The address may be of a word that is gone by now, which the kernel does not mind.
  session().scheduler.point(place_of(access).contended, true);
  unsigned woken = 0;
  while (woken < at_most && session().scheduler.wake_one(access.address)) ++woken;
  record(Step::kWake, access, nullptr, std::memory_order_relaxed, woken);
}

void spin(const Where& where) noexcept {
  if (!is_running()) return;
  record_step(Step::kPause, 0, where);
  session().scheduler.pause();
}

void sleep_until(std::int64_t deadline, const Where& where) noexcept {
  if (!is_running()) return;
  static_cast<void>(session().scheduler.sleep({nullptr, 0, deadline, where}));
  record_step(Step::kTimedOut, 0, where);
}

void check(bool holds, const char* what, const Where& where) noexcept {
  if (!holds) fail(Fault::kCheck, "%s:%u: %s", where.file, where.line, what);
}

void name(const void* address, std::size_t bytes, const char* text) noexcept {
  session().trace.name(address, bytes, text);
}

}  // namespace orochi::explorer
