// objects/types/exception_fields.h: what the exceptions of a family have besides arguments, cause
// and context, and what their constructors make of arguments.
//
// Each field is an attribute of the same name. A field that was never set reads as None.
//
// Attached threads. Tests: tests/objects/types/exception_fields_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/model/protocols.h"
#include "objects/model/status.h"
#include "objects/types/exception_table.h"

namespace orochi::inline OROCHI_DESIGN {

class Exception;
class Tuple;
class Type;

struct ExtraField {
  ExceptionFamily family;
  std::uint8_t index;  // within the family
  std::string_view name;
};

namespace extra {

inline constexpr ExtraField kStopValue{ExceptionFamily::kStopIteration, 0, "value"};

inline constexpr ExtraField kExitCode{ExceptionFamily::kSystemExit, 0, "code"};

inline constexpr ExtraField kImportMessage{ExceptionFamily::kImport, 0, "msg"};
inline constexpr ExtraField kImportName{ExceptionFamily::kImport, 1, "name"};
inline constexpr ExtraField kImportPath{ExceptionFamily::kImport, 2, "path"};

inline constexpr ExtraField kNameName{ExceptionFamily::kName, 0, "name"};

inline constexpr ExtraField kAttributeName{ExceptionFamily::kAttribute, 0, "name"};
inline constexpr ExtraField kAttributeObject{ExceptionFamily::kAttribute, 1, "obj"};

inline constexpr ExtraField kOsErrno{ExceptionFamily::kOs, 0, "errno"};
inline constexpr ExtraField kOsText{ExceptionFamily::kOs, 1, "strerror"};
inline constexpr ExtraField kOsFile{ExceptionFamily::kOs, 2, "filename"};
inline constexpr ExtraField kOsFile2{ExceptionFamily::kOs, 3, "filename2"};
// Of a BlockingIOError alone; without it there is no such attribute.
inline constexpr ExtraField kOsWritten{ExceptionFamily::kOs, 4, "characters_written"};

inline constexpr ExtraField kSyntaxMessage{ExceptionFamily::kSyntax, 0, "msg"};
inline constexpr ExtraField kSyntaxFile{ExceptionFamily::kSyntax, 1, "filename"};
inline constexpr ExtraField kSyntaxLine{ExceptionFamily::kSyntax, 2, "lineno"};
inline constexpr ExtraField kSyntaxOffset{ExceptionFamily::kSyntax, 3, "offset"};
inline constexpr ExtraField kSyntaxText{ExceptionFamily::kSyntax, 4, "text"};
inline constexpr ExtraField kSyntaxEndLine{ExceptionFamily::kSyntax, 5, "end_lineno"};
inline constexpr ExtraField kSyntaxEndOffset{ExceptionFamily::kSyntax, 6, "end_offset"};
inline constexpr ExtraField kSyntaxPrint{ExceptionFamily::kSyntax, 7, "print_file_and_line"};

inline constexpr ExtraField kUnicodeEncoding{ExceptionFamily::kUnicode, 0, "encoding"};
inline constexpr ExtraField kUnicodeObject{ExceptionFamily::kUnicode, 1, "object"};
inline constexpr ExtraField kUnicodeStart{ExceptionFamily::kUnicode, 2, "start"};
inline constexpr ExtraField kUnicodeEnd{ExceptionFamily::kUnicode, 3, "end"};
inline constexpr ExtraField kUnicodeReason{ExceptionFamily::kUnicode, 4, "reason"};

inline constexpr ExtraField kGroupMessage{ExceptionFamily::kGroup, 0, "message"};
inline constexpr ExtraField kGroupMembers{ExceptionFamily::kGroup, 1, "exceptions"};

}  // namespace extra

inline constexpr std::array kExtraFields{
    extra::kStopValue,    extra::kExitCode,        extra::kImportMessage, extra::kImportName,
    extra::kImportPath,   extra::kNameName,        extra::kAttributeName, extra::kAttributeObject,
    extra::kOsErrno,      extra::kOsText,          extra::kOsFile,        extra::kOsFile2,
    extra::kOsWritten,    extra::kSyntaxMessage,   extra::kSyntaxFile,    extra::kSyntaxLine,
    extra::kSyntaxOffset, extra::kSyntaxText,      extra::kSyntaxEndLine, extra::kSyntaxEndOffset,
    extra::kSyntaxPrint,  extra::kUnicodeEncoding, extra::kUnicodeObject, extra::kUnicodeStart,
    extra::kUnicodeEnd,   extra::kUnicodeReason,   extra::kGroupMessage,  extra::kGroupMembers,
};

[[nodiscard]] constexpr std::size_t extra_fields_of(ExceptionFamily family) noexcept {
  std::size_t count = 0;
  for (const ExtraField& field : kExtraFields) count += field.family == family ? 1 : 0;
  return count;
}

// What BaseException.__new__ and __init__ do for a type: the object, and then its fields. A call of
// the type does both. An OSError with an errno that has a class of its own is of that class.
[[nodiscard]] Ref<Exception> new_exception(Type& type, Tuple& args) noexcept;
[[nodiscard]] Status initialise_exception(Exception& exception,
                                          const Arguments& arguments) noexcept;
[[nodiscard]] Ref<Exception> call_exception_type(Type& type, const Arguments& arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
