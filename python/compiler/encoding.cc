#include "python/compiler/encoding.h"

#include <algorithm>
#include <cstddef>

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

bool belongs_to_name(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '_' || c == '.';
}

// What follows "coding:" or "coding=" in a comment.
std::string_view name_in_comment(std::string_view comment) noexcept {
  constexpr std::string_view kKey = "coding";
  for (std::size_t at = comment.find(kKey); at != std::string_view::npos;
       at = comment.find(kKey, at + 1)) {
    std::string_view rest = comment.substr(at + kKey.size());
    if (rest.empty() || (rest.front() != ':' && rest.front() != '=')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    const auto end = std::find_if_not(rest.begin(), rest.end(), belongs_to_name);
    const auto size = static_cast<std::size_t>(end - rest.begin());
    if (size > 0) return rest.substr(0, size);
  }
  return {};
}

// Lower case, with one kind of dash; cut where no known name is that long.
class PlainName {
 public:
  explicit PlainName(std::string_view name) noexcept {
    for (const char c : name.substr(0, sizeof text_)) {
      const bool upper = c >= 'A' && c <= 'Z';
      text_[size_++] = upper ? static_cast<char>(c - 'A' + 'a') : c == '_' ? '-' : c;
    }
  }
  [[nodiscard]] std::string_view text() const noexcept { return {text_, size_}; }

 private:
  char text_[16];
  std::size_t size_ = 0;
};

// "utf-8-unix" is an editor's way to say "utf-8".
bool is_or_begins(std::string_view name, std::string_view known) noexcept {
  return name.substr(0, known.size()) == known &&
         (name.size() == known.size() || name[known.size()] == '-');
}

template <std::size_t kSize>
bool is_one_of(std::string_view name, const std::string_view (&known)[kSize]) noexcept {
  return std::find(known, known + kSize, name) != known + kSize;
}

constexpr std::string_view kUtf8Names[] = {"utf8", "u8", "utf", "cp65001"};
constexpr std::string_view kLatin1Names[] = {"latin1", "latin",     "l1",        "8859",
                                             "cp819",  "iso8859-1", "iso-ir-100"};
constexpr std::string_view kAsciiNames[] = {"ascii", "us-ascii", "646", "us", "iso646-us", "cp367"};

}  // namespace

std::string_view declared_encoding(std::string_view bytes) noexcept {
  for (int line = 0; line < 2 && !bytes.empty(); ++line) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    std::string_view text = bytes.substr(0, end);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\f"), text.size()));
    if (!text.empty() && text.front() != '#') return {};
    if (const std::string_view name = name_in_comment(text); !name.empty()) return name;
    bytes.remove_prefix(end);
    bytes.remove_prefix(std::min(bytes.size(), bytes.substr(0, 2) == "\r\n" ? std::size_t{2} : 1));
  }
  return {};
}

Encoding encoding_by_name(std::string_view name) noexcept {
  if (name.empty()) return Encoding::kUtf8;
  const PlainName plain(name);
  const std::string_view text = plain.text();
  if (is_or_begins(text, "utf-8") || is_one_of(text, kUtf8Names)) return Encoding::kUtf8;
  if (is_or_begins(text, "latin-1") || is_or_begins(text, "iso-8859-1") ||
      is_or_begins(text, "iso-latin-1") || is_one_of(text, kLatin1Names))
    return Encoding::kLatin1;
  return is_one_of(text, kAsciiNames) ? Encoding::kAscii : Encoding::kUnknown;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
