#include "python/modules/sre/match.h"

#include <algorithm>

#include "objects/model/new_object.h"
#include "python/modules/sre/subject.h"
#include "python/modules/sre/types.h"

namespace orochi::inline OROCHI_DESIGN::sre {

Bounds Bounds::of(std::int64_t start, std::int64_t end, std::size_t size) noexcept {
  const auto most = static_cast<std::int64_t>(size);
  return {static_cast<std::size_t>(std::clamp<std::int64_t>(start, 0, most)),
          static_cast<std::size_t>(std::clamp<std::int64_t>(end, 0, most))};
}

Match::Match(ShapeIndex shape, Ref<Pattern> pattern, Ref<> string, const Bounds& bounds,
             const Matcher& found) noexcept
    : Object(shape),
      pattern_(std::move(pattern)),
      string_(std::move(string)),
      bounds_(bounds),
      last_group_(found.last_group()),
      groups_(found.groups()) {
  std::size_t* const out = places();
  out[0] = found.begin();
  out[1] = found.end();
  for (std::size_t group = 0; group < groups_; ++group) {
    const bool has_it = has_matched(found, group);
    out[2 * group + 2] = has_it ? found.mark(2 * group) : kUnset;
    out[2 * group + 3] = has_it ? found.mark(2 * group + 1) : kUnset;
  }
}

Ref<> Match::make(Pattern& pattern, Value string, const Bounds& bounds,
                  const Matcher& found) noexcept {
  const std::size_t bytes = 2 * (found.groups() + 1) * sizeof(std::size_t);
  return new_object_with_trailing<Match>(match_type(), bytes, Ref<Pattern>::of(pattern),
                                         Ref<>::of(string), bounds, found);
}

Ref<> Match::text(std::size_t group, Value otherwise) const noexcept {
  return has(group) ? part_of(string(), begin(group), end(group)) : Ref<>::of(otherwise);
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
