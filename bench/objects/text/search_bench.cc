// What it costs to find a text near the end of 64 Ki code points. The haystack is words, in which a
// needle's letters are frequent.
//
//   bench_objects --benchmark_filter=StrFind --benchmark_repetitions=9
//
// Argument: bytes of a code point. The peer for one byte is the C library's memmem (StrFindMemmem).
#include <benchmark/benchmark.h>
#include <string.h>

#include <iterator>
#include <string_view>
#include <vector>

#include "objects/text/search.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

constexpr std::size_t kSize = 65'536;
constexpr std::string_view kWords = "the eight heads of a serpent bite at once; ";
constexpr std::string_view kLong = "serpents of eight heads";
constexpr std::string_view kShort = "q;";
constexpr std::string_view kOne = "Q";

template <class Unit>
std::vector<Unit> units_of(std::string_view text) {
  return {text.begin(), text.end()};
}

template <class Unit>
std::vector<Unit> haystack_with(std::string_view needle) {
  std::vector<Unit> units;
  while (units.size() < kSize) units.insert(units.end(), kWords.begin(), kWords.end());
  units.insert(units.end(), needle.begin(), needle.end());
  return units;
}

template <class Unit>
void str_find(benchmark::State& state, std::string_view wanted) {
  const std::vector<Unit> hay = haystack_with<Unit>(wanted);
  const std::vector<std::uint8_t> needle = units_of<std::uint8_t>(wanted);
  const View haystack{hay.data(), hay.size(), sizeof(Unit)};
  for (auto _ : state) benchmark::DoNotOptimize(find(haystack, {needle.data(), needle.size(), 1}));
  state.SetItemsProcessed(state.iterations() * std::ssize(hay));
}

void with_width(benchmark::State& state, std::string_view wanted) {
  if (state.range(0) == 1)
    str_find<std::uint8_t>(state, wanted);
  else if (state.range(0) == 2)
    str_find<std::uint16_t>(state, wanted);
  else
    str_find<std::uint32_t>(state, wanted);
}

void StrFindOne(benchmark::State& state) { with_width(state, kOne); }
BENCHMARK(StrFindOne)->Arg(1)->Arg(2)->Arg(4);
void StrFindShort(benchmark::State& state) { with_width(state, kShort); }
BENCHMARK(StrFindShort)->Arg(1)->Arg(2)->Arg(4);
void StrFindLong(benchmark::State& state) { with_width(state, kLong); }
BENCHMARK(StrFindLong)->Arg(1)->Arg(2)->Arg(4);

void StrFindMemmem(benchmark::State& state) {
  const std::string_view wanted = state.range(0) == 0 ? kShort : kLong;
  const std::vector<std::uint8_t> hay = haystack_with<std::uint8_t>(wanted);
  for (auto _ : state)
    benchmark::DoNotOptimize(memmem(hay.data(), hay.size(), wanted.data(), wanted.size()));
  state.SetItemsProcessed(state.iterations() * std::ssize(hay));
}
BENCHMARK(StrFindMemmem)->ArgName("long")->Arg(0)->Arg(1);

// Every place is nearly a match.
void StrFindHostile(benchmark::State& state) {
  std::vector<std::uint8_t> needle(1'000, 'a');
  needle[500] = 'b';
  const std::vector<std::uint8_t> hay(kSize, 'a');
  for (auto _ : state)
    benchmark::DoNotOptimize(find({hay.data(), hay.size(), 1}, {needle.data(), needle.size(), 1}));
  state.SetItemsProcessed(state.iterations() * std::ssize(hay));
}
BENCHMARK(StrFindHostile);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
