#include "python/modules/sre/search.h"

#include "objects/types/index_arguments.h"

namespace orochi::inline OROCHI_DESIGN::sre {

Status Search::begin(Value string, std::int64_t start, std::int64_t end) noexcept {
  string_ = string;
  if (failed(subject_.take(pattern_, string))) return kRaised;
  bounds_ = Bounds::of(start, end, subject_.size());
  return matcher_.prepare(subject_.view(), bounds_.start, bounds_.end);
}

Status Search::begin(Value string, Value start, Value end) noexcept {
  std::int64_t first = 0;
  std::int64_t last = INT64_MAX;
  if (failed(read_index(start, first)) || failed(read_index(end, last))) return kRaised;
  return begin(string, first, last);
}

Ref<> Search::answer(Truth found) noexcept {
  if (failed(found)) return kRaised;
  return found == Truth::kTrue ? match() : Ref<>(Special::kNone);
}

Ref<> Search::text(std::size_t group, const Ref<>& otherwise) noexcept {
  if (group == 0) return subject_.part(matcher_.begin(), matcher_.end());
  if (!has_matched(matcher_, group - 1)) return otherwise.share();
  return subject_.part(matcher_.mark(2 * group - 2), matcher_.mark(2 * group - 1));
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
