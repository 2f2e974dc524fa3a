#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using StructModuleTest = ObjectsTest;

TEST_F(StructModuleTest, PacksEachKindAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_struct"});
  same.define("s", "_struct");
  for (const std::string prefix : {"", "@", "=", "<", ">", "!"})
    for (const char letter : std::string("bBhHiIlLqQnNPefd?csp"))
      for (const std::string value : {"0",
                                      "1",
                                      "-1",
                                      "127",
                                      "-128",
                                      "255",
                                      "300",
                                      "-32769",
                                      "65535",
                                      "70000",
                                      "2**31",
                                      "2**32 - 1",
                                      "2**40",
                                      "-2**63",
                                      "2**64 - 1",
                                      "2**70",
                                      "1.5",
                                      "-2.75",
                                      "65504.0",
                                      "65520.0",
                                      "1e-8",
                                      "5e-8",
                                      "6.1e-5",
                                      "1e300",
                                      "float('inf')",
                                      "float('-inf')",
                                      "-0.0",
                                      "0.1",
                                      "'a'",
                                      "None",
                                      "b'a'",
                                      "b'ab'",
                                      "[]",
                                      "True"})
        same("s.pack('" + prefix + letter + "', " + value + ")");
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(StructModuleTest, UnpacksEachKindAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_struct"});
  same.define("s", "_struct");
  for (const std::string prefix : {"", "<", ">", "="})
    for (const std::string format :
         {"b", "B", "h", "H", "i", "I",  "l",  "L",  "q",   "Q",  "n", "N",  "P",
          "e", "f", "d", "?", "c", "3s", "3p", "2h", "hxb", "0s", "x", "bi", "ib0i"})
      for (const std::string bytes :
           {"b'\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08'",
            "b'\\xff\\xfe\\xfd\\xfc\\xfb\\xfa\\xf9\\xf8'", "(b'\\0' * 8)"})
        same("s.unpack('" + prefix + format + "', " + bytes + "[:caught(lambda: s.calcsize('" +
             prefix + format + "')) if not isinstance(caught(lambda: s.calcsize('" + prefix +
             format + "')), str) else 0])");
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(StructModuleTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_struct"});
  same.define("s", "_struct");
  same.define("S", "_struct.Struct");
  for (const std::string format : {"'z'",
                                   "'3'",
                                   "'2 h'",
                                   "'h3'",
                                   "'99999999999999999999h'",
                                   "'9223372036854775807q'",
                                   "'h\\0'",
                                   "b'h'",
                                   "'\\xe9'",
                                   "3",
                                   "None",
                                   "'2s'",
                                   "' h  h '",
                                   "'@b@h'",
                                   "'bhilq'",
                                   "'<bhilq'",
                                   "''",
                                   "'0i'",
                                   "'b0i'",
                                   "'5x'",
                                   "'b3xh'",
                                   "'10s2p3h'"})
    same("s.calcsize(" + format + ")");
  for (const char* const expression : {
           "s.error",
           "s.error.__mro__",
           "s.Struct",
           "s.calcsize()",
           "s.pack()",
           "s.pack('h')",
           "s.pack('hh', 1)",
           "s.pack('hh', 1, 2, 3)",
           "s.pack('3s', b'abcdef')",
           "s.pack('3s', b'a')",
           "s.pack('3p', b'abcdef')",
           "s.pack('5p', b'ab')",
           "s.pack('0s', b'ab')",
           "s.pack('0p', b'ab')",
           "s.pack('2c', b'a', b'b')",
           "s.pack('bxh', 1, 2)",
           "s.pack('s', bytearray(b'ab'))",
           "s.pack('300p', b'x' * 400)[:3]",
           "s.pack('b i', 1, 2)",
           "s.pack('x')",
           "s.pack('')",
           "s.unpack('h', b'1')",
           "s.unpack('h', 'ab')",
           "s.unpack('h')",
           "s.unpack('2h', bytearray(b'1234'))",
           "s.unpack_from('h', b'1')",
           "s.unpack_from('h', b'123', 2)",
           "s.unpack_from('h', b'123', 5)",
           "s.unpack_from('h', b'123', -5)",
           "s.unpack_from('h', b'123', -1)",
           "s.unpack_from('h', b'123', -3)",
           "s.unpack_from('h', buffer=b'123', offset=1)",
           "s.unpack_from('h', b'123', 'a')",
           "s.unpack_from('h', b'123', 2**70)",
           "[b := bytearray(6), s.pack_into('>h', b, 2, 258), b, s.pack_into('>h', b, -2, 3), b]",
           "s.pack_into('h', bytearray(3), 2, 1)",
           "s.pack_into('h', bytearray(3), -5, 1)",
           "s.pack_into('h', bytearray(3), -1, 1)",
           "s.pack_into('h', bytearray(3), 'a', 1)",
           "s.pack_into('h', bytearray(3))",
           "s.pack_into('h')",
           "s.pack_into('h', b'abc', 0, 1)",
           "s.pack_into('hh', bytearray(3), 0, 1)",
           "s.pack_into('h', 3, 0, 1)",
           "s.pack_into()",
           "list(s.iter_unpack('h', b'1234'))",
           "s.iter_unpack('', b'1')",
           "s.iter_unpack('h', b'123')",
           "[i := s.iter_unpack('h', b'123456'), next(i), i.__length_hint__()][1:]",
           "s.iter_unpack('h', b'')",
           "S('hh')",
           "S('hh').size",
           "S('hh').format",
           "S(b'hh').format",
           "S()",
           "S(3)",
           "S('z')",
           "S('<hh').pack(1, 2)",
           "S('<hh').pack(1)",
           "S('<h').unpack(b'12')",
           "S('<h').unpack(b'123')",
           "S('<h').unpack_from(b'1234', 2)",
           "S('<h').unpack_from(buffer=b'1234', offset=1)",
           "list(S('<h').iter_unpack(b'1234'))",
           "[b := bytearray(2), S('<h').pack_into(b, 0, 1), b]",
           "S('h').pack_into()",
           "S('h').pack_into(bytearray(2))",
           "S(format='h').size",
           "[x := S('h'), x.__init__('q'), x.size][2]",
           "s._clearcache()",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
