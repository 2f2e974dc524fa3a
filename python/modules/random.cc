// _random: the Mersenne Twister MT19937, of Matsumoto and Nishimura: the same numbers for the same
// seed everywhere.

#include <sys/random.h>

#include <array>
#include <cerrno>

#include "memory/buffer.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/exception_os.h"
#include "objects/types/float.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/int_room.h"
#include "objects/types/tuple.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

class Twister {
 public:
  static constexpr std::size_t kWords = 624;
  using Words = std::array<std::uint32_t, kWords>;

  void seed(const std::uint32_t* key, std::size_t length) noexcept {
    begin(19650218);
    std::size_t i = 1;
    std::size_t j = 0;
    for (std::size_t k = std::max(kWords, length); k > 0; --k) {
      const std::uint32_t added = key[j] + static_cast<std::uint32_t>(j);
      words_[i] = (words_[i] ^ mixed(i) * 1664525U) + added;
      advance(i);
      j = j + 1 == length ? 0 : j + 1;
    }
    for (std::size_t k = kWords - 1; k > 0; --k) {
      words_[i] = (words_[i] ^ mixed(i) * 1566083941U) - static_cast<std::uint32_t>(i);
      advance(i);
    }
    words_[0] = 0x80000000U;
  }

  [[nodiscard]] std::uint32_t next() noexcept {
    if (place_ >= kWords) renew();
    std::uint32_t word = words_[place_++];
    word ^= word >> 11;
    word ^= word << 7 & 0x9D2C5680U;
    word ^= word << 15 & 0xEFC60000U;
    return word ^ word >> 18;
  }

  [[nodiscard]] const Words& words() const noexcept { return words_; }
  [[nodiscard]] std::size_t place() const noexcept { return place_; }
  void set(const Words& words, std::size_t place) noexcept {
    words_ = words;
    place_ = place;
  }

 private:
  void begin(std::uint32_t number) noexcept {
    words_[0] = number;
    for (std::size_t i = 1; i < kWords; ++i)
      words_[i] =
          1812433253U * (words_[i - 1] ^ words_[i - 1] >> 30) + static_cast<std::uint32_t>(i);
    place_ = kWords;
  }
  [[nodiscard]] std::uint32_t mixed(std::size_t i) const noexcept {
    return words_[i - 1] ^ words_[i - 1] >> 30;
  }
  void advance(std::size_t& i) noexcept {
    if (++i < kWords) return;
    words_[0] = words_[kWords - 1];
    i = 1;
  }

  void renew() noexcept {
    constexpr std::size_t kFar = 397;
    for (std::size_t i = 0; i < kWords; ++i) {
      const std::uint32_t high = words_[i] & 0x80000000U;
      const std::uint32_t low = words_[(i + 1) % kWords] & 0x7FFFFFFFU;
      const std::uint32_t both = high | low;
      words_[i] = words_[(i + kFar) % kWords] ^ both >> 1 ^ ((both & 1) != 0 ? 0x9908B0DFU : 0U);
    }
    place_ = 0;
  }

  Words words_{};
  std::size_t place_ = 0;
};

// The twister is guarded by the object's lock; nothing calls out under it.
class Random : public Object {
 public:
  explicit Random(ShapeIndex shape) noexcept : Object(shape) {}

  template <class Act>
  decltype(auto) with(Act act) noexcept {
    const Locked lock(*this);
    return act(twister_);
  }

 private:
  Twister twister_;
};

[[nodiscard]] Random& self_of(Value value) noexcept { return object_of<Random>(value); }

// --- Seeding. ---

[[nodiscard]] Status seed_by_chance(Random& random) noexcept {
  Twister::Words key{};
  auto* const bytes = reinterpret_cast<std::uint8_t*>(key.data());
  for (std::size_t got = 0; got < sizeof key;) {
    const ssize_t more = getrandom(bytes + got, sizeof key - got, 0);
    if (more < 0 && errno != EINTR) return raise_os_error(errno, Ref<>());
    if (more > 0) got += static_cast<std::size_t>(more);
  }
  random.with([&](Twister& twister) { twister.seed(key.data(), key.size()); });
  return Status::kDone;
}

// By all bits of its absolute value, in words of 32.
[[nodiscard]] Status seed_by_number(Random& random, integer::View number) noexcept {
  const std::size_t limbs = number.size;
  const IntScratch scratch(limbs + 1);
  if (!scratch) return kRaised;
  auto* const words = reinterpret_cast<std::uint32_t*>(scratch.limbs().data());
  for (std::size_t i = 0; i < limbs; ++i) {
    words[2 * i] = static_cast<std::uint32_t>(number.limbs[i]);
    words[2 * i + 1] = static_cast<std::uint32_t>(number.limbs[i] >> 32);
  }
  std::size_t length = 2 * limbs;
  if (length == 0) words[length++] = 0;
  if (length > 1 && words[length - 1] == 0) --length;
  random.with([&](Twister& twister) { twister.seed(words, length); });
  return Status::kDone;
}

