#include "objects/types/constructors.h"

#include <sstream>
#include <string>

#include "objects/types/float.h"
#include "objects/types/list.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ConstructorsTest : public ObjectsTest {
 protected:
  static std::string shown(const Ref<>& value) {
    return value ? text_of(repr(value.value())) : "raised " + pending_text();
  }
};

TEST_F(ConstructorsTest, NumbersAreMadeOfWhatStandsForThem) {
  EXPECT_EQ(shown(new_of(int_type())), "0");
  EXPECT_EQ(shown(new_of(int_type(), {Value::of_float(-2.5)})), "-2");
  EXPECT_EQ(shown(new_of(int_type(), {a_str(" 12 ").value()})), "12");
  EXPECT_EQ(shown(new_of(int_type(), {a_str("ff").value(), Value::of_int(16)})), "255");
  EXPECT_EQ(shown(new_of(int_type(), {Value::kTrue})), "1");
  EXPECT_EQ(shown(new_of(float_type(), {a_str("1.5").value()})), "1.5");
  EXPECT_EQ(shown(new_of(float_type(), {Value::of_int(3)})), "3.0");
  EXPECT_EQ(new_of(bool_type(), {Value::of_int(3)}).value(), Value::kTrue);
  EXPECT_EQ(new_of(bool_type()).value(), Value::kFalse);
}

TEST_F(ConstructorsTest, ClassesSayWhatNumberTheyAre) {
  Type& type = a_class("C", {},
                       std::move(Body()
                                     .method("__int__", [](auto) { return an_int(5); })
                                     .method("__float__", [](auto) -> Ref<> {
                                       return Ref<>::adopt(Value::of_float(2.5));
                                     })));
  const Ref<> object = new_of(type);
  EXPECT_EQ(shown(new_of(int_type(), {object.value()})), "5");
  EXPECT_EQ(shown(new_of(float_type(), {object.value()})), "2.5");
  Type& index =
      a_class("D", {}, std::move(Body().method("__index__", [](auto) { return an_int(7); })));
  EXPECT_EQ(shown(new_of(int_type(), {new_of(index).value()})), "7");
  EXPECT_EQ(shown(new_of(float_type(), {new_of(index).value()})), "7.0");
}

TEST_F(ConstructorsTest, MessagesAreCPythons) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const auto expect = [&](const char* call, const Ref<>& result) {
    EXPECT_FALSE(result);
    std::ostringstream line;
    line << "raises(Exception, lambda: " << call << ") == \"" << pending_text() << "\"";
    python.expect(line.str());
  };
  const Ref<> empty_list = List::make();
  expect("int(None)", new_of(int_type(), {Value::kNone}));
  expect("int(1, 10)", new_of(int_type(), {Value::of_int(1), Value::of_int(10)}));
  expect("int(\"1\", 99)", new_of(int_type(), {a_str("1").value(), Value::of_int(99)}));
  expect("int(\"1\", [])", new_of(int_type(), {a_str("1").value(), empty_list.value()}));
  expect("int(1, 2, 3)",
         new_of(int_type(), {Value::of_int(1), Value::of_int(2), Value::of_int(3)}));
  expect("float(None)", new_of(float_type(), {Value::kNone}));
  expect("float(1, 2)", new_of(float_type(), {Value::of_int(1), Value::of_int(2)}));
  expect("bool(1, 2)", new_of(bool_type(), {Value::of_int(1), Value::of_int(2)}));
  expect("tuple(1)", new_of(tuple_type(), {Value::of_int(1)}));
  expect("tuple(1, 2)", new_of(tuple_type(), {Value::of_int(1), Value::of_int(2)}));
  expect("list(1)", new_of(list_type(), {Value::of_int(1)}));
  expect("list(1, 2)", new_of(list_type(), {Value::of_int(1), Value::of_int(2)}));
  expect("dict(1)", new_of(dict_type(), {Value::of_int(1)}));
  expect("dict(1, 2)", new_of(dict_type(), {Value::of_int(1), Value::of_int(2)}));
  expect("str(\"\", \"utf-8\")", new_of(str_type(), {a_str("").value(), a_str("utf-8").value()}));
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ConstructorsTest, SubclassesOfValuesAreThoseValues) {
  Type& my_int = a_class("MyInt", {&int_type()});
  const Ref<> number = new_of(my_int, {Value::of_int(40)});
  EXPECT_EQ(&type_of(number.value()), &my_int);
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, number.value(), Value::of_int(2))), "42");
  Type& my_str = a_class("MyStr", {&str_type()});
  const Ref<> word = new_of(my_str, {a_str("caf\xC3\xA9!").value()});
  EXPECT_EQ(text_of(word), "caf\xC3\xA9!");
  Type& my_float = a_class("MyFloat", {&float_type()});
  const Ref<> real = new_of(my_float, {Value::of_float(1.25)});
  EXPECT_EQ(as_float(real.value()), 1.25);
  Type& my_tuple = a_class("MyTuple", {&tuple_type()});
  const Ref<> pair = new_of(my_tuple, {Tuple::of(an_int(1), an_int(2)).value()});
  EXPECT_EQ(text_of(get_item(pair.value(), Value::of_int(1))), "2");
  for (const Ref<>* each : {&number, &word, &real, &pair}) {
    for (int i = 0; i < 8; ++i)
      EXPECT_EQ(set(*each, "x" + std::to_string(i), an_int(i)), Status::kDone);
    EXPECT_EQ(set(*each, "w", Witness::value()), Status::kDone);
    EXPECT_EQ(text_of(get(*each, "x7")), "7");
  }
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, number.value(), Value::of_int(2))), "42");
  EXPECT_EQ(text_of(word), "caf\xC3\xA9!");
  EXPECT_EQ(ends(), 0);
}

TEST_F(ConstructorsTest, SubclassesOfContainersAreFilled) {
  Type& my_list = a_class("MyList", {&list_type()});
  const Ref<> list = new_of(my_list, {Tuple::of(an_int(1), an_int(2)).value()});
  EXPECT_EQ(&type_of(list.value()), &my_list);
  EXPECT_EQ(list.as<List>().size(), 2U);
  EXPECT_EQ(set(list, "x", an_int(1)), Status::kDone);
  Type& my_dict = a_class("MyDict", {&dict_type()});
  const Ref<Dict> source = Dict::make();
  EXPECT_EQ(source->set(Value::of_int(1), an_int(2)), Status::kDone);
  const Ref<> dict = new_of(my_dict, {source.value()});
  EXPECT_EQ(text_of(get_item(dict.value(), Value::of_int(1))), "2");
  EXPECT_EQ(set(dict, "x", Witness::value()), Status::kDone);
  EXPECT_EQ(text_of(get_item(dict.value(), Value::of_int(1))), "2");
}

TEST_F(ConstructorsTest, TheyEndWithAllTheyHave) {
  Type& my_list = a_class("MyList", {&list_type()});
  {
    const Ref<> list = new_of(my_list, {Tuple::of(Witness::value(), Witness::value()).value()});
    for (int i = 0; i < 8; ++i)
      EXPECT_EQ(set(list, "x" + std::to_string(i), Witness::value()), Status::kDone);
  }
  EXPECT_EQ(ends(), 10);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
