// Sums and products of many numbers: fsum, prod, hypot, dist.

#include <algorithm>
#include <array>
#include <cmath>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/each_item.h"
#include "objects/types/float.h"
#include "objects/types/tuple.h"
#include "python/modules/math/parts.h"
#include "python/modules/numbers.h"

namespace orochi::inline OROCHI_DESIGN::math {
namespace {

// --- fsum ---

// A sum without any loss, after Shewchuk: floats of which none overlaps the next one, the smallest
// first. Each is at least 53 binary places below the next, so there are never many.
class ExactSum {
 public:
  [[nodiscard]] Status add(double x) noexcept {
    const double given = x;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      double part = parts_[i];
      if (std::fabs(x) < std::fabs(part)) std::swap(x, part);
      const double high = x + part;
      const double low = part - (high - x);
      if (low != 0) parts_[kept++] = low;
      x = high;
    }
    size_ = kept;
    if (!std::isfinite(x)) return add_special(given);
    if (x != 0) parts_[size_++] = x;
    return Status::kDone;
  }

  [[nodiscard]] Ref<> total() noexcept {
    if (has_special_) {
      if (std::isnan(infinities_)) return raise(ErrorKind::kValue, {"-inf + inf in fsum"});
      return make_float(special_);
    }
    return make_float(rounded());
  }

 private:
  static constexpr std::size_t kMostParts = 48;

  [[nodiscard]] Status add_special(double given) noexcept {
    if (std::isfinite(given)) return raise(ErrorKind::kOverflow, {"intermediate overflow in fsum"});
    has_special_ = true;
    if (std::isinf(given)) infinities_ += given;
    special_ += given;
    size_ = 0;
    return Status::kDone;
  }

  // The highest parts decide; what comes below them only where they stand halfway between two
  // floats.
  [[nodiscard]] double rounded() const noexcept {
    std::size_t left = size_;
    if (left == 0) return 0;
    double high = parts_[--left];
    double low = 0;
    while (left > 0 && low == 0) {
      const double before = high;
      const double part = parts_[--left];
      high = before + part;
      low = part - (high - before);
    }
    const bool same_side =
        left > 0 && ((low < 0 && parts_[left - 1] < 0) || (low > 0 && parts_[left - 1] > 0));
    if (!same_side) return high;
    const double twice = low * 2;
    const double next = high + twice;
    return twice == next - high ? next : high;
  }

  std::array<double, kMostParts> parts_;
  std::size_t size_ = 0;
  bool has_special_ = false;
  double special_ = 0;
  double infinities_ = 0;
};

Ref<> fsum(const Value* arguments) noexcept {
  ExactSum sum;
  const Status done = for_each_item(arguments[0], [&](Value item) noexcept {
    double x = 0;
    return failed(read_double(item, x)) ? Status::kFailed : sum.add(x);
  });
  return failed(done) ? Ref<>() : sum.total();
}

// --- prod ---

Ref<> prod(const Value* arguments) noexcept {
  Ref<> product = Ref<>::of(arguments[1]);
  const Status done = for_each_item(arguments[0], [&](Value item) noexcept {
    product = binary(BinaryOp::kMultiply, product.value(), item);
    return product ? Status::kDone : Status::kFailed;
  });
  return failed(done) ? Ref<>() : std::move(product);
}

// --- hypot, dist ---

// Numbers that are not negative, and the largest of them.
class Lengths {
 public:
  Lengths() noexcept = default;
  ~Lengths() { free_buffer(buffer_); }
  Lengths(const Lengths&) = delete;
  Lengths& operator=(const Lengths&) = delete;

  [[nodiscard]] Status reserve(std::size_t size) noexcept {
    if (size <= few_.size()) return Status::kDone;
    buffer_ = static_cast<double*>(allocate_buffer(size * sizeof(double)));
    return buffer_ == nullptr ? Status{raise_memory_error()} : Status::kDone;
  }
  void add(double x) noexcept {
    x = std::fabs(x);
    numbers()[size_++] = x;
    has_nan_ = has_nan_ || std::isnan(x);
    largest_ = std::max(largest_, x);
  }

  // The root of the sum of their squares, computed with twice the digits and rounded once.
  [[nodiscard]] double norm() noexcept {
    if (std::isinf(largest_)) return largest_;
    if (has_nan_) return NAN;
    if (largest_ == 0) return 0;
    int exponent = 0;
    std::frexp(largest_, &exponent);
    double high = 0;
    double low = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const double x = std::ldexp(numbers()[i], -exponent);
      add_square(x, high, low);
    }
    return std::ldexp(root(high, low), exponent);
  }

 private:
  [[nodiscard]] double* numbers() noexcept { return buffer_ == nullptr ? few_.data() : buffer_; }

  static void add_square(double x, double& high, double& low) noexcept {
    const double square = x * x;
    const double lost = std::fma(x, x, -square);
    const double sum = high + square;
    const double part = sum - high;
    low += (high - (sum - part)) + (square - part) + lost;
    high = sum;
  }
  [[nodiscard]] static double root(double high, double low) noexcept {
    const double first = std::sqrt(high + low);
    const double rest = (high - first * first - std::fma(first, first, -first * first)) + low;
    return first + rest / (2 * first);
  }

  std::array<double, 8> few_;
  double* buffer_ = nullptr;
  std::size_t size_ = 0;
  double largest_ = 0;
  bool has_nan_ = false;
};

Ref<> hypot(const Value* arguments) noexcept {
  const auto& given = static_cast<const Tuple&>(*arguments[0].object());
  Lengths lengths;
  if (failed(lengths.reserve(given.size()))) return kRaised;
  for (std::size_t i = 0; i < given.size(); ++i) {
    double x = 0;
    if (failed(read_double(given[i], x))) return kRaised;
    lengths.add(x);
  }
  return make_float(lengths.norm());
}

Ref<> dist(const Value* arguments) noexcept {
  const Ref<Tuple> p = Tuple::from(arguments[0]);
  const Ref<Tuple> q = p ? Tuple::from(arguments[1]) : Ref<Tuple>();
  if (!q) return kRaised;
  if (p->size() != q->size())
    return raise(ErrorKind::kValue, {"both points must have the same number of dimensions"});
  Lengths lengths;
  if (failed(lengths.reserve(p->size()))) return kRaised;
  for (std::size_t i = 0; i < p->size(); ++i) {
    double x = 0;
    double y = 0;
    if (failed(read_double((*p)[i], x)) || failed(read_double((*q)[i], y))) return kRaised;
    lengths.add(x - y);
  }
  return make_float(lengths.norm());
}

constexpr NativeSpec kFunctions[] = {
    {"dist(p, q, /)", dist, "Return the Euclidean distance between two points p and q."},
    {"fsum(seq, /)", fsum, "Return an accurate floating point sum of values in the iterable seq."},
    {"hypot(*coordinates)", hypot,
     "Multidimensional Euclidean distance from the origin to a point."},
    {"prod(iterable, /, *, start=1)", prod,
     "Calculate the product of all the elements in the input iterable."},
};

}  // namespace

std::span<const NativeSpec> sums() noexcept { return kFunctions; }

}  // namespace orochi::inline OROCHI_DESIGN::math
