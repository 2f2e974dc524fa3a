// _bisect: finding a place in a sequence that is sorted.

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "python/modules/calls.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Where an item goes that is equal to some that are there.
enum class Side : bool { kLeft, kRight };

struct Part {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

[[nodiscard]] Status read_high(Value value, std::int64_t& high) noexcept {
  if (value.is_none()) return Status::kDone;
  if (type_of(value).block().protocols().index == nullptr)
    return raise(ErrorKind::kType,
                 {"argument should be integer or None, not '", type_of(value).name(), "'"});
  return read_index(value, high);
}

[[nodiscard]] Status read_part(const Value* arguments, Part& part) noexcept {
  if (failed(read_index(arguments[2], part.low))) return kRaised;
  if (failed(read_high(arguments[3], part.high))) return kRaised;
  if (part.low < 0) return raise(ErrorKind::kValue, {"lo must be non-negative"});
  const bool is_open = arguments[3].is_none() || part.high == -1;
  if (!is_open) return Status::kDone;
  std::size_t size = 0;
  if (failed(length(arguments[0], size))) return kRaised;
  part.high = static_cast<std::int64_t>(size);
  return Status::kDone;
}

// What is compared of the item at that place.
[[nodiscard]] Ref<> item_at(Value sequence, std::int64_t place, Value key) noexcept {
  const Ref<> index = make_int(place);
  Ref<> item = index ? get_item(sequence, index.value()) : Ref<>();
  return !item || key.is_none() ? std::move(item) : call_with(key, {item.value()});
}

template <Side kSide>
[[nodiscard]] Status find_place(Value sequence, Value wanted, Value key, Part part,
                                std::int64_t& place) noexcept {
  while (part.low < part.high) {
    const std::int64_t middle = part.low + (part.high - part.low) / 2;
    const Ref<> item = item_at(sequence, middle, key);
    if (!item) return kRaised;
    const Truth is_less = kSide == Side::kRight
                              ? compare_truth(CompareOp::kLess, wanted, item.value())
                              : compare_truth(CompareOp::kLess, item.value(), wanted);
    if (failed(is_less)) return kRaised;
    const bool goes_left = (is_less == Truth::kTrue) == (kSide == Side::kRight);
    (goes_left ? part.high : part.low) = goes_left ? middle : middle + 1;
  }
  place = part.low;
  return Status::kDone;
}

template <Side kSide>
Ref<> bisect(const Value* arguments) noexcept {
  Part part;
  std::int64_t place = 0;
  if (failed(read_part(arguments, part)) ||
      failed(find_place<kSide>(arguments[0], arguments[1], arguments[4], part, place)))
    return kRaised;
  return make_int(place);
}

[[nodiscard]] Status insert(Value sequence, std::int64_t place, Value item) noexcept {
  if (List* const list = as_exact_list(sequence)) return list->insert(place, ref_of(item));
  const Ref<Str> name = intern("insert");
  const Ref<> index = make_int(place);
  if (!name || !index) return kRaised;
  const Value values[] = {index.value(), item};
  return call_method(sequence, *name, {values, 2}) ? Status::kDone : Status::kFailed;
}

template <Side kSide>
Ref<> insort(const Value* arguments) noexcept {
  const Value key = arguments[4];
  const Ref<> wanted = key.is_none() ? ref_of(arguments[1]) : call_with(key, {arguments[1]});
  Part part;
  std::int64_t place = 0;
  if (!wanted || failed(read_part(arguments, part)) ||
      failed(find_place<kSide>(arguments[0], wanted.value(), key, part, place)))
    return kRaised;
  return none_or_raised(insert(arguments[0], place, arguments[1]));
}

constexpr std::string_view kBisectRight =
    "Return the index where to insert item x in list a, assuming a is sorted.";
constexpr std::string_view kInsort =
    "Insert item x in list a, and keep it sorted assuming a is "
    "sorted.";

constexpr NativeSpec kFunctions[] = {
    {"bisect_right(a, x, lo=0, hi=None, *, key=None)", bisect<Side::kRight>, kBisectRight},
    {"bisect_left(a, x, lo=0, hi=None, *, key=None)", bisect<Side::kLeft>, kBisectRight},
    {"insort_right(a, x, lo=0, hi=None, *, key=None)", insort<Side::kRight>, kInsort},
    {"insort_left(a, x, lo=0, hi=None, *, key=None)", insort<Side::kLeft>, kInsort},
};

}  // namespace

extern constinit const NativeModule kBisectModule{"_bisect", "Bisection algorithms.", kFunctions};

}  // namespace orochi::inline OROCHI_DESIGN
