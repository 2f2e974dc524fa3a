// python/modules/io/standard_streams.h: stdin, stdout and stderr, as a program finds them.
//
//     stdin    read by lines that end with \n
//     stdout   line buffered if it is a terminal, else written a buffer at a time
//     stderr   line buffered, and nothing that is written to it fails for its encoding
//
// Their descriptors are not closed with them. They have to be flushed before the process ends, as
// nobody waits for the destructors of what lives as long as the process:
//
//     make_standard_streams          sys is made
//     flush_standard_streams         the main program is over, threads are joined; before
//                                    Lifecycle::shut_down
//
// In a forked child the locks of those that were made last are free.
//
// Attached threads. Tests: tests/python/modules/io/standard_streams_test.cc
#pragma once

#include <string_view>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

struct StandardStreamsSpec {
  bool is_unbuffered = false;      // -u
  std::string_view encoding = {};  // PYTHONIOENCODING, before the colon; empty: UTF-8
  std::string_view errors = {};    // and behind it, which does not concern stderr
};

struct StandardStreams {
  Ref<> in;  // None, each: there is no such descriptor
  Ref<> out;
  Ref<> error;
};

[[nodiscard]] Status make_standard_streams(const StandardStreamsSpec& spec,
                                           StandardStreams& streams) noexcept;

// Whatever sys.stdout and sys.stderr are by then: None, something closed, a program's own. What
// the first raises is reported, and false: what was printed is lost. What the second raises is
// nobody's.
[[nodiscard]] bool flush_standard_streams(Value out, Value error) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
