// Operators, comparisons, items.

#include "objects/model/operations.h"
#include "objects/types/int.h"
#include "objects/types/slice.h"
#include "python/vm/handlers.h"

namespace orochi::inline OROCHI_DESIGN::handlers {

#define OROCHI_DEFINE(Name, op)                                            \
  Status Name(const Step& step) noexcept {                                 \
    return step.give(binary(BinaryOp::op, step.b(), step.c()));            \
  }                                                                        \
  Status Name##K(const Step& step) noexcept {                              \
    return step.give(binary(BinaryOp::op, step.b(), step.constant_c()));   \
  }                                                                        \
  Status Inplace##Name(const Step& step) noexcept {                        \
    return step.give(in_place(BinaryOp::op, step.b(), step.c()));          \
  }                                                                        \
  Status Inplace##Name##K(const Step& step) noexcept {                     \
    return step.give(in_place(BinaryOp::op, step.b(), step.constant_c())); \
  }
OROCHI_BINARY_HANDLERS(OROCHI_DEFINE)
#undef OROCHI_DEFINE

#define OROCHI_DEFINE(Name, op)                                            \
  Status Compare##Name(const Step& step) noexcept {                        \
    return step.give(compare(CompareOp::op, step.b(), step.c()));          \
  }                                                                        \
  Status Compare##Name##K(const Step& step) noexcept {                     \
    return step.give(compare(CompareOp::op, step.b(), step.constant_c())); \
  }
OROCHI_COMPARE_HANDLERS(OROCHI_DEFINE)
#undef OROCHI_DEFINE

Status Invert(const Step& step) noexcept { return step.give(unary(UnaryOp::kInvert, step.b())); }
Status Positive(const Step& step) noexcept {
  return step.give(unary(UnaryOp::kPositive, step.b()));
}
Status Negative(const Step& step) noexcept {
  return step.give(unary(UnaryOp::kNegative, step.b()));
}

namespace {

[[nodiscard]] Truth opposite(Truth value) noexcept {
  return failed(value) ? value : truth_of(value == Truth::kFalse);
}

}  // namespace

Status Not(const Step& step) noexcept { return step.give(opposite(truth(step.b()))); }
Status Is(const Step& step) noexcept { return step.give(truth_of(step.b() == step.c())); }
Status IsNot(const Step& step) noexcept { return step.give(truth_of(step.b() != step.c())); }

Status In(const Step& step) noexcept { return step.give(contains(step.c(), step.b())); }
Status InK(const Step& step) noexcept { return step.give(contains(step.constant_c(), step.b())); }
Status NotIn(const Step& step) noexcept {
  return step.give(opposite(contains(step.c(), step.b())));
}
Status NotInK(const Step& step) noexcept {
  return step.give(opposite(contains(step.constant_c(), step.b())));
}

Status Subscript(const Step& step) noexcept { return step.give(get_item(step.b(), step.c())); }
Status SubscriptK(const Step& step) noexcept {
  return step.give(get_item(step.b(), step.constant_c()));
}
Status StoreSubscript(const Step& step) noexcept {
  return step.end(set_item(step.a(), step.b(), Ref<>::of(step.c())));
}
Status StoreSubscriptK(const Step& step) noexcept {
  return step.end(set_item(step.a(), step.constant_b(), Ref<>::of(step.c())));
}
Status DeleteSubscript(const Step& step) noexcept {
  return step.end(set_item(step.a(), step.b(), Ref<>()));
}

Status BuildSlice(const Step& step) noexcept {
  Value* const window = step.window_b();
  Ref<> start = Step::take(window[0]);
  Ref<> stop = Step::take(window[1]);
  Ref<> stride = step.number_c() == 3 ? Step::take(window[2]) : Ref<>(Special::kNone);
  return step.give(Slice::make(std::move(start), std::move(stop), std::move(stride)));
}

Status Length(const Step& step) noexcept {
  std::size_t size = 0;
  if (failed(length(step.b(), size))) return kRaised;
  return step.give(make_size(size));
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
