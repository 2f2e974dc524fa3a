#include "objects/model/finalize.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "objects/model/unraisable.h"
#include "runtime/safepoint.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// Runs code before its end, with itself; counts its end as a witness does.
class Finalized : public Object {
 public:
  using Code = void (*)(Finalized&) noexcept;
  Finalized(ShapeIndex shape, Code code) noexcept : Object(shape), code_(code) {}

  [[nodiscard]] static Ref<Finalized> make(Code code) { return new_object<Finalized>(*type, code); }

  void finalize() noexcept {
    ++runs;
    code_(*this);
  }
  [[nodiscard]] bool wants_finalizer() const noexcept { return code_ != nullptr; }
  void give_back(const Remains&) noexcept { Witness::ends.fetch_add(1, kRelaxed); }

  static inline Type* type = nullptr;
  static inline int runs = 0;

 private:
  Code code_;
};

Ref<> g_saved;

class FinalizeTest : public ObjectsTest {
 protected:
  FinalizeTest() {
    static const bool made = [] {
      Type* const ancestors[] = {&object_type()};
      Finalized::type = Type::make(
          {.name = "finalized", .layout = &layout_of<Finalized>, .ancestors = ancestors});
      return Finalized::type != nullptr;
    }();
    EXPECT_TRUE(made);
    Finalized::runs = 0;
  }
  ~FinalizeTest() override { set_unraisable_hook(nullptr); }
};
using FinalizeConcurrency = FinalizeTest;

TEST_F(FinalizeTest, RunsOnceBeforeTheEnd) {
  {
    const Ref<> object = Finalized::make([](Finalized&) noexcept { EXPECT_EQ(ends(), 0); });
  }
  EXPECT_EQ(Finalized::runs, 1);
  EXPECT_EQ(ends(), 1);
}

TEST_F(FinalizeTest, AnObjectMayWantNone) {
  { const Ref<> object = Finalized::make(nullptr); }
  EXPECT_EQ(Finalized::runs, 0);
  EXPECT_EQ(ends(), 1);
}

TEST_F(FinalizeTest, TheObjectIsCountedMeanwhile) {
  {
    const Ref<> object = Finalized::make([](Finalized& self) noexcept {
      EXPECT_EQ(self.count().total_stopped(), 1);
      EXPECT_TRUE(self.has(ObjectFlag::kFinalized));
      const Ref<Finalized> another = Ref<Finalized>::of(self);
    });
  }
  EXPECT_EQ(ends(), 1);
}

// Rule 16: no state moves backwards, and a finalizer does not run again.
TEST_F(FinalizeTest, WhatItSavesLivesOnAndEndsWithoutIt) {
  {
    const Ref<> object =
        Finalized::make([](Finalized& self) noexcept { g_saved = Ref<Finalized>::of(self); });
  }
  EXPECT_EQ(Finalized::runs, 1);
  EXPECT_EQ(ends(), 0);
  EXPECT_EQ(g_saved.as<Object>().count().total_stopped(), 1);
  g_saved = Ref<>();
  EXPECT_EQ(Finalized::runs, 1);
  EXPECT_EQ(ends(), 1);
}

TEST_F(FinalizeTest, WhatItRaisesIsShownAndWhatWasPendingStays) {
  static ErrorKind shown = ErrorKind::kNone;
  static Value where;
  set_unraisable_hook([](Error error, Value raiser) noexcept {
    shown = error.kind();
    where = raiser;
  });
  raise(ErrorKind::kKey, {"before"});
  Value address;
  {
    const Ref<> object =
        Finalized::make([](Finalized&) noexcept { raise(ErrorKind::kType, {"x"}); });
    address = object.value();
  }
  EXPECT_EQ(shown, ErrorKind::kType);
  EXPECT_EQ(where, address);
  EXPECT_EQ(taken(), ErrorKind::kKey);
}

TEST_F(FinalizeTest, WithoutAHookItIsShownOnStderr) {
  ::testing::internal::CaptureStderr();
  static_cast<void>(
      Finalized::make([](Finalized&) noexcept { raise(ErrorKind::kType, {"not so"}); }));
  static_cast<void>(Finalized::make([](Finalized&) noexcept { raise(ErrorKind::kMemory, {}); }));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "Exception ignored in: <finalized object>\nTypeError: not so\n"
            "Exception ignored in: <finalized object>\nMemoryError\n");
}

// Each level's finalizer runs, however deep.
TEST_F(FinalizeTest, InALongChain) {
  Ref<> chain;
  for (int i = 0; i < 1000; ++i)
    chain = Tuple::of(Finalized::make([](Finalized&) noexcept {}), std::move(chain));
  chain = Ref<>();
  EXPECT_EQ(Finalized::runs, 1000);
  EXPECT_EQ(ends(), 1000);
}

// Stderr as a pipe that nobody reads, and that is full.
class FullPipe {
 public:
  FullPipe() : stderr_(::dup(STDERR_FILENO)) {
    EXPECT_EQ(::pipe2(ends_, O_NONBLOCK), 0);
    while (::write(ends_[1], "............", 12) > 0) {
    }
    EXPECT_EQ(::fcntl(ends_[1], F_SETFL, 0), 0);
    ::dup2(ends_[1], STDERR_FILENO);
  }
  ~FullPipe() {
    ::dup2(stderr_, STDERR_FILENO);
    for (const int file : {stderr_, ends_[0], ends_[1]}) ::close(file);
  }
  FullPipe(const FullPipe&) = delete;
  FullPipe& operator=(const FullPipe&) = delete;

  void empty() {
    char bytes[4096];
    while (::read(ends_[0], bytes, sizeof bytes) > 0) {
    }
  }

 private:
  int stderr_;
  int ends_[2] = {-1, -1};
};

TEST_F(FinalizeConcurrency, WhoShowsWhatWasRaisedHoldsUpNobody) {
  FullPipe pipe;
  SysAtomic<Thread*> shower{nullptr};
  std::thread other = attached([&](Thread& me) {
    shower.store(&me, kRelease);
    static_cast<void>(Finalized::make([](Finalized&) noexcept { raise(ErrorKind::kType, {"x"}); }));
  });
  EXPECT_TRUE(eventually_at_safepoints([&] {
    const Thread* const thread = shower.load(kAcquire);
    return thread != nullptr && thread->slot().state.load() == SlotState::kDetached;
  }));
  pipe.empty();
  join_detached(other);
  EXPECT_EQ(ends(), 1);
}

// A stranger drops the last reference; the owner is gone, or finds it at a safepoint.
TEST_F(FinalizeConcurrency, OfAnObjectOfAnotherThread) {
  Ref<> object;
  elsewhere([&] {
    object = Finalized::make([](Finalized& self) noexcept { g_saved = Ref<Finalized>::of(self); });
  });
  object = Ref<>();
  EXPECT_TRUE(eventually_at_safepoints([] { return bool{g_saved}; }));
  g_saved = Ref<>();
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 1; }));
  EXPECT_EQ(Finalized::runs, 1);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
