// _struct: numbers and texts as the bytes of C's structs.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/bytes_like.h"
#include "objects/types/codec.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/native_type.h"
#include "python/modules/struct/buffers.h"

namespace orochi::inline OROCHI_DESIGN {
namespace structs {
namespace {

// Written by `complete`; all live for ever.
constinit Type* g_struct = nullptr;
constinit Type* g_unpack_iterator = nullptr;
constinit Dict* g_known = nullptr;  // formats that functions were given, compiled

// --- Formats. ---

class Struct : public Object {
 public:
  explicit Struct(ShapeIndex shape) noexcept : Object(shape) {}

  // Empty: nobody has called __init__.
  [[nodiscard]] Ref<Format> format() noexcept { return format_.load(*this).cast<Format>(); }
  [[nodiscard]] Ref<> text() noexcept { return text_.load(*this); }
  void set(Ref<Format> format, Ref<> text) noexcept {
    format_.store(*this, std::move(format));
    text_.store(*this, std::move(text));
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(format_));
    visit(Children::of(text_));
  }

 private:
  Field format_;
  Field text_;
};

// A str of ASCII, or bytes.
[[nodiscard]] Ref<> text_of_format(Value value) noexcept {
  if (const Str* const str = as_str(value)) {
    Codec ascii;
    const Ref<Str> name = Str::of_ascii("ascii");
    if (!name || failed(ascii.take(name.value(), Value(), "Struct"))) return kRaised;
    const Ref<> bytes = ascii.encode(*str);
    return bytes ? ref_of(value) : Ref<>();
  }
  if (const Bytes* const bytes = as_bytes(value)) return Str::of_latin1(bytes->span());
  return raise(ErrorKind::kType,
               {"Struct() argument 1 must be a str or bytes object, not ", type_of(value).name()});
}

[[nodiscard]] Ref<Format> compile(Value value, Ref<>& text) noexcept {
  text = text_of_format(value);
  if (!text) return kRaised;
  const Utf8Text utf8(*as_str(text.value()));
  return Format::compile(utf8.view());
}

// Of a format that a function was given. Those that were given before are remembered.
[[nodiscard]] Ref<Format> known_format(Value value) noexcept {
  constexpr std::size_t kMostKnown = 100;
  Ref<> known;
  const bool can_be_known = as_exact_str(value) != nullptr || as_exact_bytes(value) != nullptr;
  if (can_be_known && failed(g_known->find(value, known))) return kRaised;
  if (known) return std::move(known).cast<Format>();
  Ref<> text;
  Ref<Format> format = compile(value, text);
  if (!format || !can_be_known) return format;
  if (g_known->size() >= kMostKnown) g_known->clear();
  if (failed(g_known->set(value, format.share()))) return kRaised;
  return format;
}

[[nodiscard]] Ref<Format> format_of(Value self) noexcept {
  Ref<Format> format = object_of<Struct>(self).format();
  return format ? std::move(format)
                : Ref<Format>(raise(ErrorKind::kRuntime, {"Struct object is not initialized"}));
}

// One struct after another, of the bytes as they were at the beginning. The place is guarded by
// the lock.
class UnpackIterator : public Object {
 public:
  UnpackIterator(ShapeIndex shape, Ref<Format> format, Ref<Bytes> bytes) noexcept
      : Object(shape), format_(std::move(format)), bytes_(std::move(bytes)) {}

  [[nodiscard]] Status next(Ref<>& item) noexcept {
    std::size_t place = 0;
    {
      const Locked lock(*this);
      if (place_ >= bytes().size()) return Status::kDone;
      place = place_;
      place_ += format().size();
    }
    item = unpack_at(format(), bytes().span().data() + place);
    return item ? Status::kDone : Status::kFailed;
  }
  [[nodiscard]] std::size_t left() noexcept {
    const Locked lock(*this);
    return (bytes().size() - place_) / format().size();
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(format_));
    visit(Children::of(bytes_));
  }

