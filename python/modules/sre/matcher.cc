#include "python/modules/sre/matcher.h"

#include <cstring>

#include "python/modules/sre/backtracking_choices.h"

namespace orochi::inline OROCHI_DESIGN::sre {

// What the compiler found out about how matches begin: kInfo, if the code begins with that.
struct Opening {
  std::size_t body = 0;            // the operation behind it
  std::size_t shortest = 0;        // code points of a match
  std::span<const Code> prefix{};  // how it begins
  const Code* set = nullptr;       // what it begins with one of; null: not known
  bool is_literal = false;         // it is its prefix
  bool is_anchored = false;        // it begins where the text does

  explicit Opening(std::span<const Code> code) noexcept {
    if (static_cast<Op>(code[0]) == Op::kInfo) read(code);
    const auto place = static_cast<Place>(code[body + 1 < code.size() ? body + 1 : body]);
    is_anchored = static_cast<Op>(code[body]) == Op::kAt &&
                  (place == Place::kBeginning || place == Place::kBeginningOfText);
  }

 private:
  void read(std::span<const Code> code) noexcept {
    const Code flags = code[2];
    body = 1 + std::size_t{code[1]};
    shortest = code[3];
    is_literal = (flags & kInfoLiteral) != 0;
    if ((flags & kInfoPrefix) != 0)
      prefix = code.subspan(7, code[5]);
    else if ((flags & kInfoCharset) != 0)
      set = &code[5];
  }
};

template <class Unit>
class Scan {
 public:
  explicit Scan(Matcher& matcher) noexcept
      : matcher_(matcher),
        opening_(matcher.program_.code),
        text_(matcher.text_.units<Unit>().data()) {}

  [[nodiscard]] Truth match() noexcept {
    return Backtracking<Unit>(matcher_).run(opening_.body, matcher_.start_);
  }

  [[nodiscard]] Truth search() noexcept {
    const std::size_t start = matcher_.start_;
    const std::size_t end = matcher_.end_;
    if (start > end || end - start < opening_.shortest) return Truth::kFalse;
    const std::size_t last = end - opening_.shortest;
    Backtracking<Unit> backtracking(matcher_);
    for (std::size_t place = start; find_candidate(place, last); ++place) {
      if (place != start) matcher_.must_advance_ = false;
      const Truth found = try_at(place, backtracking);
      if (found != Truth::kFalse) return found;
      if (opening_.is_anchored) break;
    }
    return Truth::kFalse;
  }

 private:
  [[nodiscard]] Truth try_at(std::size_t place, Backtracking<Unit>& backtracking) noexcept {
    matcher_.begin_ = place;
    if (opening_.is_literal) {
      matcher_.end_of_match_ = place + opening_.prefix.size();
      return Truth::kTrue;
    }
    forget_marks();
    return backtracking.run(opening_.body, place);
  }

  void forget_marks() noexcept {
    if (!matcher_.has_marks_) return;
    for (std::size_t i = 0; i < matcher_.marks_.size(); ++i) matcher_.marks_[i] = kUnset;
    matcher_.last_group_ = 0;
    matcher_.has_marks_ = false;
  }

  // Moves `place` to the next one, up to `last`, at which a match may begin.
  [[nodiscard]] bool find_candidate(std::size_t& place, std::size_t last) const noexcept {
    if (place > last) return false;
    if (!opening_.prefix.empty()) return find_prefix(place, last);
    if (opening_.set == nullptr) return true;
    while (place <= last && !has(opening_.set, text_[place])) ++place;
    return place <= last;
  }

  [[nodiscard]] bool find_prefix(std::size_t& place, std::size_t last) const noexcept {
    for (;; ++place) {
      place = find_unit(opening_.prefix[0], place, last + 1);
      if (place > last) return false;
      if (std::equal(opening_.prefix.begin(), opening_.prefix.end(), text_ + place)) return true;
    }
  }

  [[nodiscard]] std::size_t find_unit(Code wanted, std::size_t begin,
                                      std::size_t end) const noexcept {
    if (wanted != static_cast<Unit>(wanted)) return end;  // wider than any here
    if constexpr (sizeof(Unit) == 1) {
      if (begin >= end) return end;
      const void* const found = std::memchr(text_ + begin, static_cast<int>(wanted), end - begin);
      return found == nullptr ? end
                              : static_cast<std::size_t>(static_cast<const Unit*>(found) - text_);
    } else {
      return static_cast<std::size_t>(std::find(text_ + begin, text_ + end, wanted) - text_);
    }
  }

  Matcher& matcher_;
  const Opening opening_;
  const Unit* const text_;
};

Status Matcher::prepare(text::View text, std::size_t start, std::size_t end) noexcept {
  text_ = text;
  start_ = start;
  end_ = end;
  for (std::size_t i = 0; i < 2 * program_.groups; ++i)
    if (!marks_.push(kUnset)) return raise_memory_error();
  return Status::kDone;
}

Truth Matcher::match(Extent extent) noexcept {
  begin_ = start_;
  must_be_whole_ = extent == Extent::kWhole;
  return text::with_units(text_, [this]<class Unit>(std::span<const Unit>) noexcept {
    return Scan<Unit>(*this).match();
  });
}

Truth Matcher::search() noexcept {
  return text::with_units(text_, [this]<class Unit>(std::span<const Unit>) noexcept {
    return Scan<Unit>(*this).search();
  });
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
