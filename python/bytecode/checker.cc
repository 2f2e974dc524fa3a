#include "python/bytecode/checker.h"

#include "memory/raw_memory.h"
#include "python/bytecode/effects.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {
namespace {

using Kind = Access::Kind;

// What a register may be. Both: it depends on the way that led here.
using May = std::uint8_t;
constexpr May kMayBeEmpty = 1;
constexpr May kMayBeFull = 2;

// One May for each register at each instruction, and a work list of instructions.
class States {
 public:
  States() noexcept = default;
  ~States() {
    raw_memory::release(may_);
    raw_memory::release(work_);
    raw_memory::release(queued_);
  }
  States(const States&) = delete;
  States& operator=(const States&) = delete;

  [[nodiscard]] bool make(std::size_t instructions, std::size_t registers) noexcept {
    registers_ = registers;
    // One state behind the last instruction's, for the one that is being made.
    may_ = static_cast<May*>(raw_memory::allocate_zeroed((instructions + 1) * (registers + 1)));
    queued_ = static_cast<std::uint8_t*>(raw_memory::allocate_zeroed(instructions + 1));
    work_ = static_cast<std::uint32_t*>(
        raw_memory::allocate((instructions + 1) * sizeof(std::uint32_t)));
    return may_ != nullptr && work_ != nullptr && queued_ != nullptr;
  }
  [[nodiscard]] May* at(std::size_t instruction) noexcept {
    return may_ + instruction * registers_;
  }

  void join(std::uint32_t instruction, const May* state) noexcept {
    May* const known = at(instruction);
    May grown = 0;
    for (std::size_t r = 0; r < registers_; ++r) {
      grown |= static_cast<May>(state[r] & ~known[r]);
      known[r] |= state[r];
    }
    if (grown == 0 && reached(instruction)) return;
    if ((queued_[instruction] & kQueued) == 0) work_[count_++] = instruction;
    queued_[instruction] = kQueued | kReached;
  }
  [[nodiscard]] bool next(std::uint32_t& instruction) noexcept {
    if (count_ == 0) return false;
    instruction = work_[--count_];
    queued_[instruction] = kReached;
    return true;
  }
  [[nodiscard]] bool reached(std::uint32_t instruction) const noexcept {
    return (queued_[instruction] & kReached) != 0;
  }

 private:
  static constexpr std::uint8_t kQueued = 1;
  static constexpr std::uint8_t kReached = 2;

  May* may_ = nullptr;
  std::uint32_t* work_ = nullptr;
  std::uint8_t* queued_ = nullptr;
  std::size_t registers_ = 0;
  std::size_t count_ = 0;
};

class Checker {
 public:
  explicit Checker(const Code& code) noexcept : code_(code) {}

  [[nodiscard]] Flaw run() noexcept {
    if (!tables_are_fine()) return flaw_;
    if (!states_.make(code_.instructions.size(), code_.register_count)) {
      wrong("no memory");
      return flaw_;
    }
    enter();
    std::uint32_t next = 0;
    while (!flaw_ && states_.next(next)) step(next);
    // Ways may have met after an instruction was looked at, so all are looked at once more.
    for (std::uint32_t i = 0; i < code_.instructions.size() && !flaw_; ++i)
      if (states_.reached(i)) inspect(i);
    return flaw_;
  }

 private:
  void wrong(const char* what, std::uint32_t r = kNoRegister) noexcept {
    if (!flaw_) flaw_ = {&code_, now_, static_cast<Register>(r), what};
  }
  [[nodiscard]] bool is_temporary(std::uint32_t r) const noexcept { return r >= code_.local_count; }
  [[nodiscard]] const Instruction& instruction() const noexcept { return code_.instructions[now_]; }
  [[nodiscard]] const OpcodeInfo& info() const noexcept { return info_of(instruction().opcode); }

