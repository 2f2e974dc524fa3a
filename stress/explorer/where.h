// stress/explorer/where.h: a line of source, for traces.
#pragma once

namespace orochi::explorer {

struct Where {
  const char* file;
  const char* function;
  unsigned line;

  // As a defaulted parameter: the line of the outermost call.
  static constexpr Where here(const char* file = __builtin_FILE(),
                              const char* function = __builtin_FUNCTION(),
                              unsigned line = __builtin_LINE()) noexcept {
    return {file, function, line};
  }
};

}  // namespace orochi::explorer
