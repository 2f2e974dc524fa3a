#include "objects/types/byte_hex.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/byte_operands.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status read_separator(Value value, std::uint8_t& separator) noexcept {
  std::size_t size = 0;
  if (failed(length(value, size))) return kRaised;
  if (size != 1) return raise(ErrorKind::kValue, {"sep must be length 1."});
  const Str* const text = as_str(value);
  const Bytes* const bytes = as_bytes(value);
  if (text == nullptr && bytes == nullptr)
    return raise(ErrorKind::kType, {"sep must be str or bytes."});
  if (text != nullptr && !text->is_ascii()) return raise(ErrorKind::kValue, {"sep must be ASCII."});
  separator = text != nullptr ? text->bytes()[0] : bytes->span()[0];
  return Status::kDone;
}

}  // namespace

Status HexGroups::take(Value separator_value, Value bytes_per_group) noexcept {
  if (separator_value.is_empty()) return Status::kDone;
  if (failed(read_separator(separator_value, separator))) return kRaised;
  bytes = 1;
  return bytes_per_group.is_empty() ? Status::kDone : read_index(bytes_per_group, bytes);
}

Ref<Str> hex_of(ByteSpan bytes, const HexGroups& groups) noexcept {
  const bool from_right = groups.bytes > 0;
  const std::uint64_t group = from_right ? static_cast<std::uint64_t>(groups.bytes)
                                         : 0 - static_cast<std::uint64_t>(groups.bytes);
  const std::size_t count = bytes.size();
  const std::size_t separators = group == 0 || count == 0 ? 0 : (count - 1) / group;
  if (count > PTRDIFF_MAX / 3) return raise_memory_error();
  Ref<Str> made = Str::make_blank(2 * count + separators, text::Repertoire::kAscii);
  if (!made) return kRaised;
  std::uint8_t* out = made->writable<std::uint8_t>();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t into_groups = from_right ? count - i : i;
    if (i != 0 && group != 0 && into_groups % group == 0) *out++ = groups.separator;
    *out++ = static_cast<std::uint8_t>("0123456789abcdef"[bytes[i] >> 4]);
    *out++ = static_cast<std::uint8_t>("0123456789abcdef"[bytes[i] & 0xF]);
  }
  return made;
}

}  // namespace orochi::inline OROCHI_DESIGN
