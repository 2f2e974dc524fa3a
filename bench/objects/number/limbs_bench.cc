// What arithmetic on large integers costs, from one limb to a million bits. Besides what GMP takes,
// that is finding rooms, opening its Arena and fixing signs.
//
//   bench_objects --benchmark_filter=BigMul --benchmark_repetitions=9
//
// Its peer is CPython: python3 -m timeit -s 'a = (1 << 64*1000) // 3' 'a * a'
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "objects/number/division.h"
#include "objects/number/int_text.h"
#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

using Limbs = std::vector<Limb>;

Limbs random_limbs(std::size_t size, unsigned seed) {
  std::mt19937_64 random{seed};
  Limbs limbs(size);
  for (Limb& limb : limbs) limb = random() | 1;
  return limbs;
}

View view(const Limbs& limbs) { return {limbs.data(), limbs.size(), false}; }

std::size_t size_of(const benchmark::State& state) {
  return static_cast<std::size_t>(state.range(0));
}

void BigAdd(benchmark::State& state) {
  const Limbs a = random_limbs(size_of(state), 1);
  const Limbs b = random_limbs(size_of(state), 2);
  Limbs out(add_room(view(a), view(b)));
  for (auto _ : state) benchmark::DoNotOptimize(add(out.data(), view(a), view(b)));
}
BENCHMARK(BigAdd)->Arg(1)->Arg(4)->Arg(1'000);

void BigMul(benchmark::State& state) {
  const Limbs a = random_limbs(size_of(state), 1);
  const Limbs b = random_limbs(size_of(state), 2);
  Limbs out(multiply_room(view(a), view(b)));
  Limbs scratch(multiply_scratch(view(a), view(b)));
  for (auto _ : state) benchmark::DoNotOptimize(multiply(out.data(), view(a), view(b), scratch));
}
BENCHMARK(BigMul)->Arg(1)->Arg(4)->Arg(32)->Arg(1'000)->Arg(15'625);

void BigDivMod(benchmark::State& state) {
  const Limbs a = random_limbs(2 * size_of(state), 1);
  const Limbs b = random_limbs(size_of(state), 2);
  Limbs quotient(quotient_room(view(a), view(b)));
  Limbs remainder(remainder_room(view(a), view(b)));
  Limbs scratch(divide_scratch(view(a), view(b)));
  for (auto _ : state)
    benchmark::DoNotOptimize(
        floor_divide(quotient.data(), remainder.data(), view(a), view(b), scratch));
}
BENCHMARK(BigDivMod)->Arg(1)->Arg(32)->Arg(1'000);

void IntToText(benchmark::State& state) {
  const Limbs a = random_limbs(size_of(state), 1);
  std::string text(print_int_room(view(a), 10), '?');
  Limbs scratch(print_int_scratch(view(a), 10));
  for (auto _ : state) benchmark::DoNotOptimize(print_int(text.data(), view(a), 10, scratch));
}
BENCHMARK(IntToText)->Arg(1)->Arg(4)->Arg(1'000)->Arg(15'625);

void TextToInt(benchmark::State& state) {
  const std::string text(size_of(state), '7');
  const IntText found = scan_int_text(text, 10).value();
  Limbs out(parse_int_room(found));
  Limbs scratch(parse_int_scratch(found));
  for (auto _ : state)
    benchmark::DoNotOptimize(parse_int(out.data(), *scan_int_text(text, 10), scratch));
}
BENCHMARK(TextToInt)->Arg(5)->Arg(80)->Arg(20'000);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
