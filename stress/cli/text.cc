#include "stress/cli/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <numeric>

namespace orochi::stress {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> words;
  for (;;) {
    const std::size_t end = text.find(separator);
    words.emplace_back(text.substr(0, end));
    if (end == text.npos) return words;
    text.remove_prefix(end + 1);
  }
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += between;
    text += word;
  }
  return text;
}

std::string format(const char* pattern, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(buffer, sizeof buffer, pattern, arguments);
  va_end(arguments);
  return buffer;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> span_of(std::string_view text) {
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc{} || !(number > 0) || !std::isfinite(number)) return std::nullopt;
  const std::string_view unit(result.ptr,
                              static_cast<std::size_t>(text.data() + text.size() - result.ptr));
  if (unit.empty() || unit == "s") return number;
  if (unit == "ms") return number / 1000;
  if (unit == "m" || unit == "min") return number * 60;
  if (unit == "h") return number * 3600;
  return std::nullopt;
}

std::string count_text(std::uint64_t count) {
  const auto number = static_cast<double>(count);
  if (count < 10'000) return std::to_string(count);
  if (count < 1'000'000) return format("%.0f k", number / 1e3);
  if (count < 10'000'000) return format("%.1f M", number / 1e6);
  if (count < 1'000'000'000) return format("%.0f M", number / 1e6);
  return format("%.1f G", number / 1e9);
}

std::string span_text(double seconds) {
  if (seconds < 9.95) return format("%.1f s", seconds);
  const auto whole = static_cast<unsigned long>(seconds + 0.5);
  if (whole < 60) return format("%lu s", whole);
  if (whole < 3600) return format("%lu min %lu s", whole / 60, whole % 60);
  return format("%lu h %lu min", whole / 3600, whole % 3600 / 60);
}

std::string share_text(double share) {
  if (share == 0) return "";
  if (share >= 0.0995) return format("%.1f %%", share * 100);
  if (share >= 0.0001) return format("%.2f %%", share * 100);
  return format("%.1f ppm", share * 1e6);
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else
      result += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
  }
  return result;
}

std::string plural(std::uint64_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

namespace {

bool matches_glob(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() != '*')
    return !name.empty() && pattern.front() == name.front() &&
           matches_glob(pattern.substr(1), name.substr(1));
  for (std::size_t skip = 0; skip <= name.size(); ++skip)
    if (matches_glob(pattern.substr(1), name.substr(skip))) return true;
  return false;
}

// How many letters to insert, remove or replace.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.find('*') != pattern.npos) return matches_glob(pattern, name);
  return name.find(pattern) != name.npos;
}

std::string closest(std::string_view word, const std::vector<std::string>& names) {
  std::string best;
  std::size_t least = (word.size() + 1) / 2 + 1;
  for (const std::string& name : names) {
    if (const std::size_t edits = distance(word, name); edits < least) {
      least = edits;
      best = name;
    }
  }
  return best;
}

}  // namespace orochi::stress
