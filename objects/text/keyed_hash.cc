#include "objects/text/keyed_hash.h"

#include <bit>
#include <cstddef>
#include <cstring>

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

static_assert(std::endian::native == std::endian::little, "words of a text are read as they lie");

class SipState {
 public:
  explicit SipState(HashKey key) noexcept
      : a_(key.first ^ 0x736F'6D65'7073'6575),
        b_(key.second ^ 0x646F'7261'6E64'6F6D),
        c_(key.first ^ 0x6C79'6765'6E65'7261),
        d_(key.second ^ 0x7465'6462'7974'6573) {}

  void add(std::uint64_t word) noexcept {
    d_ ^= word;
    mix();
    a_ ^= word;
  }

  [[nodiscard]] std::uint64_t finish() noexcept {
    c_ ^= 0xFF;
    for (int round = 0; round < 3; ++round) mix();
    return a_ ^ b_ ^ c_ ^ d_;
  }

 private:
  void mix() noexcept {
    a_ += b_;
    c_ += d_;
    b_ = std::rotl(b_, 13) ^ a_;
    d_ = std::rotl(d_, 16) ^ c_;
    a_ = std::rotl(a_, 32);
    c_ += b_;
    a_ += d_;
    b_ = std::rotl(b_, 17) ^ c_;
    d_ = std::rotl(d_, 21) ^ a_;
    c_ = std::rotl(c_, 32);
  }

  std::uint64_t a_, b_, c_, d_;
};

// Eight bytes, or what is left of them.
[[nodiscard]] std::uint64_t load_word(const std::uint8_t* bytes, std::size_t size) noexcept {
  std::uint64_t word = 0;
  if (size != 0) std::memcpy(&word, bytes, size);
  return word;
}

}  // namespace

HashKey key_of_seed(std::uint32_t seed) noexcept {
  if (seed == 0) return {};
  std::uint32_t state = seed;
  const auto next_word = [&state] {
    std::uint64_t word = 0;
    for (unsigned shift = 0; shift < 64; shift += 8) {
      state = state * 214'013 + 2'531'011;
      word |= std::uint64_t{state >> 16 & 0xFF} << shift;
    }
    return word;
  };
  const std::uint64_t first = next_word();
  return {first, next_word()};
}

std::uint64_t keyed_hash(HashKey key, std::span<const std::uint8_t> bytes) noexcept {
  SipState state(key);
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) state.add(load_word(bytes.data() + at, 8));
  state.add(std::uint64_t{bytes.size()} << 56 | load_word(bytes.data() + at, bytes.size() - at));
  return state.finish();
}

}  // namespace orochi::inline OROCHI_DESIGN::text
