// objects/model/error.h: the exception that is pending in a thread.
//
// To raise is to note what happened: a kind, and a text or a value. The exception object that a
// program sees is made from that when, and only if, somebody wants to see it; a loop that ends by
// StopIteration makes none. A pending exception may also be such an object.
//
// Raising never fails: without memory for the text it is a MemoryError, which needs none.
//
// A thread has at most one pending exception; raising replaces it. Whoever runs code between a
// failure and its report (a destructor, a cleanup) takes it before and puts it back after:
//
//     Error before = Error::take();
//     run_finalizer();
//     std::move(before).restore();
//
// Attached threads, each its own. Before Thread::exit a thread takes what is pending.
// Tests: tests/objects/model/error_test.cc
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "objects/model/ref.h"
#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

enum class ErrorKind : std::uint8_t {
  kNone,    // nothing is pending
  kObject,  // the value is the exception
  kArithmetic,
  kAssertion,
  kAttribute,
  kBuffer,
  kEof,
  kImport,
  kIndex,
  kKey,
  kLookup,
  kMemory,
  kName,
  kNotImplemented,
  kOs,
  kOverflow,
  kRecursion,
  kReference,
  kRuntime,
  kStopIteration,
  kSyntax,
  kSystem,
  kType,
  kUnboundLocal,
  kUnicodeDecode,
  kUnicodeEncode,
  kValue,
  kZeroDivision,
};
// "ValueError"; of kNone and kObject: "".
[[nodiscard]] std::string_view name_of(ErrorKind kind) noexcept;

class Error {
 public:
  constexpr Error() noexcept = default;
  Error(Error&& other) noexcept { swap(other); }
  Error& operator=(Error&& other) noexcept {
    Error(std::move(other)).swap(*this);
    return *this;
  }
  Error(const Error&) = delete;
  Error& operator=(const Error&) = delete;
  ~Error();

  [[nodiscard]] static Error of_text(ErrorKind kind,
                                     std::initializer_list<std::string_view> parts) noexcept;
  [[nodiscard]] static Error of_value(ErrorKind kind, Ref<> value) noexcept;

  // What was pending; nothing is then.
  [[nodiscard]] static Error take() noexcept;
  // Is pending again, if it is anything; what was pending meanwhile is forgotten.
  void restore() && noexcept;

  [[nodiscard]] explicit operator bool() const noexcept { return kind_ != ErrorKind::kNone; }
  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  // Empty if it has none. UTF-8.
  [[nodiscard]] std::string_view text() const noexcept;
  // The exception itself (kObject), or what stands in place of a text: a missing key, what a
  // generator returned. Borrowed; empty if it has none.
  [[nodiscard]] Value value() const noexcept { return value_.value(); }

  void swap(Error& other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(text_, other.text_);
    value_.swap(other.value_);
  }

 private:
  ErrorKind kind_ = ErrorKind::kNone;
  char* text_ = nullptr;  // a buffer of just these bytes
  Ref<> value_;
};

// The text is that of all parts, one after another.
Raised raise(ErrorKind kind, std::initializer_list<std::string_view> parts) noexcept;
// Requires: kObject, or a kind whose exceptions have an argument.
Raised raise_value(ErrorKind kind, Ref<> value) noexcept;
// Allocates nothing.
Raised raise_memory_error() noexcept;

// What is pending in the calling thread. This is not the way to ask whether it is, say, an
// AttributeError: it may be an object, or of a subtype. objects/types/exception_raise.h has that.
[[nodiscard]] ErrorKind pending_kind() noexcept;
// Forgets it.
void clear_error() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
