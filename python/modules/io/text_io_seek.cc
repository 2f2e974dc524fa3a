// Positions in text.
//
// A position is where the buffer was before some chunk, and what has to be done from there: bring
// the decoder into a state, feed it so many bytes, and skip so many of the characters that come of
// it. All of that is one integer. Wherever a character ends with its bytes, and no \r is held back,
// the rest is 0, and the position is the number of bytes before it.
#include <algorithm>
#include <array>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/int.h"
#include "objects/types/utf8_text.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/text_codec.h"

namespace orochi::inline OROCHI_DESIGN {

using Again = StreamUse::Again;

//   bit 0    64        96       128      160
//     start    flags     feed     skip     is_final
struct TextIo::Cookie {
  std::uint64_t start = 0;
  std::uint32_t flags = 0;
  std::uint32_t feed = 0;  // bytes
  std::uint32_t skip = 0;  // characters
  bool is_final = false;   // these are the last bytes

  [[nodiscard]] Ref<> value() const noexcept {
    const std::array<integer::Limb, 3> limbs{start, flags | std::uint64_t{feed} << 32,
                                             skip | std::uint64_t{is_final} << 32};
    std::size_t size = limbs.size();
    while (size != 0 && limbs[size - 1] == 0) --size;
    return make_int(integer::View{limbs.data(), size, false});
  }

  [[nodiscard]] Status parse(Value value) noexcept {
    const IntView number(value);
    const integer::View view = number.view();
    std::array<integer::Limb, 3> limbs{};
    if (view.size > limbs.size()) return raise(ErrorKind::kOverflow, {"int too big to convert"});
    std::copy_n(view.limbs, view.size, limbs.begin());
    start = limbs[0];
    flags = static_cast<std::uint32_t>(limbs[1]);
    feed = static_cast<std::uint32_t>(limbs[1] >> 32);
    skip = static_cast<std::uint32_t>(limbs[2]);
    is_final = (limbs[2] >> 32 & 1) != 0;
    return Status::kDone;
  }
};

// --- Where it is. ---

namespace {

// What a decoder makes of the first bytes of a chunk.
struct Trial {
  ChunkDecoder decoder;
  std::size_t characters = 0;
};

class Trials {
 public:
  Trials(const Codec& codec, ByteSpan chunk, const ChunkDecoder& begin) noexcept
      : codec_(codec), chunk_(chunk), begin_(begin) {}

  [[nodiscard]] Status decode(std::size_t bytes, Trial& trial) const noexcept {
    trial.decoder = begin_;
    const Ref<Str> text = trial.decoder.decode(codec_, chunk_.first(bytes), false);
    if (!text) return kRaised;
    trial.characters = text->size();
    return Status::kDone;
  }

  // The fewest bytes that give so many characters; of all, if they do not.
  [[nodiscard]] Status find(std::size_t characters, std::size_t& bytes) const noexcept {
    std::size_t low = 0;
    std::size_t high = chunk_.size();
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      Trial trial;
      if (failed(decode(middle, trial))) return kRaised;
      if (trial.characters >= characters) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    bytes = low;
    return Status::kDone;
  }

 private:
  const Codec& codec_;
  const ByteSpan chunk_;
  const ChunkDecoder& begin_;
};

}  // namespace

// Of the first characters of a chunk's text, that were used. In `cookie`: where the chunk begins.
Status TextIo::place_of_used(Cookie& cookie, const Bytes& chunk) noexcept {
  LoadedCodec loaded;
  if (failed(loaded.load(*this))) return kRaised;
  ChunkDecoder begin = decoder_;
  begin.restore(snapshot_flags_);
  const Trials trials(loaded.codec, chunk.span(), begin);
  std::size_t bytes = 0;
  Trial trial;
  if (failed(trials.find(used_, bytes)) || failed(trials.decode(bytes, trial))) return kRaised;
  const std::size_t fed = bytes;
  cookie.is_final = trial.characters < used_;
  const bool is_exact = trial.characters == used_ && trial.decoder.held().empty();
  // Else on from the last place before it where no byte is held.
  for (bool is_safe = is_exact; !is_safe && bytes != 0;) {
    if (failed(trials.decode(--bytes, trial))) return kRaised;
    is_safe = trial.characters <= used_ && trial.decoder.held().empty();
  }
  cookie.start += bytes;
  cookie.flags = static_cast<std::uint32_t>(trial.decoder.flags());
  cookie.feed = static_cast<std::uint32_t>(fed - bytes);
  cookie.skip = static_cast<std::uint32_t>(used_ - trial.characters);
  return Status::kDone;
}

Ref<> TextIo::tell_locked() noexcept {
  if (!is_seekable_) return raise_unsupported("underlying stream is not seekable");
  if (!is_telling_) return raise(ErrorKind::kOs, {"telling position disabled by next() call"});
  if (failed(write_pending()) || !call_named(Value(this), *io_names().flush)) return kRaised;
  const Ref<> below = buffer();
  Ref<> told = below ? call_named(below.value(), *io_names().tell) : Ref<>();
  const Ref<> chunk = snapshot_.load(*this);
  if (!told || !chunk) return told;
  std::int64_t place = 0;
  if (failed(read_place(told, place))) return kRaised;
  const auto& bytes = chunk.as<Bytes>();
  Cookie cookie{.start = static_cast<std::uint64_t>(place) - bytes.size(),
                .flags = static_cast<std::uint32_t>(snapshot_flags_)};
  if (used_ != 0 && failed(place_of_used(cookie, bytes))) return kRaised;
  return cookie.value();
}

Ref<> TextIo::tell() noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  return use ? tell_locked() : Ref<>();
}

