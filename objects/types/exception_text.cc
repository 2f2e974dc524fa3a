#include "objects/types/exception_text.h"

#include "objects/model/operations.h"
#include "objects/types/exception.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/str_builder.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Exception& self_of(Value value) noexcept {
  return *static_cast<Exception*>(value.object());
}

// A field as a program reads it.
[[nodiscard]] Ref<> shown(Exception& self, const ExtraField& field) noexcept {
  Ref<> value = self.extra(field);
  return value ? std::move(value) : Ref<>(Special::kNone);
}

// --- All of them. ---

// As a call has them between its brackets.
[[nodiscard]] Status add_arguments(StrBuilder& out, const Tuple& args) noexcept {
  out.add("(");
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i != 0) out.add(", ");
    if (failed(out.add_repr(args[i]))) return kRaised;
  }
  out.add(")");
  return Status::kDone;
}

Ref<> exception_str(Value self) noexcept {
  const Ref<Tuple> args = self_of(self).args();
  if (args->size() == 0) return Str::empty();
  if (args->size() == 1) return str((*args)[0]);
  StrBuilder out;
  if (failed(add_arguments(out, *args))) return kRaised;
  return out.finish();
}

Ref<> exception_repr(Value self) noexcept {
  const Ref<Tuple> args = self_of(self).args();
  StrBuilder out;
  out.add_utf8(type_of(self).name());
  if (failed(add_arguments(out, *args))) return kRaised;
  return out.finish();
}

// --- Those that say more than their arguments. ---

// A key may be a text that is empty or ends in a space, so it is shown as it would be written.
Ref<> key_error_str(Value self) noexcept {
  const Ref<Tuple> args = self_of(self).args();
  return args->size() == 1 ? repr((*args)[0]) : exception_str(self);
}

Ref<> import_error_str(Value self) noexcept {
  Ref<> message = self_of(self).extra(extra::kImportMessage);
  const bool is_text = message && as_exact_str(message.value()) != nullptr;
  return is_text ? std::move(message) : exception_str(self);
}

Ref<> group_str(Value self) noexcept {
  const Ref<> members = self_of(self).extra(extra::kGroupMembers);
  StrBuilder out;
  if (failed(out.add_str(shown(self_of(self), extra::kGroupMessage).value()))) return kRaised;
  const std::size_t count = members ? members.as<Tuple>().size() : 0;
  out.add(" (");
  out.add_number(static_cast<std::int64_t>(count));
  out.add(count == 1 ? " sub-exception)" : " sub-exceptions)");
  return out.finish();
}

Ref<> os_error_str(Value self) noexcept {
  Exception& error = self_of(self);
  const Ref<> file = error.extra(extra::kOsFile);
  const Ref<> second = error.extra(extra::kOsFile2);
  if (!file && !(error.extra(extra::kOsErrno) && error.extra(extra::kOsText)))
    return exception_str(self);
  StrBuilder out;
  out.add("[Errno ");
  if (failed(out.add_str(shown(error, extra::kOsErrno).value()))) return kRaised;
  out.add("] ");
  if (failed(out.add_str(shown(error, extra::kOsText).value()))) return kRaised;
  if (!file) return out.finish();
  out.add(": ");
  if (failed(out.add_repr(file.value()))) return kRaised;
  if (!second) return out.finish();
  out.add(" -> ");
  if (failed(out.add_repr(second.value()))) return kRaised;
  return out.finish();
}

// --- SyntaxError. ---

void add_file_name(StrBuilder& out, const Str& path) noexcept {
  const text::View points = path.view();
  std::size_t begin = points.size;
  while (begin > 0 && points[begin - 1] != '/') --begin;
  out.add(points.slice(begin, points.size));
}

Ref<> syntax_error_str(Value self) noexcept {
  Exception& error = self_of(self);
  const Ref<> file = error.extra(extra::kSyntaxFile);
  const Ref<> line = error.extra(extra::kSyntaxLine);
  const Str* const path = file ? as_str(file.value()) : nullptr;
  const bool has_line = line && !line.value().is_bool() && is_int(line.value());
  StrBuilder out;
  if (failed(out.add_str(shown(error, extra::kSyntaxMessage).value()))) return kRaised;
  if (path == nullptr && !has_line) return out.finish();
  out.add(" (");
  if (path != nullptr) add_file_name(out, *path);
  if (path != nullptr && has_line) out.add(", ");
  if (has_line) {
    out.add("line ");
    if (failed(out.add_str(line.value()))) return kRaised;
  }
  out.add(")");
  return out.finish();
}

