// python/bytecode/place_table.h: which part of the source an instruction comes from, in few bytes.
//
// The table is a list of runs: instructions that come from one place. A run is, in bytes of seven
// bits, low ones first: its length, how many lines further it begins than the run before (zigzag),
// how many lines it spans, its first column, its end column (bytes of the line, from 0).
//
// Tests: tests/python/bytecode/place_table_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {

struct CodePlace {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;

  [[nodiscard]] bool operator==(const CodePlace&) const noexcept = default;
};

// Walks the runs.
class PlaceReader {
 public:
  explicit PlaceReader(std::span<const std::uint8_t> table) noexcept : table_(table) {}

  // False: there is no further run.
  [[nodiscard]] bool next() noexcept;
  // The run at hand: its instructions are those from `begin` up to `end`.
  [[nodiscard]] std::uint32_t begin() const noexcept { return begin_; }
  [[nodiscard]] std::uint32_t end() const noexcept { return end_; }
  [[nodiscard]] const CodePlace& place() const noexcept { return place_; }

 private:
  [[nodiscard]] std::uint32_t number() noexcept;

  std::span<const std::uint8_t> table_;
  std::size_t at_ = 0;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  CodePlace place_;
};

// No place: the table does not reach that far.
[[nodiscard]] CodePlace place_of(std::span<const std::uint8_t> table,
                                 std::uint32_t instruction) noexcept;

// One run, in bytes.
struct PlaceRun {
  static constexpr std::size_t kMost = 25;
  std::uint8_t bytes[kMost];
  std::uint8_t size = 0;
};
[[nodiscard]] PlaceRun encode_run(std::uint32_t length, std::uint32_t previous_line,
                                  const CodePlace& place) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
