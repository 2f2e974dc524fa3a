#include <algorithm>
#include <utility>

#include "objects/model/error.h"
#include "objects/types/dict.h"
#include "objects/types/owned_values.h"

namespace orochi::inline OROCHI_DESIGN {

// One update, from the place where it is: as many items as can be set without asking a key, in one
// hold of both locks; then the one whose key must be asked.
class DictUpdate {
 public:
  DictUpdate(Dict& into, Dict& from) noexcept : into_(into), from_(from) {}

  [[nodiscard]] Status run() noexcept {
    for (;;) {
      switch (set_many()) {
        case Step::kDone:
          return Status::kDone;
        case Step::kNoMemory:
          return raise_memory_error();
        case Step::kChanged:
          return raise(ErrorKind::kRuntime, {"dict mutated during update"});
        case Step::kAsk:
          if (failed(set_one())) return kRaised;
      }
    }
  }

 private:
  enum class Step : std::uint8_t { kDone, kAsk, kChanged, kNoMemory };

  [[nodiscard]] Step set_many() noexcept {
    OwnedValues replaced;
    const LockedPair locks(into_, from_);
    const NoSuspend whole;
    const Held to = locks.first();
    const Held from = locks.second();
    if (!is_same_source(from)) return Step::kChanged;
    if (from_.size() == 0) return Step::kDone;
    // All that may fail comes before the first write.
    if (!replaced.reserve(std::min(into_.size(), from_.size()))) return Step::kNoMemory;
    if (!into_.entries_.make_room(to, from_.size())) return Step::kNoMemory;
    for (; const DictEntry* const item = from_.entries_.first_from(from, place_); ++place_) {
      if (!set_without_asking(to, from, *item, replaced)) return Step::kAsk;
    }
    return Step::kDone;
  }

  // False: the key, which is now `asking_`, must be asked.
  [[nodiscard]] bool set_without_asking(Held to, Held from, const DictEntry& item,
                                        OwnedValues& replaced) noexcept {
    const WantedKey wanted{item.key.get(from), item.hash};
    const auto place = into_.entries_.find(to, wanted);
    switch (place.answer()) {
      case Search::kFound:
        replaced.push(place.entry()->value.replace(to, item.value.load(from)));
        return true;
      case Search::kMissing:
        into_.entries_.insert_new(to, item.hash, [&](void* memory) { item.copy_to(from, memory); });
        return true;
      default:
        asking_ = item.load(from);
        asking_hash_ = item.hash;
        return false;
    }
  }

  [[nodiscard]] Status set_one() noexcept {
    const DictItem item = std::exchange(asking_, DictItem());
    ++place_;
    return into_.set({item.key.value(), asking_hash_}, item.value.share());
  }

  [[nodiscard]] bool is_same_source(Held from) noexcept {
    if (!has_begun_) {
      size_ = from_.size();
      generation_ = from_.entries_.generation(from);
      has_begun_ = true;
    }
    return size_ == from_.size() && generation_ == from_.entries_.generation(from);
  }

  Dict& into_;
  Dict& from_;
  std::size_t place_ = 0;
  DictItem asking_;
  KeyHash asking_hash_ = 0;
  // What `from_` was when it began.
  bool has_begun_ = false;
  std::size_t size_ = 0;
  std::uint64_t generation_ = 0;
};

Status Dict::update(Dict& other) noexcept {
  return this == &other ? Status::kDone : DictUpdate(*this, other).run();
}

}  // namespace orochi::inline OROCHI_DESIGN
