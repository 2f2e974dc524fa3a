#include "python/modules/io/newline_decoder.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/tuple.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_newline_decoder = nullptr;  // written by make_newline_decoder_type

[[nodiscard]] NewlineDecoder& self_of(Value self) noexcept {
  return static_cast<NewlineDecoder&>(*self.object());
}

// What a decoder's getstate() is: bytes, and a number.
struct DecoderState {
  Ref<> bytes;
  std::int64_t flags = 0;

  [[nodiscard]] Status parse(Value state) noexcept {
    const Tuple* const pair = as_tuple(state);
    if (pair == nullptr) return raise(ErrorKind::kType, {"state argument must be a tuple"});
    if (pair->size() != 2) return raise(ErrorKind::kType, {"illegal decoder state"});
    bytes = pair->load(0);
    return read_index((*pair)[1], flags);
  }
};

}  // namespace

void NewlineDecoder::initialise(Ref<> decoder, bool translates) noexcept {
  decoder_.store(*this, std::move(decoder));
  set_filter(NewlineFilter(translates));
}

Ref<> NewlineDecoder::decoder() noexcept {
  Ref<> decoder = decoder_.load(*this);
  if (decoder) return decoder;
  return raise(ErrorKind::kValue, {"IncrementalNewlineDecoder.__init__() not called"});
}

NewlineFilter NewlineDecoder::filter() noexcept {
  const Locked lock(*this);
  return filter_;
}

void NewlineDecoder::set_filter(const NewlineFilter& filter) noexcept {
  const Locked lock(*this);
  filter_ = filter;
}

Ref<Str> NewlineDecoder::decode(Value input, bool is_final) noexcept {
  const Ref<> below = decoder();
  if (!below) return kRaised;
  Ref<> text = below.value().is_none() ? Ref<>::of(input)
                                       : call_named(below.value(), *io_names().decode,
                                                    {input, Value::of_bool(is_final)});
  if (!text) return kRaised;
  if (as_str(text.value()) == nullptr)
    return raise(ErrorKind::kType, {"decoder should return a string result, not '",
                                    type_of(text.value()).name(), "'"});
  NewlineFilter now = filter();
  Ref<Str> filtered = now.filter(std::move(text).cast<Str>(), is_final);
  if (filtered) set_filter(now);
  return filtered;
}

Ref<> NewlineDecoder::getstate() noexcept {
  const Ref<> below = decoder();
  if (!below) return kRaised;
  DecoderState state;
  if (below.value().is_none()) {
    state.bytes = Bytes::empty();
  } else {
    const Ref<> given = call_named(below.value(), *io_names().getstate);
    if (!given || failed(state.parse(given.value()))) return kRaised;
  }
  const std::uint64_t flags =
      static_cast<std::uint64_t>(state.flags) << 1 | (filter().holds_return() ? 1U : 0U);
  Ref<> number = make_int(static_cast<std::int64_t>(flags));
  return state.bytes && number ? Ref<>(Tuple::of(std::move(state.bytes), std::move(number)))
                               : Ref<>();
}

Status NewlineDecoder::setstate(Value state) noexcept {
  const Ref<> below = decoder();
  DecoderState parts;
  if (!below || failed(parts.parse(state))) return kRaised;
  NewlineFilter now = filter();
  now.hold_return((parts.flags & 1) != 0);
  set_filter(now);
  if (below.value().is_none()) return Status::kDone;
  Ref<> flags = make_int(parts.flags >> 1);
  if (!flags) return kRaised;
  const Ref<Tuple> rest = Tuple::of(std::move(parts.bytes), std::move(flags));
  return rest && call_named(below.value(), *io_names().setstate, {rest.value()}) ? Status::kDone
                                                                                 : Status::kFailed;
}

Status NewlineDecoder::reset() noexcept {
  const Ref<> below = decoder();
  if (!below) return kRaised;
  NewlineFilter now = filter();
  now.reset();
  set_filter(now);
  if (below.value().is_none()) return Status::kDone;
  return call_named(below.value(), *io_names().reset) ? Status::kDone : Status::kFailed;
}

Ref<> NewlineDecoder::kinds() noexcept { return decoder() ? filter().kinds() : Ref<>(); }

// --- The type. ---

namespace {

Ref<> make(const Value* arguments) noexcept {
  return new_object<NewlineDecoder>(static_cast<Type&>(*arguments[0].object()));
}

// Errors are the decoder's, below.
Ref<> initialise(const Value* arguments) noexcept {
  const Truth translates = truth(arguments[2]);
  if (failed(translates)) return kRaised;
  self_of(arguments[0]).initialise(Ref<>::of(arguments[1]), translates == Truth::kTrue);
  return Special::kNone;
}

Ref<> decode(const Value* arguments) noexcept {
  const Truth is_final = truth(arguments[2]);
  if (failed(is_final)) return kRaised;
  return self_of(arguments[0]).decode(arguments[1], is_final == Truth::kTrue);
}

Ref<> getstate(const Value* arguments) noexcept { return self_of(arguments[0]).getstate(); }
Ref<> setstate(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).setstate(arguments[1]));
}
Ref<> reset(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).reset());
}

constexpr NativeSpec kConstructor[] = {{"__new__(cls, /, *args, **kwargs)", make}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, decoder, translate, errors='strict')", initialise},
    {"decode(self, input, final=False)", decode, "What is certain by now."},
    {"getstate(self, /)", getstate, "What is held back, to be given to setstate()."},
    {"setstate(self, state, /)", setstate, "Go on from there."},
    {"reset(self, /)", reset, "Forget what is held back, and what was seen."},
};
constexpr AttributeSpec kAttributes[] = {
    {"newlines", [](Value self) noexcept { return self_of(self).kinds(); }},
};

}  // namespace

Type& newline_decoder_type() noexcept { return *g_newline_decoder; }

Status make_newline_decoder_type() noexcept {
  g_newline_decoder = make_io_type({.name = "IncrementalNewlineDecoder",
                                    .layout = &layout_of<NewlineDecoder>,
                                    .base = nullptr,
                                    .constructor = kConstructor,
                                    .methods = kMethods,
                                    .attributes = kAttributes,
                                    .doc = "Another decoder, and universal newlines behind it."});
  return g_newline_decoder == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
