// python/modules/sre/backtracking.h: a pattern against one place of a text, operation by operation.
//
// Where there is a choice, what is not taken becomes a frame on the stack, and what is changed
// afterwards becomes a frame above it that says how it was:
//
//     a|b        kBranch      -> at: the next alternative             position
//     x*y        kGreedy      -> at: the repeat, count: fewer x       position: of the first x
//     x*?y       kLazy        -> at: the repeat, count: x so far      position: behind them
//     (..)*y     kLeaveLoop   -> loop, at: y                          position
//     (..)*?y    kLoopAgain   -> loop, at: its end, count             position
//
// Who fails takes frames from the top: undoes what is to be undone, and goes on at the first
// choice. When there is none left, nothing matches.
//
// What is final once it has matched, (?=..) (?!..) (?>..) (..)*+, begins with a frame that is a
// barrier. If it fails, frames run out down to the barrier, which says what then. At its kSuccess
// the choices above the barrier are taken away; how groups were before stays, for choices below.
//
// B1  A loop is reachable from frames above the point at which it began, and from nothing below; so
//     to go on at a choice forgets the loops that began after it.
// B2  Marks are as they were when the choice was made: an undo for each that changed since.
//
// Attached threads. For matcher.cc alone.
#pragma once

#include <algorithm>
#include <span>

#include "objects/model/error.h"
#include "python/modules/sre/characters.h"
#include "python/modules/sre/matcher.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN::sre {

template <class Unit>
class Backtracking {
 public:
  explicit Backtracking(Matcher& matcher) noexcept
      : matcher_(matcher),
        code_(matcher.program_.code.data()),
        text_(matcher.text_.units<Unit>().data()),
        end_(matcher.end_),
        marks_(matcher.marks_),
        frames_(matcher.frames_),
        loops_(matcher.loops_) {}

  // From the operation at `at`.
  [[nodiscard]] Truth run(std::size_t at, std::size_t position) noexcept;

 private:
  enum class Step : std::uint8_t { kNext, kFail, kMatch, kNoMemory };
  using Kind = Frame::Kind;

  // --- One step. ---
  [[nodiscard]] Step step() noexcept;
  [[nodiscard]] Step step_over_structure() noexcept;
  [[nodiscard]] Step take_one() noexcept;
  [[nodiscard]] Step check_place() noexcept;
  [[nodiscard]] Step set_mark() noexcept;
  template <class Fold>
  [[nodiscard]] Step match_group(Fold fold) noexcept;
  [[nodiscard]] Step choose_by_group() noexcept;
  [[nodiscard]] Step succeed() noexcept;
  [[nodiscard]] bool is_refused_end() const noexcept;

  // --- Choices. ---
  [[nodiscard]] Step try_alternatives(std::size_t skip) noexcept;
  [[nodiscard]] bool may_begin(std::size_t at) const noexcept;
  [[nodiscard]] Step repeat_one() noexcept;
  [[nodiscard]] Step try_fewer(std::size_t at, std::size_t first, std::size_t count) noexcept;
  [[nodiscard]] Step repeat_one_lazily() noexcept;
  [[nodiscard]] Step try_lazily(std::size_t at, std::size_t count) noexcept;
  [[nodiscard]] Step repeat_one_possessively() noexcept;
  // How many code points, of at most `most`, the operation takes from here on.
  [[nodiscard]] std::size_t count_taken(std::size_t op, std::size_t most) noexcept;
  template <class Accepts>
  [[nodiscard]] std::size_t count_while(std::size_t most, Accepts accepts) noexcept;

  // --- Loops. ---
  [[nodiscard]] Step begin_loop() noexcept;
  [[nodiscard]] Step end_of_loop() noexcept;
  [[nodiscard]] Step end_of_lazy_loop() noexcept;
  [[nodiscard]] Step go_round(std::size_t count, std::size_t last) noexcept;
  [[nodiscard]] bool may_repeat(std::size_t at, std::size_t count) const noexcept {
    return code_[at + kMost] == kMostRepeats || count < code_[at + kMost];
  }

  // --- What is final. ---
  [[nodiscard]] Step look_around(Kind kind) noexcept;
  [[nodiscard]] Step begin_final(Kind kind, std::size_t at, std::size_t count,
                                 std::size_t body) noexcept;
  [[nodiscard]] Step repeat_possessively(std::size_t at, std::size_t count) noexcept;
  [[nodiscard]] Step end_of_final() noexcept;
  [[nodiscard]] Step end_of_turn(const Frame& turn) noexcept;
  void remove_choices() noexcept;
  void undo_down_to_barrier() noexcept;

