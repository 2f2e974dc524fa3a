#include "objects/types/bytes_percent.h"

#include "objects/types/dict.h"
#include "objects/types/memoryview.h"
#include "tests/objects/types/program_function.h"
#include "tests/objects/types/python_values.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class BytesPercentTest : public ObjectsTest {
 protected:
  void expect(std::string_view format, const Ref<>& arguments) {
    std::ostringstream line;
    const Ref<Bytes> bytes = bytes_of(format);
    line << python_of(bytes.value()) << " % " << python_of(arguments.value());
    oracle_.expect(line.str(), binary(BinaryOp::kModulo, bytes.value(), arguments.value()));
  }
  static std::string shown(const Ref<>& value) {
    const Ref<> text = value ? repr(value.value()) : Ref<>();
    return text ? std::string(text.as<Str>().ascii()) : pending_text();
  }
  MethodOracle oracle_;
};

TEST_F(BytesPercentTest, FormatsAsPythonDoes) {
  OROCHI_NEED_PYTHON();
  for (const char* const format : {"%s", "%b", "%5b|", "%-5s|", "%.1b", "%a", "%r", "%c", "%5c|"})
    expect(format, bytes_of("x"));
  for (const char* const format : {"%b", "%.1s|", "%10.2b|", "%c", "x%%", "%", "x"})
    expect(format, bytearray_of("a\xff"));
  for (const char* const format : {"%d", "%05d", "%+i", "%x", "%#X", "%o", "%u", "%f", "%.2e", "%g",
                                   "%a", "%c", "%b", "%s", "%hd", "%%", "%d%d"})
    expect(format, an_int(65));
  for (const char* const format : {"%c", "%d", "%x", "%a"}) expect(format, a_str("\u20ac"));
  expect("%c", an_int(256));
  expect("%c", an_int(-1));
  expect("%b|%b", Tuple::of(bytes_of("\xfe"), bytes_of("b")));
  expect("%b", Tuple::of(bytes_of("a"), bytes_of("b")));
  expect("%*d|%.*f", Tuple::of(an_int(5), an_int(1), an_int(2), an_int(3)));
  expect("%d", Tuple::of());
  expect("100%%", Tuple::of());
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(BytesPercentTest, ATypeThatIsNoneIsRefused) {
  EXPECT_EQ(shown(binary(BinaryOp::kModulo, bytes_of("%y").value(), Value::of_int(1))),
            "unsupported format character 'y' (0x79) at index 1");
}

TEST_F(BytesPercentTest, MappingsAreAskedForBytes) {
  const Ref<Dict> dict = Dict::make();
  ASSERT_EQ(dict->set(bytes_of("a").value(), bytes_of("v")), Status::kDone);
  const auto formatted = [&](std::string_view format) {
    return binary(BinaryOp::kModulo, bytes_of(format).value(), dict.value());
  };
  EXPECT_EQ(shown(formatted("<%(a)s>")), "b'<v>'");
  EXPECT_EQ(shown(formatted("x")), "b'x'");
  EXPECT_FALSE(formatted("%(b)s"));
  EXPECT_EQ(taken(), ErrorKind::kKey);
}

TEST_F(BytesPercentTest, ObjectsSayTheirBytes) {
  const Ref<Bytes> format = bytes_of("%s");
  Type& says = a_class(
      "C", {},
      std::move(Body().method("__bytes__", [](auto) -> Ref<> { return bytes_of("mine"); })));
  const Ref<> text = binary(BinaryOp::kModulo, format.value(), new_of(says).value());
  EXPECT_EQ(shown(text), "b'mine'");
  Type& wrong =
      a_class("C", {}, std::move(Body().method("__bytes__", [](auto) { return an_int(1); })));
  EXPECT_FALSE(binary(BinaryOp::kModulo, format.value(), new_of(wrong).value()));
  EXPECT_EQ(pending_text(), "__bytes__ returned non-bytes (type int)");
}

TEST_F(BytesPercentTest, ABytearrayMakesABytearray) {
  const Ref<> made =
      binary(BinaryOp::kModulo, bytearray_of("<%b>").value(), bytes_of("\xff").value());
  EXPECT_EQ(shown(made), "bytearray(b'<\\xff>')");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
