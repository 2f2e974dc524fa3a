#include "python/modules/sre/code_checker.h"

#include "objects/model/error.h"
#include "objects/model/recursion.h"
#include "python/modules/sre/characters.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

class CodeChecker {
 public:
  CodeChecker(std::span<const Code> code, std::size_t groups) noexcept
      : code_(code), groups_(groups) {}

  [[nodiscard]] bool check() const noexcept {
    std::size_t at = 0;
    if (code_.empty() || static_cast<Op>(code_.back()) != Op::kSuccess) return false;
    if (static_cast<Op>(code_[0]) == Op::kInfo && !check_info(at)) return false;
    return check_row(at, code_.size() - 1);
  }

 private:
  // Each of these reads what begins at `at` and has to end before or at `end`, and moves `at`
  // behind it. False: it is not in order.

  [[nodiscard]] bool check_row(std::size_t at, std::size_t end) const noexcept {
    while (at < end)
      if (!check_one(at, end)) return false;
    return true;
  }

  // `words`: with their operation.
  [[nodiscard]] static bool pass(std::size_t& at, std::size_t end, std::size_t words) noexcept {
    if (words > end - at) return false;
    at += words;
    return true;
  }

  [[nodiscard]] bool check_one(std::size_t& at, std::size_t end) const noexcept {
    switch (op_at(at)) {
      case Op::kFailure:
        return pass(at, end, 1);
      case Op::kMark:
        return end - at >= 2 && code_[at + 1] / 2 < groups_ && pass(at, end, 2);
      case Op::kAt:
        return end - at >= 2 && code_[at + 1] < kPlaces && pass(at, end, 2);
      case Op::kGroupRef:
      case Op::kGroupRefIgnore:
      case Op::kGroupRefLocaleIgnore:
      case Op::kGroupRefUnicodeIgnore:
        return end - at >= 2 && code_[at + 1] < groups_ && pass(at, end, 2);
      case Op::kGroupRefExists:
        return check_condition(at, end);
      case Op::kBranch:
        return check_branch(at, end);
      case Op::kAssert:
      case Op::kAssertNot:
        return check_inner(at, end, 3);
      case Op::kAtomicGroup:
        return check_inner(at, end, 2);
      case Op::kRepeat:
        return check_repeat(at, end, Op::kMaxUntil, Op::kMinUntil);
      case Op::kPossessiveRepeat:
        return check_repeat(at, end, Op::kSuccess, Op::kSuccess);
      case Op::kRepeatOne:
      case Op::kMinRepeatOne:
      case Op::kPossessiveRepeatOne:
        return check_repeat_one(at, end);
      default:
        return check_taker(at, end);
    }
  }

  // What takes one code point.
  [[nodiscard]] bool check_taker(std::size_t& at, std::size_t end) const noexcept {
    const Op op = op_at(at);
    switch (op) {
      case Op::kAny:
      case Op::kAnyAll:
        return pass(at, end, 1);
      case Op::kIn:
      case Op::kInIgnore:
      case Op::kInLocaleIgnore:
      case Op::kInUnicodeIgnore:
        return check_in(at, end);
      case Op::kCategory:
        return end - at >= 2 && code_[at + 1] < kCategories && pass(at, end, 2);
      default:
        return takes_one(op) && pass(at, end, 2);
    }
  }

  // Where the skip that stands at `at` leads; `end` + 1: nowhere.
  [[nodiscard]] std::size_t target_of(std::size_t at, std::size_t end) const noexcept {
    if (at >= end || code_[at] == 0) return end + 1;
    const std::size_t target = at + code_[at];
    return target <= end ? target : end + 1;
  }

  [[nodiscard]] bool check_in(std::size_t& at, std::size_t end) const noexcept {
    const std::size_t next = target_of(at + 1, end);
    if (next > end || !check_set(at + 2, next)) return false;
    at = next;
    return true;
  }

  // It ends with the kFailure before `end`, and has no other.
  [[nodiscard]] bool check_set(std::size_t at, std::size_t end) const noexcept {
    while (at < end && op_at(at) != Op::kFailure)
      if (!check_member(at, end)) return false;
    return at + 1 == end;
  }

  [[nodiscard]] bool check_member(std::size_t& at, std::size_t end) const noexcept {
    switch (op_at(at)) {
      case Op::kNegate:
        return pass(at, end, 1);
      case Op::kLiteral:
        return pass(at, end, 2);
      case Op::kRange:
      case Op::kRangeUnicodeIgnore:
        return pass(at, end, 3);
      case Op::kCharset:
        return pass(at, end, 1 + kBlock);
      case Op::kCategory:
        return end - at >= 2 && code_[at + 1] < kCategories && pass(at, end, 2);
      case Op::kBigCharset:
        return check_blocks(at, end);
      default:
        return false;
    }
  }

  [[nodiscard]] bool check_blocks(std::size_t& at, std::size_t end) const noexcept {
    if (end - at < 2 + kBigTable) return false;
    const std::size_t blocks = code_[at + 1];
    const auto* const table = reinterpret_cast<const std::uint8_t*>(&code_[at + 2]);
    for (std::size_t i = 0; i < kBigTable * sizeof(Code); ++i)
      if (table[i] >= blocks) return false;
    return pass(at, end, 2 + kBigTable + blocks * kBlock);
  }

