#include "python/modules/builtins/source_argument.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/bytes.h"
#include "objects/types/codec.h"
#include "python/importing/file_name.h"
#include "python/modules/arguments.h"
#include "python/modules/late_name.h"
#include "python/vm/execute.h"

namespace orochi::inline OROCHI_DESIGN::builtins {
namespace {

constinit LateName g_fspath("__fspath__");

[[nodiscard]] std::string_view chars_of(const Bytes& bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.span().data()), bytes.size()};
}

}  // namespace

Status SourceArgument::take(Value value, std::string_view function,
                            std::string_view kinds) noexcept {
  if (const Str* const text = as_str(value)) {
    bytes_ = Codec().encode(*text);
  } else if (is_bytes_like(value)) {
    bytes_ = copy_of_bytes(value);
  } else {
    return raise(ErrorKind::kType, {function, "() arg 1 must be a ", kinds, " object"});
  }
  if (!bytes_) return kRaised;
  if (view().find('\0') == std::string_view::npos) return Status::kDone;
  return raise(ErrorKind::kValue, {"source code string cannot contain null bytes"});
}

std::string_view SourceArgument::view() const noexcept { return chars_of(*bytes_); }

std::string_view SourceArgument::without_indent() const noexcept {
  const std::size_t begin = view().find_first_not_of(" \t");
  return begin == std::string_view::npos ? view() : view().substr(begin);
}

std::uint32_t inherited_flags() noexcept {
  constexpr std::uint32_t kFutures = 0x1FE0000;
  const Frame* const frame = current_frame();
  return frame == nullptr ? 0 : frame->code->code().flags & kFutures;
}

Ref<Str> file_name_of(Value value) noexcept {
  if (Str* const text = as_str(value)) return Ref<Str>::of(*text);
  if (const Bytes* const bytes = as_bytes(value)) return str_of_file_name(chars_of(*bytes));
  Str* const name = g_fspath.get();
  Ref<> method;
  if (name == nullptr || failed(find_special(value, *name, method))) return kRaised;
  if (!method)
    return raise(ErrorKind::kType,
                 {"expected str, bytes or os.PathLike object, not ", type_name(value)});
  const Ref<> path = call(method.value(), {});
  if (!path) return kRaised;
  if (Str* const text = as_str(path.value())) return Ref<Str>::of(*text);
  if (const Bytes* const bytes = as_bytes(path.value())) return str_of_file_name(chars_of(*bytes));
  return raise(ErrorKind::kType, {"expected ", type_name(value), ".__fspath__() to return str or ",
                                  "bytes, not ", type_name(path.value())});
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
