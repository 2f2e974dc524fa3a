#include "objects/types/exception_type.h"

#include <sstream>

#include "memory/fault.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ExceptionTypeTest : public ExceptionsTest {};

TEST_F(ExceptionTypeTest, TheHierarchyIsPythons) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  for (std::size_t i = 0; i < kBuiltinExceptions; ++i) {
    const Type& type = exception_type(static_cast<BuiltinException>(i));
    std::ostringstream order;
    for (const Type* ancestor : type.block().order()) order << ancestor->name() << ", ";
    std::ostringstream line;
    line << type.name() << ".__mro__ == (" << order.str() << ")";
    python.expect(line.str());
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ExceptionTypeTest, NoneIsMissing) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  std::ostringstream line;
  line << "{e for e in vars(__import__(\"builtins\")).values() if isinstance(e, type) and "
          "issubclass(e, BaseException)} == {";
  for (std::size_t i = 0; i < kBuiltinExceptions; ++i)
    line << exception_type(static_cast<BuiltinException>(i)).name() << ", ";
  line << "}";
  python.expect(line.str());
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ExceptionTypeTest, EachKindOfErrorHasTheTypeOfItsName) {
  for (int i = static_cast<int>(ErrorKind::kArithmetic);
       i <= static_cast<int>(ErrorKind::kZeroDivision); ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    EXPECT_EQ(exception_type(kind).name(), name_of(kind));
  }
}

TEST_F(ExceptionTypeTest, WhatCanBeRaised) {
  EXPECT_TRUE(is_exception_type(Value(&exception_type(BuiltinException::kSystemExit))));
  EXPECT_FALSE(is_exception_type(Value(&str_type())));
  EXPECT_FALSE(is_exception_type(Value::of_int(1)));
  const Ref<Exception> made = called(BuiltinException::kKeyError);
  EXPECT_FALSE(is_exception_type(made.value()));
  EXPECT_EQ(as_exception(made.value()), made.get());
  EXPECT_EQ(as_exception(Value::kNone), nullptr);
  EXPECT_EQ(as_exception(Value(&str_type())), nullptr);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
