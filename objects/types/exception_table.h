// objects/types/exception_table.h: the exceptions that Python 3.11 has, in one table.
//
// Tests: tests/objects/types/exception_type_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

// What instances have besides that which all exceptions have: objects/types/exception_fields.h.
enum class ExceptionFamily : std::uint8_t {
  kPlain,
  kStopIteration,
  kSystemExit,
  kImport,
  kName,
  kAttribute,
  kOs,
  kSyntax,
  kUnicode,
  kGroup,
};
inline constexpr std::size_t kExceptionFamilies = 10;

// X(name, base, family). A base stands before what is derived from it. ExceptionGroup has a second
// base, Exception.
#define OROCHI_BUILTIN_EXCEPTIONS(X)               \
  X(BaseException, BaseException, kPlain)          \
  X(Exception, BaseException, kPlain)              \
  X(BaseExceptionGroup, BaseException, kGroup)     \
  X(ExceptionGroup, BaseExceptionGroup, kGroup)    \
  X(GeneratorExit, BaseException, kPlain)          \
  X(KeyboardInterrupt, BaseException, kPlain)      \
  X(SystemExit, BaseException, kSystemExit)        \
  X(ArithmeticError, Exception, kPlain)            \
  X(FloatingPointError, ArithmeticError, kPlain)   \
  X(OverflowError, ArithmeticError, kPlain)        \
  X(ZeroDivisionError, ArithmeticError, kPlain)    \
  X(AssertionError, Exception, kPlain)             \
  X(AttributeError, Exception, kAttribute)         \
  X(BufferError, Exception, kPlain)                \
  X(EOFError, Exception, kPlain)                   \
  X(ImportError, Exception, kImport)               \
  X(ModuleNotFoundError, ImportError, kImport)     \
  X(LookupError, Exception, kPlain)                \
  X(IndexError, LookupError, kPlain)               \
  X(KeyError, LookupError, kPlain)                 \
  X(MemoryError, Exception, kPlain)                \
  X(NameError, Exception, kName)                   \
  X(UnboundLocalError, NameError, kName)           \
  X(OSError, Exception, kOs)                       \
  X(BlockingIOError, OSError, kOs)                 \
  X(ChildProcessError, OSError, kOs)               \
  X(ConnectionError, OSError, kOs)                 \
  X(BrokenPipeError, ConnectionError, kOs)         \
  X(ConnectionAbortedError, ConnectionError, kOs)  \
  X(ConnectionRefusedError, ConnectionError, kOs)  \
  X(ConnectionResetError, ConnectionError, kOs)    \
  X(FileExistsError, OSError, kOs)                 \
  X(FileNotFoundError, OSError, kOs)               \
  X(InterruptedError, OSError, kOs)                \
  X(IsADirectoryError, OSError, kOs)               \
  X(NotADirectoryError, OSError, kOs)              \
  X(PermissionError, OSError, kOs)                 \
  X(ProcessLookupError, OSError, kOs)              \
  X(TimeoutError, OSError, kOs)                    \
  X(ReferenceError, Exception, kPlain)             \
  X(RuntimeError, Exception, kPlain)               \
  X(NotImplementedError, RuntimeError, kPlain)     \
  X(RecursionError, RuntimeError, kPlain)          \
  X(StopAsyncIteration, Exception, kPlain)         \
  X(StopIteration, Exception, kStopIteration)      \
  X(SyntaxError, Exception, kSyntax)               \
  X(IndentationError, SyntaxError, kSyntax)        \
  X(TabError, IndentationError, kSyntax)           \
  X(SystemError, Exception, kPlain)                \
  X(TypeError, Exception, kPlain)                  \
  X(ValueError, Exception, kPlain)                 \
  X(UnicodeError, ValueError, kPlain)              \
  X(UnicodeDecodeError, UnicodeError, kUnicode)    \
  X(UnicodeEncodeError, UnicodeError, kUnicode)    \
  X(UnicodeTranslateError, UnicodeError, kUnicode) \
  X(Warning, Exception, kPlain)                    \
  X(BytesWarning, Warning, kPlain)                 \
  X(DeprecationWarning, Warning, kPlain)           \
  X(EncodingWarning, Warning, kPlain)              \
  X(FutureWarning, Warning, kPlain)                \
  X(ImportWarning, Warning, kPlain)                \
  X(PendingDeprecationWarning, Warning, kPlain)    \
  X(ResourceWarning, Warning, kPlain)              \
  X(RuntimeWarning, Warning, kPlain)               \
  X(SyntaxWarning, Warning, kPlain)                \
  X(UnicodeWarning, Warning, kPlain)               \
  X(UserWarning, Warning, kPlain)

enum class BuiltinException : std::uint8_t {
#define OROCHI_NAME(name, base, family) k##name,
  OROCHI_BUILTIN_EXCEPTIONS(OROCHI_NAME)
#undef OROCHI_NAME
};

#define OROCHI_COUNT(name, base, family) +1
inline constexpr std::size_t kBuiltinExceptions = 0 OROCHI_BUILTIN_EXCEPTIONS(OROCHI_COUNT);
#undef OROCHI_COUNT

}  // namespace orochi::inline OROCHI_DESIGN
