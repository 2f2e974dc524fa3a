// stress/cli/text.h: words, numbers and spans of time, for people and from people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orochi::stress {

[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view between);
[[gnu::format(printf, 1, 2)]] [[nodiscard]] std::string format(const char* pattern, ...);

// The whole text must be a number.
[[nodiscard]] std::optional<std::uint64_t> whole_number(std::string_view text);
// "90", "90s", "15m", "6h", "500ms": seconds.
[[nodiscard]] std::optional<double> span_of(std::string_view text);

[[nodiscard]] std::string count_text(std::uint64_t count);  // "12.3 M"
[[nodiscard]] std::string span_text(double seconds);        // "2 min 5 s"
[[nodiscard]] std::string share_text(double share);         // "12.3 %", "0.4 ppm"
[[nodiscard]] std::string padded(std::string text, std::size_t width);
// For HTML and XML, attributes too. Control characters that neither may hold become spaces.
[[nodiscard]] std::string escaped(std::string_view text);
[[nodiscard]] std::string plural(std::uint64_t count, std::string_view one);  // "2 scenarios"

// "publication" matches itself, "*lock*" and, as a part of it, "publi".
[[nodiscard]] bool matches(std::string_view pattern, std::string_view name);
// Of `names`, the one that `word` was probably meant to be; empty: none is close.
[[nodiscard]] std::string closest(std::string_view word, const std::vector<std::string>& names);

}  // namespace orochi::stress
