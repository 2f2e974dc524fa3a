#include "python/modules/sre/subject.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/str.h"
#include "python/modules/arguments.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

// What does not change may be given as it is.
[[nodiscard]] bool is_all_of(Value string, std::size_t size, std::size_t begin,
                             std::size_t end) noexcept {
  if (begin != 0 || end != size) return false;
  return as_exact_str(string) != nullptr || as_exact_bytes(string) != nullptr;
}

}  // namespace

Status kind_of_text(Value string, TextKind& kind) noexcept {
  kind = as_str(string) != nullptr ? TextKind::kStr : TextKind::kBytes;
  if (kind == TextKind::kStr || is_bytes_like(string)) return Status::kDone;
  return raise(ErrorKind::kType,
               {"expected string or bytes-like object, got '", type_name(string), "'"});
}

Status Subject::take(const Pattern& pattern, Value string) noexcept {
  TextKind kind = TextKind::kAny;
  if (failed(kind_of_text(string, kind))) return kRaised;
  is_str_ = kind == TextKind::kStr;
  if (pattern.kind() == TextKind::kStr && !is_str_)
    return raise(ErrorKind::kType, {"cannot use a string pattern on a bytes-like object"});
  if (pattern.kind() == TextKind::kBytes && is_str_)
    return raise(ErrorKind::kType, {"cannot use a bytes pattern on a string-like object"});
  string_ = Ref<>::of(string);
  if (is_str_) {
    view_ = static_cast<const Str&>(*string.object()).view();
    return Status::kDone;
  }
  if (failed(lease_.take(string)) || failed(bytes_.take(string))) return kRaised;
  view_ = text::view_of(bytes_.span());
  return Status::kDone;
}

Ref<> Subject::part(std::size_t begin, std::size_t end) const noexcept {
  end = std::max(begin, end);
  if (is_all_of(string_.value(), size(), begin, end)) return string_.share();
  if (is_str_) return Str::of(view_.slice(begin, end));
  return Bytes::of(bytes_.span().subspan(begin, end - begin));
}

Ref<> part_of(Value string, std::size_t begin, std::size_t end) noexcept {
  if (const Str* const str = as_str(string)) {
    if (is_all_of(string, str->size(), begin, end)) return Ref<>::of(string);
    return Str::of(str->view().slice(begin, end));
  }
  BytesLease lease;
  if (failed(lease.take(string))) return kRaised;
  end = std::min(end, lease.size());
  begin = std::min(begin, end);
  if (is_all_of(string, lease.size(), begin, end)) return Ref<>::of(string);
  return lease.read([&](ByteSpan bytes) noexcept -> Ref<> {
    return Bytes::of(bytes.subspan(begin, end - begin));
  });
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
