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

  // A place in the machine code, to be looked up when somebody wants to read it.
  static Where at(const void* pc) noexcept { return {nullptr, static_cast<const char*>(pc), 0}; }
};

}  // namespace orochi::explorer
