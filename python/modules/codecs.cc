// _codecs: how texts become bytes and bytes texts: the codecs that are written in C++, and the
// registry in which a program finds these and others.
//
// There are utf-8, latin-1 and ascii; other encodings of the library find nothing here to stand on.

#include <algorithm>

#include "objects/model/operations.h"
#include "objects/text/utf8.h"
#include "objects/types/attribute.h"
#include "objects/types/bytes_like.h"
#include "objects/types/codec.h"
#include "objects/types/exception.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/import_hook.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/str_builder.h"
#include "objects/types/utf8_text.h"
#include "python/modules/calls.h"
#include "python/modules/native_module.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// What programs have registered; all written by complete, immortal.
constinit List* g_searches = nullptr;
constinit Dict* g_found = nullptr;     // codecs, by normalized name
constinit Dict* g_handlers = nullptr;  // of errors, by name

// --- The codecs. ---

[[nodiscard]] Value or_nothing(Value value) noexcept {
  return value.is_empty() || value.is_none() ? Value() : value;
}

[[nodiscard]] Status take_codec(Codec& codec, std::string_view encoding, Value errors,
                                std::string_view function) noexcept {
  const Ref<Str> name = Str::of_ascii(encoding);
  return name ? codec.take(name.value(), or_nothing(errors), function) : Status::kFailed;
}

// (bytes, how many characters)
[[nodiscard]] Ref<> encode_with(const Value* arguments, std::string_view encoding,
                                std::string_view function) noexcept {
  Str* const text = as_str(arguments[0]);
  if (text == nullptr)
    return raise(ErrorKind::kType,
                 {function, "() argument 1 must be str, not ", type_of(arguments[0]).name()});
  Codec codec;
  if (failed(take_codec(codec, encoding, arguments[1], function))) return kRaised;
  Ref<Bytes> bytes = codec.encode(*text);
  return bytes ? Ref<>(Tuple::of(std::move(bytes), make_size(text->size()))) : Ref<>();
}

// (text, how many bytes)
[[nodiscard]] Ref<> decode_with(Value given, Value errors, std::string_view encoding,
                                std::string_view function) noexcept {
  BytesLike bytes;
  Codec codec;
  if (failed(bytes.take(given)) || failed(take_codec(codec, encoding, errors, function)))
    return kRaised;
  Ref<Str> text = codec.decode(bytes.span());
  return text ? Ref<>(Tuple::of(std::move(text), make_size(bytes.span().size()))) : Ref<>();
}

// How many bytes at the end may be the beginning of a character.
[[nodiscard]] std::size_t incomplete_tail(ByteSpan bytes) noexcept {
  const std::size_t most = std::min<std::size_t>(bytes.size(), 3);
  for (std::size_t tail = 1; tail <= most; ++tail) {
    const ByteSpan end = bytes.last(tail);
    if ((end[0] & 0xC0) == 0x80) continue;  // inside of one
    const text::Utf8Measure measure = text::measure_utf8(end, text::DecodeErrors::kStrict);
    const bool is_open = measure.fault.reason != nullptr && text::is_incomplete(measure.fault);
    return is_open ? tail : 0;
  }
  return 0;
}

Ref<> utf_8_encode(const Value* arguments) noexcept {
  return encode_with(arguments, "utf-8", "utf_8_encode");
}
Ref<> latin_1_encode(const Value* arguments) noexcept {
  return encode_with(arguments, "latin-1", "latin_1_encode");
}
Ref<> ascii_encode(const Value* arguments) noexcept {
  return encode_with(arguments, "ascii", "ascii_encode");
}
Ref<> latin_1_decode(const Value* arguments) noexcept {
  return decode_with(arguments[0], arguments[1], "latin-1", "latin_1_decode");
}
Ref<> ascii_decode(const Value* arguments) noexcept {
  return decode_with(arguments[0], arguments[1], "ascii", "ascii_decode");
}

// Unless it is the end, what is left of a character waits for the rest.
Ref<> utf_8_decode(const Value* arguments) noexcept {
  const Truth is_final = truth(arguments[2]);
  BytesLike bytes;
  if (failed(is_final) || failed(bytes.take(arguments[0]))) return kRaised;
  const std::size_t tail = is_final == Truth::kTrue ? 0 : incomplete_tail(bytes.span());
  if (tail == 0) return decode_with(arguments[0], arguments[1], "utf-8", "utf_8_decode");
  const Ref<Bytes> complete = Bytes::of(bytes.span().first(bytes.span().size() - tail));
  if (!complete) return kRaised;
  return decode_with(complete.value(), arguments[1], "utf-8", "utf_8_decode");
}

Ref<> readbuffer_encode(const Value* arguments) noexcept {
  if (as_str(arguments[0]) != nullptr) return encode_with(arguments, "utf-8", "readbuffer_encode");
  BytesLike bytes;
  if (failed(bytes.take(arguments[0]))) return kRaised;
  Ref<Bytes> copy = Bytes::of(bytes.span());
  return copy ? Ref<>(Tuple::of(std::move(copy), make_size(bytes.span().size()))) : Ref<>();
}