 private:
  [[nodiscard]] const Format& format() const noexcept { return object_of<Format>(format_.get()); }
  [[nodiscard]] const Bytes& bytes() const noexcept { return object_of<Bytes>(bytes_.get()); }

  const ConstField format_;
  const ConstField bytes_;
  std::size_t place_ = 0;
};

[[nodiscard]] Ref<> iterate_over(Ref<Format> format, Value buffer) noexcept {
  if (format->size() == 0)
    return raise_error({"cannot iteratively unpack with a struct of length 0"});
  BytesLike bytes;
  if (failed(bytes.take(buffer))) return kRaised;
  if (bytes.span().size() % format->size() != 0)
    return raise_error({"iterative unpacking requires a buffer of a multiple of ",
                        Digits(format->size()).text(), " bytes"});
  return new_object<UnpackIterator>(*g_unpack_iterator, std::move(format), bytes.bytes().share());
}

Ref<> length_hint(const Value* arguments) noexcept {
  return make_size(object_of<UnpackIterator>(arguments[0]).left());
}

// --- Struct ---

Ref<> struct_new(const Value* arguments) noexcept {
  return new_object<Struct>(wanted_type(arguments));
}

Ref<> struct_init(const Value* arguments) noexcept {
  Ref<> text;
  Ref<Format> format = compile(arguments[1], text);
  if (!format) return kRaised;
  object_of<Struct>(arguments[0]).set(std::move(format), std::move(text));
  return Special::kNone;
}

Ref<> struct_pack(const Value* arguments) noexcept {
  const Ref<Format> format = format_of(arguments[0]);
  return format ? Ref<>(pack_all(*format, object_of<Tuple>(arguments[1]), 0, "pack")) : Ref<>();
}
Ref<> struct_pack_into(const Value* arguments) noexcept {
  const Ref<Format> format = format_of(arguments[0]);
  return format ? pack_into_all(*format, object_of<Tuple>(arguments[1]), 0) : Ref<>();
}
Ref<> struct_unpack(const Value* arguments) noexcept {
  const Ref<Format> format = format_of(arguments[0]);
  return format ? unpack_all(*format, arguments[1]) : Ref<>();
}
Ref<> struct_unpack_from(const Value* arguments) noexcept {
  const Ref<Format> format = format_of(arguments[0]);
  return format ? unpack_from_all(*format, arguments[1], arguments[2]) : Ref<>();
}
Ref<> struct_iter_unpack(const Value* arguments) noexcept {
  Ref<Format> format = format_of(arguments[0]);
  return format ? iterate_over(std::move(format), arguments[1]) : Ref<>();
}
Ref<> struct_size(Value self) noexcept {
  const Ref<Format> format = format_of(self);
  return format ? make_size(format->size()) : Ref<>();
}
Ref<> struct_text(Value self) noexcept {
  Ref<> text = object_of<Struct>(self).text();
  return text ? std::move(text)
              : Ref<>(raise(ErrorKind::kRuntime, {"Struct object is not initialized"}));
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", struct_new}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, format)", struct_init},
    {"pack(self, /, *values)", struct_pack, "S.pack(v1, v2, ...) -> bytes"},
    {"pack_into(self, /, *values)", struct_pack_into, "S.pack_into(buffer, offset, v1, v2, ...)"},
    {"unpack(self, buffer, /)", struct_unpack, "Return a tuple containing unpacked values."},
    {"unpack_from(self, buffer, offset=0)", struct_unpack_from,
     "Return a tuple containing unpacked values."},
    {"iter_unpack(self, buffer, /)", struct_iter_unpack, "Return an iterator yielding tuples."},
};
constexpr AttributeSpec kAttributes[] = {
    {.name = "format", .get = struct_text, .doc = "struct format string"},
    {.name = "size", .get = struct_size, .doc = "struct size in bytes"},
};
constexpr NativeSpec kIteratorMethods[] = {{"__length_hint__(self)", length_hint}};