  // --- Going back. ---
  [[nodiscard]] Step go_back() noexcept;
  [[nodiscard]] Step go_on_at(const Frame& frame) noexcept;
  [[nodiscard]] Step fail_at(const Frame& frame) noexcept;
  [[nodiscard]] Step loop_again(const Frame& frame) noexcept;
  [[nodiscard]] Step one_more_lazily(const Frame& frame) noexcept;
  [[nodiscard]] static bool is_undo(const Frame& frame) noexcept {
    return frame.kind <= Kind::kLoop;
  }
  void undo(const Frame& frame) noexcept;
  void restore_loops(const Frame& frame) noexcept;

  // `frame` with what goes on now.
  [[nodiscard]] Step push(Frame frame) noexcept {
    frame.loops = static_cast<std::uint32_t>(loops_.size());
    return frames_.push(frame) ? Step::kNext : Step::kNoMemory;
  }
  [[nodiscard]] Step push_undo(const Frame& frame) noexcept {
    if (frames_.empty()) return Step::kNext;  // nobody will go back
    return frames_.push(frame) ? Step::kNext : Step::kNoMemory;
  }
  [[nodiscard]] Step go_to(std::size_t at) noexcept {
    at_ = at;
    return Step::kNext;
  }
  // Where the skip leads that is the first operand.
  [[nodiscard]] std::size_t after(std::size_t at) const noexcept { return at + 1 + code_[at + 1]; }
  [[nodiscard]] Op op_at(std::size_t at) const noexcept { return static_cast<Op>(code_[at]); }
  [[nodiscard]] static std::uint32_t narrow(std::size_t at) noexcept {
    return static_cast<std::uint32_t>(at);
  }
  [[nodiscard]] bool is_word(std::size_t position, Category word) const noexcept {
    return position < end_ && is_of_category(word, text_[position]);
  }
  [[nodiscard]] bool is_at_boundary(Category word) const noexcept;
  [[nodiscard]] bool is_at(Place place) const noexcept;

  // Work was done; others may want to have their way.
  void charge(std::size_t steps) noexcept {
    budget_ -= std::min(budget_, steps);
    if (budget_ == 0) [[unlikely]]
      rest();
  }
  [[gnu::noinline]] void rest() noexcept {
    budget_ = kStepsBetweenRests;
    safepoint();
  }

  static constexpr std::size_t kStepsBetweenRests = 4096;
  static constexpr std::size_t kNoBarrier = SIZE_MAX;

  Matcher& matcher_;
  const Code* const code_;
  const Unit* const text_;
  const std::size_t end_;
  Stack<std::size_t>& marks_;
  Stack<Frame>& frames_;
  Stack<Loop>& loops_;
  std::size_t at_ = 0;
  std::size_t position_ = 0;
  std::size_t barrier_ = kNoBarrier;
  std::uint32_t loop_ = kNoLoop;
  std::size_t budget_ = kStepsBetweenRests;
};

// --- One step. ---

template <class Unit>
Truth Backtracking<Unit>::run(std::size_t at, std::size_t position) noexcept {
  frames_.cut(0);
  loops_.cut(0);
  at_ = at;
  position_ = position;
  barrier_ = kNoBarrier;
  loop_ = kNoLoop;
  for (;;) {
    charge(1);
    Step step = this->step();
    if (step == Step::kFail) step = go_back();
    if (step == Step::kNext) [[likely]]
      continue;
    if (step == Step::kNoMemory) return raise_memory_error();
    return truth_of(step == Step::kMatch);
  }
}

template <class Unit>
auto Backtracking<Unit>::step() noexcept -> Step {
  switch (op_at(at_)) {
    case Op::kLiteral:
      if (position_ >= end_ || text_[position_] != code_[at_ + 1]) return Step::kFail;
      ++position_;
      return go_to(at_ + 2);
    case Op::kMark:
      return set_mark();
    case Op::kRepeatOne:
      return repeat_one();
    case Op::kMinRepeatOne:
      return repeat_one_lazily();
    case Op::kPossessiveRepeatOne:
      return repeat_one_possessively();
    case Op::kBranch:
      return try_alternatives(at_ + 1);
    case Op::kJump:
      return go_to(after(at_));
    case Op::kRepeat:
      return begin_loop();
    case Op::kMaxUntil:
      return end_of_loop();
    case Op::kMinUntil:
      return end_of_lazy_loop();
    case Op::kSuccess:
      return succeed();
    case Op::kFailure:
      return Step::kFail;
    default:
      return step_over_structure();
  }
}