// --- The registry. ---

// Lower case, with - for what is no letter.
[[nodiscard]] Ref<Str> normalized(const Str& name) noexcept {
  StrBuilder out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const text::CodePoint point = name.view()[i];
    out.add(point == ' '                   ? text::CodePoint{'-'}
            : point >= 'A' && point <= 'Z' ? static_cast<text::CodePoint>(point + 32)
                                           : point);
  }
  return out.finish();
}

// Asks those who registered, the first first.
[[nodiscard]] Status search_for(Str& name, Ref<>& codec) noexcept {
  for (std::int64_t i = 0;; ++i) {
    Ref<> search;
    if (!g_searches->get(i, search)) return Status::kDone;
    codec = call_with(search.value(), {Value(&name)});
    if (!codec) return kRaised;
    if (codec.value().is_none()) {
      codec = Ref<>();
      continue;
    }
    if (type_of(codec.value()).is_subtype_of(tuple_type()) && codec.as<Tuple>().size() == 4)
      return g_found->set(Value(&name), codec.share());
    return raise(ErrorKind::kType, {"codec search functions must return 4-tuples"});
  }
}

// The package `encodings` registers itself when it is imported.
[[nodiscard]] Status need_encodings() noexcept {
  if (g_searches->size() != 0) return Status::kDone;
  return import_module("encodings") ? Status::kDone : Status::kFailed;
}

[[nodiscard]] Ref<> find_codec(const Str& encoding) noexcept {
  const Ref<Str> name = normalized(encoding);
  Ref<> codec;
  if (!name || failed(need_encodings()) || failed(g_found->find(name.value(), codec)))
    return kRaised;
  if (!codec && failed(search_for(*name, codec))) return kRaised;
  if (codec) return codec;
  return raise(ErrorKind::kLookup, {"unknown encoding: ", Utf8Text(encoding).view()});
}

[[nodiscard]] Str* str_argument(Value value, std::string_view function) noexcept {
  Str* const text = as_str(value);
  if (text == nullptr)
    static_cast<void>(raise(ErrorKind::kType,
                            {function, "() argument must be str, not ", type_of(value).name()}));
  return text;
}

Ref<> register_search(const Value* arguments) noexcept {
  if (type_of(arguments[0]).block().protocols().call == nullptr)
    return raise(ErrorKind::kType, {"argument must be callable"});
  return none_or_raised(g_searches->append(Ref<>::of(arguments[0])));
}

Ref<> unregister_search(const Value* arguments) noexcept {
  List::Found found;
  const Truth is_there = g_searches->find(arguments[0], 0, INT64_MAX, found);
  if (failed(is_there)) return kRaised;
  if (is_there == Truth::kFalse) return Special::kNone;
  g_found->clear();
  return none_or_raised(g_searches->pop(static_cast<std::int64_t>(found.place)) ? Status::kDone
                                                                                : Status::kFailed);
}

Ref<> lookup(const Value* arguments) noexcept {
  const Str* const name = str_argument(arguments[0], "lookup");
  return name == nullptr ? Ref<>() : find_codec(*name);
}

// Item `which` of the codec, called; the first of the two that it gives.
[[nodiscard]] Ref<> convert_by(const Value* arguments, std::size_t which,
                               std::string_view function) noexcept {
  const Ref<Str> usual = Str::of_ascii("utf-8");
  if (!usual) return kRaised;
  const Value wanted = arguments[1].is_empty() ? usual.value() : arguments[1];
  const Str* const name = str_argument(wanted, function);
  const Ref<> codec = name == nullptr ? Ref<>() : find_codec(*name);
  if (!codec) return kRaised;
  const Value action = codec.as<Tuple>()[which];
  const Ref<> result = arguments[2].is_empty() ? call_with(action, {arguments[0]})
                                               : call_with(action, {arguments[0], arguments[2]});
  if (!result) return kRaised;
  const bool is_pair =
      type_of(result.value()).is_subtype_of(tuple_type()) && result.as<Tuple>().size() == 2;
  if (is_pair) return result.as<Tuple>().load(0);
  return raise(ErrorKind::kType,
               {which == 0 ? "encoder" : "decoder", " must return a tuple (object, integer)"});
}

Ref<> encode(const Value* arguments) noexcept { return convert_by(arguments, 0, "encode"); }
Ref<> decode(const Value* arguments) noexcept { return convert_by(arguments, 1, "decode"); }

// --- Handlers of errors. ---

Ref<> register_error(const Value* arguments) noexcept {
  Str* const name = str_argument(arguments[0], "register_error");
  if (name == nullptr) return kRaised;
  if (type_of(arguments[1]).block().protocols().call == nullptr)
    return raise(ErrorKind::kType, {"handler must be callable"});
  return none_or_raised(g_handlers->set(Value(name), Ref<>::of(arguments[1])));
}

