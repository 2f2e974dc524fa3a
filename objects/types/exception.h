// objects/types/exception.h: what a program raises and catches.
//
//   0   16  header
//   16  32  args, traceback, cause, context
//   48  8   whether the context is shown, and which family it is of
//   56      what its family has besides: objects/types/exception_fields.h
//           what a program sets besides: objects/model/instance.h
//
// All of them may change, also while another thread looks: each is a Field of its own. Traceback,
// cause and context are nothing where Python says None.
//
// Beside it: exception_type.h (the types), exception_fields.h (what constructors make of their
// arguments), exception_raise.h (from pending errors to objects), exception_group.h, traceback.h,
// traceback_text.h.
//
// Attached threads. Reading a field may park; writing one may run destructors.
// Tests: tests/objects/types/exception_test.cc   Why: docs/exceptions.md
#pragma once

#include <array>
#include <cassert>
#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/exception_fields.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

class Traceback;

// Of the types of a family.
[[nodiscard]] const Layout& layout_of_family(ExceptionFamily family) noexcept;

class Exception : public Object {
 public:
  Exception(ShapeIndex shape, ExceptionFamily family, Ref<Tuple> args) noexcept
      : Object(shape), args_(std::move(args)), family_(family) {}

  // Of an exception type, with nothing but its arguments. Empty: a MemoryError is pending.
  [[nodiscard]] static Ref<Exception> make(Type& type, Ref<Tuple> args) noexcept;

  [[nodiscard]] ExceptionFamily family() const noexcept { return family_; }

  [[nodiscard]] Ref<Tuple> args() noexcept { return args_.load(*this).cast<Tuple>(); }
  void set_args(Ref<Tuple> args) noexcept { args_.store(*this, std::move(args)); }

  [[nodiscard]] Ref<Traceback> traceback() noexcept;
  void set_traceback(Ref<Traceback> traceback) noexcept;

  // `raise x from cause`: what is shown in place of the context, if anything is.
  [[nodiscard]] Ref<Exception> cause() noexcept { return cause_.load(*this).cast<Exception>(); }
  void set_cause(Ref<Exception> cause) noexcept;
  [[nodiscard]] Ref<Exception> context() noexcept { return context_.load(*this).cast<Exception>(); }
  void set_context(Ref<Exception> context) noexcept;
  [[nodiscard]] bool suppresses_context() const noexcept {
    return suppresses_context_.load(kRelaxed);  // relaxed: it publishes nothing
  }
  void suppress_context(bool suppress) noexcept { suppresses_context_.store(suppress, kRelaxed); }

  // What its family has. Empty: never set. Requires: the field is of its family.
  [[nodiscard]] Ref<> extra(const ExtraField& field) noexcept {
    return extra_field(field).load(*this);
  }
  void set_extra(const ExtraField& field, Ref<> value) noexcept {
    extra_field(field).store(*this, std::move(value));
  }

  // The same for all threads, so that there is always one that can be raised: it keeps nothing of
  // who raised it.
  [[nodiscard]] bool is_last_resort() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(args_));
    visit(Children::of(traceback_));
    visit(Children::of(cause_));
    visit(Children::of(context_));
  }
  void clear() noexcept;

 private:
  // Of an ExceptionOf, below.
  [[nodiscard]] Field& extra_field(const ExtraField& field) noexcept {
    assert(field.family == family_);
    return reinterpret_cast<Field*>(this + 1)[field.index];
  }

  Field args_;
  Field traceback_;
  Field cause_;
  Field context_;
  Atomic<bool> suppresses_context_{false};
  const ExceptionFamily family_;
};
static_assert(sizeof(Exception) == 56, "the fields of a family follow");

// The objects of a family.
template <ExceptionFamily kFamily>
class ExceptionOf : public Exception {
 public:
  ExceptionOf(ShapeIndex shape, Ref<Tuple> args) noexcept
      : Exception(shape, kFamily, std::move(args)) {}

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    Exception::for_each_child(visit);
    for (const Field& field : extras_) visit(Children::of(field));
  }
  void clear() noexcept {
    Exception::clear();
    for (Field& field : extras_) field.store(*this, Ref<>());
  }

 private:
  std::array<Field, extra_fields_of(kFamily)> extras_;
};
template <>
class ExceptionOf<ExceptionFamily::kPlain> : public Exception {
 public:
  ExceptionOf(ShapeIndex shape, Ref<Tuple> args) noexcept
      : Exception(shape, ExceptionFamily::kPlain, std::move(args)) {}
};
static_assert(sizeof(ExceptionOf<ExceptionFamily::kImport>) == 56 + 3 * sizeof(Field));

// The exception that a value is; null: it is none.
[[nodiscard]] Exception* as_exception(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
