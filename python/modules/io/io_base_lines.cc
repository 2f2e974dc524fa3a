// Lines of a stream that can only be read: byte by byte, or as far as it lets itself be looked at.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/native_function.h"
#include "python/modules/io/byte_store.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/names.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// What a call returned, which has to be bytes.
[[nodiscard]] const Bytes* bytes_from(const Ref<>& result, std::string_view method) noexcept {
  if (!result) return nullptr;
  const Bytes* const bytes = as_bytes(result.value());
  if (bytes == nullptr)
    raise(ErrorKind::kOs, {method, "() should have returned a bytes object, not '",
                           type_of(result.value()).name(), "'"});
  return bytes;
}

// Up to the end of the line, at most as many as can be seen and may be read; at least one.
[[nodiscard]] Status count_ahead(Value self, std::int64_t limit, std::int64_t& count) noexcept {
  count = 1;
  const Ref<> peeked = call_named(self, *io_names().peek, {Value::of_int(1)});
  const Bytes* const ahead = bytes_from(peeked, "peek");
  if (ahead == nullptr) return kRaised;
  ByteSpan seen = ahead->span();
  if (seen.empty()) return Status::kDone;
  if (limit >= 0) seen = seen.first(std::min(seen.size(), static_cast<std::size_t>(limit)));
  const auto found = std::ranges::find(seen, '\n');
  const auto before = found - seen.begin();
  count = std::max<std::int64_t>(before + (found == seen.end() ? 0 : 1), 1);
  return Status::kDone;
}

}  // namespace

Ref<> read_line_by_bytes(Value self, std::int64_t limit) noexcept {
  Ref<> peek;
  if (failed(find_named(self, *io_names().peek, peek))) return kRaised;
  ByteBuilder line;
  while (limit < 0 || line.size() < static_cast<std::size_t>(limit)) {
    std::int64_t count = 1;
    const std::int64_t rest = limit < 0 ? -1 : limit - static_cast<std::int64_t>(line.size());
    if (peek && failed(count_ahead(self, rest, count))) return kRaised;
    const Ref<> result = call_named(self, *io_names().read, {Value::of_int(count)});
    const Bytes* const more = bytes_from(result, "read");
    if (more == nullptr) return kRaised;
    if (more->size() == 0) break;
    if (!line.append(more->span())) return raise_memory_error();
    if (more->span().back() == '\n') break;
  }
  return Bytes::of(line.span());
}

}  // namespace orochi::inline OROCHI_DESIGN
