#include "objects/types/mro.h"

#include <algorithm>

#include "memory/buffer.h"
#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {

TypeList::~TypeList() { free_buffer(types_); }

Status TypeList::reserve(std::size_t room) noexcept {
  types_ = static_cast<Type**>(allocate_buffer(std::max<std::size_t>(room, 1) * sizeof(Type*)));
  return types_ == nullptr ? Status{raise_memory_error()} : Status::kDone;
}

namespace {

// One sequence that is being merged: what is left of it.
using Sequence = std::span<Type* const>;

// The orders of the bases, then the bases themselves.
class Merge {
 public:
  Merge(std::span<Type* const> bases, OrderOf order_of, Sequence* sequences) noexcept
      : bases_(bases), sequences_(sequences, bases.size() + 1) {
    for (std::size_t i = 0; i < bases.size(); ++i) sequences_[i] = order_of(*bases[i]);
    sequences_[bases.size()] = bases;
  }

  [[nodiscard]] Status run(TypeList& ancestors) noexcept {
    while (!is_done()) {
      Type* const next = find_next();
      if (next == nullptr) return raise_inconsistent();
      ancestors.add(*next);
      take(next);
    }
    return Status::kDone;
  }

 private:
  [[nodiscard]] bool is_done() const noexcept {
    return std::ranges::all_of(sequences_, [](Sequence sequence) { return sequence.empty(); });
  }
  // One that none of the others wants behind something.
  [[nodiscard]] bool is_free(const Type* type) const noexcept {
    return std::ranges::none_of(sequences_, [&](Sequence sequence) {
      return !sequence.empty() && std::ranges::find(sequence.subspan(1), type) != sequence.end();
    });
  }
  [[nodiscard]] Type* find_next() const noexcept {
    for (const Sequence sequence : sequences_) {
      if (!sequence.empty() && is_free(sequence[0])) return sequence[0];
    }
    return nullptr;
  }
  void take(const Type* type) noexcept {
    for (Sequence& sequence : sequences_) {
      if (!sequence.empty() && sequence[0] == type) sequence = sequence.subspan(1);
    }
  }

  Status raise_inconsistent() const noexcept;

  const std::span<Type* const> bases_;
  const std::span<Sequence> sequences_;
};

// Names, with commas between.
class NameList {
 public:
  NameList() noexcept = default;
  NameList(const NameList&) = delete;
  NameList& operator=(const NameList&) = delete;
  ~NameList() { free_buffer(text_); }

  void add(std::string_view name) noexcept {
    const std::string_view comma = size_ == 0 ? "" : ", ";
    auto* const text =
        static_cast<char*>(reallocate_buffer(text_, size_ + comma.size() + name.size()));
    if (text == nullptr) return;  // a shorter message
    text_ = text;
    size_ = static_cast<std::size_t>(
        std::ranges::copy(name, std::ranges::copy(comma, text + size_).out).out - text);
  }
  [[nodiscard]] std::string_view text() const noexcept { return {text_, size_}; }

 private:
  char* text_ = nullptr;
  std::size_t size_ = 0;
};

// The heads that are left are the classes that cannot go together.
Status Merge::raise_inconsistent() const noexcept {
  NameList names;
  for (std::size_t i = 0; i < sequences_.size(); ++i) {
    const bool is_head = !sequences_[i].empty();
    const auto before = sequences_.first(i);
    const bool is_new = is_head && std::ranges::none_of(before, [&](Sequence sequence) {
                          return !sequence.empty() && sequence[0] == sequences_[i][0];
                        });
    if (is_new) names.add(sequences_[i][0]->name());
  }
  return raise(ErrorKind::kType, {"Cannot create a consistent method resolution\norder (MRO) for "
                                  "bases ",
                                  names.text()});
}

[[nodiscard]] Status check_duplicates(std::span<Type* const> bases) noexcept {
  for (std::size_t i = 0; i < bases.size(); ++i) {
    if (std::ranges::find(bases.subspan(i + 1), bases[i]) != bases.end())
      return raise(ErrorKind::kType, {"duplicate base class ", bases[i]->name()});
  }
  return Status::kDone;
}

}  // namespace

// Nothing here is a safepoint, so orders stay as they are meanwhile.
Status linearise(Type* self, std::span<Type* const> bases, OrderOf order_of,
                 TypeList& order) noexcept {
  if (failed(check_duplicates(bases))) return kRaised;
  std::size_t room = 1;
  for (const Type* const base : bases) room += order_of(*base).size();
  if (failed(order.reserve(room))) return kRaised;
  if (self != nullptr) order.add(*self);
  auto* const sequences =
      static_cast<Sequence*>(allocate_buffer((bases.size() + 1) * sizeof(Sequence)));
  if (sequences == nullptr) return raise_memory_error();
  std::uninitialized_value_construct_n(sequences, bases.size() + 1);
  const Status done = Merge(bases, order_of, sequences).run(order);
  free_buffer(sequences);
  return done;
}

Status linearise(std::span<Type* const> bases, TypeList& ancestors) noexcept {
  const auto now = [](const Type& base) { return base.block().order(); };
  return linearise(nullptr, bases, now, ancestors);
}

}  // namespace orochi::inline OROCHI_DESIGN