template <class Unit>
auto Backtracking<Unit>::step_over_structure() noexcept -> Step {
  switch (op_at(at_)) {
    case Op::kAt:
      return check_place();
    case Op::kInfo:
      return go_to(after(at_));
    case Op::kAssert:
      return look_around(Kind::kAssert);
    case Op::kAssertNot:
      return look_around(Kind::kAssertNot);
    case Op::kAtomicGroup:
      return begin_final(Kind::kAtomic, at_, 0, at_ + 2);
    case Op::kPossessiveRepeat:
      return repeat_possessively(at_, 0);
    case Op::kGroupRef:
      return match_group([](CodePoint point) { return point; });
    case Op::kGroupRefIgnore:
      return match_group(lower_ascii);
    case Op::kGroupRefLocaleIgnore:
      return match_group(lower_locale);
    case Op::kGroupRefUnicodeIgnore:
      return match_group(lower_unicode);
    case Op::kGroupRefExists:
      return choose_by_group();
    default:
      return take_one();
  }
}

template <class Unit>
auto Backtracking<Unit>::take_one() noexcept -> Step {
  const Code* const op = code_ + at_;
  if (position_ >= end_ || !accepts(op, text_[position_])) return Step::kFail;
  ++position_;
  return go_to(at_ + words_of_one(op));
}

template <class Unit>
bool Backtracking<Unit>::is_at_boundary(Category word) const noexcept {
  const bool is_before = position_ > 0 && is_of_category(word, text_[position_ - 1]);
  return is_before != is_word(position_, word);
}

template <class Unit>
bool Backtracking<Unit>::is_at(Place place) const noexcept {
  switch (place) {
    case Place::kBeginning:
    case Place::kBeginningOfText:
      return position_ == 0;
    case Place::kBeginningOfLine:
      return position_ == 0 || text_[position_ - 1] == '\n';
    case Place::kEnd:
      return position_ == end_ || (position_ + 1 == end_ && text_[position_] == '\n');
    case Place::kEndOfLine:
      return position_ == end_ || (position_ < end_ && text_[position_] == '\n');
    case Place::kEndOfText:
      return position_ == end_;
    case Place::kBoundary:
      return is_at_boundary(Category::kWord);
    case Place::kLocaleBoundary:
      return is_at_boundary(Category::kLocaleWord);
    case Place::kUnicodeBoundary:
      return is_at_boundary(Category::kUnicodeWord);
    // Where there is no text there is neither.
    case Place::kNoBoundary:
      return end_ != 0 && !is_at_boundary(Category::kWord);
    case Place::kLocaleNoBoundary:
      return end_ != 0 && !is_at_boundary(Category::kLocaleWord);
    default:
      return end_ != 0 && !is_at_boundary(Category::kUnicodeWord);
  }
}

template <class Unit>
auto Backtracking<Unit>::check_place() noexcept -> Step {
  return is_at(static_cast<Place>(code_[at_ + 1])) ? go_to(at_ + 2) : Step::kFail;
}

template <class Unit>
auto Backtracking<Unit>::set_mark() noexcept -> Step {
  const Code mark = code_[at_ + 1];
  std::size_t& last_group = matcher_.last_group_;
  const Step pushed =
      push_undo({.kind = Kind::kMark, .loop = mark, .position = marks_[mark], .count = last_group});
  if (pushed != Step::kNext) return pushed;
  matcher_.has_marks_ = true;
  marks_[mark] = position_;
  if (mark % 2 == 1) last_group = mark / 2 + 1;
  return go_to(at_ + 2);
}

template <class Unit>
template <class Fold>
auto Backtracking<Unit>::match_group(Fold fold) noexcept -> Step {
  const std::size_t group = code_[at_ + 1];
  const std::size_t begin = marks_[2 * group];
  const std::size_t end = marks_[2 * group + 1];
  if (begin == kUnset || end == kUnset || end < begin) return Step::kFail;
  if (position_ > end_ || end - begin > end_ - position_) return Step::kFail;
  charge(end - begin);
  for (std::size_t i = begin; i < end; ++i, ++position_)
    if (fold(text_[i]) != fold(text_[position_])) return Step::kFail;
  return go_to(at_ + 2);
}

template <class Unit>
auto Backtracking<Unit>::choose_by_group() noexcept -> Step {
  const std::size_t group = code_[at_ + 1];
  const std::size_t begin = marks_[2 * group];
  const std::size_t end = marks_[2 * group + 1];
  const bool has_matched = begin != kUnset && end != kUnset && begin <= end;
  return go_to(has_matched ? at_ + 3 : at_ + 1 + code_[at_ + 2]);
}

template <class Unit>
bool Backtracking<Unit>::is_refused_end() const noexcept {
  if (matcher_.must_be_whole_ && position_ != end_) return true;
  return matcher_.must_advance_ && position_ == matcher_.begin_;
}

template <class Unit>
auto Backtracking<Unit>::succeed() noexcept -> Step {
  if (barrier_ != kNoBarrier) return end_of_final();
  if (is_refused_end()) return Step::kFail;
  matcher_.end_of_match_ = position_;
  return Step::kMatch;
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
