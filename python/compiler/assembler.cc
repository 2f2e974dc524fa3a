#include "python/compiler/assembler.h"

#include "python/bytecode/place_table.h"
#include "python/compiler/liveness.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using bytecode::CodePlace;
using bytecode::ExceptionEntry;
using bytecode::Flow;
using bytecode::Instruction;
using bytecode::Opcode;

constexpr std::uint32_t kMostNarrow = 0xFFFF;

bool is_skip(const Draft& draft) noexcept {
  return bytecode::info_of(draft.instruction.opcode).flow == Flow::kSkip;
}

// Whether nobody misses draft `i`; `next` is the first one behind it that stays.
bool is_idle(std::span<const Draft> drafts, std::size_t i, std::size_t next) noexcept {
  const Draft& draft = drafts[i];
  // Its line is that of what follows.
  if (draft.instruction.opcode == Opcode::kNop)
    return next < drafts.size() && drafts[next].place.line == draft.place.line;
  // A jump to what is next anyway; but behind a kSkip there must be one.
  const bool skipped = i > 0 && is_skip(drafts[i - 1]);
  return draft.instruction.opcode == Opcode::kJump && !skipped && draft.target > i &&
         draft.target <= next;
}

void remove_idle(std::span<Draft> drafts) noexcept {
  std::size_t next = drafts.size();
  for (std::size_t i = drafts.size(); i-- > 0;) {
    if (drafts[i].removed) continue;
    drafts[i].removed = is_idle(drafts, i, next);
    if (!drafts[i].removed) next = i;
  }
}

// Writes what stays, once the numbers of instructions are known.
class Writer {
 public:
  Writer(const Function& function, Arena& arena) noexcept : function_(function), arena_(arena) {}

  [[nodiscard]] bool write(bytecode::Code& code) noexcept {
    return number() && instructions(code) && exceptions() && places() &&
           copy_to(arena_, exceptions_, code.exceptions) && copy_to(arena_, places_, code.places);
  }

 private:
  // What is removed has the number of what follows it.
  [[nodiscard]] bool number() noexcept {
    for (const Draft& draft : function_.drafts) {
      if (!numbers_.push(count_)) return false;
      count_ += draft.removed ? 0U : 1U;
    }
    return true;
  }

  [[nodiscard]] bool instructions(bytecode::Code& code) noexcept {
    auto* const items = arena_.allocate_array<Instruction>(count_);
    if (items == nullptr) return false;
    std::size_t next = 0;
    for (const Draft& draft : function_.drafts) {
      if (draft.removed) continue;
      items[next] = draft.instruction;
      if (draft.target != kNoLabel) items[next].set_wide(numbers_[draft.target]);
      ++next;
    }
    code.instructions = {items, count_};
    return true;
  }

  [[nodiscard]] bool exceptions() noexcept {
    HandlerId last = kNoHandler;
    for (std::size_t i = 0; i < function_.drafts.size(); ++i) {
      const Draft& draft = function_.drafts[i];
      if (draft.removed) continue;
      if (draft.handler != kNoHandler && draft.handler != last) {
        const Handler& handler = function_.handlers[draft.handler];
        if (!exceptions_.push(
                {numbers_[i], 0, numbers_[handler.target], handler.exception, handler.depth}))
          return false;
      }
      if (draft.handler != kNoHandler) exceptions_.back().end = numbers_[i] + 1;
      last = draft.handler;
    }
    return true;
  }

  [[nodiscard]] bool places() noexcept {
    CodePlace run;
    std::uint32_t length = 0;
    std::uint32_t previous_line = 0;
    for (const Draft& draft : function_.drafts) {
      if (draft.removed) continue;
      const Place& p = draft.place;
      const CodePlace place{p.line, p.column, p.end_line, p.end_column};
      if (length != 0 && place != run) {
        if (!add_run(length, previous_line, run)) return false;
        previous_line = run.line;
        length = 0;
      }
      run = place;
      ++length;
    }
    return length == 0 || add_run(length, previous_line, run);
  }
  [[nodiscard]] bool add_run(std::uint32_t length, std::uint32_t previous_line,
                             const CodePlace& place) noexcept {
    const bytecode::PlaceRun run = bytecode::encode_run(length, previous_line, place);
    return places_.append(run.bytes, run.size);
  }

