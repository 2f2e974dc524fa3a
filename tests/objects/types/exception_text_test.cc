#include "objects/types/exception_text.h"

#include <sstream>

#include "memory/fault.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ExceptionTextTest : public ExceptionsTest {
 protected:
  // Values, and the same as Python writes them.
  struct Argument {
    Ref<> value;
    std::string written;
  };
  static Argument of(int number) {
    return {make_int(std::int64_t{number}), std::to_string(number)};
  }
  static Argument of(const char* text) { return {str_of(text), python(str_of(text))}; }
  static Argument none() { return {Ref<>(Special::kNone), "None"}; }

  void expect_same(BuiltinException which, const std::vector<Argument>& arguments) {
    std::vector<Value> values;
    std::ostringstream call;
    call << exception_type(which).name() << "(";
    for (const Argument& argument : arguments) {
      values.push_back(argument.value.value());
      call << argument.written << ", ";
    }
    call << ")";
    const Ref<Exception> made = called(which, values);
    ASSERT_TRUE(made) << call.str();
    const Ref<> as_str = str(made.value());
    const Ref<> as_repr = repr(made.value());
    oracle_.expect("str(" + call.str() + ") == " + python(as_str.as<Str>()));
    oracle_.expect("repr(" + call.str() + ") == " + python(as_repr.as<Str>()));
  }
  template <class... Parts>
  void expect_same_of(BuiltinException which, Parts... parts) {
    std::vector<Argument> arguments;
    (arguments.push_back(of(parts)), ...);
    expect_same(which, arguments);
  }

  PythonOracle oracle_;
};

TEST_F(ExceptionTextTest, ArgumentsAreShownAsInPython) {
  OROCHI_NEED_PYTHON();
  using enum BuiltinException;
  for (std::size_t i = 0; i < kBuiltinExceptions; ++i) {
    const auto which = static_cast<BuiltinException>(i);
    const Type& type = exception_type(which);
    const bool has_form =
        type.is_subtype_of(exception_type(kBaseExceptionGroup)) ||
        (type.is_subtype_of(exception_type(kUnicodeError)) && which != kUnicodeError);
    if (has_form) continue;
    expect_same_of(which);
    expect_same_of(which, "");
    expect_same_of(which, "it's \"so\"\n");
    expect_same_of(which, 2);
    expect_same_of(which, "spam ", 2, "\u00E4\u6F22", 4, 5, 6);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ExceptionTextTest, ErrorsOfTheSystemNameTheirFiles) {
  OROCHI_NEED_PYTHON();
  using enum BuiltinException;
  for (const BuiltinException which : {kOSError, kPermissionError, kBlockingIOError}) {
    expect_same_of(which, 2, "no");
    expect_same_of(which, "two", "no");
    expect_same_of(which, 2, "no", "a'file");
    expect_same_of(which, 2, "no", 3);
    expect_same_of(which, 2, "no", "file", 0, "other");
    std::vector<Argument> arguments;
    for (const char* const text : {"a", "b", "c"}) arguments.push_back(of(text));
    arguments.push_back(none());
    arguments.push_back(none());
    expect_same(which, arguments);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ExceptionTextTest, SyntaxErrorsNameTheirPlaces) {
  OROCHI_NEED_PYTHON();
  const auto place = [](Argument file, Argument line) {
    const std::string written = "(" + file.written + ", " + line.written + ", 1, None)";
    return Argument{Tuple::of(std::move(file.value), std::move(line.value),
                              Ref<>::of(Value::of_int(1)), Ref<>(Special::kNone)),
                    written};
  };
  const auto expect_place = [&](Argument file, Argument line) {
    std::vector<Argument> arguments;
    arguments.push_back(of("no"));
    arguments.push_back(place(std::move(file), std::move(line)));
    std::ostringstream call;
    call << "SyntaxError(\"no\", " << arguments[1].written << ")";
    const Ref<Exception> made = called(BuiltinException::kSyntaxError,
                                       {arguments[0].value.value(), arguments[1].value.value()});
    const Ref<> as_str = str(made.value());
    oracle_.expect("str(" + call.str() + ") == " + python(as_str.as<Str>()));
  };
  expect_place(of("dir/sub/f.py"), of(3));
  expect_place(of("f.py"), none());
  expect_place(of(""), of(3));
  expect_place(of("dir/"), of(3));
  expect_place(none(), of(3));
  expect_place(none(), none());
  expect_place(of("f.py"), Argument{Ref<>(Special::kTrue), "True"});
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ExceptionTextTest, UnicodeErrorsNameTheCharacter) {
  OROCHI_NEED_PYTHON();
  using enum BuiltinException;
  for (const char* const text : {"a\u00E4b", "a\u6F22b", "a\U0001F600b"}) {
    for (const int end : {2, 3}) {
      expect_same_of(kUnicodeEncodeError, "ascii", text, 1, end, "why not");
      expect_same_of(kUnicodeTranslateError, text, 1, end, "why not");
    }
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ExceptionTextTest, AnExceptionInItselfIsTooDeep) {
  const Ref<Exception> error = called(BuiltinException::kValueError);
  error->set_args(Tuple::of(error.share()));
  EXPECT_FALSE(repr(error.value()));
  EXPECT_EQ(taken(), ErrorKind::kRecursion);
  EXPECT_FALSE(str(error.value()));
  EXPECT_EQ(taken(), ErrorKind::kRecursion);
  error->set_args(Ref<Tuple>::of(no_arguments()));
}

TEST_F(ExceptionTextTest, WithoutMemoryItIsAMemoryError) {
  const Ref<Exception> error =
      called(BuiltinException::kOSError, {Value::of_int(2), str_of("no such thing").value()});
  for (std::uint64_t n = 0;; ++n) {
    Ref<> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      made = str(error.value());
      allocations = fault.allocations();
    }
    if (allocations <= n) break;
    EXPECT_FALSE(made);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
