#include "objects/types/exception_methods.h"

#include "memory/fault.h"
#include "objects/types/exception_group.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ExceptionMethodsTest : public ExceptionsTest {
 protected:
  static Ref<> attribute(const Ref<Exception>& exception, std::string_view name) {
    return get_attribute(exception.value(), *intern(name));
  }
  static Status set(const Ref<Exception>& exception, std::string_view name, Ref<> value) {
    return set_attribute(exception.value(), *intern(name), std::move(value));
  }
  static Ref<> called_method(const Ref<Exception>& exception, std::string_view name,
                             const std::vector<Value>& arguments) {
    const Ref<> method = attribute(exception, name);
    EXPECT_TRUE(method) << name;
    return call(method.value(), {arguments.data(), arguments.size(), nullptr});
  }
};

TEST_F(ExceptionMethodsTest, ATypeIsCalled) {
  const Ref<Str> text = str_of("why");
  const Value argument = text.value();
  for (std::size_t i = 0; i < kBuiltinExceptions; ++i) {
    Type& type = exception_type(static_cast<BuiltinException>(i));
    const bool takes_one =
        !type.is_subtype_of(exception_type(BuiltinException::kBaseExceptionGroup)) &&
        !(type.is_subtype_of(exception_type(BuiltinException::kUnicodeError)) &&
          &type != &exception_type(BuiltinException::kUnicodeError));
    if (!takes_one) continue;
    const Ref<> made = call(Value(&type), {&argument, 1, nullptr});
    ASSERT_TRUE(made) << type.name();
    EXPECT_EQ(&type_of(made.value()), &type);
    EXPECT_EQ((*as_exception(made.value())->args())[0], argument);
  }
}

TEST_F(ExceptionMethodsTest, FieldsAreAttributes) {
  const Ref<Exception> error = called(BuiltinException::kImportError, "why");
  EXPECT_EQ(text_of(attribute(error, "msg")), "why");
  EXPECT_EQ(attribute(error, "name").value(), Value::kNone);
  EXPECT_EQ(set(error, "name", str_of("spam")), Status::kDone);
  EXPECT_EQ(text_of(attribute(error, "name")), "spam");
  EXPECT_FALSE(attribute(error, "errno"));
  EXPECT_EQ(taken(), ErrorKind::kAttribute);
  const Ref<Exception> system = called(BuiltinException::kOSError);
  EXPECT_FALSE(attribute(system, "characters_written"));
  EXPECT_EQ(taken(), ErrorKind::kAttribute);
  EXPECT_EQ(set(system, "characters_written", make_int(std::int64_t{3})), Status::kDone);
  EXPECT_EQ(attribute(system, "characters_written").value(), Value::of_int(3));
}

TEST_F(ExceptionMethodsTest, WhatMayNotBeSetIsRefusedInPythonsWords) {
  const Ref<Exception> error = called(BuiltinException::kValueError, "why");
  const auto refused = [&](std::string_view name, Ref<> value) {
    EXPECT_EQ(set(error, name, std::move(value)), Status::kFailed) << name;
    return taken_text();
  };
  const auto five = [] { return make_int(std::int64_t{5}); };
  EXPECT_EQ(refused("__cause__", five()),
            "TypeError: exception cause must be None or derive from BaseException");
  EXPECT_EQ(refused("__context__", five()),
            "TypeError: exception context must be None or derive from BaseException");
  EXPECT_EQ(refused("__traceback__", five()),
            "TypeError: __traceback__ must be a traceback or None");
  EXPECT_EQ(refused("__suppress_context__", five()),
            "TypeError: attribute value type must be bool");
  EXPECT_EQ(refused("args", five()), "TypeError: 'int' object is not iterable");
  for (const char* const name : {"__cause__", "__context__", "__traceback__", "args"})
    EXPECT_EQ(refused(name, Ref<>()), std::string("TypeError: ") + name + " may not be deleted");
  EXPECT_EQ(set(error, "args", str_of("ab")), Status::kDone);
  EXPECT_EQ(text_of(repr(error.value())), "ValueError('a', 'b')");
}

TEST_F(ExceptionMethodsTest, NotesAreAdded) {
  const Ref<Exception> error = called(BuiltinException::kValueError);
  EXPECT_FALSE(attribute(error, "__notes__"));
  EXPECT_EQ(taken(), ErrorKind::kAttribute);
  EXPECT_TRUE(called_method(error, "add_note", {str_of("one").value()}));
  EXPECT_TRUE(called_method(error, "add_note", {str_of("two").value()}));
  EXPECT_EQ(text_of(repr(attribute(error, "__notes__").value())), "['one', 'two']");
  EXPECT_FALSE(called_method(error, "add_note", {Value::of_int(5)}));
  EXPECT_EQ(taken_text(), "TypeError: note must be a str, not 'int'");
  ASSERT_EQ(set(error, "__notes__", make_int(std::int64_t{5})), Status::kDone);
  EXPECT_FALSE(called_method(error, "add_note", {str_of("three").value()}));
  EXPECT_EQ(taken_text(), "TypeError: Cannot add note: __notes__ is not a list");
}

TEST_F(ExceptionMethodsTest, PartsOfAGroupHaveItsNotes) {
  std::vector<Ref<>> members;
  members.push_back(called(BuiltinException::kKeyError));
  members.push_back(called(BuiltinException::kValueError));
  const Ref<Str> message = str_of("m");
  const Ref<Tuple> tuple = Tuple::make(members);
  const Ref<Exception> group =
      called(BuiltinException::kExceptionGroup, {message.value(), tuple.value()});
  EXPECT_TRUE(called_method(group, "add_note", {str_of("note").value()}));
  const Ref<> parts =
      called_method(group, "split", {Value(&exception_type(BuiltinException::kKeyError))});
  ASSERT_TRUE(parts);
  for (std::size_t i = 0; i < 2; ++i) {
    const Ref<Exception> part = parts.as<Tuple>().load(i).cast<Exception>();
    EXPECT_EQ(text_of(repr(attribute(part, "__notes__").value())), "['note']");
    EXPECT_NE(attribute(part, "__notes__").value(), attribute(group, "__notes__").value());
  }
  const Ref<> none =
      called_method(group, "subgroup", {Value(&exception_type(BuiltinException::kOSError))});
  EXPECT_EQ(none.value(), Value::kNone);
}

TEST_F(ExceptionMethodsTest, WithTracebackReturnsTheException) {
  const Ref<Exception> error = called(BuiltinException::kValueError);
  const Ref<Traceback> traceback = Traceback::make(Ref<>(Special::kNone), 1, Ref<Traceback>());
  EXPECT_EQ(called_method(error, "with_traceback", {traceback.value()}).value(), error.value());
  EXPECT_EQ(attribute(error, "__traceback__").value(), traceback.value());
  EXPECT_TRUE(called_method(error, "with_traceback", {Value::kNone}));
  EXPECT_EQ(attribute(error, "__traceback__").value(), Value::kNone);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
