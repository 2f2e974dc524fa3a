// stress/harness/arguments.h: `word=value` arguments of the runners, which only the tool writes.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace orochi::stress {

class Arguments {
 public:
  Arguments(int count, char** words) : count_(count), words_(words) {}

  [[nodiscard]] std::string_view word(int i) const { return i < count_ ? words_[i] : ""; }
  [[nodiscard]] std::string_view text(std::string_view name, std::string_view fallback) const {
    for (int i = 1; i < count_; ++i) {
      const std::string_view argument = words_[i];
      if (argument.starts_with(name) && argument.substr(name.size()).starts_with('='))
        return argument.substr(name.size() + 1);
    }
    return fallback;
  }
  [[nodiscard]] double number(std::string_view name, double fallback) const {
    const std::string_view value = text(name, "");
    return value.empty() ? fallback : std::strtod(std::string(value).c_str(), nullptr);
  }
  [[nodiscard]] std::uint64_t whole(std::string_view name, std::uint64_t fallback) const {
    const std::string_view value = text(name, "");
    return value.empty() ? fallback : std::strtoull(std::string(value).c_str(), nullptr, 10);
  }

 private:
  int count_;
  char** words_;
};

}  // namespace orochi::stress
