#include "runtime/hostile.h"

#include <cstdlib>

#include "memory/door/platform.h"
#include "runtime/notice.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit SysAtomic<std::uint8_t> g_modes{0};

std::uint8_t parse_one(std::string_view name) noexcept {
  using Mode = Hostile::Mode;
  if (name == "all") return Hostile::kAll;
  if (name == "suspend") return static_cast<std::uint8_t>(Mode::kSuspend);
  if (name == "yield") return static_cast<std::uint8_t>(Mode::kYield);
  if (name == "reclaim") return static_cast<std::uint8_t>(Mode::kReclaim);
  if (name == "slow") return static_cast<std::uint8_t>(Mode::kSlow);
  if (name == "memory") return static_cast<std::uint8_t>(Mode::kMemory);
  return 0;
}

// Before main, so that every thread starts with the modes in place.
[[maybe_unused]] const bool g_read_environment = [] {
  const char* const list = std::getenv("OROCHI_HOSTILE");
  if (list != nullptr) Hostile::set(Hostile::parse(list));
  return true;
}();

}  // namespace

std::uint8_t Hostile::parse(std::string_view list) noexcept {
  std::uint8_t modes = 0;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    modes = static_cast<std::uint8_t>(modes | parse_one(list.substr(0, comma)));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
  return modes;
}

bool Hostile::has(Mode mode) noexcept {
  // relaxed: a wish, and nothing else hangs on it.
  return (g_modes.load(kRelaxed) & static_cast<std::uint8_t>(mode)) != 0;
}

void Hostile::set(std::uint8_t modes) noexcept {
  g_modes.store(modes, kRelaxed);  // relaxed: as in has
  if (modes != 0) {
    Notices::post(Notice::kHostile);
  } else {
    Notices::withdraw(Notice::kHostile);
  }
}

void Hostile::arm(Slot& slot) noexcept {
  // relaxed: as in has.
  if (g_modes.load(kRelaxed) != 0) slot.ask(Breaker::kHostile);
}

void Hostile::yield() noexcept {
  if (has(Mode::kYield)) platform::yield();
}

}  // namespace orochi::inline OROCHI_DESIGN
