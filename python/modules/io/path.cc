#include "python/modules/io/path.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/attribute.h"
#include "objects/types/codec.h"
#include "objects/types/intern.h"
#include "python/modules/io/names.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool is_path(Value value) noexcept {
  return as_str(value) != nullptr || as_bytes(value) != nullptr;
}

[[nodiscard]] Ref<Bytes> encoded(const Str& path) noexcept {
  const Ref<Str> errors = intern("surrogateescape");
  Codec codec;
  if (!errors || failed(codec.take(Value(), errors.value(), "fsencode"))) return kRaised;
  return codec.encode(path);
}

}  // namespace

Ref<> path_of(Value value) noexcept {
  if (is_path(value)) return Ref<>::of(value);
  bool found = false;
  Ref<> path = call_special({&value, 1}, *io_names().fspath, found);
  if (!found)
    return raise(ErrorKind::kType,
                 {"expected str, bytes or os.PathLike object, not ", type_of(value).name()});
  if (!path || is_path(path.value())) return path;
  return raise(ErrorKind::kType,
               {"expected ", type_of(value).name(), ".__fspath__() to return str or bytes, not ",
                type_of(path.value()).name()});
}

Ref<Bytes> system_path_of(Value value) noexcept {
  const Ref<> path = path_of(value);
  if (!path) return kRaised;
  const Str* const text = as_str(path.value());
  const Ref<Bytes> bytes =
      text != nullptr ? encoded(*text) : Ref<Bytes>::of(*as_bytes(path.value()));
  if (!bytes) return kRaised;
  const ByteSpan span = bytes->span();
  if (std::ranges::find(span, 0) != span.end())
    return raise(ErrorKind::kValue, {"embedded null byte"});
  Ref<Bytes> ended = Bytes::make_blank(span.size() + 1);
  if (!ended) return kRaised;
  *std::ranges::copy(span, ended->writable()).out = 0;
  return ended;
}

}  // namespace orochi::inline OROCHI_DESIGN
