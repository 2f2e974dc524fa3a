// What it costs to decode and to encode UTF-8, over 64 KiB of four kinds of text: ASCII, Latin-1,
// Cyrillic (two bytes a letter), Chinese (three).
//
//   bench_objects --benchmark_filter=Utf8 --benchmark_repetitions=9
#include <benchmark/benchmark.h>

#include <iterator>
#include <string>
#include <vector>

#include "objects/text/utf8.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes sample(const benchmark::State& state) {
  constexpr std::string_view kWords[] = {"serpents", "caf\xC3\xA9 no",
                                         "\xD0\xB7\xD0\xBC\xD0\xB5\xD1\x8F ",
                                         "\xE5\x85\xAB\xE5\xB2\x90"};
  const std::string_view word = kWords[static_cast<std::size_t>(state.range(0))];
  Bytes bytes;
  while (bytes.size() < 65'536) bytes.insert(bytes.end(), word.begin(), word.end());
  return bytes;
}

void Utf8Decode(benchmark::State& state) {
  const Bytes bytes = sample(state);
  std::vector<std::uint32_t> out(bytes.size());
  for (auto _ : state) {
    const Utf8Measure measure = measure_utf8(bytes, DecodeErrors::kStrict);
    decode_utf8(out.data(), measure, bytes, DecodeErrors::kStrict);
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * std::ssize(bytes));
}
BENCHMARK(Utf8Decode)->ArgName("kind")->DenseRange(0, 3);

void Utf8Encode(benchmark::State& state) {
  const Bytes bytes = sample(state);
  std::vector<std::uint32_t> store(bytes.size());
  const Utf8Measure measure = measure_utf8(bytes, DecodeErrors::kStrict);
  decode_utf8(store.data(), measure, bytes, DecodeErrors::kStrict);
  const View text{store.data(), measure.size, measure.width()};
  Bytes out(bytes.size());
  for (auto _ : state) {
    benchmark::DoNotOptimize(measure_encoded(text, EncodeErrors::kStrict));
    encode_utf8(out.data(), text, EncodeErrors::kStrict);
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * std::ssize(bytes));
}
BENCHMARK(Utf8Encode)->ArgName("kind")->DenseRange(0, 3);

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
