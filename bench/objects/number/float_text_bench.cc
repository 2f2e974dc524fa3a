// What it costs to print a double as repr() does and to read it again, over 1 024 doubles of two
// kinds: with few digits, and with all that a double may need.
//
//   bench_objects --benchmark_filter=Float --benchmark_repetitions=9
#include <benchmark/benchmark.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "objects/number/float_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Doubles = std::array<double, 1'024>;

Doubles doubles(const benchmark::State& state) {
  std::mt19937 random{1};
  std::uniform_real_distribution<double> any{0, 1};
  Doubles all;
  for (double& x : all)
    x = state.range(0) == 0 ? static_cast<double>(random() % 10'000) / 100 : any(random);
  return all;
}

void FloatRepr(benchmark::State& state) {
  const Doubles all = doubles(state);
  char text[kDoubleReprRoom];
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(print_double(text, all[i++ % all.size()]));
}
BENCHMARK(FloatRepr)->ArgName("long")->Arg(0)->Arg(1);

void FloatParse(benchmark::State& state) {
  std::vector<std::string> texts;
  for (const double x : doubles(state)) {
    char text[kDoubleReprRoom];
    texts.emplace_back(text, print_double(text, x));
  }
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(parse_double(texts[i++ % texts.size()], {}));
}
BENCHMARK(FloatParse)->ArgName("long")->Arg(0)->Arg(1);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
