// python/modules/sre/matcher.h: looks for a pattern in a text.
//
//     Matcher matcher(pattern.program());
//     if (failed(matcher.prepare(text, start, end))) return kRaised;
//     const Truth found = matcher.search();
//     ... matcher.begin(), matcher.end(), matcher.mark(2) ...
//     matcher.go_on();                         // behind this match
//
// A matcher is one thread's state of one search. It remembers on a stack of its own what else might
// be tried, so neither a long text nor a deep pattern needs the thread's stack (backtracking.h).
// From time to time it comes to a safepoint: the caller counts the program and the text.
//
// Attached threads; one belongs to one. Runs code of others at safepoints alone.
// Tests: tests/python/language/regular_expressions.py
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "objects/model/status.h"
#include "objects/text/code_points.h"
#include "python/modules/sre/codes.h"
#include "python/modules/sre/stack.h"

namespace orochi::inline OROCHI_DESIGN::sre {

inline constexpr std::size_t kUnset = SIZE_MAX;
inline constexpr std::uint32_t kNoLoop = UINT32_MAX;

// What a pattern is for a matcher. The code was checked (code_checker.h).
struct Program {
  std::span<const Code> code;
  std::size_t groups = 0;
};

// What is left to be tried, or to be undone before anything else is; backtracking.h says what each
// kind means by its fields.
struct Frame {
  enum class Kind : std::uint32_t {
    kMark,       // undo
    kLoop,       // undo
    kBranch,     // the next alternative
    kGreedy,     // fewer of one thing
    kLazy,       // one more of one thing
    kLeaveLoop,  // what follows a repeat
    kLoopAgain,  // the repeat once more
    // The first one of something that is matched on its own, and then is final.
    kAssert,
    kAssertNot,
    kAtomic,
    kPossessive,
  };
  Kind kind;
  std::uint32_t at = 0;     // an operation
  std::uint32_t loop = 0;   // the one that went on then; of an undo: which mark, which loop
  std::uint32_t loops = 0;  // how many there were
  std::size_t position = 0;
  std::size_t count = 0;
  std::size_t barrier = 0;
};

// A repeat that has begun.
struct Loop {
  std::uint32_t at = 0;  // its operation
  std::uint32_t previous = kNoLoop;
  std::size_t count = 0;      // of what was matched before this one; SIZE_MAX before the first
  std::size_t last = kUnset;  // where one began that may have been empty
};

class Matcher {
 public:
  explicit Matcher(const Program& program) noexcept : program_(program) {}

  // Once, first. The text ends at `end` as far as the pattern can see, but begins where it begins.
  [[nodiscard]] Status prepare(text::View text, std::size_t start, std::size_t end) noexcept;

  enum class Extent : bool { kPart, kWhole };
  // At the start; kWhole: up to the end.
  [[nodiscard]] Truth match(Extent extent) noexcept;
  // At the start or the first place behind it.
  [[nodiscard]] Truth search() noexcept;
  // The next one begins where this one ended, and is not empty if it was.
  void go_on() noexcept { set_start(end_of_match_, begin_ == end_of_match_); }
  void set_start(std::size_t start, bool must_advance) noexcept {
    start_ = start;
    must_advance_ = must_advance;
  }

  // --- After a match. ---

  [[nodiscard]] std::size_t begin() const noexcept { return begin_; }
  [[nodiscard]] std::size_t end() const noexcept { return end_of_match_; }
  // Two for each group, where it begins and where it ends; kUnset.
  [[nodiscard]] std::size_t mark(std::size_t index) const noexcept { return marks_[index]; }
  // The group that was closed last; 0: none.
  [[nodiscard]] std::size_t last_group() const noexcept { return last_group_; }

  [[nodiscard]] std::size_t start() const noexcept { return start_; }
  [[nodiscard]] std::size_t end_of_text() const noexcept { return end_; }
  [[nodiscard]] std::size_t groups() const noexcept { return program_.groups; }

 private:
  template <class Unit>
  friend class Backtracking;
  template <class Unit>
  friend class Scan;

  const Program program_;
  text::View text_;
  std::size_t start_ = 0;
  std::size_t end_ = 0;
  bool must_advance_ = false;  // an empty match at the start is none
  bool must_be_whole_ = false;
  bool has_marks_ = false;
  std::size_t begin_ = 0;
  std::size_t end_of_match_ = 0;
  std::size_t last_group_ = 0;
  Stack<std::size_t> marks_;
  Stack<Frame> frames_;
  Stack<Loop> loops_;
};

}  // namespace orochi::inline OROCHI_DESIGN::sre
