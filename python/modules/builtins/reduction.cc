// max min sum.

#include <utility>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/each_item.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/functions.h"

namespace orochi::inline OROCHI_DESIGN::builtins {
namespace {

// --- The least and the greatest. ---

// Which item is the best so far, by what its key says.
class Contest {
 public:
  // `better`: what the key of an item has to be, compared with the best so far, to take its place.
  Contest(CompareOp better, Value key) noexcept : better_(better), key_(key) {}

  [[nodiscard]] Status take(Value item) noexcept {
    Ref<> rank = key_.is_none() ? Ref<>::of(item) : call(key_, {&item, 1, nullptr});
    if (!rank) return kRaised;
    const Truth wins =
        best_ ? compare_truth(better_, rank.value(), best_rank_.value()) : Truth::kTrue;
    if (failed(wins)) return kRaised;
    if (wins == Truth::kFalse) return Status::kDone;
    best_ = Ref<>::of(item);
    best_rank_ = std::move(rank);
    return Status::kDone;
  }
  [[nodiscard]] Ref<>& best() noexcept { return best_; }

 private:
  const CompareOp better_;
  const Value key_;
  Ref<> best_;
  Ref<> best_rank_;
};

// (*args, key, default): of one argument the items, of several these.
[[nodiscard]] Ref<> extreme(const Value* arguments, CompareOp better,
                            std::string_view name) noexcept {
  const Tuple* const values = as_tuple(arguments[0]);
  const Value otherwise = arguments[2];
  if (values == nullptr || values->size() == 0)
    return raise(ErrorKind::kType, {name, " expected at least 1 argument, got 0"});
  if (values->size() > 1 && !otherwise.is_empty())
    return raise(ErrorKind::kType,
                 {"Cannot specify a default for ", name, "() with multiple positional arguments"});
  Contest contest(better, arguments[1]);
  const Value items = values->size() == 1 ? (*values)[0] : arguments[0];
  if (failed(for_each_item(items, [&](Value item) noexcept { return contest.take(item); })))
    return kRaised;
  if (contest.best()) return std::move(contest.best());
  if (!otherwise.is_empty()) return Ref<>::of(otherwise);
  return raise(ErrorKind::kValue, {name, "() arg is an empty sequence"});
}

// --- sum. ---

// What has a better way of being put together. Empty: anything else.
[[nodiscard]] std::string_view what_joins(Value start) noexcept {
  const Type& type = type_of(start);
  if (type.is_subtype_of(str_type())) return "strings [use ''.join(seq) instead]";
  if (type.is_subtype_of(bytes_type())) return "bytes [use b''.join(seq) instead]";
  if (type.is_subtype_of(bytearray_type())) return "bytearray [use b''.join(seq) instead]";
  return {};
}

}  // namespace

Ref<> max(const Value* arguments) noexcept {
  return extreme(arguments, CompareOp::kGreater, "max");
}
Ref<> min(const Value* arguments) noexcept { return extreme(arguments, CompareOp::kLess, "min"); }

Ref<> sum(const Value* arguments) noexcept {
  const std::string_view joins = what_joins(arguments[1]);
  if (!joins.empty()) return raise(ErrorKind::kType, {"sum() can't sum ", joins});
  Ref<> total = Ref<>::of(arguments[1]);
  const Status done = for_each_item(arguments[0], [&](Value item) noexcept {
    Ref<> next = binary(BinaryOp::kAdd, total.value(), item);
    total = std::move(next);
    return total ? Status::kDone : Status::kFailed;
  });
  return failed(done) ? Ref<>() : std::move(total);
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
