// Readers, without a lock, of a dict that others write all the time.
//
// Every value says which key it is of, and how many values that key had before. What a reader may
// see is an outcome table:
//
//   value of another key                    never
//   nothing, for a key that is never        never
//   removed
//   an older value than he saw before       never: per key, what is seen only moves forward
//   a newer value, or the same              of course
//
// The dict grows, is compacted and cleared meanwhile; tables and values are retired and freed.
// Fields of values are plain, so ThreadSanitizer asks the rest.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <thread>
#include <vector>

#include "objects/types/dict.h"
#include "runtime/safepoint.h"
#include "stress/seconds.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr int kKeys = 24;  // 0 to 7 are never removed
constexpr int kLastingKeys = 8;
constexpr int kFirstFiller = 1'000;  // keys that are there to make the dict grow

struct Stamp : Object {
  explicit Stamp(ShapeIndex shape, int the_key, int the_age) noexcept
      : Object(shape), key(the_key), age(the_age) {}
  void give_back(const Remains&) noexcept { Witness::ends.fetch_add(1, kRelaxed); }
  const int key;
  const int age;
};

Ref<> stamp(int key, int age) {
  static Type* const type = [] {
    Type* const ancestors[] = {&object_type()};
    return Type::make({.name = "stamp", .layout = &layout_of<Stamp>, .ancestors = ancestors});
  }();
  return new_object<Stamp>(*type, key, age);
}

class DictStress : public ObjectsTest {
 protected:
  DictStress() {
    static const Status made = make_dict_type();
    EXPECT_EQ(made, Status::kDone);
    Key::at_compare = nullptr;
  }
};
using DictStressConcurrency = DictStress;

// What all threads share. Keys are integers, or objects whose equality must be asked.
class Arena {
 public:
  explicit Arena(bool asks) {
    for (int i = 0; i < kKeys; ++i)
      keys_[static_cast<std::size_t>(i)] = asks ? Ref<>(Key::make(i, i % 5)) : number(i);
    for (int i = 0; i < kLastingKeys; ++i) set(i, 0);
  }

  [[nodiscard]] Dict& dict() { return *dict_; }
  [[nodiscard]] Value key(int n) const { return keys_[static_cast<std::size_t>(n)].value(); }
  void set(int n, int age) {
    made_.fetch_add(1, kRelaxed);
    EXPECT_EQ(dict_->set(key(n), stamp(n, age)), Status::kDone);
  }
  [[nodiscard]] int made() const { return made_.load(kAcquire); }
  void end() { dict_->clear(); }

  Flag stop;

 private:
  const Ref<Dict> dict_ = Dict::make();
  std::array<Ref<>, kKeys> keys_;
  SysAtomic<int> made_{0};
};

class Reader {
 public:
  explicit Reader(Arena& arena, bool asks) : arena_(arena), asks_(asks) {}

  void run() {
    while (!is_raised(arena_.stop)) {
      for (int n = 0; n < kKeys; ++n) look_for(n);
      safepoint();
    }
  }
  std::uint64_t newer = 0;

 private:
  void look_for(int n) {
    // Another object of the same name: its equality is asked.
    const Ref<> mine = asks_ ? Ref<>(Key::make(n, n % 5)) : Ref<>::of(arena_.key(n));
    Ref<> found;
    ASSERT_EQ(arena_.dict().find(mine.value(), found), Status::kDone);
    if (!found) {
      EXPECT_GE(n, kLastingKeys) << "it is never removed";
      return;
    }
    const auto& stamp = found.as<Stamp>();
    int& last = last_[static_cast<std::size_t>(n)];
    EXPECT_EQ(stamp.key, n) << "another key's value";
    EXPECT_GE(stamp.age, last) << "it had seen a newer one";
    if (stamp.age > last) ++newer;
    last = stamp.age;
  }

  Arena& arena_;
  const bool asks_;
  std::array<int, kKeys> last_{};
};

// Each key has one writer, so that its ages are in order.
class Writer {
 public:
  Writer(Arena& arena, int first) : arena_(arena), first_(first), random_(7U + unsigned(first)) {}