  // kInfo skip flags shortest longest ...
  [[nodiscard]] bool check_info(std::size_t& at) const noexcept {
    const std::size_t next = target_of(1, code_.size() - 1);
    if (next >= code_.size() || next < 5) return false;
    const Code flags = code_[2];
    at = next;
    if ((flags & ~(kInfoPrefix | kInfoLiteral | kInfoCharset)) != 0) return false;
    if ((flags & kInfoPrefix) != 0) return check_prefix(5, next);
    if ((flags & kInfoLiteral) != 0) return false;
    return (flags & kInfoCharset) != 0 ? code_[3] > 0 && check_set(5, next) : next == 5;
  }

  // Its size, how much of it no group has, its code points, and how it overlaps itself. No match is
  // shorter.
  [[nodiscard]] bool check_prefix(std::size_t at, std::size_t end) const noexcept {
    if (end - at < 2 || code_[at] == 0 || code_[at + 1] > code_[at]) return false;
    if (code_[at] > code_[3]) return false;
    return end - at - 2 == std::size_t{2} * code_[at];
  }

  // kBranch, then for each alternative: skip, what it is, kJump, skip to behind all; then 0.
  [[nodiscard]] bool check_branch(std::size_t& at, std::size_t end) const noexcept {
    std::size_t here = at + 1;
    std::size_t common = 0;  // where all go on
    while (here < end && code_[here] != 0) {
      const std::size_t next = target_of(here, end);
      if (next > end || next < here + 3 || op_at(next - 2) != Op::kJump) return false;
      const std::size_t target = target_of(next - 1, end);
      if (target > end || (common != 0 && target != common)) return false;
      if (!check_nested(here + 1, next - 2)) return false;
      common = target;
      here = next;
    }
    if (here >= end || common != here + 1) return false;
    at = common;
    return true;
  }

  // kGroupRefExists group skip, what to match then; or that, kJump, skip, and what to match else.
  [[nodiscard]] bool check_condition(std::size_t& at, std::size_t end) const noexcept {
    if (end - at < 3 || code_[at + 1] >= groups_ || code_[at + 2] < 2) return false;
    const std::size_t otherwise = at + 1 + code_[at + 2];
    if (otherwise > end) return false;
    std::size_t here = at + 3;
    while (here < otherwise && op_at(here) != Op::kJump)
      if (!check_one_nested(here, otherwise)) return false;
    at = otherwise;
    return here == otherwise || check_alternative(here, at, end);
  }

  [[nodiscard]] bool check_alternative(std::size_t jump, std::size_t& at,
                                       std::size_t end) const noexcept {
    if (jump + 2 != at) return false;
    const std::size_t target = target_of(jump + 1, end);
    if (target > end || !check_nested(at, target)) return false;
    at = target;
    return true;
  }

  // An operation with a skip behind it, and in it from `head` words on a row and kSuccess.
  [[nodiscard]] bool check_inner(std::size_t& at, std::size_t end,
                                 std::size_t head) const noexcept {
    const std::size_t next = target_of(at + 1, end);
    if (next > end || next < at + head + 1 || op_at(next - 1) != Op::kSuccess) return false;
    const std::size_t inner = at + head;
    at = next;
    return check_nested(inner, next - 1);
  }

  // The target of a repeat's skip; `end` + 1: it is none.
  [[nodiscard]] std::size_t target_of_repeat(std::size_t at, std::size_t end) const noexcept {
    const std::size_t next = target_of(at + 1, end);
    if (next > end || next < at + kRepeatBody) return end + 1;
    return code_[at + kLeast] <= code_[at + kMost] ? next : end + 1;
  }

  [[nodiscard]] bool check_repeat(std::size_t& at, std::size_t end, Op last,
                                  Op other) const noexcept {
    const std::size_t until = target_of_repeat(at, end);
    if (until >= end || (op_at(until) != last && op_at(until) != other)) return false;
    const std::size_t body = at + kRepeatBody;
    at = until + 1;
    return check_nested(body, until);
  }

  [[nodiscard]] bool check_repeat_one(std::size_t& at, std::size_t end) const noexcept {
    const std::size_t next = target_of_repeat(at, end);
    std::size_t body = at + kRepeatBody;
    if (next > end || next <= body) return false;
    at = next;
    return check_taker(body, next) && body + 1 == next && op_at(body) == Op::kSuccess;
  }

  [[nodiscard]] bool check_nested(std::size_t at, std::size_t end) const noexcept {
    const RecursionGuard guard;
    return guard && check_row(at, end);
  }
  [[nodiscard]] bool check_one_nested(std::size_t& at, std::size_t end) const noexcept {
    const RecursionGuard guard;
    return guard && check_one(at, end);
  }

  [[nodiscard]] Op op_at(std::size_t at) const noexcept { return static_cast<Op>(code_[at]); }

  const std::span<const Code> code_;
  const std::size_t groups_;
};

}  // namespace

Status check_code(std::span<const Code> code, std::size_t groups) noexcept {
  if (CodeChecker(code, groups).check()) return Status::kDone;
  if (pending_kind() != ErrorKind::kNone) return kRaised;  // too deep
  return raise(ErrorKind::kRuntime, {"invalid SRE code"});
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
