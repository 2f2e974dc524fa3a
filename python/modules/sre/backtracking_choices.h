// python/modules/sre/backtracking_choices.h: alternatives, repeats, what is final, and going
// back.
//
// The second half of backtracking.h, which says how it works. For matcher.cc alone.
#pragma once

#include "python/modules/sre/backtracking.h"

namespace orochi::inline OROCHI_DESIGN::sre {

// --- Alternatives. ---

// Spares frames for alternatives that cannot match here.
template <class Unit>
bool Backtracking<Unit>::may_begin(std::size_t at) const noexcept {
  const Op op = op_at(at);
  if (op != Op::kLiteral && op != Op::kIn) return true;
  return position_ < end_ && accepts(code_ + at, text_[position_]);
}

// `skip`: that of the first one to be tried.
template <class Unit>
auto Backtracking<Unit>::try_alternatives(std::size_t skip) noexcept -> Step {
  while (code_[skip] != 0) {
    const std::size_t here = skip;
    skip += code_[skip];
    if (!may_begin(here + 1)) continue;
    at_ = here + 1;
    if (code_[skip] == 0) return Step::kNext;  // the last one
    return push({.kind = Kind::kBranch, .at = narrow(skip), .loop = loop_, .position = position_});
  }
  return Step::kFail;
}

// --- One thing, again and again. ---

template <class Unit>
template <class Accepts>
std::size_t Backtracking<Unit>::count_while(std::size_t most, Accepts accepts) noexcept {
  const std::size_t room = position_ < end_ ? end_ - position_ : 0;
  const Unit* const begin = text_ + position_;
  const Unit* const end = begin + std::min(most, room);
  return static_cast<std::size_t>(std::find_if_not(begin, end, accepts) - begin);
}

template <class Unit>
std::size_t Backtracking<Unit>::count_taken(std::size_t op, std::size_t most) noexcept {
  if (most == kMostRepeats) most = SIZE_MAX;
  const Code* const words = code_ + op;
  const CodePoint literal = words[1];
  switch (op_at(op)) {
    case Op::kAnyAll:
      return count_while(most, [](Unit) { return true; });
    case Op::kAny:
      return count_while(most, [](Unit unit) { return unit != '\n'; });
    case Op::kLiteral:
      return count_while(most, [literal](Unit unit) { return unit == literal; });
    case Op::kNotLiteral:
      return count_while(most, [literal](Unit unit) { return unit != literal; });
    case Op::kIn:
      return count_while(most, [words](Unit unit) { return has(words + 2, unit); });
    default:
      return count_while(most, [words](Unit unit) { return accepts(words, unit); });
  }
}

template <class Unit>
auto Backtracking<Unit>::repeat_one() noexcept -> Step {
  const std::size_t count = count_taken(at_ + kRepeatBody, code_[at_ + kMost]);
  charge(count);
  return count < code_[at_ + kLeast] ? Step::kFail : try_fewer(at_, position_, count);
}

template <class Unit>
auto Backtracking<Unit>::try_fewer(std::size_t at, std::size_t first, std::size_t count) noexcept
    -> Step {
  const std::size_t least = code_[at + kLeast];
  const std::size_t next = after(at);
  if (op_at(next) == Op::kLiteral) {
    const CodePoint literal = code_[next + 1];
    while (first + count >= end_ || text_[first + count] != literal) {
      if (count == least) return Step::kFail;
      --count;
    }
  }
  at_ = next;
  position_ = first + count;
  if (count == least) return Step::kNext;
  return push({.kind = Kind::kGreedy,
               .at = narrow(at),
               .loop = loop_,
               .position = first,
               .count = count - 1});
}

template <class Unit>
auto Backtracking<Unit>::repeat_one_lazily() noexcept -> Step {
  const std::size_t least = code_[at_ + kLeast];
  const std::size_t count = least == 0 ? 0 : count_taken(at_ + kRepeatBody, least);
  charge(count);
  if (count < least) return Step::kFail;
  position_ += count;
  return try_lazily(at_, count);
}

template <class Unit>
auto Backtracking<Unit>::try_lazily(std::size_t at, std::size_t count) noexcept -> Step {
  at_ = after(at);
  return push({.kind = Kind::kLazy,
               .at = narrow(at),
               .loop = loop_,
               .position = position_,
               .count = count});
}

template <class Unit>
auto Backtracking<Unit>::one_more_lazily(const Frame& frame) noexcept -> Step {
  if (!may_repeat(frame.at, frame.count)) return Step::kFail;
  const Code* const body = code_ + frame.at + kRepeatBody;
  if (position_ >= end_ || !accepts(body, text_[position_])) return Step::kFail;
  ++position_;
  return try_lazily(frame.at, frame.count + 1);
}

template <class Unit>
auto Backtracking<Unit>::repeat_one_possessively() noexcept -> Step {
  const std::size_t count = count_taken(at_ + kRepeatBody, code_[at_ + kMost]);
  charge(count);
  if (count < code_[at_ + kLeast]) return Step::kFail;
  position_ += count;
  return go_to(after(at_));
}

// --- Loops. ---

template <class Unit>
auto Backtracking<Unit>::begin_loop() noexcept -> Step {
  const Loop loop{.at = narrow(at_), .previous = loop_, .count = SIZE_MAX, .last = kUnset};
  if (loops_.size() >= kNoLoop || !loops_.push(loop)) return Step::kNoMemory;
  loop_ = narrow(loops_.size() - 1);
  return go_to(after(at_));
}

// Matches what is repeated once more.
template <class Unit>
auto Backtracking<Unit>::go_round(std::size_t count, std::size_t last) noexcept -> Step {
  Loop& loop = loops_[loop_];
  const Step pushed =
      push_undo({.kind = Kind::kLoop, .loop = loop_, .position = loop.last, .count = loop.count});
  if (pushed != Step::kNext) return pushed;
  loop.count = count;
  loop.last = last;
  return go_to(loop.at + kRepeatBody);
}

template <class Unit>
auto Backtracking<Unit>::end_of_loop() noexcept -> Step {
  const Loop loop = loops_[loop_];
  const std::size_t count = loop.count + 1;
  if (count < code_[loop.at + kLeast]) return go_round(count, loop.last);
  const std::size_t next = at_ + 1;
  if (may_repeat(loop.at, count) && position_ != loop.last) {
    const Step pushed =
        push({.kind = Kind::kLeaveLoop, .at = narrow(next), .loop = loop_, .position = position_});
    return pushed == Step::kNext ? go_round(count, position_) : pushed;
  }
  loop_ = loop.previous;
  return go_to(next);
}

template <class Unit>
auto Backtracking<Unit>::end_of_lazy_loop() noexcept -> Step {
  const Loop loop = loops_[loop_];
  const std::size_t count = loop.count + 1;
  if (count < code_[loop.at + kLeast]) return go_round(count, loop.last);
  const Step pushed = push({.kind = Kind::kLoopAgain,
                            .at = narrow(at_),
                            .loop = loop_,
                            .position = position_,
                            .count = count});
  loop_ = loop.previous;
  ++at_;
  return pushed;
}

template <class Unit>
auto Backtracking<Unit>::loop_again(const Frame& frame) noexcept -> Step {
  const Loop& loop = loops_[loop_];
  if (!may_repeat(loop.at, frame.count) || position_ == loop.last) return Step::kFail;
  return go_round(frame.count, position_);
}

// --- What is final. ---

template <class Unit>
auto Backtracking<Unit>::begin_final(Kind kind, std::size_t at, std::size_t count,
                                     std::size_t body) noexcept -> Step {
  const std::size_t barrier = frames_.size();
  const Step pushed = push({.kind = kind,
                            .at = narrow(at),
                            .loop = loop_,
                            .position = position_,
                            .count = count,
                            .barrier = barrier_});
  barrier_ = barrier;
  at_ = body;
  return pushed;
}

// kAssert skip back ...: looks at what begins `back` code points before.
template <class Unit>
auto Backtracking<Unit>::look_around(Kind kind) noexcept -> Step {
  const std::size_t back = code_[at_ + 2];
  if (position_ < back) return kind == Kind::kAssertNot ? go_to(after(at_)) : Step::kFail;
  const Step begun = begin_final(kind, at_, 0, at_ + 3);
  position_ -= back;
  return begun;
}

template <class Unit>
auto Backtracking<Unit>::repeat_possessively(std::size_t at, std::size_t count) noexcept -> Step {
  if (!may_repeat(at, count)) return go_to(after(at) + 1);
  return begin_final(Kind::kPossessive, at, count, at + kRepeatBody);
}

// Takes the barrier and the choices above it away, and leaves the undoes of marks.
template <class Unit>
void Backtracking<Unit>::remove_choices() noexcept {
  const std::size_t size = frames_.size();
  std::size_t kept = barrier_;
  restore_loops(frames_[barrier_]);
  const std::size_t outer = frames_[barrier_].barrier;
  charge(size - kept);
  for (std::size_t i = barrier_ + 1; i < size; ++i)
    if (frames_[i].kind == Kind::kMark) frames_[kept++] = frames_[i];
  frames_.cut(kept);
  barrier_ = outer;
}

template <class Unit>
void Backtracking<Unit>::undo_down_to_barrier() noexcept {
  while (frames_.size() > barrier_ + 1) {
    const Frame frame = frames_.pop();
    if (is_undo(frame)) undo(frame);
  }
  barrier_ = frames_.pop().barrier;
}

template <class Unit>
auto Backtracking<Unit>::end_of_final() noexcept -> Step {
  const Frame begun = frames_[barrier_];
  if (begun.kind == Kind::kAssertNot) {
    undo_down_to_barrier();
    return Step::kFail;
  }
  remove_choices();
  if (begun.kind == Kind::kPossessive) return end_of_turn(begun);
  if (begun.kind == Kind::kAssert) position_ = begun.position;
  return go_to(after(begun.at));
}

// An empty one is the last one.
template <class Unit>
auto Backtracking<Unit>::end_of_turn(const Frame& turn) noexcept -> Step {
  const std::size_t count = turn.count + 1;
  const bool is_last = position_ == turn.position && count >= code_[turn.at + kLeast];
  return is_last ? go_to(after(turn.at) + 1) : repeat_possessively(turn.at, count);
}

// --- Going back. ---

template <class Unit>
void Backtracking<Unit>::undo(const Frame& frame) noexcept {
  if (frame.kind == Kind::kMark) {
    marks_[frame.loop] = frame.position;
    matcher_.last_group_ = frame.count;
  } else if (frame.loop < loops_.size()) {
    loops_[frame.loop].last = frame.position;
    loops_[frame.loop].count = frame.count;
  }
}

template <class Unit>
void Backtracking<Unit>::restore_loops(const Frame& frame) noexcept {
  loop_ = frame.loop;
  loops_.cut(frame.loops);  // B1
}

template <class Unit>
auto Backtracking<Unit>::go_back() noexcept -> Step {
  while (!frames_.empty()) {
    charge(1);
    const Frame frame = frames_.pop();
    if (is_undo(frame)) {
      undo(frame);
      continue;
    }
    const Step step = go_on_at(frame);
    if (step != Step::kFail) return step;
  }
  return Step::kFail;
}

template <class Unit>
auto Backtracking<Unit>::go_on_at(const Frame& frame) noexcept -> Step {
  restore_loops(frame);
  position_ = frame.position;
  switch (frame.kind) {
    case Kind::kBranch:
      return try_alternatives(frame.at);
    case Kind::kGreedy:
      return try_fewer(frame.at, frame.position, frame.count);
    case Kind::kLazy:
      return one_more_lazily(frame);
    case Kind::kLeaveLoop:
      loop_ = loops_[frame.loop].previous;
      return go_to(frame.at);
    case Kind::kLoopAgain:
      return loop_again(frame);
    default:
      return fail_at(frame);
  }
}

// What stands behind the barrier has failed.
template <class Unit>
auto Backtracking<Unit>::fail_at(const Frame& frame) noexcept -> Step {
  barrier_ = frame.barrier;
  if (frame.kind == Kind::kAssertNot) return go_to(after(frame.at));
  const bool has_enough =
      frame.kind == Kind::kPossessive && frame.count >= code_[frame.at + kLeast];
  return has_enough ? go_to(after(frame.at) + 1) : Step::kFail;
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
