#include "objects/types/hash_secret.h"

#include <sys/random.h>

#include "memory/door/platform.h"
#include "objects/text/keyed_hash.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Once g_drawn;
constinit text::HashKey g_key;  // written inside g_drawn

// Without the kernel's randomness, which only fails while a machine boots: what an attacker would
// still have to guess.
[[nodiscard]] text::HashKey draw_key() noexcept {
  text::HashKey key;
  if (getrandom(&key, sizeof key, GRND_NONBLOCK) == ssize_t{sizeof key}) return key;
  return {static_cast<std::uint64_t>(platform::now()), platform::this_thread()};
}

[[nodiscard]] text::HashKey secret() noexcept {
  static_cast<void>(g_drawn.run([] {
    g_key = draw_key();
    return true;
  }));
  return g_key;
}

}  // namespace

void set_hash_seed(std::uint32_t seed) noexcept {
  static_cast<void>(g_drawn.run([] { return true; }));
  g_key = text::key_of_seed(seed);
}

std::int64_t hash_of_bytes(std::span<const std::uint8_t> bytes) noexcept {
  if (bytes.empty()) return 0;
  const auto hash = static_cast<std::int64_t>(text::keyed_hash(secret(), bytes));
  return hash == -1 ? -2 : hash;
}

}  // namespace orochi::inline OROCHI_DESIGN
