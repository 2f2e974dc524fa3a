// The scanner: a search that goes on where it was, and what finditer goes through.
//
// S1  A step reads where the scanner is, looks for the match without the lock, and moves the
//     scanner if it is where it was; else somebody was quicker and the step begins anew. So threads
//     that     share a scanner share its matches: each is given to one of them.

#include "objects/model/locked.h"
#include "objects/model/new_object.h"
#include "objects/types/callable_iterator.h"
#include "objects/types/memoryview.h"
#include "python/modules/late_name.h"
#include "python/modules/sre/search.h"
#include "python/modules/sre/types.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

constinit Type* g_scanner = nullptr;  // written by make_scanner_type
constinit LateName g_search("search");

class Scanner : public Object {
 public:
  struct Parts {
    Ref<Pattern> pattern;
    Ref<> string;
    Ref<> text;   // the string; or the bytes that it had, which others may change
    Ref<> lease;  // then: a view that keeps them from being resized
  };
  struct State {
    std::size_t start = 0;
    bool must_advance = false;
    bool is_over = false;

    friend bool operator==(const State&, const State&) = default;
  };
  enum class How : bool { kMatch, kSearch };

  Scanner(ShapeIndex shape, Parts&& parts, const Bounds& bounds) noexcept
      : Object(shape),
        pattern_(std::move(parts.pattern)),
        string_(std::move(parts.string)),
        text_(std::move(parts.text)),
        lease_(std::move(parts.lease)),
        bounds_(bounds) {
    state_.start = bounds.start;
  }

  [[nodiscard]] Pattern& pattern() const noexcept {
    return static_cast<Pattern&>(*pattern_.get().object());
  }
  // A match, or None.
  [[nodiscard]] Ref<> step(How how) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(pattern_));
    visit(Children::of(string_));
    visit(Children::of(text_));
    visit(Children::of(lease_));
  }

 private:
  [[nodiscard]] State state() noexcept {
    const Locked lock(*this);
    return state_;
  }
  // False: somebody was quicker.
  [[nodiscard]] bool move(const State& from, const State& to) noexcept {
    const Locked lock(*this);
    if (state_ != from) return false;
    state_ = to;
    return true;
  }
  [[nodiscard]] Truth find(Search& search, const State& state, How how) noexcept;

  const ConstField pattern_;
  const ConstField string_;
  const ConstField text_;
  const ConstField lease_;
  const Bounds bounds_;
  State state_;  // with the lock
};

Truth Scanner::find(Search& search, const State& state, How how) noexcept {
  const auto start = static_cast<std::int64_t>(bounds_.start);
  const auto end = static_cast<std::int64_t>(bounds_.end);
  if (failed(search.begin(text_.get(), start, end))) return kRaised;
  search.show(string_.get());
  Matcher& matcher = search.matcher();
  matcher.set_start(state.start, state.must_advance);
  return how == How::kSearch ? matcher.search() : matcher.match(Matcher::Extent::kPart);
}

Ref<> Scanner::step(How how) noexcept {
  for (;;) {
    const State before = state();
    if (before.is_over) return Special::kNone;
    Search search(pattern());
    const Truth found = find(search, before, how);
    if (failed(found)) return kRaised;
    const Matcher& matcher = search.matcher();
    const bool is_over = found == Truth::kFalse;
    State after{.is_over = is_over};
    if (!is_over)
      after = {.start = matcher.end(), .must_advance = matcher.begin() == matcher.end()};
    if (move(before, after)) return search.answer(found);
  }
}

// Bytes that others may change are as they are now, and keep their number as long as this lives.
[[nodiscard]] Status lease(Value string, Scanner::Parts& parts) noexcept {
  parts.text = ref_of(string);
  if (as_str(string) != nullptr || as_bytes(string) != nullptr) return Status::kDone;
  parts.lease = Memoryview::make(string);
  parts.text = copy_of_bytes(string);
  return parts.lease && parts.text ? Status::kDone : Status{kRaised};
}

Ref<> scanner_match(const Value* arguments) noexcept {
  return object_of<Scanner>(arguments[0]).step(Scanner::How::kMatch);
}

Ref<> scanner_search(const Value* arguments) noexcept {
  return object_of<Scanner>(arguments[0]).step(Scanner::How::kSearch);
}

Ref<> get_pattern(Value self) noexcept {
  return ref_of(Value(&object_of<Scanner>(self).pattern()));
}

constexpr NativeSpec kMethods[] = {{"match(self, /)", scanner_match},
                                   {"search(self, /)", scanner_search}};
constexpr AttributeSpec kAttributes[] = {
    {.name = "pattern", .get = get_pattern, .set = refuse_write}};

}  // namespace

Ref<> pattern_scanner(const Value* arguments) noexcept {
  Pattern& pattern = object_of<Pattern>(arguments[0]);
  Search search(pattern);
  if (failed(search.begin(arguments[1], arguments[2], arguments[3]))) return kRaised;
  Scanner::Parts parts{.pattern = Ref<Pattern>::of(pattern),
                       .string = ref_of(arguments[1]),
                       .text = Ref<>(),
                       .lease = Ref<>()};
  if (failed(lease(arguments[1], parts))) return kRaised;
  return new_object<Scanner>(scanner_type(), std::move(parts), search.bounds());
}

Ref<> pattern_finditer(const Value* arguments) noexcept {
  const Ref<> scanner = pattern_scanner(arguments);
  Str* const name = g_search.get();
  if (!scanner || name == nullptr) return kRaised;
  const Ref<> search = get_attribute(scanner.value(), *name);
  return search ? CallableIterator::make(search.value(), Value(Special::kNone)) : Ref<>();
}

Type& scanner_type() noexcept { return *g_scanner; }

Status make_scanner_type() noexcept {
  g_scanner = make_native_type({.name = "_sre.SRE_Scanner",
                                .layout = &layout_of<Scanner>,
                                .methods = kMethods,
                                .attributes = kAttributes,
                                .is_final = true});
  return g_scanner == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
