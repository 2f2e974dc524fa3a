#include "objects/types/exception_fields.h"

#include <span>

#include "objects/model/error.h"
#include "objects/types/exception.h"
#include "objects/types/exception_group.h"
#include "objects/types/exception_os.h"
#include "objects/types/exception_type.h"
#include "objects/types/index.h"
#include "objects/types/str.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] std::string_view name_of_type(const Object& object) noexcept {
  return type_of(object).name();
}

[[nodiscard]] Ref<Tuple> tuple_of_positional(const Arguments& arguments) noexcept {
  Ref<Tuple> args = Tuple::make_blank(arguments.positional);
  if (!args) return kRaised;
  for (std::size_t i = 0; i < arguments.positional; ++i)
    args->initialise(i, Ref<>::of(arguments.values[i]));
  return args;
}

// --- Keywords. ---

[[nodiscard]] std::size_t keywords_of(const Arguments& arguments) noexcept {
  return arguments.keywords == nullptr ? 0 : static_cast<Tuple*>(arguments.keywords)->size();
}

Raised raise_unknown_keyword(const Str& keyword, std::string_view type) noexcept {
  StrBuilder text;
  text.add("'");
  text.add(keyword);
  text.add("' is an invalid keyword argument for ");
  text.add(type);
  text.add("()");
  return raise(ErrorKind::kType, text);
}

Raised raise_too_many_keywords(std::size_t most, std::size_t given,
                               std::string_view type) noexcept {
  StrBuilder text;
  text.add(type);
  text.add("() takes at most ");
  text.add_number(static_cast<std::int64_t>(most));
  text.add(most == 1 ? " keyword argument (" : " keyword arguments (");
  text.add_number(static_cast<std::int64_t>(given));
  text.add(" given)");
  return raise(ErrorKind::kType, text);
}

// Sets each field that a keyword names. `type`: whose constructor it is.
[[nodiscard]] Status set_from_keywords(Exception& self, const Arguments& arguments,
                                       std::span<const ExtraField> fields,
                                       std::string_view type) noexcept {
  const std::size_t count = keywords_of(arguments);
  if (count > fields.size()) return raise_too_many_keywords(fields.size(), count, type);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& keyword =
        static_cast<Str&>(*(*static_cast<Tuple*>(arguments.keywords))[i].object());
    const ExtraField* found = nullptr;
    for (const ExtraField& field : fields) {
      if (keyword.is_ascii() && keyword.ascii() == field.name) found = &field;
    }
    if (found == nullptr) return raise_unknown_keyword(keyword, type);
    self.set_extra(*found, Ref<>::of(arguments.values[arguments.positional + i]));
  }
  return Status::kDone;
}

[[nodiscard]] Status refuse_keywords(const Object& self, const Arguments& arguments) noexcept {
  if (keywords_of(arguments) == 0) return Status::kDone;
  return raise(ErrorKind::kType, {name_of_type(self), "() takes no keyword arguments"});
}

// --- The families. ---

void set_stop_value(Exception& self, const Tuple& args) noexcept {
  self.set_extra(extra::kStopValue, args.size() == 0 ? Ref<>(Special::kNone) : args.load(0));
}

void set_exit_code(Exception& self, Ref<Tuple> args) noexcept {
  if (args->size() == 1) return self.set_extra(extra::kExitCode, args->load(0));
  if (args->size() > 1) self.set_extra(extra::kExitCode, std::move(args));
}

[[nodiscard]] Status set_import(Exception& self, const Tuple& args,
                                const Arguments& arguments) noexcept {
  constexpr ExtraField kFields[] = {extra::kImportName, extra::kImportPath};
  self.set_extra(extra::kImportMessage, args.size() == 1 ? args.load(0) : Ref<>());
  return set_from_keywords(self, arguments, kFields, "ImportError");
}

[[nodiscard]] Status set_name(Exception& self, const Arguments& arguments) noexcept {
  return set_from_keywords(self, arguments, {&extra::kNameName, 1}, "NameError");
}

[[nodiscard]] Status set_attribute_names(Exception& self, const Arguments& arguments) noexcept {
  constexpr ExtraField kFields[] = {extra::kAttributeName, extra::kAttributeObject};
  return set_from_keywords(self, arguments, kFields, "AttributeError");
}

// --- SyntaxError: a message, and a tuple that says where. ---

Raised raise_place_size(std::size_t given) noexcept {
  StrBuilder text;
  text.add(given < 4 ? "function takes at least 4 arguments ("
                     : "function takes at most 6 arguments (");
  text.add_number(static_cast<std::int64_t>(given));
  text.add(" given)");
  return raise(ErrorKind::kType, text);
}

[[nodiscard]] Status set_syntax(Exception& self, const Tuple& args) noexcept {
  constexpr ExtraField kPlace[] = {extra::kSyntaxFile,    extra::kSyntaxLine,
                                   extra::kSyntaxOffset,  extra::kSyntaxText,
                                   extra::kSyntaxEndLine, extra::kSyntaxEndOffset};
  if (args.size() >= 1) self.set_extra(extra::kSyntaxMessage, args.load(0));
  if (args.size() != 2) return Status::kDone;
  const Ref<Tuple> place = Tuple::from(args[1]);
  if (!place) return kRaised;
  if (place->size() < 4 || place->size() > 6) return raise_place_size(place->size());
  for (std::size_t i = 0; i < std::size(kPlace); ++i)
    self.set_extra(kPlace[i], i < place->size() ? place->load(i) : Ref<>());
  if (place->size() != 5) return Status::kDone;
  return raise(ErrorKind::kType, {"end_offset must be provided when end_lineno is provided"});
}

