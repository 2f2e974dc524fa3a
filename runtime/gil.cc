#include "runtime/gil.h"

#include <algorithm>

#include "memory/atomic.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written in a pause, read by attached threads: the pause orders them.
constinit SysAtomic<GilMode> g_mode{kPolicy.parallel ? GilMode::kOff : GilMode::kOn};
constexpr std::size_t kLongestName = 80;
constinit char g_name[kLongestName] = {};
constinit std::size_t g_name_length = 0;
constinit bool g_required = false;

// How many stretches of undeclared code are open that no exclusive world protects.
constinit SysAtomic<std::uint32_t> g_open{0};
// What threads ask for when they begin; 0: nothing.
constinit SysAtomic<platform::Nanos> g_slice{0};

void remember(std::string_view who) noexcept {
  g_required = true;
  g_name_length = std::min(who.size(), kLongestName);
  std::copy_n(who.data(), g_name_length, g_name);
}

}  // namespace

GilMode Gil::mode() noexcept {
  return g_mode.load(kRelaxed);  // relaxed: an attached thread has passed the pause it changed in
}

GilSwitch Gil::set_mode(GilMode mode) noexcept {
  if constexpr (!kPolicy.parallel)
    return mode == GilMode::kOn ? GilSwitch::kDone : GilSwitch::kAlwaysOn;
  const StoppedWorld pause;
  if (g_required && (mode == GilMode::kOff || mode == GilMode::kScoped))
    return GilSwitch::kRequired;
  // relaxed: who counts is attached, so the pause orders it.
  if (mode == GilMode::kScoped && g_open.load(kRelaxed) != 0) return GilSwitch::kInUse;
  become(mode);
  return GilSwitch::kDone;
}

// Requires: a pause of the caller's (I2).
void Gil::become(GilMode mode) noexcept {
  g_mode.store(mode, kRelaxed);  // relaxed: the world's start publishes it
  const bool on = mode == GilMode::kOn || (mode == GilMode::kAuto && g_required);
  if (on == is_on()) return;
  Slot& me = *current().slot;
  on ? detail::g_gil.turn_on(me) : detail::g_gil.turn_off(me);
}

GilNeed Gil::require(std::string_view who) noexcept {
  if constexpr (!kPolicy.parallel) return GilNeed::kMet;
  const StoppedWorld pause;
  if (mode() == GilMode::kOff) return GilNeed::kOverruled;
  if (mode() == GilMode::kScoped) return GilNeed::kScoped;
  const bool was_on = is_on();
  if (!g_required) remember(who);
  become(mode());
  return was_on ? GilNeed::kMet : GilNeed::kTurnedOn;
}

std::string_view Gil::required_by() noexcept { return {g_name, g_name_length}; }

std::string_view Gil::reason(GilSwitch refused) noexcept {
  switch (refused) {
    case GilSwitch::kDone:
      return "";
    case GilSwitch::kAlwaysOn:
      return "this build has no other protection than the GIL";
    case GilSwitch::kRequired:
      return "code that needs the GIL has been loaded";
    case GilSwitch::kInUse:
      return "code that needs the GIL is running right now";
  }
  return "";
}

void Gil::begin_thread(Slot& slot) noexcept {
  slot.gil_waited.store(0, kRelaxed);                    // relaxed: a statistic
  const platform::Nanos slice = g_slice.load(kRelaxed);  // relaxed: a wish
  // A kernel that granted it before may still refuse it to this thread, which then does without.
  if (slice != 0) static_cast<void>(platform::ask_for_time_slice(slice));
}

bool Gil::set_time_slice(platform::Nanos slice) noexcept {
  if (slice != 0 && !platform::ask_for_time_slice(slice)) return false;
  g_slice.store(slice, kRelaxed);  // relaxed: a wish
  return true;
}

void Gil::reset_after_fork(const Slot& survivor) noexcept {
  detail::g_gil.reset_after_fork(survivor);
}

ScopedExclusive::ScopedExclusive() noexcept : exclusive_(Gil::mode() == GilMode::kScoped) {
  if (exclusive_) {
    World::stop(StopKind::kExclusive);
  } else {
    g_open.fetch_add(1U, kRelaxed);  // relaxed: read in a pause
  }
}

ScopedExclusive::~ScopedExclusive() {
  if (exclusive_) {
    World::start();
  } else {
    g_open.fetch_sub(1U, kRelaxed);  // relaxed: as above
  }
}

}  // namespace orochi::inline OROCHI_DESIGN
