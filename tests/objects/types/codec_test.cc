#include "objects/types/codec.h"

#include "memory/fault.h"
#include "tests/objects/types/python_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr std::string_view kEncodings[] = {"utf-8", "ascii",    "latin-1",
                                           "UTF8",  "us_ascii", "ISO-8859-1"};
constexpr std::string_view kHandlers[] = {
    "strict",          "ignore",        "replace", "backslashreplace", "xmlcharrefreplace",
    "surrogateescape", "surrogatepass", "nope"};

class CodecTest : public ObjectsTest {
 protected:
  static Ref<> encoded(const Str& text, std::string_view encoding, std::string_view errors) {
    const Ref<Str> name = str_of(encoding);
    const Ref<Str> handler = str_of(errors);
    Codec codec;
    if (failed(codec.take(name.value(), handler.value(), "encode"))) return {};
    return codec.encode(text);
  }
  static Ref<> decoded(ByteSpan bytes, std::string_view encoding, std::string_view errors) {
    const Ref<Str> name = str_of(encoding);
    const Ref<Str> handler = str_of(errors);
    Codec codec;
    if (failed(codec.take(name.value(), handler.value(), "decode"))) return {};
    return codec.decode(bytes);
  }
  static std::string call(std::string_view of, std::string_view name, std::string_view encoding,
                          std::string_view errors) {
    std::ostringstream out;
    out << of << '.' << name << "('" << encoding << "', '" << errors << "')";
    return out.str();
  }
};

TEST_F(CodecTest, EncodesAsPythonDoes) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const text::Points texts[] = {{},
                                {'a', 'b'},
                                {'a', 0xE9, 0xFF},
                                {0x6F22, 'x', 0xE9},
                                {'a', 0x1F600, 0x1F601, 'b'},
                                {0xDC80, 'a'},
                                {0xDC80, 0x6F22, 0xDCFF},
                                {0xD800, 0xD801, 'x'}};
  for (const text::Points& points : texts)
    for (const std::string_view encoding : kEncodings)
      for (const std::string_view errors : kHandlers) {
        const Ref<Str> text = str_of(points);
        oracle.expect(call(python_of(text.value()), "encode", encoding, errors),
                      encoded(*text, encoding, errors));
      }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(CodecTest, DecodesAsPythonDoes) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  for (const std::string_view text :
       {"", "ab", "a\xff", "\xff\xfe", "\xc3\xa9x", "\xe6\xbc\xa2", "\xf0\x9f\x98\x80",
        "\xed\xa0\x80", "\xc3", "a\xe6\xbc", "\x80\x81z"})
    for (const std::string_view encoding : kEncodings)
      for (const std::string_view errors : kHandlers) {
        const Ref<Bytes> bytes = bytes_of(text);
        oracle.expect(call(python_of(bytes.value()), "decode", encoding, errors),
                      decoded(bytes->span(), encoding, errors));
      }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(CodecTest, StrsHaveIt) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Str> text = str_of("a\u00e9");
  const Ref<Str> ascii = str_of("ascii");
  const Ref<Str> replace = str_of("replace");
  oracle.compare(text.value(), "encode");
  oracle.compare(text.value(), "encode", {ascii.value()});
  oracle.compare(text.value(), "encode", {ascii.value(), replace.value()});
  oracle.compare(text.value(), "encode", {Value::of_int(1)});
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(CodecTest, StrsAreMadeOfBytes) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Bytes> bytes = bytes_of("a\xc3\xa9");
  const Ref<Bytearray> changing = bytearray_of("abc");
  const Ref<Str> ascii = str_of("ascii");
  const Ref<Str> utf8 = str_of("utf-8");
  const Ref<Str> ignore = str_of("ignore");
  const std::vector<std::vector<Value>> calls = {
      {bytes.value(), utf8.value()},     {bytes.value(), ascii.value()},
      {changing.value(), ascii.value()}, {bytes.value(), ascii.value(), ignore.value()},
      {utf8.value(), utf8.value()},      {Value::of_int(1), utf8.value()}};
  for (const std::vector<Value>& arguments : calls) {
    std::ostringstream line;
    line << "str(";
    for (const Value argument : arguments) line << python_of(argument) << ", ";
    line << ')';
    oracle.expect(line.str(),
                  orochi::call(Value(&str_type()), {arguments.data(), arguments.size(), nullptr}));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(CodecTest, SaysWhichEncodingIsUnknown) {
  EXPECT_FALSE(encoded(*str_of("a"), "klingon", "strict"));
  const Error error = Error::take();
  EXPECT_EQ(error.kind(), ErrorKind::kLookup);
  EXPECT_EQ(error.text(), "unknown encoding: klingon");
  Codec codec;
  EXPECT_EQ(codec.take(Value::of_int(1), Value(), "encode"), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "encode() argument 'encoding' must be str, not int");
  EXPECT_EQ(codec.take(Value(), Value::of_int(1), "bytes"), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "bytes() argument 'errors' must be str, not int");
}

TEST_F(CodecTest, WithoutMemoryItRaises) {
  const Ref<Str> text = str_of({0x6F22, 0xE9});
  const Ref<Bytes> bytes = bytes_of("\xc3\xa9\xff");
  const Ref<Str> name = str_of("utf-8");
  const Ref<Str> handler = str_of("replace");
  Codec codec;
  ASSERT_EQ(codec.take(name.value(), handler.value(), "encode"), Status::kDone);
  auto fault = fault::Injection::from(0);
  EXPECT_FALSE(codec.encode(*text));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(codec.decode(bytes->span()));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