// --- Going there. ---

namespace {

enum Whence : int { kSet, kCurrent, kEnd };

[[nodiscard]] Truth is_zero(Value cookie) noexcept {
  return compare_truth(CompareOp::kEqual, cookie, Value::of_int(0));
}

Raised raise_negative(Value cookie) noexcept {
  const Ref<> shown = repr(cookie);
  if (!shown) return kRaised;
  return raise(ErrorKind::kValue, {"negative seek position ", Utf8Text(shown.as<Str>()).view()});
}

}  // namespace

Status TextIo::go_to(const Cookie& cookie) noexcept {
  const Ref<> below = buffer();
  const Ref<> start = make_size(cookie.start);
  if (!below || !start || !call_named(below.value(), *io_names().seek, {start.value()}))
    return kRaised;
  forget_decoded();
  if (cookie.start == 0 && cookie.flags == 0) decoder_.reset();
  decoder_.restore(static_cast<int>(cookie.flags));
  Ref<Bytes> nothing = Bytes::empty();
  if (cookie.skip == 0) {
    set_snapshot(static_cast<int>(cookie.flags), std::move(nothing));
    return Status::kDone;
  }
  const Ref<> fed = make_int(cookie.feed);
  const Ref<> result = call_named(below.value(), *io_names().read, {fed.value()});
  BytesLike bytes;
  LoadedCodec loaded;
  if (!result || failed(bytes.take(result.value())) || failed(loaded.load(*this))) return kRaised;
  Ref<Str> text = decoder_.decode(loaded.codec, bytes.span(), cookie.is_final);
  if (!text) return kRaised;
  if (text->size() < cookie.skip)
    return raise(ErrorKind::kOs, {"can't restore logical file position"});
  set_decoded(std::move(text));
  used_ = cookie.skip;
  set_snapshot(static_cast<int>(cookie.flags), std::move(bytes.bytes()));
  return Status::kDone;
}

Ref<> TextIo::seek_to_end(Value cookie) noexcept {
  const Truth zero = is_zero(cookie);
  if (failed(zero)) return kRaised;
  if (zero == Truth::kFalse) return raise_unsupported("can't do nonzero end-relative seeks");
  if (!call_named(Value(this), *io_names().flush)) return kRaised;
  forget_decoded();
  decoder_.reset();
  const Ref<> below = buffer();
  return below ? call_named(below.value(), *io_names().seek, {Value::of_int(0), Value::of_int(2)})
               : Ref<>();
}

Ref<> TextIo::seek_locked(Value cookie, int whence) noexcept {
  if (!is_seekable_) return raise_unsupported("underlying stream is not seekable");
  if (whence == kEnd) return seek_to_end(cookie);
  Ref<> place = Ref<>::of(cookie);
  if (whence == kCurrent) {
    const Truth zero = is_zero(cookie);
    if (failed(zero)) return kRaised;
    if (zero == Truth::kFalse) return raise_unsupported("can't do nonzero cur-relative seeks");
    place = call_named(Value(this), *io_names().tell);
    if (!place) return kRaised;
  }
  const Truth negative = compare_truth(CompareOp::kLess, place.value(), Value::of_int(0));
  if (negative == Truth::kTrue) return raise_negative(place.value());
  if (failed(negative) || !call_named(Value(this), *io_names().flush)) return kRaised;
  if (!is_int(place.value()))
    return raise(ErrorKind::kType,
                 {"an integer is required (got type ", type_of(place.value()).name(), ")"});
  Cookie parts;
  if (failed(parts.parse(place.value())) || failed(go_to(parts))) return kRaised;
  return place;
}

Ref<> TextIo::seek(Value cookie, int whence) noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  return use ? seek_locked(cookie, whence) : Ref<>();
}

}  // namespace orochi::inline OROCHI_DESIGN
