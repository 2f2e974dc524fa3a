#include "objects/types/exception_fields.h"

#include <sstream>

#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ExceptionFieldsTest : public ExceptionsTest {
 protected:
  // A call with keywords behind the positional values.
  static Ref<Exception> called_with(BuiltinException which, const std::vector<Value>& values,
                                    const std::vector<std::string_view>& names) {
    std::vector<Ref<>> words;
    for (const std::string_view name : names) words.push_back(str_of(name));
    const Ref<Tuple> keywords = Tuple::make(words);
    return call_exception_type(exception_type(which),
                               {values.data(), values.size() - names.size(), keywords.get()});
  }
  static Value extra_of(const Ref<Exception>& exception, const ExtraField& field) {
    const Ref<> value = exception->extra(field);
    return value ? value.value() : Value::kNone;
  }
};

TEST_F(ExceptionFieldsTest, StopIterationHasAValueAndSystemExitACode) {
  const Value one = Value::of_int(1);
  const Value two = Value::of_int(2);
  EXPECT_EQ(extra_of(called(BuiltinException::kStopIteration, {one, two}), extra::kStopValue), one);
  EXPECT_EQ(extra_of(called(BuiltinException::kStopIteration), extra::kStopValue), Value::kNone);
  EXPECT_EQ(extra_of(called(BuiltinException::kSystemExit, {two}), extra::kExitCode), two);
  EXPECT_EQ(extra_of(called(BuiltinException::kSystemExit), extra::kExitCode), Value::kNone);
  const Ref<Exception> both = called(BuiltinException::kSystemExit, {one, two});
  EXPECT_EQ(both->extra(extra::kExitCode).value(), both->args().value());
}

TEST_F(ExceptionFieldsTest, KeywordsNameFields) {
  const Value x = Value::of_int(7);
  const Value y = Value::of_int(8);
  const Value z = Value::of_int(9);
  const Ref<Exception> import =
      called_with(BuiltinException::kModuleNotFoundError, {x, y, z}, {"path", "name"});
  EXPECT_EQ(extra_of(import, extra::kImportMessage), x);
  EXPECT_EQ(extra_of(import, extra::kImportPath), y);
  EXPECT_EQ(extra_of(import, extra::kImportName), z);
  EXPECT_EQ(import->args()->size(), 1U);
  EXPECT_EQ(
      extra_of(called_with(BuiltinException::kUnboundLocalError, {x}, {"name"}), extra::kNameName),
      x);
  EXPECT_EQ(extra_of(called_with(BuiltinException::kAttributeError, {x}, {"obj"}),
                     extra::kAttributeObject),
            x);
}

TEST_F(ExceptionFieldsTest, WrongKeywordsAreRefusedInPythonsWords) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const Value x = Value::of_int(1);
  const auto expect = [&](BuiltinException which, std::string_view name) {
    EXPECT_FALSE(called_with(which, {x}, {name}));
    std::ostringstream line;
    line << "\"TypeError: \" + raises(TypeError, " << exception_type(which).name() << ", " << name
         << "=1) == \"" << taken_text() << "\"";
    python.expect(line.str());
  };
  for (const BuiltinException which :
       {BuiltinException::kBaseException, BuiltinException::kValueError,
        BuiltinException::kImportError, BuiltinException::kModuleNotFoundError,
        BuiltinException::kNameError, BuiltinException::kAttributeError, BuiltinException::kOSError,
        BuiltinException::kStopIteration, BuiltinException::kSystemExit,
        BuiltinException::kSyntaxError, BuiltinException::kUnicodeDecodeError})
    expect(which, "wrong");
  EXPECT_FALSE(called_with(BuiltinException::kImportError, {x, x, x}, {"path", "name", "more"}));
  python.expect("\"TypeError: \" + raises(TypeError, ImportError, path=1, name=1, more=1) == \"" +
                taken_text() + "\"");
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ExceptionFieldsTest, ASyntaxErrorHasAPlace) {
  const Ref<Str> message = str_of("no");
  const Ref<Str> file = str_of("f.py");
  const Ref<Tuple> place = Tuple::of(file.share(), Ref<>::of(Value::of_int(3)),
                                     Ref<>::of(Value::of_int(4)), str_of("text"));
  const Ref<Exception> error =
      called(BuiltinException::kTabError, {message.value(), place.value()});
  EXPECT_EQ(extra_of(error, extra::kSyntaxMessage), message.value());
  EXPECT_EQ(extra_of(error, extra::kSyntaxFile), file.value());
  EXPECT_EQ(extra_of(error, extra::kSyntaxLine), Value::of_int(3));
  EXPECT_EQ(extra_of(error, extra::kSyntaxEndLine), Value::kNone);
  EXPECT_EQ(error->args()->size(), 2U);

  EXPECT_FALSE(called(BuiltinException::kSyntaxError, {message.value(), Value::of_int(1)}));
  EXPECT_EQ(taken_text(), "TypeError: 'int' object is not iterable");
}

TEST_F(ExceptionFieldsTest, AUnicodeErrorWantsToKnowAll) {
  const Ref<Str> word = str_of("ab");
  const Value one = Value::of_int(1);
  const Value two = Value::of_int(2);
  EXPECT_FALSE(called(BuiltinException::kUnicodeEncodeError, {one}));
  EXPECT_EQ(taken_text(), "TypeError: function takes exactly 5 arguments (1 given)");
  EXPECT_FALSE(called(BuiltinException::kUnicodeTranslateError, {one}));
  EXPECT_EQ(taken_text(), "TypeError: function takes exactly 4 arguments (1 given)");
  EXPECT_FALSE(
      called(BuiltinException::kUnicodeEncodeError, {word.value(), one, one, two, word.value()}));
  EXPECT_EQ(taken_text(), "TypeError: argument 2 must be str, not int");
  EXPECT_FALSE(called(BuiltinException::kUnicodeEncodeError,
                      {word.value(), word.value(), one, word.value(), word.value()}));
  EXPECT_EQ(taken_text(), "TypeError: 'str' object cannot be interpreted as an integer");
  const Ref<Exception> error = called(BuiltinException::kUnicodeEncodeError,
                                      {word.value(), word.value(), one, two, word.value()});
  EXPECT_EQ(extra_of(error, extra::kUnicodeEnd), two);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
