// Where instructions come from, for programs: co_lines and co_positions of code_methods.h.

#include "objects/model/operations.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "python/bytecode/place_table.h"
#include "python/vm/code_methods.h"
#include "python/vm/code_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

static_assert(sizeof(bytecode::Instruction) == kBytesOfInstruction);
constexpr std::uint32_t kUnitsOfInstruction = kBytesOfInstruction / 2;

// Line 0 is no line.
[[nodiscard]] Ref<> number_or_none(std::uint32_t line, std::uint32_t number) noexcept {
  return line == 0 ? Ref<>(Special::kNone) : make_int(number);
}

[[nodiscard]] Status add_lines(List& all, std::uint32_t begin, std::uint32_t end,
                               std::uint32_t line) noexcept {
  if (begin == end) return Status::kDone;
  Ref<Tuple> each = Tuple::of(make_int(begin * kBytesOfInstruction),
                              make_int(end * kBytesOfInstruction), number_or_none(line, line));
  return each ? all.append(std::move(each)) : Status::kFailed;
}

}  // namespace

// Neighbours of one line are one run.
Ref<> code_lines(const Value* arguments) noexcept {
  const bytecode::Code& code = to_code(arguments[0]).code();
  Ref<List> all = List::make();
  if (!all) return kRaised;
  bytecode::PlaceReader reader(code.places);
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t line = 0;
  while (reader.next()) {
    if (reader.place().line != line) {
      if (failed(add_lines(*all, begin, end, line))) return kRaised;
      begin = reader.begin();
      line = reader.place().line;
    }
    end = reader.end();
  }
  return failed(add_lines(*all, begin, end, line)) ? Ref<>() : iterate(all.value());
}

Ref<> code_positions(const Value* arguments) noexcept {
  const bytecode::Code& code = to_code(arguments[0]).code();
  const auto count = static_cast<std::uint32_t>(code.instructions.size());
  Ref<Tuple> all = Tuple::make_blank(std::size_t{count} * kUnitsOfInstruction);
  for (std::uint32_t i = 0; all && i < count; ++i) {
    const bytecode::CodePlace at = bytecode::place_of(code.places, i);
    const Ref<Tuple> each =
        Tuple::of(number_or_none(at.line, at.line), number_or_none(at.line, at.end_line),
                  number_or_none(at.line, at.column), number_or_none(at.line, at.end_column));
    if (!each) return kRaised;
    for (std::uint32_t unit = 0; unit < kUnitsOfInstruction; ++unit)
      all->initialise(i * kUnitsOfInstruction + unit, each.share());
  }
  return all ? iterate(all.value()) : Ref<>();
}

}  // namespace orochi::inline OROCHI_DESIGN
