#include "stress/harness/calibration.h"

#include "memory/door/sys_atomic.h"

namespace orochi::stress {
namespace {

// relaxed, everywhere: what is to be seen is what no order forbids.

struct LostUpdate {
  SysAtomic<int> count{0};
  void add() { count.store(count.load(kRelaxed) + 1, kRelaxed); }
  using Actors = stress::Actors<&LostUpdate::add, &LostUpdate::add>;
  [[nodiscard]] Outcome outcome() const { return {count.load(kRelaxed)}; }
};

struct StoreBuffering {
  SysAtomic<int> x{0}, y{0};
  int saw_y = 0, saw_x = 0;
  void one() {
    x.store(1, kRelaxed);
    saw_y = y.load(kRelaxed);
  }
  void other() {
    y.store(1, kRelaxed);
    saw_x = x.load(kRelaxed);
  }
  using Actors = stress::Actors<&StoreBuffering::one, &StoreBuffering::other>;
  [[nodiscard]] Outcome outcome() const { return {saw_y, saw_x}; }
};

struct EarlyMessage {
  SysAtomic<int> content{0}, flag{0};
  int saw_flag = 0, saw_content = 0;
  void send() {
    flag.store(1, kRelease);
    content.store(1, kRelease);
  }
  void receive() {
    saw_flag = flag.load(kAcquire);
    saw_content = content.load(kAcquire);
  }
  using Actors = stress::Actors<&EarlyMessage::send, &EarlyMessage::receive>;
  [[nodiscard]] Outcome outcome() const { return {saw_flag, saw_content}; }
};

struct TornPair {
  SysAtomic<int> low{0}, high{0};
  int saw_low = 0, saw_high = 0;
  void write() {
    low.store(1, kRelease);
    high.store(1, kRelease);
  }
  void read() {
    saw_low = low.load(kAcquire);
    saw_high = high.load(kAcquire);
  }
  using Actors = stress::Actors<&TornPair::write, &TornPair::read>;
  [[nodiscard]] Outcome outcome() const { return {saw_low != saw_high}; }
};

struct CheckThenAct {
  SysAtomic<int> taken{0};
  int got[2] = {};
  void take(int me) {
    if (taken.load(kRelaxed) != 0) return;
    taken.store(1, kRelaxed);
    got[me] = 1;
  }
  void one() { take(0); }
  void other() { take(1); }
  using Actors = stress::Actors<&CheckThenAct::one, &CheckThenAct::other>;
  [[nodiscard]] Outcome outcome() const { return {got[0] + got[1]}; }
};

struct HalfBuilt {
  SysAtomic<int> field{0};
  SysAtomic<SysAtomic<int>*> published{nullptr};
  int saw = 2;
  void build() {
    published.store(&field, kRelease);
    field.store(1, kRelease);
  }
  void use() {
    if (const SysAtomic<int>* const found = published.load(kAcquire)) saw = found->load(kAcquire);
  }
  using Actors = stress::Actors<&HalfBuilt::build, &HalfBuilt::use>;
  [[nodiscard]] Outcome outcome() const { return {saw}; }
};

// A stack of two nodes, by their numbers. One pops the first, having looked at its successor; the
// other pops both and pushes the first back, so that it looks as if nothing had happened.
struct AbaStack {
  SysAtomic<int> head{1};
  SysAtomic<int> next_of_first{2};
  void pop() {
    int first = head.load(kAcquire);
    const int second = next_of_first.load(kAcquire);
    if (first == 1) static_cast<void>(head.compare_exchange(first, second, kAcqRel, kRelaxed));
  }
  void pop_two_and_push() {
    int first = 1;
    if (!head.compare_exchange(first, 0, kAcqRel, kRelaxed)) return;
    next_of_first.store(0, kRelaxed);
    head.store(1, kRelease);
  }
  using Actors = stress::Actors<&AbaStack::pop, &AbaStack::pop_two_and_push>;
  [[nodiscard]] Outcome outcome() const {
    // The second node is the other's; at the head again it belongs to two.
    return {head.load(kRelaxed) == 2 && next_of_first.load(kRelaxed) == 0};
  }
};

struct LostWakeup {
  SysAtomic<int> ready{0}, asleep{0}, woken{0};
  void sleep() {
    if (ready.load(kAcquire) == 0) asleep.store(1, kRelease);
  }
  void wake() {
    ready.store(1, kRelease);
    if (asleep.load(kAcquire) != 0) woken.store(1, kRelease);
  }
  using Actors = stress::Actors<&LostWakeup::sleep, &LostWakeup::wake>;
  [[nodiscard]] Outcome outcome() const {
    return {asleep.load(kRelaxed) != 0 && woken.load(kRelaxed) == 0};
  }
};

}  // namespace

const std::vector<Calibration>& calibrations() {
  using enum Grade;
  static const std::vector<Calibration> all = {
      {"store_buffering",
       "Do two threads miss each other's store?",
       {{0, 0}, kInteresting, "both stores waited in their buffers"},
       body<StoreBuffering>(),
       0.001},
      {"lost_update",
       "Does one of two additions get lost?",
       {{1}, kInteresting, "both added to the same value"},
       body<LostUpdate>()},
      {"early_message",
       "Does a flag arrive before what it announces?",
       {{1, 0}, kInteresting, "the flag was stored first"},
       body<EarlyMessage>()},
      {"torn_pair",
       "Are two words seen half written?",
       {{1}, kInteresting, "one word is new, the other old"},
       body<TornPair>()},
      {"check_then_act",
       "Do two threads both find it free?",
       {{2}, kInteresting, "both looked before either took"},
       body<CheckThenAct>()},
      {"half_built",
       "Is an object found before it is built?",
       {{0}, kInteresting, "published, and not yet filled in"},
       body<HalfBuilt>()},
      {"aba",
       "Does a stack that looks unchanged deceive who pops?",
       {{1}, kInteresting, "the head was the same and its successor was not"},
       body<AbaStack>()},
      {"lost_wakeup",
       "Does a thread go to sleep after it was woken?",
       {{1}, kInteresting, "asleep, and nobody will come"},
       body<LostWakeup>()},
  };
  return all;
}

}  // namespace orochi::stress
