#include "objects/text/utf8.h"

#include <gtest/gtest.h>

#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string fault_text(const Fault& fault) {
  return "(" + std::to_string(fault.begin) + ", " + std::to_string(fault.end) + ", '" +
         fault.reason + "')";
}

// The result of a call, or the place and the reason of its UnicodeError.
constexpr const char* kFaultInPython =
    "exec('def fault(f, *a):\\n try: return f(*a)\\n"
    " except UnicodeError as x: return x.start, x.end, x.reason')";

struct Decoded {
  Utf8Measure measure;
  std::vector<std::uint8_t> store;
  [[nodiscard]] View view() const { return {store.data(), measure.size, measure.width()}; }
};

Decoded decoded(std::string_view text, DecodeErrors errors) {
  Decoded result{measure_utf8(bytes_of(text), errors), {}};
  result.store.resize(result.measure.size * result.measure.width());
  decode_utf8(result.store.data(), result.measure, bytes_of(text), errors);
  return result;
}

// The bytes, or the fault, as Python shows them.
std::string encoded(View text, EncodeErrors errors) {
  const Utf8Size size = measure_encoded(text, errors);
  if (size.fault.reason != nullptr) return fault_text(size.fault);
  std::string bytes(size.bytes, '?');
  auto* const out = reinterpret_cast<std::uint8_t*>(bytes.data());
  EXPECT_EQ(encode_utf8(out, text, errors), out + size.bytes);
  return python_bytes(bytes);
}

TEST(Utf8, WidthsAreTheNarrowest) {
  EXPECT_EQ(decoded("plain", DecodeErrors::kStrict).measure.repertoire, Repertoire::kAscii);
  EXPECT_EQ(decoded("caf\xC3\xA9", DecodeErrors::kStrict).measure.repertoire, Repertoire::kLatin1);
  EXPECT_EQ(decoded("\xE2\x82\xAC", DecodeErrors::kStrict).measure.repertoire, Repertoire::kUcs2);
  EXPECT_EQ(decoded("\xF0\x9F\x90\x8D", DecodeErrors::kStrict).measure.repertoire,
            Repertoire::kUcs4);
  EXPECT_EQ(decoded("", DecodeErrors::kStrict).measure.size, 0U);
}

TEST(Utf8, FaultsHaveTheirPlaceAndTheirReason) {
  const struct {
    std::string_view bytes;
    std::string fault;
  } table[] = {{"ab\x80", "(2, 3, 'invalid start byte')"},
               {"\xC0\x80", "(0, 1, 'invalid start byte')"},
               {"\xF5\x80", "(0, 1, 'invalid start byte')"},
               {"\xE2\x82", "(0, 2, 'unexpected end of data')"},
               {"\xE2\x28\xA1", "(0, 1, 'invalid continuation byte')"},
               {"\xF0\x90\x80z", "(0, 3, 'invalid continuation byte')"},
               {"\xED\xA0\x80", "(0, 1, 'invalid continuation byte')"},
               {"\xF4\x90\x80\x80", "(0, 1, 'invalid continuation byte')"}};
  for (const auto& row : table) {
    const Fault fault = measure_utf8(bytes_of(row.bytes), DecodeErrors::kStrict).fault;
    ASSERT_NE(fault.reason, nullptr);
    EXPECT_EQ(fault_text(fault), row.fault);
    EXPECT_EQ(is_incomplete(fault), row.fault.find("end of") != row.fault.npos);
  }
}

TEST(Utf8, EveryCodePointComesBack) {
  for (CodePoint point = 0; point <= kLastCodePoint; point += point < 0x3000 ? 1 : 7) {
    if (is_surrogate(point)) continue;
    const Text text{Points{point}};
    const Utf8Size size = measure_encoded(text, EncodeErrors::kStrict);
    std::string bytes(size.bytes, '?');
    encode_utf8(reinterpret_cast<std::uint8_t*>(bytes.data()), text, EncodeErrors::kStrict);
    const Decoded back = decoded(bytes, DecodeErrors::kStrict);
    ASSERT_EQ(back.measure.fault.reason, nullptr);
    ASSERT_EQ(points_of(back.view()), Points{point});
  }
}

TEST(Utf8, PythonDecodesTheSame) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute(kFaultInPython);
  constexpr std::pair<DecodeErrors, const char*> kHandlers[] = {
      {DecodeErrors::kStrict, "strict"},
      {DecodeErrors::kIgnore, "ignore"},
      {DecodeErrors::kReplace, "replace"},
      {DecodeErrors::kBackslashReplace, "backslashreplace"},
      {DecodeErrors::kSurrogateEscape, "surrogateescape"},
      {DecodeErrors::kSurrogatePass, "surrogatepass"}};
  // The bytes at which the rules change, and what stands between.
  constexpr std::string_view kBytes{
      "aaaaa\x00\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xC3\xDF\xE0\xE1\xED\xED\xEE\xEF\xF0\xF1"
      "\xF4"
      "\xF5\xFF\x80\x80\x80\xA0\xA0",
      34};
  Random random{1};
  for (int i = 0; i < 5'000; ++i) {
    std::string bytes(random.below(9), '?');
    for (char& c : bytes) c = kBytes[random.below(kBytes.size())];
    for (const auto& [errors, name] : kHandlers) {
      const Decoded ours = decoded(bytes, errors);
      const Fault& fault = ours.measure.fault;
      python.expect("fault(" + python_bytes(bytes) + ".decode, 'utf-8', '" + name + "') == " +
                    (fault.reason != nullptr ? fault_text(fault) : python_text(ours.view())));
    }
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST(Utf8, PythonEncodesTheSame) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute(kFaultInPython);
  constexpr std::pair<EncodeErrors, const char*> kHandlers[] = {
      {EncodeErrors::kStrict, "strict"},
      {EncodeErrors::kIgnore, "ignore"},
      {EncodeErrors::kReplace, "replace"},
      {EncodeErrors::kBackslashReplace, "backslashreplace"},
      {EncodeErrors::kXmlCharRefReplace, "xmlcharrefreplace"},
      {EncodeErrors::kSurrogateEscape, "surrogateescape"},
      {EncodeErrors::kSurrogatePass, "surrogatepass"}};
  const Points alphabet{'a',    'b',    0x7F,   0x80,   0xFF,    0x7FF,   0x800,
                        0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDC7F,  0xDC80,  0xDCFF,
                        0xDD00, 0xDFFF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
  Random random{2};
  for (int i = 0; i < 2'000; ++i) {
    Points points(random.below(6));
    for (CodePoint& point : points)
      point = alphabet[random.below(i % 3 == 0 ? 5 : alphabet.size())];
    const Text text{points};
    for (const auto& [errors, name] : kHandlers)
      python.expect("fault(" + python_text(text) + ".encode, 'utf-8', '" + name +
                    "') == " + encoded(text, errors));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