// --- UnicodeError: which codec, what it was given, from where to where, and why not. ---

Raised raise_not_str(std::size_t argument, Value given) noexcept {
  StrBuilder text;
  text.add("argument ");
  text.add_number(static_cast<std::int64_t>(argument));
  text.add(" must be str, not ");
  text.add_utf8(type_of(given).name());
  return raise(ErrorKind::kType, text);
}

[[nodiscard]] Status check_index(Value given) noexcept {
  const Index index = index_of(given);
  if (index.kind == IndexKind::kNone)
    return raise(ErrorKind::kType,
                 {"'", type_of(given).name(), "' object cannot be interpreted as an integer"});
  if (index.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to C ssize_t"});
  return Status::kDone;
}

// What is decoded may be anything that has bytes.
[[nodiscard]] bool is_text(const ExtraField& field, bool is_decoding) noexcept {
  if (field.index == extra::kUnicodeObject.index) return !is_decoding;
  return field.index != extra::kUnicodeStart.index && field.index != extra::kUnicodeEnd.index;
}

[[nodiscard]] Status set_unicode(Exception& self, const Tuple& args) noexcept {
  constexpr ExtraField kFields[] = {extra::kUnicodeEncoding, extra::kUnicodeObject,
                                    extra::kUnicodeStart, extra::kUnicodeEnd,
                                    extra::kUnicodeReason};
  const bool has_codec =
      !type_of(self).is_subtype_of(exception_type(BuiltinException::kUnicodeTranslateError));
  const bool is_decoding =
      type_of(self).is_subtype_of(exception_type(BuiltinException::kUnicodeDecodeError));
  const auto fields = std::span<const ExtraField>(kFields).subspan(has_codec ? 0 : 1);
  if (args.size() != fields.size()) {
    StrBuilder text;
    text.add(has_codec ? "function takes exactly 5 arguments ("
                       : "function takes exactly 4 arguments (");
    text.add_number(static_cast<std::int64_t>(args.size()));
    text.add(" given)");
    return raise(ErrorKind::kType, text);
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool is_number = fields[i].index == extra::kUnicodeStart.index ||
                           fields[i].index == extra::kUnicodeEnd.index;
    if (is_number && failed(check_index(args[i]))) return kRaised;
    if (is_text(fields[i], is_decoding) && as_str(args[i]) == nullptr)
      return raise_not_str(i + 1, args[i]);
  }
  for (std::size_t i = 0; i < fields.size(); ++i) self.set_extra(fields[i], args.load(i));
  return Status::kDone;
}

}  // namespace

// --- The two steps of a constructor. ---

Ref<Exception> new_exception(Type& type, Tuple& args) noexcept {
  if (type.is_subtype_of(exception_type(BuiltinException::kBaseExceptionGroup)))
    return new_exception_group(type, args);
  const bool is_os_error = &type == &exception_type(BuiltinException::kOSError);
  return Exception::make(is_os_error ? os_error_type_for(args) : type, Ref<Tuple>::of(args));
}

Status initialise_exception(Exception& self, const Arguments& arguments) noexcept {
  const ExceptionFamily family = self.family();
  const bool takes_keywords = family == ExceptionFamily::kImport ||
                              family == ExceptionFamily::kName ||
                              family == ExceptionFamily::kAttribute;
  if (!takes_keywords && failed(refuse_keywords(self, arguments))) return kRaised;
  Ref<Tuple> args = tuple_of_positional(arguments);
  if (!args) return kRaised;
  self.set_args(args.share());
  switch (family) {
    case ExceptionFamily::kPlain:
    case ExceptionFamily::kGroup:
      return Status::kDone;
    case ExceptionFamily::kStopIteration:
      set_stop_value(self, *args);
      return Status::kDone;
    case ExceptionFamily::kSystemExit:
      set_exit_code(self, std::move(args));
      return Status::kDone;
    case ExceptionFamily::kImport:
      return set_import(self, *args, arguments);
    case ExceptionFamily::kName:
      return set_name(self, arguments);
    case ExceptionFamily::kAttribute:
      return set_attribute_names(self, arguments);
    case ExceptionFamily::kOs:
      return set_os_error(self, std::move(args));
    case ExceptionFamily::kSyntax:
      return set_syntax(self, *args);
    case ExceptionFamily::kUnicode:
      return set_unicode(self, *args);
  }
  return Status::kDone;
}

Ref<Exception> call_exception_type(Type& type, const Arguments& arguments) noexcept {
  const Ref<Tuple> args = tuple_of_positional(arguments);
  if (!args) return kRaised;
  Ref<Exception> made = new_exception(type, *args);
  if (!made || failed(initialise_exception(*made, arguments))) return kRaised;
  return made;
}

}  // namespace orochi::inline OROCHI_DESIGN