[[nodiscard]] Status seed_by(Random& random, Value value) noexcept {
  if (value.is_empty() || value.is_none()) return seed_by_chance(random);
  if (is_int(value)) {
    const IntView number(value);
    return seed_by_number(random, number.view());
  }
  std::int64_t hashed = 0;
  if (failed(hash(value, hashed))) return kRaised;
  const integer::Small number(static_cast<integer::Limb>(hashed), false);
  return seed_by_number(random, number.view());
}

Ref<> random_new(const Value* arguments) noexcept {
  return new_object<Random>(wanted_type(arguments));
}
Ref<> random_init(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[1]);
  if (given.size() > 1) return raise(ErrorKind::kType, {"Random() requires 0 or 1 argument"});
  return none_or_raised(
      seed_by(self_of(arguments[0]), given.size() == 0 ? Value::kNone : given[0]));
}
Ref<> random_seed(const Value* arguments) noexcept {
  return none_or_raised(seed_by(self_of(arguments[0]), arguments[1]));
}

// --- Numbers. ---

Ref<> random_random(const Value* arguments) noexcept {
  return make_float(self_of(arguments[0]).with([](Twister& twister) {
    const std::uint32_t high = twister.next() >> 5;
    const std::uint32_t low = twister.next() >> 6;
    return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
  }));
}

// The least significant word is drawn first; the last one gives its highest bits.
void draw(Twister& twister, integer::Limb* limbs, std::size_t bits) noexcept {
  for (std::size_t i = 0; bits > 0; ++i) {
    const std::size_t used = std::min<std::size_t>(bits, 32);
    const integer::Limb word = twister.next() >> (32 - used);
    limbs[i / 2] = i % 2 == 0 ? word : limbs[i / 2] | word << 32;
    bits -= used;
  }
}

Ref<> random_bits(const Value* arguments) noexcept {
  std::int64_t bits = 0;
  if (failed(read_index(arguments[1], bits))) return kRaised;
  if (bits < 0) return raise(ErrorKind::kValue, {"number of bits must be non-negative"});
  if (bits == 0) return make_int(0);
  const auto wanted = static_cast<std::size_t>(bits);
  const std::size_t size = (wanted + integer::kLimbBits - 1) / integer::kLimbBits;
  IntResult result(size);
  if (!result) return kRaised;
  self_of(arguments[0]).with([&](Twister& twister) { draw(twister, result.limbs(), wanted); });
  return result.finish(integer::normalized(result.limbs(), size, false));
}

// --- State: the words, and how many of them were used. ---

Ref<> random_get_state(const Value* arguments) noexcept {
  const Twister now = self_of(arguments[0]).with([](Twister& twister) { return twister; });
  Ref<Tuple> state = Tuple::make_blank(Twister::kWords + 1);
  if (!state) return kRaised;
  for (std::size_t i = 0; i < Twister::kWords; ++i) state->initialise(i, make_int(now.words()[i]));
  state->initialise(Twister::kWords, make_size(now.place()));
  return state;
}

[[nodiscard]] Status read_word(Value value, std::uint32_t& word) noexcept {
  if (!is_int(value)) return raise(ErrorKind::kType, {"an integer is required"});
  const Index number = index_of(value);
  if (number.number < 0)
    return raise(ErrorKind::kOverflow, {"can't convert negative value to unsigned int"});
  word = static_cast<std::uint32_t>(number.number);
  return Status::kDone;
}

Ref<> random_set_state(const Value* arguments) noexcept {
  const Tuple* const state = as_tuple(arguments[1]);
  if (state == nullptr) return raise(ErrorKind::kType, {"state vector must be a tuple"});
  if (state->size() != Twister::kWords + 1)
    return raise(ErrorKind::kValue, {"state vector is the wrong size"});
  Twister::Words words{};
  for (std::size_t i = 0; i < Twister::kWords; ++i)
    if (failed(read_word((*state)[i], words[i]))) return kRaised;
  std::int64_t place = 0;
  if (failed(read_index((*state)[Twister::kWords], place))) return kRaised;
  if (place < 0 || place > static_cast<std::int64_t>(Twister::kWords))
    return raise(ErrorKind::kValue, {"invalid state"});
  self_of(arguments[0]).with([&](Twister& twister) {
    twister.set(words, static_cast<std::size_t>(place));
  });
  return Special::kNone;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", random_new}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, /, *args)", random_init},
    {"seed(self, n=None, /)", random_seed, "Initializes the state of the generator."},
    {"random(self)", random_random, "random() -> x in the interval [0, 1)."},
    {"getrandbits(self, k, /)", random_bits,
     "getrandbits(k) -> x.  Generates an int with k "
     "random bits."},
    {"getstate(self)", random_get_state, "getstate() -> tuple containing the current state."},
    {"setstate(self, state, /)", random_set_state, "Restores generator state."},
};

Status complete(Module& module) noexcept {
  const Type* const type = add_native_type(module, {.name = "_random.Random",
                                                    .layout = &layout_of<Random>,
                                                    .statics = kNew,
                                                    .methods = kMethods});
  return type == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace

extern constinit const NativeModule kRandomModule{
    "_random", "Module implements the Mersenne Twister random number generator.", {}, complete};

}  // namespace orochi::inline OROCHI_DESIGN