  void run() {
    while (!is_raised(arena_.stop)) {
      for (int n = first_; n < kKeys; n += 2) write(n);
      if (random_() % 4 == 0) grow_and_shrink();
      safepoint();
    }
  }

 private:
  void write(int n) {
    if (n >= kLastingKeys && random_() % 2 == 0) {
      Ref<> removed;
      EXPECT_EQ(arena_.dict().remove(arena_.key(n), removed), Status::kDone);
    } else {
      arena_.set(n, ++age_);
    }
  }
  void grow_and_shrink() {
    for (int i = 0; i < 50; ++i) EXPECT_EQ(arena_.dict().set(filler(i), number(0)), Status::kDone);
    for (int i = 0; i < 50; ++i) {
      Ref<> removed;
      EXPECT_EQ(arena_.dict().remove(filler(i), removed), Status::kDone);
    }
  }
  [[nodiscard]] Value filler(int i) const { return key_of(kFirstFiller + 100 * first_ + i); }

  Arena& arena_;
  const int first_;
  std::minstd_rand random_;
  int age_ = 0;
};

// How many newer values readers saw.
std::uint64_t race(Arena& arena, bool asks) {
  std::vector<Reader> readers(2, Reader(arena, asks));
  std::vector<Writer> writers{{arena, 0}, {arena, 1}};
  std::vector<std::thread> threads;
  for (Reader& reader : readers) threads.push_back(attached([&](Thread&) { reader.run(); }));
  for (Writer& writer : writers) threads.push_back(attached([&](Thread&) { writer.run(); }));
  for (const auto deadline = stress::deadline(); std::chrono::steady_clock::now() < deadline;)
    safepoint();
  raise(arena.stop);
  for (std::thread& thread : threads) join_detached(thread);
  return readers[0].newer + readers[1].newer;
}

void race_and_settle(bool asks) {
  Arena arena(asks);
  EXPECT_GT(race(arena, asks), 0U) << "nobody saw a write: this did not race";
  arena.end();
}

TEST_F(DictStressConcurrency, ReadersSeeWhatAKeyHas) {
  Arena arena(false);
  EXPECT_GT(race(arena, false), 0U) << "nobody saw a write: this did not race";
  arena.end();
  EXPECT_TRUE(eventually_at_safepoints([&] { return ends() == arena.made(); }))
      << ends() << " of " << arena.made();
}

TEST_F(DictStressConcurrency, ReadersSeeWhatAKeyHasThatMustBeAsked) { race_and_settle(true); }

// One fills the dict and clears it, again and again: who sees a key sees all before it that came
// in the same round, or a later round, or nothing of it any more.
TEST_F(DictStressConcurrency, KeysComeInOrder) {
  constexpr int kInRound = 40;
  const Ref<Dict> dict = Dict::make();
  Flag stop;
  SysAtomic<int> cleared{0};
  std::thread writer = attached([&](Thread&) {
    for (int round = 1; !is_raised(stop); ++round) {
      for (int i = 0; i < kInRound; ++i) {
        EXPECT_EQ(dict->set(key_of(i), stamp(i, round)), Status::kDone);
        safepoint();
      }
      cleared.store(round, kRelease);
      dict->clear();
      safepoint();
    }
  });
  const auto age_of = [&](int n) {
    Ref<> found;
    EXPECT_EQ(dict->find(key_of(n), found), Status::kDone);
    if (!found) return 0;
    EXPECT_EQ(found.as<Stamp>().key, n);
    return found.as<Stamp>().age;
  };
  int seen = 0;
  std::minstd_rand random(3);
  for (const auto deadline = stress::deadline(); std::chrono::steady_clock::now() < deadline;) {
    const int later = 1 + static_cast<int>(random() % (kInRound - 1));
    const int round = age_of(later);
    const int before = age_of(later - 1);
    seen += round != 0;
    if (round != 0 && before == 0) {
      EXPECT_GE(cleared.load(kAcquire), round) << "a key was there before its predecessor";
    } else if (round != 0) {
      EXPECT_GE(before, round);
    }
    safepoint();
  }
  raise(stop);
  join_detached(writer);
  EXPECT_GT(seen, 0) << "nothing was ever there: this did not race";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