  const Function& function_;
  Arena& arena_;
  std::uint32_t count_ = 0;
  GrowingArray<std::uint32_t> numbers_;
  GrowingArray<ExceptionEntry> exceptions_;
  GrowingArray<std::uint8_t> places_;
};

}  // namespace

void Assembler::draft(Instruction instruction, Label target) noexcept {
  if (!drafts_.push({instruction, target, handler_, place_, false})) context_.out_of_memory();
}

void Assembler::emit_wide(Opcode opcode, std::uint16_t a, std::uint32_t wide) noexcept {
  Instruction instruction{opcode, 0, a, 0, 0};
  instruction.set_wide(wide);
  emit(instruction);
}

Label Assembler::new_label() noexcept {
  if (!labels_.push(0)) {
    context_.out_of_memory();
    return 0;
  }
  return static_cast<Label>(labels_.size() - 1);
}

HandlerId Assembler::new_handler(Label target, bytecode::Register exception,
                                 bytecode::Register depth) noexcept {
  if (!handlers_.push({target, exception, depth})) context_.out_of_memory();
  return static_cast<HandlerId>(handlers_.size() - 1);
}

std::uint32_t Assembler::constant(const bytecode::Constant& constant) noexcept {
  std::uint32_t number = 0;
  if (!context_.stopped() && !constants_.add(constant, number)) context_.out_of_memory();
  return number;
}

std::uint32_t Assembler::name(NameId name) noexcept {
  std::uint32_t number = 0;
  const auto next = static_cast<std::uint32_t>(names_.size());
  if (context_.stopped()) return 0;
  if (!name_numbers_.find_or_add(name, next, number)) context_.out_of_memory();
  if (number == next && !names_.push(name)) context_.out_of_memory();
  return number;
}

std::uint32_t Assembler::site(NameId name) noexcept {
  if (!sites_.push(this->name(name))) context_.out_of_memory();
  return static_cast<std::uint32_t>(sites_.size() - 1);
}

// Once the numbers run out, a site serves for several instructions with its name.
std::uint16_t Assembler::short_site(NameId name) noexcept {
  if (sites_.size() <= kMostNarrow) return static_cast<std::uint16_t>(site(name));
  const std::uint32_t number = this->name(name);
  for (std::uint32_t i = 0; i <= kMostNarrow; ++i)
    if (sites_[i] == number) return static_cast<std::uint16_t>(i);
  return narrow(kMostNarrow + 1);
}

std::uint16_t Assembler::shape(std::uint32_t first, std::uint32_t second) noexcept {
  for (std::size_t i = shapes_.size(); i-- > 0 && i + 16 > shapes_.size();)
    if (shapes_[i].first == first && shapes_[i].second == second)
      return static_cast<std::uint16_t>(i);
  if (!shapes_.push({first, second})) context_.out_of_memory();
  return narrow(static_cast<std::uint32_t>(shapes_.size() - 1));
}

std::uint16_t Assembler::narrow(std::uint32_t number) noexcept {
  if (number > kMostNarrow) context_.too_large("too many names in one code object");
  return static_cast<std::uint16_t>(number);
}

void Assembler::assemble(bytecode::Code& code) noexcept {
  if (context_.stopped()) return;
  Function function{{drafts_.data(), drafts_.size()},
                    {handlers_.data(), handlers_.size()},
                    {shapes_.data(), shapes_.size()},
                    code.argument_count + code.keyword_only_count +
                        ((code.flags & bytecode::kVarArgs) != 0 ? 1U : 0U) +
                        ((code.flags & bytecode::kVarKeywords) != 0 ? 1U : 0U),
                    code.local_count,
                    code.register_count};
  if (!write(function, code) || !write_tables(code)) context_.out_of_memory();
}

bool Assembler::write(Function& function, bytecode::Code& code) noexcept {
  FlowGraph graph(function);
  if (!graph.build({labels_.data(), labels_.size()})) return false;
  if (!mark_last_uses(graph) || !mark_drops(graph)) return false;
  remove_idle(function.drafts);
  return Writer(function, context_.arena()).write(code);
}

bool Assembler::write_tables(bytecode::Code& code) noexcept {
  GrowingArray<std::string_view> names;
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (!names.push(context_.text(names_[i]))) return false;
  Arena& arena = context_.arena();
  return constants_.finish(arena, code.constants) && copy_to(arena, names, code.names) &&
         copy_to(arena, sites_, code.sites) && copy_to(arena, shapes_, code.shapes);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