Ref<> lookup_error(const Value* arguments) noexcept {
  Str* const name = str_argument(arguments[0], "lookup_error");
  Ref<> handler;
  if (name == nullptr || failed(g_handlers->find(Value(name), handler))) return kRaised;
  if (handler) return handler;
  return raise(ErrorKind::kLookup, {"unknown error handler name '", Utf8Text(*name).view(), "'"});
}

// Where an error is, in what kind of text.
struct Fault {
  bool is_decoding = false;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

[[nodiscard]] Status read_fault(Value error, Fault& fault) noexcept {
  Exception* const exception = as_exception(error);
  if (exception == nullptr || exception->family() != ExceptionFamily::kUnicode)
    return raise(ErrorKind::kType,
                 {"don't know how to handle ", type_of(error).name(), " in error callback"});
  const Ref<> begin = exception->extra(extra::kUnicodeStart);
  const Ref<> end = exception->extra(extra::kUnicodeEnd);
  fault.is_decoding = type_of(*exception).is_subtype_of(exception_type(ErrorKind::kUnicodeDecode));
  fault.begin = begin && begin.value().is_int() ? begin.value().as_int() : 0;
  fault.end = end && end.value().is_int() ? end.value().as_int() : 0;
  return Status::kDone;
}

Ref<> strict_errors(const Value* arguments) noexcept {
  if (as_exception(arguments[0]) == nullptr)
    return raise(ErrorKind::kType, {"codec must pass exception instance"});
  return raise_any(arguments[0], Value());
}

Ref<> ignore_errors(const Value* arguments) noexcept {
  Fault fault;
  if (failed(read_fault(arguments[0], fault))) return kRaised;
  return Tuple::of(Str::empty(), make_int(fault.end));
}

Ref<> replace_errors(const Value* arguments) noexcept {
  Fault fault;
  if (failed(read_fault(arguments[0], fault))) return kRaised;
  StrBuilder out;
  constexpr text::CodePoint kReplacement = 0xFFFD;
  const auto times = static_cast<std::size_t>(std::max<std::int64_t>(fault.end - fault.begin, 0));
  if (fault.is_decoding)
    out.add(kReplacement);
  else
    out.add(text::CodePoint{'?'}, times);
  Ref<Str> text = out.finish();
  return text ? Ref<>(Tuple::of(std::move(text), make_int(fault.end))) : Ref<>();
}

struct HandlerSpec {
  std::string_view name;
  NativeSpec function;
};
constexpr HandlerSpec kHandlers[] = {
    {"strict", {"strict_errors(error, /)", strict_errors}},
    {"ignore", {"ignore_errors(error, /)", ignore_errors}},
    {"replace", {"replace_errors(error, /)", replace_errors}},
};

// --- The module. ---

template <class T>
[[nodiscard]] T* keep(Ref<T> made) noexcept {
  if (!made) return nullptr;
  made->mark_shared();  // rule 10
  made->count().immortalise();
  return made.release();
}

Status complete(Module&) noexcept {
  g_searches = keep(List::make());
  g_found = keep(Dict::make());
  g_handlers = keep(Dict::make());
  if (g_searches == nullptr || g_found == nullptr || g_handlers == nullptr) return kRaised;
  for (const HandlerSpec& each : kHandlers) {
    const Ref<Str> name = intern(each.name);
    Ref<> handler = make_native_function(each.function, "_codecs");
    if (!name || !handler || failed(g_handlers->set(name.value(), std::move(handler))))
      return kRaised;
  }
  return Status::kDone;
}

constexpr NativeSpec kFunctions[] = {
    {"ascii_decode(data, errors=None, /)", ascii_decode},
    {"ascii_encode(str, errors=None, /)", ascii_encode},
    {"decode(obj, encoding=<none>, errors=<none>)", decode, "Decodes by the codec of that name."},
    {"encode(obj, encoding=<none>, errors=<none>)", encode, "Encodes by the codec of that name."},
    {"latin_1_decode(data, errors=None, /)", latin_1_decode},
    {"latin_1_encode(str, errors=None, /)", latin_1_encode},
    {"lookup(encoding, /)", lookup, "The codec of that name."},
    {"lookup_error(name, /)", lookup_error, "The handler of errors of that name."},
    {"readbuffer_encode(data, errors=None, /)", readbuffer_encode},
    {"register(search_function, /)", register_search, "Adds somebody who knows codecs."},
    {"register_error(errors, handler, /)", register_error, "Names a handler of errors."},
    {"unregister(search_function, /)", unregister_search, "Takes one out again."},
    {"utf_8_decode(data, errors=None, final=False, /)", utf_8_decode},
    {"utf_8_encode(str, errors=None, /)", utf_8_encode},
};

}  // namespace

extern constinit const NativeModule kCodecsModule{"_codecs", "Codecs and where they are found.",
                                                  kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
