// stress/explorer/source_lines.h: from places in machine code to places in source.
#pragma once

#include <string>
#include <string_view>

namespace orochi::explorer {

// The text with each "{0x4011d0}" replaced by "file:line". By addr2line, which need not be
// installed: without it the text stays as it is.
[[nodiscard]] std::string with_source_lines(std::string_view text);

}  // namespace orochi::explorer