// --- UnicodeError. ---

struct Range {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};
[[nodiscard]] Range range_of(Exception& error) noexcept {
  const Ref<> begin = error.extra(extra::kUnicodeStart);
  const Ref<> end = error.extra(extra::kUnicodeEnd);
  const auto number = [](const Ref<>& ref) {
    return ref && ref.value().is_int() ? ref.value().as_int() : 0;
  };
  return {number(begin), number(end)};
}

[[nodiscard]] Status add_end(StrBuilder& out, Exception& error, Range range, bool is_one) noexcept {
  out.add(is_one ? " in position " : "s in position ");
  out.add_number(range.begin);
  if (!is_one) {
    out.add("-");
    out.add_number(range.end - 1);
  }
  out.add(": ");
  return out.add_str(shown(error, extra::kUnicodeReason).value());
}

[[nodiscard]] Status add_codec(StrBuilder& out, Exception& error, std::string_view does) noexcept {
  out.add("'");
  if (failed(out.add_str(shown(error, extra::kUnicodeEncoding).value()))) return kRaised;
  out.add("' codec can't ");
  out.add(does);
  return Status::kDone;
}

// Nothing in `object`: the constructor never ran. As a text, from what the error was made of.
Ref<> decode_error_str(Value self) noexcept {
  Exception& error = self_of(self);
  const Ref<> object = error.extra(extra::kUnicodeObject);
  if (!object) return exception_str(self);
  const Range range = range_of(error);
  StrBuilder out;
  if (failed(add_codec(out, error, "decode byte"))) return kRaised;
  const bool is_one = range.end == range.begin + 1;
  if (is_one) {
    const Ref<> byte = get_item(object.value(), Value::of_int(range.begin));
    if (!byte) return kRaised;
    out.add(" 0x");
    out.add_hex(static_cast<std::uint32_t>(byte.value().as_int()), 2);
  }
  if (failed(add_end(out, error, range, is_one))) return kRaised;
  return out.finish();
}

[[nodiscard]] Ref<> character_error_str(Exception& error, bool has_codec) noexcept {
  const Ref<> object = error.extra(extra::kUnicodeObject);
  const Str* const str = object ? as_str(object.value()) : nullptr;
  if (str == nullptr) return exception_str(Value(&error));
  const Range range = range_of(error);
  StrBuilder out;
  if (has_codec && failed(add_codec(out, error, "encode"))) return kRaised;
  if (!has_codec) out.add("can't translate");
  out.add(" character");
  const auto size = static_cast<std::int64_t>(str->size());
  const bool is_one = range.end == range.begin + 1 && range.begin >= 0 && range.begin < size;
  if (is_one) {
    out.add(" '");
    out.add_escape(str->view()[static_cast<std::size_t>(range.begin)]);
    out.add("'");
  }
  if (failed(add_end(out, error, range, is_one))) return kRaised;
  return out.finish();
}

Ref<> encode_error_str(Value self) noexcept { return character_error_str(self_of(self), true); }
Ref<> translate_error_str(Value self) noexcept { return character_error_str(self_of(self), false); }

[[nodiscard]] UnaryFunction str_of(BuiltinException which) noexcept {
  switch (which) {
    case BuiltinException::kBaseException:
      return exception_str;
    case BuiltinException::kKeyError:
      return key_error_str;
    case BuiltinException::kImportError:
      return import_error_str;
    case BuiltinException::kBaseExceptionGroup:
      return group_str;
    case BuiltinException::kOSError:
      return os_error_str;
    case BuiltinException::kSyntaxError:
      return syntax_error_str;
    case BuiltinException::kUnicodeDecodeError:
      return decode_error_str;
    case BuiltinException::kUnicodeEncodeError:
      return encode_error_str;
    case BuiltinException::kUnicodeTranslateError:
      return translate_error_str;
    default:
      return nullptr;
  }
}

}  // namespace

Protocols exception_protocols(BuiltinException which) noexcept {
  Protocols slots;
  slots.str = str_of(which);
  if (which != BuiltinException::kBaseException) return slots;
  slots.repr = exception_repr;
  slots.initialise = [](Value self, const Arguments& arguments) noexcept {
    return initialise_exception(self_of(self), arguments);
  };
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
