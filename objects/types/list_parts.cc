// Parts of lists replaced and taken out.
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// A list of what the value gives: itself, or a new one. `refusal`: what to say of a value that
// gives nothing.
[[nodiscard]] Ref<List> list_of(Value iterable, std::string_view refusal) noexcept {
  if (List* const list = as_exact_list(iterable)) return Ref<List>::of(*list);
  const Ref<> iterator = iterate(iterable);
  if (!iterator && is_pending(exception_type(ErrorKind::kType)))
    return raise(ErrorKind::kType, {refusal});
  return iterator ? List::from(iterator.value()) : Ref<List>();
}

Raised raise_wrong_size(std::size_t given, std::size_t wanted) noexcept {
  return raise(ErrorKind::kValue, {"attempt to assign sequence of size ", Digits(given).text(),
                                   " to extended slice of size ", Digits(wanted).text()});
}

}  // namespace

// One replacement, in a hold of both locks. What it takes out ends after them.
class ListReplacement {
 public:
  ListReplacement(List& list, List& source) noexcept : list_(list), source_(source) {}

  [[nodiscard]] Status run(const SliceBounds& bounds) noexcept {
    const LockedPair locks(list_, source_);
    const NoSuspend whole;
    const Held holder = locks.first();
    const SlicePart part = bounds.within(list_.items_.size(holder));
    if (failed(copy_source(locks.second()))) return kRaised;
    if (bounds.step != 1 && part.count != added_.size())
      return raise_wrong_size(added_.size(), part.count);
    if (!removed_.reserve(part.count)) return raise_memory_error();
    return bounds.step == 1 ? replace_stretch(holder, part) : replace_each(holder, part);
  }

 private:
  // Both may be the same list.
  [[nodiscard]] Status copy_source(Held from) noexcept {
    const std::size_t size = source_.items_.size(from);
    if (!added_.reserve(size)) return raise_memory_error();
    for (std::size_t i = 0; i < size; ++i) added_.push(source_.items_.at(from, i).load(from));
    return Status::kDone;
  }

  [[nodiscard]] Status replace_each(Held holder, const SlicePart& part) noexcept {
    ListItems::Change change(list_.items_, holder);
    for (std::size_t i = 0; i < part.count; ++i)
      removed_.push(change.at(part.place(i)).replace(holder, added_.take(i)));
    return Status::kDone;
  }

  // As many as are in both are replaced; the others come or go in one move.
  [[nodiscard]] Status replace_stretch(Held holder, const SlicePart& part) noexcept {
    const std::size_t added = added_.size();
    if (added > part.count && failed(list_.items_.make_room(holder, added - part.count)))
      return kRaised;
    const auto start = static_cast<std::size_t>(part.start);
    ListItems::Change change(list_.items_, holder);
    for (std::size_t i = 0; i < part.count; ++i) removed_.push(change.take(start + i));
    if (added > part.count) {
      change.open_gap(start + part.count, added - part.count);
    } else {
      change.close_gap(start + added, part.count - added);
    }
    for (std::size_t i = 0; i < added; ++i) change.at(start + i).fill(holder, added_.take(i));
    change.shrink();
    return Status::kDone;
  }

  List& list_;
  List& source_;
  OwnedValues added_;
  OwnedValues removed_;
};

Status List::replace_part(const SliceBounds& bounds, Value iterable) noexcept {
  const Ref<List> source =
      list_of(iterable, bounds.step == 1 ? "can only assign an iterable"
                                         : "must assign iterable to extended slice");
  if (!source) return kRaised;
  return ListReplacement(*this, *source).run(bounds);
}

Status List::remove_part(const SliceBounds& bounds) noexcept {
  OwnedValues removed;  // dropped after the lock
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  const std::size_t size = items_.size(holder);
  const SlicePart part = bounds.within(size).ascending();
  if (part.count == 0) return Status::kDone;
  if (!removed.reserve(part.count)) return raise_memory_error();
  ListItems::Change change(items_, holder);
  for (std::size_t i = 0; i < part.count; ++i) removed.push(change.take(part.place(i)));
  // Each stretch between two gaps moves down by as many places as there are gaps before it.
  std::size_t end = part.place(0);
  for (std::size_t i = 0; i < part.count; ++i) {
    const std::size_t begin = part.place(i) + 1;
    const std::size_t next = i + 1 < part.count ? part.place(i + 1) : size;
    change.move(begin, end, next - begin);
    end += next - begin;
  }
  change.cut(end);
  change.shrink();
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