// --- Functions. ---

Ref<> calcsize(const Value* arguments) noexcept {
  const Ref<Format> format = known_format(arguments[0]);
  return format ? make_size(format->size()) : Ref<>();
}

[[nodiscard]] Ref<Format> first_format(const Tuple& given) noexcept {
  if (given.size() == 0) return raise(ErrorKind::kType, {"missing format argument"});
  return known_format(given[0]);
}

Ref<> pack(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[0]);
  const Ref<Format> format = first_format(given);
  return format ? Ref<>(pack_all(*format, given, 1, "pack")) : Ref<>();
}
Ref<> pack_into(const Value* arguments) noexcept {
  const auto& given = object_of<Tuple>(arguments[0]);
  const Ref<Format> format = first_format(given);
  return format ? pack_into_all(*format, given, 1) : Ref<>();
}
Ref<> unpack(const Value* arguments) noexcept {
  const Ref<Format> format = known_format(arguments[0]);
  return format ? unpack_all(*format, arguments[1]) : Ref<>();
}
Ref<> unpack_from(const Value* arguments) noexcept {
  const Ref<Format> format = known_format(arguments[0]);
  return format ? unpack_from_all(*format, arguments[1], arguments[2]) : Ref<>();
}
Ref<> iter_unpack(const Value* arguments) noexcept {
  Ref<Format> format = known_format(arguments[0]);
  return format ? iterate_over(std::move(format), arguments[1]) : Ref<>();
}
Ref<> clear_cache(const Value*) noexcept {
  g_known->clear();
  return Special::kNone;
}

constexpr NativeSpec kFunctions[] = {
    {"_clearcache()", clear_cache, "Clear the internal cache."},
    {"calcsize(format, /)", calcsize,
     "Return size in bytes of the struct described by the format string."},
    {"iter_unpack(format, buffer, /)", iter_unpack,
     "Return an iterator yielding tuples unpacked from the given bytes."},
    {"pack(*values)", pack, "pack(format, v1, v2, ...) -> bytes"},
    {"pack_into(*values)", pack_into, "pack_into(format, buffer, offset, v1, v2, ...)"},
    {"unpack(format, buffer, /)", unpack,
     "Return a tuple containing values unpacked according to the format string."},
    {"unpack_from(format, /, buffer, offset=0)", unpack_from,
     "Return a tuple containing values unpacked according to the format string."},
};

[[nodiscard]] Status add_types(Module& module) noexcept {
  g_struct = add_native_type(module, {.name = "_struct.Struct",
                                      .layout = &layout_of<Struct>,
                                      .statics = kNew,
                                      .methods = kMethods,
                                      .attributes = kAttributes,
                                      .doc = "Struct(fmt) --> compiled struct object",
                                      .is_weakly_referable = true});
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    return object_of<UnpackIterator>(self).next(item);
  };
  g_unpack_iterator = make_native_type({.name = "_struct.unpack_iterator",
                                        .layout = &layout_of<UnpackIterator>,
                                        .slots = slots,
                                        .methods = kIteratorMethods});
  return g_struct == nullptr || g_unpack_iterator == nullptr ? Status::kFailed : Status::kDone;
}

Status complete(Module& module) noexcept {
  Type* const error = make_error_type();
  Ref<Dict> known = Dict::make();
  if (error == nullptr || !known || failed(make_format_type()) ||
      failed(add_value(module, "error", ref_of(Value(error)))))
    return kRaised;
  known->count().immortalise();
  g_known = known.release();
  return add_types(module);
}

}  // namespace
}  // namespace structs

extern constinit const NativeModule kStructModule{
    "_struct", "Functions to convert between Python values and C structs.", structs::kFunctions,
    structs::complete};

}  // namespace orochi::inline OROCHI_DESIGN
