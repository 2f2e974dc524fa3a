#include "python/bytecode/place_table.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {
namespace {

constexpr std::uint32_t zigzag(std::uint32_t from, std::uint32_t to) noexcept {
  return to >= from ? (to - from) << 1 : ((from - to) << 1) - 1;
}
constexpr std::uint32_t unzigzag(std::uint32_t from, std::uint32_t step) noexcept {
  return (step & 1) == 0 ? from + (step >> 1) : from - ((step >> 1) + 1);
}

void append(PlaceRun& run, std::uint32_t number) noexcept {
  for (; number >= 0x80; number >>= 7)
    run.bytes[run.size++] = static_cast<std::uint8_t>(number | 0x80);
  run.bytes[run.size++] = static_cast<std::uint8_t>(number);
}

}  // namespace

std::uint32_t PlaceReader::number() noexcept {
  std::uint32_t number = 0;
  for (unsigned shift = 0; at_ < table_.size(); shift += 7) {
    const std::uint8_t byte = table_[at_++];
    number |= (byte & 0x7FU) << shift;
    if (byte < 0x80) break;
  }
  return number;
}

bool PlaceReader::next() noexcept {
  if (at_ >= table_.size()) return false;
  begin_ = end_;
  end_ += number();
  place_.line = unzigzag(place_.line, number());
  place_.end_line = place_.line + number();
  place_.column = number();
  place_.end_column = number();
  return true;
}

CodePlace place_of(std::span<const std::uint8_t> table, std::uint32_t instruction) noexcept {
  PlaceReader reader(table);
  while (reader.next())
    if (instruction < reader.end()) return reader.place();
  return {};
}

PlaceRun encode_run(std::uint32_t length, std::uint32_t previous_line,
                    const CodePlace& place) noexcept {
  PlaceRun run;
  append(run, length);
  append(run, zigzag(previous_line, place.line));
  append(run, place.end_line - place.line);
  append(run, place.column);
  append(run, place.end_column);
  return run;
}

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
