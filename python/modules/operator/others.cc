// What operator has of sequences, and what is no operator: call, length_hint, _compare_digest.

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/bytes_like.h"
#include "objects/types/each_item.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/set.h"
#include "objects/types/str.h"
#include "python/modules/calls.h"
#include "python/modules/operator/parts.h"

namespace orochi::inline OROCHI_DESIGN::operators {
namespace {

// --- Sequences. ---

[[nodiscard]] bool seems_a_sequence(Value value) noexcept {
  return type_of(value).block().protocols().get_item != nullptr && as_dict(value) == nullptr;
}

template <Ref<> (*kAdd)(BinaryOp, Value, Value) noexcept>
Ref<> concat(const Value* arguments) noexcept {
  const bool can = seems_a_sequence(arguments[0]) &&
                   (seems_a_sequence(arguments[1]) || !type_of(arguments[0]).is_class());
  if (can) return kAdd(BinaryOp::kAdd, arguments[0], arguments[1]);
  return raise(ErrorKind::kType,
               {"'", type_of(arguments[0]).name(), "' object can't be concatenated"});
}

Ref<> get_item_of(const Value* arguments) noexcept { return get_item(arguments[0], arguments[1]); }
Ref<> set_item_of(const Value* arguments) noexcept {
  return none_or_raised(set_item(arguments[0], arguments[1], ref_of(arguments[2])));
}
Ref<> delete_item_of(const Value* arguments) noexcept {
  return none_or_raised(set_item(arguments[0], arguments[1], Ref<>()));
}

// Searching says in its own words that there is nothing to be searched.
[[nodiscard]] bool can_be_searched(Value container) noexcept {
  if (const Ref<> iterator = iterate(container)) return true;
  if (is_pending(exception_type(ErrorKind::kType)))
    raise(ErrorKind::kType, {"argument of type '", type_of(container).name(), "' is not iterable"});
  return false;
}

Ref<> count_of(const Value* arguments) noexcept {
  if (!can_be_searched(arguments[0])) return kRaised;
  std::int64_t count = 0;
  const Status done = for_each_item(arguments[0], [&](Value item) noexcept {
    const Truth equal = same_or_equal(item, arguments[1]);
    count += equal == Truth::kTrue ? 1 : 0;
    return failed(equal) ? Status::kFailed : Status::kDone;
  });
  return failed(done) ? Ref<>() : make_int(count);
}

Ref<> index_of(const Value* arguments) noexcept {
  if (!can_be_searched(arguments[0])) return kRaised;
  std::int64_t place = -1;
  const Truth all_differ = for_all_items(arguments[0], [&](Value item) noexcept {
    ++place;
    const Truth equal = same_or_equal(item, arguments[1]);
    return failed(equal) ? equal : truth_of(equal == Truth::kFalse);
  });
  if (failed(all_differ)) return kRaised;
  if (all_differ == Truth::kFalse) return make_int(place);
  return raise(ErrorKind::kValue, {"sequence.index(x): x not in sequence"});
}

// --- The rest. ---

Ref<> call_it(const Value* arguments) noexcept {
  return call_with_all(arguments[0], object_of<Tuple>(arguments[1]), arguments[2]);
}

// What the object guesses; empty: it does not, or it raised.
[[nodiscard]] Ref<> guessed_length(Value value, bool& knows) noexcept {
  const Ref<Str> name = intern("__length_hint__");
  if (!name) return kRaised;
  Ref<> guess = call_special({&value, 1}, *name, knows);
  if (!guess && knows && is_pending(exception_type(ErrorKind::kType))) {
    clear_error();
    knows = false;
  }
  if (guess && guess.value().is(Special::kNotImplemented)) knows = false;
  return guess;
}

// Done and nothing in `result`: the type has no length.
[[nodiscard]] Status known_length(Value value, Ref<>& result) noexcept {
  if (type_of(value).block().protocols().length == nullptr) return Status::kDone;
  std::size_t size = 0;
  if (!failed(length(value, size))) {
    result = make_size(size);
    return result ? Status::kDone : Status::kFailed;
  }
  if (!is_pending(exception_type(ErrorKind::kType))) return kRaised;
  clear_error();
  return Status::kDone;
}

Ref<> length_hint(const Value* arguments) noexcept {
  std::int64_t standard = 0;
  if (failed(read_index(arguments[1], standard))) return kRaised;
  Ref<> size;
  if (failed(known_length(arguments[0], size))) return kRaised;
  if (size) return size;
  bool knows = true;
  Ref<> guess = guessed_length(arguments[0], knows);
  if (!knows) return make_int(standard);
  if (!guess) return kRaised;
  if (!is_int(guess.value()))
    return raise(ErrorKind::kType,
                 {"__length_hint__ must be an integer, not ", type_of(guess.value()).name()});
  std::int64_t number = 0;
  if (failed(read_index(guess.value(), number))) return kRaised;
  if (number < 0) return raise(ErrorKind::kValue, {"__length_hint__() should return >= 0"});
  return make_int(number);
}

// --- _compare_digest ---

// How long this takes depends on the second text alone.
[[nodiscard]] bool equal_without_hints(ByteSpan a, ByteSpan b) noexcept {
  const bool is_as_long = a.size() == b.size();
  const ByteSpan left = is_as_long ? a : b;
  unsigned difference = is_as_long ? 0U : 1U;
  for (std::size_t i = 0; i < b.size(); ++i) {
    const volatile std::uint8_t bits = left[i] ^ b[i];
    difference |= bits;
  }
  return difference == 0;
}

Ref<> compare_digest(const Value* arguments) noexcept {
  const Str* const a = as_str(arguments[0]);
  const Str* const b = as_str(arguments[1]);
  if (a != nullptr && b != nullptr) {
    if (a->is_ascii() && b->is_ascii())
      return truth_value(equal_without_hints(a->bytes(), b->bytes()));
    return raise(ErrorKind::kType,
                 {"comparing strings with non-ASCII characters is not supported"});
  }
  if (!is_bytes_like(arguments[0]) && !is_bytes_like(arguments[1]))
    return raise(ErrorKind::kType,
                 {"unsupported operand types(s) or combination of types: '",
                  type_of(arguments[0]).name(), "' and '", type_of(arguments[1]).name(), "'"});
  BytesLike left;
  BytesLike right;
  if (failed(left.take(arguments[0])) || failed(right.take(arguments[1]))) return kRaised;
  return truth_value(equal_without_hints(left.span(), right.span()));
}

constexpr NativeSpec kFunctions[] = {
    {"concat(a, b, /)", concat<binary>, "Same as a + b, for a and b sequences."},
    {"iconcat(a, b, /)", concat<in_place>, "Same as a += b, for a and b sequences."},
    {"getitem(a, b, /)", get_item_of, "Same as a[b]."},
    {"setitem(a, b, c, /)", set_item_of, "Same as a[b] = c."},
    {"delitem(a, b, /)", delete_item_of, "Same as del a[b]."},
    {"countOf(a, b, /)", count_of, "Return the number of items in a which are, or which equal, b."},
    {"indexOf(a, b, /)", index_of, "Return the first index of b in a."},
    {"call(obj, /, *args, **kwargs)", call_it, "Same as obj(*args, **kwargs)."},
    {"length_hint(obj, default=0, /)", length_hint,
     "Return an estimate of the number of items in obj."},
    {"_compare_digest(a, b, /)", compare_digest, "Return 'a == b'."},
};

}  // namespace

std::span<const NativeSpec> other_functions() noexcept { return kFunctions; }

}  // namespace orochi::inline OROCHI_DESIGN::operators
