#include "objects/types/traceback_text.h"

#include "objects/model/error.h"
#include "objects/model/recursion.h"
#include "objects/types/dict.h"
#include "objects/types/exception_group.h"
#include "objects/types/int.h"
#include "objects/types/owned_values.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::string_view kOfCause =
    "The above exception was the direct cause of the following exception:\n";
constexpr std::string_view kOfContext =
    "During handling of the above exception, another exception occurred:\n";
constexpr std::size_t kMostMembers = 15;
constexpr std::size_t kMostLevels = 10;

// Shows one exception with all that belongs to it.
class Shower {
 public:
  Shower(StrBuilder& out, const SourceText& source) noexcept : out_(out), source_(source) {}

  void show(Exception& exception) noexcept {
    const RecursionGuard guard;
    if (!guard) return clear_error();
    Chain chain;
    follow(exception, chain);
    const bool closes = is_last_;
    for (std::size_t i = chain.size(); i-- > 0;) {
      is_last_ = closes;
      show_alone(static_cast<Exception&>(*chain.exceptions[i].object()));
      if (i != 0) add_between(chain.reasons[i - 1].is(Special::kTrue) ? kOfCause : kOfContext);
    }
  }

 private:
  // What is to be shown before an exception, from the latest: each with whether it is the cause of
  // the one before it here.
  struct Chain {
    OwnedValues exceptions;
    OwnedValues reasons;
    [[nodiscard]] std::size_t size() const noexcept { return exceptions.size(); }
  };

  void begin_line() noexcept { TracebackMargin{depth_}.add_to(out_); }

  // --- Causes and contexts. ---

  // False: it was shown already, or there is no memory to know.
  [[nodiscard]] bool is_new(const Exception& exception) noexcept {
    if (!seen_) seen_ = Dict::make();
    const Ref<> key = make_size(reinterpret_cast<std::uintptr_t>(&exception));
    const Truth known = seen_ && key ? seen_->contains(key.value()) : Truth::kFailed;
    const bool fails = failed(known) || failed(seen_->set(key.value(), Ref<>(Special::kNone)));
    if (fails) clear_error();
    return !fails && known == Truth::kFalse;
  }

  void follow(Exception& exception, Chain& chain) noexcept {
    static_cast<void>(is_new(exception));
    Ref<Exception> at = Ref<Exception>::of(exception);
    while (at) {
      Ref<Exception> next = at->cause();
      const bool is_cause = static_cast<bool>(next);
      if (!is_cause && !at->suppresses_context()) next = at->context();
      const bool goes_on = next && is_new(*next);
      Ref<> shown = std::move(at);
      Ref<> reason = is_cause ? Special::kTrue : Special::kFalse;
      if (!chain.reasons.add(reason) || !chain.exceptions.add(shown)) return;
      at = goes_on ? std::move(next) : Ref<Exception>();
    }
  }

  void add_between(std::string_view message) noexcept {
    for (const std::string_view line : {std::string_view("\n"), message, std::string_view("\n")}) {
      begin_line();
      out_.add(line);
    }
  }

  // --- One. ---

  void show_alone(Exception& exception) noexcept {
    if (as_exception_group(exception_value(exception)) != nullptr)
      show_group(exception);
    else
      show_single(exception, "Traceback (most recent call last):\n", "| ");
  }

  void show_single(Exception& exception, std::string_view heading, std::string_view mark) noexcept {
    if (const Ref<Traceback> traceback = exception.traceback()) {
      out_.add(text::CodePoint{' '}, 2 * depth_);
      if (depth_ != 0) out_.add(mark);
      out_.add(heading);
      add_traceback_text(out_, *traceback, source_, {depth_});
    }
    add_exception_text(out_, exception, {depth_});
  }

  // --- Groups. ---

  void show_group(Exception& group) noexcept {
    if (depth_ > kMostLevels) {
      begin_line();
      out_.add("... (max_group_depth is 10)\n");
      return;
    }
    const bool is_outermost = depth_ == 0;
    if (is_outermost) depth_ = 1;
    show_single(group, "Exception Group Traceback (most recent call last):\n",
                depth_ == 1 ? "+ " : "| ");
    show_members(*members_of(group));
    if (is_outermost) depth_ = 0;
  }

  // The line that closes the innermost group closes those around it that end there, too.
  void show_members(const Tuple& members) noexcept {
    const std::size_t shown = std::min(members.size(), kMostMembers + 1);
    for (std::size_t i = 0; i < shown; ++i) {
      is_last_ = i + 1 == shown;
      add_heading(i);
      ++depth_;
      if (i < kMostMembers)
        show(static_cast<Exception&>(*members[i].object()));
      else
        add_left_out(members.size() - kMostMembers);
      --depth_;
    }
    if (!is_last_) return;
    out_.add(text::CodePoint{' '}, 2 * (depth_ + 1));
    out_.add("+------------------------------------\n");
    is_last_ = false;
  }

  void add_heading(std::size_t index) noexcept {
    out_.add(text::CodePoint{' '}, 2 * depth_);
    out_.add(index == 0 ? "+-+---------------- " : "  +---------------- ");
    if (index < kMostMembers)
      out_.add_number(static_cast<std::int64_t>(index + 1));
    else
      out_.add("...");
    out_.add(" ----------------\n");
  }

  void add_left_out(std::size_t count) noexcept {
    begin_line();
    out_.add("and ");
    out_.add_number(static_cast<std::int64_t>(count));
    out_.add(count == 1 ? " more exception\n" : " more exceptions\n");
  }

  [[nodiscard]] static Value exception_value(Exception& exception) noexcept {
    return Value(&exception);
  }

  StrBuilder& out_;
  const SourceText& source_;
  std::size_t depth_ = 0;
  bool is_last_ = false;  // what is being shown is the last of a group
  Ref<Dict> seen_;        // by address; all of them are counted by what is being shown
};

}  // namespace

Ref<Str> show_exception(Exception& exception, const SourceText& source) noexcept {
  StrBuilder out;
  Shower(out, source).show(exception);
  return out.finish();
}

}  // namespace orochi::inline OROCHI_DESIGN
