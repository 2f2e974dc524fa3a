// Attributes of one instance, read without a lock while others store them, delete them and turn the
// instance's shape; and a class that changes while others use its instances.
//
// Every value says which attribute it is of, and how many stores that attribute had before. What a
// reader may see:
//
//   value of another attribute             never: a place is that of one name
//   nothing, for one that is never deleted never, whatever happens to the shape
//   an older value than he saw before      never: per attribute, what is seen only moves forward
//   a newer value, or the same             of course
//
// Fields of values are plain, so ThreadSanitizer asks the rest.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "objects/types/instance_attributes.h"
#include "runtime/safepoint.h"
#include "stress/seconds.h"
#include "tests/objects/types/keys.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr int kNames = 12;    // more than there are places in the object
constexpr int kLasting = 4;   // 0 to 3 are never deleted
constexpr int kStores = 400;  // of each attribute, in the life of an instance

struct Stamp : Object {
  explicit Stamp(ShapeIndex shape, int the_name, int the_age) noexcept
      : Object(shape), name(the_name), age(the_age) {}
  const int name;
  const int age;
};

Ref<> stamp(int name, int age) {
  static Type* const type = [] {
    Type* const ancestors[] = {&object_type()};
    return Type::make({.name = "stamp", .layout = &layout_of<Stamp>, .ancestors = ancestors});
  }();
  return new_object<Stamp>(*type, name, age);
}

class InstanceStress : public ObjectsTest {
 protected:
  InstanceStress() {
    for (int i = 0; i < kNames; ++i) names_[std::size_t(i)] = name("n" + std::to_string(i));
  }
  Object& name_of(int n) const { return *names_[std::size_t(n)]; }

  // Stores attributes `first`, `first` + 2 and so on; each has one writer, so ages are in order.
  void write(Object& object, int first) const {
    std::minstd_rand random(1U + unsigned(first));
    for (int age = 1; age <= kStores; ++age) {
      for (int n = first; n < kNames; n += 2) {
        if (n >= kLasting && random() % 3 == 0) {
          EXPECT_NE(delete_own_attribute(object, name_of(n)), Truth::kFailed);
        } else {
          EXPECT_EQ(store_own_attribute(object, name_of(n), stamp(n, age)), Status::kDone);
        }
      }
      safepoint();
    }
  }

  void read(Object& object, const Flag& stop, std::uint64_t& newer) const {
    std::array<int, kNames> last{};
    while (!is_raised(stop)) {
      for (int n = 0; n < kNames; ++n) look(object, n, last[std::size_t(n)], newer);
      safepoint();
    }
  }

  void look(Object& object, int n, int& last, std::uint64_t& newer) const {
    Ref<> found;
    ASSERT_EQ(find_own_attribute(object, name_of(n), found), Status::kDone);
    if (!found) {
      EXPECT_GE(n, kLasting) << "it is never deleted";
      return;
    }
    const auto& stamp = found.as<Stamp>();
    EXPECT_EQ(stamp.name, n) << "another attribute's value";
    EXPECT_GE(stamp.age, last) << "it had seen a newer one";
    newer += stamp.age > last ? 1 : 0;
    last = stamp.age;
  }

  // One instance, from the first store on. How many newer values its reader saw.
  std::uint64_t live_once(Type& type, bool asks_for_dict) const {
    const Ref<> owner = new_of(type);
    Object& object = owner.as<Object>();
    for (int n = 0; n < kLasting; ++n)
      EXPECT_EQ(store_own_attribute(object, name_of(n), stamp(n, 0)), Status::kDone);
    Flag stop;
    std::uint64_t newer = 0;
    std::thread reader = attached([&](Thread&) { read(object, stop, newer); });
    std::vector<std::thread> writers;
    for (int first = 0; first < 2; ++first)
      writers.push_back(attached([&, first](Thread&) { write(object, first); }));
    EXPECT_TRUE(!asks_for_dict || dict_of_instance(object));
    for (std::thread& writer : writers) join_detached(writer);
    raise(stop);
    join_detached(reader);
    for (int n = 0; n < kLasting; ++n) {
      int last = kStores;  // the writers' last word
      look(object, n, last, newer);
    }
    return newer;
  }

  // Again and again, for as long as a stress test should take.
  std::uint64_t live(bool asks_for_dict) const {
    Type& type = a_class("C", {});
    std::uint64_t newer = 0;
    for (const auto deadline = stress::deadline(); std::chrono::steady_clock::now() < deadline;)
      newer += live_once(type, asks_for_dict);
    return newer;
  }

 private:
  std::array<Ref<Str>, kNames> names_;
};
using InstanceStressConcurrency = InstanceStress;

TEST_F(InstanceStressConcurrency, NoAttributeIsLostOrMistaken) {
  EXPECT_GT(live(false), 0U) << "nobody saw a store: this did not race";
}

TEST_F(InstanceStressConcurrency, NorWhenTheyMoveToADict) {
  EXPECT_GT(live(true), 0U) << "nobody saw a store: this did not race";
}

// What a class says of calls changes all the time; whoever calls gets one answer or the other, or
// hears that there is none.
TEST_F(InstanceStressConcurrency, AClassChangesWhileItsInstancesAreUsed) {
  Type& base = a_class("A", {});
  Type& below = a_class("B", {&base});
  const Ref<> object = new_of(below);
  const Ref<> answers[] = {ProgramFunction::make([](auto) { return an_int(1); }),
                           ProgramFunction::make([](auto) { return an_int(2); })};
  const Ref<Str> call_name = name("__call__");
  Flag stop;
  std::array<std::uint64_t, 3> seen{};
  std::thread caller = attached([&](Thread&) {
    while (!is_raised(stop)) {
      const Ref<> answer = call(object.value(), Arguments());
      const std::int64_t said = answer ? answer.value().as_int() : 0;
      if (!answer) clear_error();
      ++seen[std::size_t(said)];
      safepoint();
    }
  });
  std::minstd_rand random(5);
  for (const auto deadline = stress::deadline(); std::chrono::steady_clock::now() < deadline;) {
    const auto which = random() % 3;
    const Status done =
        which == 2 ? base.remove(*call_name) : base.set(*call_name, answers[which].share());
    EXPECT_EQ(done, Status::kDone);
    safepoint();
  }
  raise(stop);
  join_detached(caller);
  for (const std::uint64_t times : seen) EXPECT_GT(times, 0U) << "this did not race";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
