// What is added to an exception on its way: a list among its attributes.
#include "objects/model/error.h"
#include "objects/types/exception_methods.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Done and nothing in `notes`: there are none. `name`: of the attribute.
[[nodiscard]] Status find_notes(Exception& exception, Ref<Str>& name, Ref<>& notes) noexcept {
  name = intern("__notes__");
  return name ? find_own_attribute(exception, *name, notes) : Status{kRaised};
}

// Two threads that add the first notes together may lose one: so does CPython.
[[nodiscard]] Ref<List> notes_of(Exception& exception) noexcept {
  Ref<Str> name;
  Ref<> notes;
  if (failed(find_notes(exception, name, notes))) return kRaised;
  if (!notes) {
    Ref<List> fresh = List::make();
    if (!fresh || failed(store_own_attribute(exception, *name, fresh.share()))) return kRaised;
    return fresh;
  }
  if (as_list(notes.value()) != nullptr) return std::move(notes).cast<List>();
  return raise(ErrorKind::kType, {"Cannot add note: __notes__ is not a list"});
}

}  // namespace

Status add_note(Exception& exception, Value note) noexcept {
  if (as_str(note) == nullptr)
    return raise(ErrorKind::kType, {"note must be a str, not '", type_of(note).name(), "'"});
  const Ref<List> notes = notes_of(exception);
  return notes ? notes->append(Ref<>::of(note)) : Status{kRaised};
}

Status copy_notes(Exception& from, Exception& to) noexcept {
  Ref<Str> name;
  Ref<> notes;
  if (failed(find_notes(from, name, notes))) return kRaised;
  const bool can_be_copied =
      notes && (as_list(notes.value()) != nullptr || as_tuple(notes.value()) != nullptr);
  if (!can_be_copied) return Status::kDone;
  Ref<List> copy = List::from(notes.value());
  return copy ? store_own_attribute(to, *name, std::move(copy)) : Status{kRaised};
}

}  // namespace orochi::inline OROCHI_DESIGN