  // ---- numbers ----
  [[nodiscard]] bool tables_are_fine() noexcept {
    if (code_.instructions.empty()) wrong("no instructions");
    if (code_.local_count > code_.register_count || code_.register_count > kNoRegister)
      wrong("too many locals or registers");
    for (now_ = 0; now_ < code_.instructions.size() && !flaw_; ++now_) numbers_are_fine();
    std::uint32_t end = 0;
    for (const ExceptionEntry& entry : code_.exceptions) {
      if (entry.begin < end || entry.end <= entry.begin) wrong("exception entries overlap");
      if (entry.end > code_.instructions.size() || entry.handler >= code_.instructions.size())
        wrong("an exception entry leads out of the code");
      if (entry.exception < entry.depth || entry.exception >= code_.register_count)
        wrong("the exception's register is no free one", entry.exception);
      end = entry.end;
    }
    return !flaw_;
  }

  void numbers_are_fine() noexcept {
    const OpcodeInfo& row = info();
    const Operand operands[] = {row.a, row.b, row.c};
    const std::uint32_t values[] = {instruction().a, instruction().b, instruction().c};
    for (int i = 0; i < 3 && !flaw_; ++i)
      number_is_fine(operands[i], is_wide(operands[i]) ? instruction().wide() : values[i]);
    if (flaw_) return;
    for (const Access& access : accesses_of(instruction(), code_.shapes)) {
      if (access.first + access.count > code_.register_count)
        wrong("no such register", access.first);
      if (access.count > 1 && !is_temporary(access.first))
        wrong("a window of locals", access.first);
    }
    const bool last = now_ + 1 == code_.instructions.size();
    if (last && has_next(row.flow)) wrong("runs out of the code");
    if (row.flow == Flow::kSkip && !last &&
        info_of(code_.instructions[now_ + 1].opcode).flow != Flow::kJump)
      wrong("no jump to skip");
  }

  void number_is_fine(Operand operand, std::uint32_t value) noexcept {
    const auto below = [&](std::size_t limit) {
      if (value >= limit) wrong("an operand is too large");
    };
    switch (operand) {
      case Operand::kConstant:
      case Operand::kWideConstant:
      case Operand::kCode:
        below(code_.constants.size());
        break;
      case Operand::kName:
      case Operand::kWideName:
        below(code_.names.size());
        break;
      case Operand::kSite:
      case Operand::kWideSite:
        below(code_.sites.size());
        break;
      case Operand::kFree:
        below(code_.free_variables.size());
        break;
      case Operand::kJump:
        below(code_.instructions.size());
        break;
      case Operand::kShape:
      case Operand::kTakeShape:
      case Operand::kTakeCallShape:
      case Operand::kTakeMethodShape:
      case Operand::kGiveShape:
        if (instruction().c >= code_.shapes.size()) wrong("no such shape");
        break;
      default:
        break;
    }
  }

  // ---- ways ----
  [[nodiscard]] May* scratch() noexcept { return states_.at(code_.instructions.size()); }

  void enter() noexcept {
    const std::uint32_t arguments = code_.argument_count + code_.keyword_only_count +
                                    ((code_.flags & kVarArgs) != 0 ? 1U : 0U) +
                                    ((code_.flags & kVarKeywords) != 0 ? 1U : 0U);
    for (std::uint32_t r = 0; r < code_.register_count; ++r)
      scratch()[r] = r < arguments ? kMayBeFull : kMayBeEmpty;
    states_.join(0, scratch());
  }

  void step(std::uint32_t number) noexcept {
    now_ = number;
    const Flow flow = info().flow;
    if (has_next(flow)) go(Way::kNext, now_ + 1);
    if (has_target(flow)) go(Way::kOther, instruction().wide());
    if (flow == Flow::kSkip) go(Way::kOther, now_ + 2);
    for (const ExceptionEntry& entry : code_.exceptions)
      if (now_ >= entry.begin && now_ < entry.end) raise(entry);
  }

  void copy_state() noexcept {
    const May* const state = states_.at(now_);
    for (std::uint32_t r = 0; r < code_.register_count; ++r) scratch()[r] = state[r];
  }

