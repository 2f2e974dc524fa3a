// objects/types/exception_raise.h: from errors that are pending to exceptions that programs see,
// and back.
//
//     raise (objects/model/error.h) ----> pending: kind and text     take_exception
//                                              |---------------------------------> an object
//     raise_exception --------------------> pending: the object
//
// What is raised while another exception is being handled has that one as its context. A handler
// says so for as long as it runs:
//
//     const Ref<Exception> caught = take_exception();
//     const Handling handling(*caught);
//     run_except_clause();
//
// So an error becomes an object before the handler in which it was raised is left: whoever catches,
// and whoever unwinds a handler, takes it as an object.
//
// X1  There is always an exception: without memory it is one MemoryError that all threads share,
//     and which keeps neither traceback nor context.
// X2  Contexts form no circle: what is raised anew is first taken out of the chain below.
//
// Attached threads, each its own errors.
// Tests: tests/objects/types/exception_raise_test.cc
#pragma once

#include <string_view>
#include <utility>

#include "objects/model/error.h"
#include "objects/model/thread_record.h"
#include "objects/types/exception.h"

namespace orochi::inline OROCHI_DESIGN {

// The object that an error stands for, with its context. Requires: it is an error.
[[nodiscard]] Ref<Exception> exception_of(Error error) noexcept;
// Of what is pending; nothing is then. Requires: something is.
[[nodiscard]] Ref<Exception> take_exception() noexcept;

// Is pending from now on, with its context. Empty: an exception is pending already, and stays so.
Raised raise_exception(Ref<Exception> exception) noexcept;
// As raise_exception, and what it has as its context stays: `raise` without an operand.
Raised reraise(Ref<Exception> exception) noexcept;
// One of a type that no ErrorKind stands for, with a text. The type is one that takes any text.
Raised raise_new(Type& type, std::string_view utf8) noexcept;
// `raise value` and `raise value from cause`, which may be types and None. `cause`: empty if there
// is none. Calls a type without arguments.
Raised raise_any(Value value, Value cause) noexcept;

// What is pending is an instance of the type. Makes no object.
[[nodiscard]] bool is_pending(Type& type) noexcept;

// Where it stands what is being handled; a chain, from the inside out. Code that is entered anew
// has a place of its own and shows through to those outside of it.
struct HandlingPlace {
  Exception* caught = nullptr;  // counted by whose place it is; null: nothing here
  HandlingPlace* outer = nullptr;

  void enter() noexcept { outer = std::exchange(ThreadRecord::mine().handling, this); }
  // Requires: it is the innermost one.
  void leave() noexcept { ThreadRecord::mine().handling = outer; }
};

class Handling {
 public:
  // Borrowed: the caller counts the exception for as long as it is being handled.
  [[nodiscard]] explicit Handling(Exception& caught) noexcept {
    place_.caught = &caught;
    place_.enter();
  }
  ~Handling() { place_.leave(); }
  Handling(const Handling&) = delete;
  Handling& operator=(const Handling&) = delete;

  // What the calling thread is handling; null: nothing.
  [[nodiscard]] static Exception* innermost() noexcept {
    const HandlingPlace* place = ThreadRecord::mine().handling;
    while (place != nullptr && place->caught == nullptr) place = place->outer;
    return place == nullptr ? nullptr : place->caught;
  }

 private:
  HandlingPlace place_;
};

// X1. Immortal.
[[nodiscard]] Exception& last_memory_error() noexcept;
// Once, by make_exception_types.
[[nodiscard]] Status make_last_memory_error() noexcept;
// The arguments of an exception that has none. Immortal, too.
[[nodiscard]] Tuple& no_arguments() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
