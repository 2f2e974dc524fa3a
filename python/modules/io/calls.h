// python/modules/io/calls.h: what streams say to each other, and what they say when it goes wrong.
//
// Streams call each other by name, so that a class of a program may stand in the place of any.
// All that is here runs any code, except raising.
//
// Attached threads that hold no lock which does not detach.
// Tests: tests/python/modules/io/io_base_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "objects/model/call_out.h"
#include "objects/model/status.h"
#include "objects/types/bytes_like.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// --- Calls. ---

// value.name(arguments...)
[[nodiscard]] Ref<> call_named(Value value, Str& name,
                               std::initializer_list<Value> arguments = {}) noexcept;
// Of what value.name is, and of what value.name() returns.
[[nodiscard]] Truth attribute_truth(Value value, Str& name) noexcept;
[[nodiscard]] Truth call_truth(Value value, Str& name) noexcept;

// stream.name() has to be True. Raises io.UnsupportedOperation.
[[nodiscard]] Status check_can(Value stream, Str& name, std::string_view refusal) noexcept;
// An attribute, or nothing if there is none.
[[nodiscard]] Status find_named(Value value, Str& name, Ref<>& found) noexcept;

// --- Arguments. ---

// How much is to be read: None, or what is not given, is -1.
[[nodiscard]] Status read_size_argument(Value value, std::int64_t& size) noexcept;
// A place in a file, or a length of one.
[[nodiscard]] Status read_place_argument(Value value, std::int64_t& place) noexcept;
// What a call returned, as a place.
[[nodiscard]] Status read_place(const Ref<>& result, std::int64_t& place) noexcept;
// A small integer. Raises OverflowError.
[[nodiscard]] Status read_int_argument(Value value, int& number) noexcept;

// Somebody's bytes that are to be written into: `function`() argument must be read-write ...
[[nodiscard]] Status take_writable(BytesLease& lease, Value value,
                                   std::string_view function) noexcept;
// In one hold of the guard's lock. Requires: they fit.
void copy_into(const BytesLease& lease, std::size_t at, ByteSpan bytes) noexcept;

// --- Errors. ---

// io.UnsupportedOperation: an OSError that is a ValueError too.
[[nodiscard]] Type& unsupported_operation() noexcept;
[[nodiscard]] Status make_unsupported_operation() noexcept;
Raised raise_unsupported(std::string_view text) noexcept;
// I/O operation on closed file.
Raised raise_closed() noexcept;
// By `_checkClosed` or, where a type has not overridden that, by `closed`.
[[nodiscard]] Status check_not_closed(Value stream) noexcept;
// A BlockingIOError that says how much was written before the stream would have blocked.
Raised raise_would_block(std::string_view text, std::size_t written) noexcept;
// The name of a value's type, with its module if it is one of ours. Without memory "?".
class TypeName {
 public:
  explicit TypeName(Value value) noexcept;
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

 private:
  const Ref<Str> name_;
  std::string_view text_ = "?";
};
// cannot pickle '_io.FileIO' object
Ref<> refuse_to_pickle(const Value* arguments) noexcept;

// Two things had to be done, and the second was done although the first had raised `first`: what
// the second raised, if it did, has the first as its context.
[[nodiscard]] Status chain_errors(Error first, Status second) noexcept;

// After a failure: may this thread still touch objects? It may not if it came back from a blocking
// call when the runtime was shut down: then it unwinds and leaves everything as it is.
[[nodiscard]] inline bool may_go_on() noexcept { return CallOut::may_go_on(); }

}  // namespace orochi::inline OROCHI_DESIGN
