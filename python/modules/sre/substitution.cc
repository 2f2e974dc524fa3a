// sub and subn: what has matched, replaced.
//
// A template without backslashes is put in as it is. Of others re._subx makes either that or a
// function, which is called with each match as the program's own would be.

#include "objects/text/search.h"
#include "objects/types/bytes_like.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "python/modules/calls.h"
#include "python/modules/late_name.h"
#include "python/modules/sre/search.h"
#include "python/modules/sre/types.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

constinit LateName g_join("join");

[[nodiscard]] bool is_callable(Value value) noexcept {
  return type_of(value).block().protocols().call != nullptr;
}

// Of a template: it says nothing but itself.
[[nodiscard]] bool is_literal(Value value) noexcept {
  constexpr std::uint8_t kBackslash[] = {'\\'};
  const text::View wanted = text::view_of(std::span<const std::uint8_t>(kBackslash));
  if (const Str* const str = as_str(value))
    return text::find(str->view(), wanted) == text::kNotFound;
  BytesLease lease;
  if (failed(lease.take(value))) {
    clear_error();
    return false;
  }
  return lease.read([&](ByteSpan bytes) noexcept {
    return text::find(text::view_of(bytes), wanted) == text::kNotFound;
  });
}

class Substitution {
 public:
  explicit Substitution(Pattern& pattern) noexcept : pattern_(pattern), search_(pattern) {}

  [[nodiscard]] Status begin(Value replacement, Value string) noexcept {
    if (failed(read_replacement(replacement)) || failed(search_.begin(string))) return kRaised;
    pieces_ = List::make();
    return pieces_ ? Status::kDone : Status{kRaised};
  }

  // Up to `most`; 0: all.
  [[nodiscard]] Status replace(std::int64_t most) noexcept {
    while (most == 0 || count_ < most) {
      const Truth found = search_.matcher().search();
      if (failed(found)) return kRaised;
      if (found == Truth::kFalse) break;
      if (failed(add_match())) return kRaised;
      ++count_;
      search_.matcher().go_on();
    }
    return add_text(search_.bounds().end);
  }

  [[nodiscard]] Ref<> finish() noexcept {
    const Ref<> nothing = search_.subject().part(0, 0);
    if (!nothing || pieces_->size() == 0) return nothing.share();
    Str* const join = g_join.get();
    const Ref<> method = join == nullptr ? Ref<>() : get_attribute(nothing.value(), *join);
    return method ? call_with(method.value(), {pieces_.value()}) : Ref<>();
  }

  [[nodiscard]] std::int64_t count() const noexcept { return count_; }

 private:
  [[nodiscard]] Status read_replacement(Value replacement) noexcept {
    if (is_callable(replacement) || is_literal(replacement)) {
      replacement_ = ref_of(replacement);
    } else {
      const Ref<> function = function_of_re("_subx");
      if (!function) return kRaised;
      replacement_ = call_with(function.value(), {Value(&pattern_), replacement});
      if (!replacement_) return kRaised;
    }
    calls_ = is_callable(replacement_.value());
    return Status::kDone;
  }

  // What stands before `end` and was not added yet.
  [[nodiscard]] Status add_text(std::size_t end) noexcept {
    if (done_ >= end) return Status::kDone;
    Ref<> text = search_.subject().part(done_, end);
    return text ? pieces_->append(std::move(text)) : Status{kRaised};
  }

  [[nodiscard]] Ref<> replacement() noexcept {
    if (!calls_) return replacement_.share();
    const Ref<> match = search_.match();
    return match ? call_with(replacement_.value(), {match.value()}) : Ref<>();
  }

  [[nodiscard]] Status add_match() noexcept {
    if (failed(add_text(search_.matcher().begin()))) return kRaised;
    done_ = search_.matcher().end();
    Ref<> item = replacement();
    if (!item) return kRaised;
    return item.value().is_none() ? Status::kDone : pieces_->append(std::move(item));
  }

  Pattern& pattern_;
  Search search_;
  Ref<> replacement_;
  bool calls_ = false;
  Ref<List> pieces_;
  std::size_t done_ = 0;
  std::int64_t count_ = 0;
};

// self, repl, string, count
[[nodiscard]] Ref<> substitute(const Value* arguments, std::int64_t& count) noexcept {
  std::int64_t most = 0;
  if (failed(read_index(arguments[3], most))) return kRaised;
  Substitution substitution(object_of<Pattern>(arguments[0]));
  if (failed(substitution.begin(arguments[1], arguments[2])) || failed(substitution.replace(most)))
    return kRaised;
  count = substitution.count();
  return substitution.finish();
}

}  // namespace

Ref<> pattern_sub(const Value* arguments) noexcept {
  std::int64_t count = 0;
  return substitute(arguments, count);
}

Ref<> pattern_subn(const Value* arguments) noexcept {
  std::int64_t count = 0;
  Ref<> text = substitute(arguments, count);
  return text ? Tuple::of(std::move(text), make_int(count)) : Ref<Tuple>();
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