  void go(Way way, std::uint32_t to) noexcept {
    copy_state();
    for (const Access& access : accesses_of(instruction(), code_.shapes)) {
      if (!happens(instruction(), access, way)) continue;
      for (std::uint32_t i = 0; i < access.count; ++i) apply(access, access.first + i);
    }
    states_.join(to, scratch());
  }
  void apply(const Access& access, std::uint32_t r) noexcept {
    switch (access.kind) {
      case Kind::kRead:
        if ((instruction().marks & access.mark) != 0) scratch()[r] = kMayBeEmpty;
        return;
      case Kind::kMayRead:
      case Kind::kWrite:
        scratch()[r] = kMayBeFull;
        return;
      case Kind::kTake:
      case Kind::kEmpty:
        scratch()[r] = kMayBeEmpty;
        return;
    }
  }

  void raise(const ExceptionEntry& entry) noexcept {
    copy_state();
    for (std::uint32_t r = entry.depth; r < code_.register_count; ++r) scratch()[r] = kMayBeEmpty;
    scratch()[entry.exception] = kMayBeFull;
    states_.join(entry.handler, scratch());
    for (const Access& access : accesses_of(instruction(), code_.shapes))
      if (access.kind == Kind::kTake && access.count > 1 && access.first < entry.depth)
        wrong("a window is lost when this raises", access.first);
  }

  // ---- what an instruction may do ----
  void inspect(std::uint32_t number) noexcept {
    now_ = number;
    copy_state();
    std::uint8_t allowed = 0;
    const Accesses accesses = accesses_of(instruction(), code_.shapes);
    for (const Access& access : accesses) {
      allowed |= access.mark;
      for (std::uint32_t i = 0; i < access.count; ++i) inspect(access, access.first + i);
    }
    if ((instruction().marks & ~allowed) != 0) wrong("a mark on what is no register");
    inspect_window();
    if (info().flow == Flow::kEnd) inspect_end();
  }

  void inspect(const Access& access, std::uint32_t r) noexcept {
    const bool marked = (instruction().marks & access.mark) != 0;
    const May may = scratch()[r];
    switch (access.kind) {
      case Kind::kRead:
        if (may != kMayBeFull) wrong("reads what may be empty", r);
        if (marked && !is_temporary(r)) wrong("the last use of a local", r);
        break;
      case Kind::kTake:
        if (may != kMayBeFull) wrong("takes what may be empty", r);
        break;
      case Kind::kWrite:
        if (!marked && may != kMayBeEmpty) wrong("loses what may be there", r);
        if (marked && may == kMayBeEmpty) wrong("drops what is not there", r);
        break;
      case Kind::kMayRead:
      case Kind::kEmpty:
        break;
    }
    apply(access, r);
  }

  // O3, and that nothing is where self may have to go.
  void inspect_window() noexcept {
    std::uint32_t end = instruction().b;
    const Operand b = info().b;
    if (b == Operand::kTakeCall || b == Operand::kTakeMethod) {
      end += 2U + instruction().c;
    } else if (b == Operand::kTakeCallShape || b == Operand::kTakeMethodShape) {
      end += 2U + code_.shapes[instruction().c].first;
    } else {
      return;
    }
    const bool plain = b == Operand::kTakeCall || b == Operand::kTakeCallShape;
    const May* const state = states_.at(now_);
    if (plain && state[instruction().b + 1] != kMayBeEmpty)
      wrong("something is where self goes", instruction().b + 1U);
    for (std::uint32_t r = end; r < code_.register_count; ++r)
      if (state[r] != kMayBeEmpty) wrong("something lies above a call", r);
  }

  void inspect_end() noexcept {
    const Opcode opcode = instruction().opcode;
    if (opcode != Opcode::kReturn && opcode != Opcode::kReturnConstant) return;
    for (std::uint32_t r = code_.local_count; r < code_.register_count; ++r)
      if (scratch()[r] != kMayBeEmpty) wrong("stays behind when the frame is left", r);
  }

  const Code& code_;
  States states_;
  std::uint32_t now_ = 0;
  Flaw flaw_;
};

Flaw check_nested(std::span<const Constant> constants) noexcept {
  for (const Constant& constant : constants) {
    if (constant.kind != Constant::Kind::kCode) continue;
    if (const Flaw flaw = check(*constant.code)) return flaw;
  }
  return {};
}

}  // namespace

Flaw check(const Code& code) noexcept {
  if (const Flaw flaw = Checker(code).run()) return flaw;
  return check_nested(code.constants);
}

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
