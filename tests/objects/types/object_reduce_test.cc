#include "objects/types/object_reduce.h"

#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/complex.h"
#include "objects/types/exception_type.h"
#include "objects/types/set.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/test_modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ObjectReduceTest : public SequencesTest {
 protected:
  ObjectReduceTest() {
    modules_.set("copyreg", "__newobj__", a_str("newobj"));
    modules_.set("copyreg", "__newobj_ex__", a_str("newobj_ex"));
    modules_.set("copyreg", "_reduce_ex", ProgramFunction::make([](auto arguments) -> Ref<> {
                   return Tuple::of(a_str("old"), Ref<>::of(arguments[1]));
                 }));
    modules_.set("copyreg", "_slotnames", ProgramFunction::make([](auto arguments) -> Ref<> {
                   const Ref<> names = get(arguments[0], "__slots__");
                   return List::from(names.value());
                 }));
  }

  // As print() shows it, or what was raised.
  static std::string text(const Ref<>& value) { return value ? shown(value.value()) : raised(); }
  static Ref<> reduced(Value value, std::int64_t protocol = 2) {
    const Value argument = key_of(protocol);
    return call_method(value, *name("__reduce_ex__"), {&argument, 1});
  }
  static std::string state(Value value) { return text(call_method(value, *name("__getstate__"))); }
  static Ref<> instance(Body&& body) {
    body.set("__module__", a_str("here"));
    return new_of(a_class("C", {}, std::move(body)));
  }
  const TestModules modules_;
};

TEST_F(ObjectReduceTest, AnInstanceIsItsTypeAndItsAttributes) {
  const Ref<> object = instance(Body());
  EXPECT_EQ(text(reduced(object.value())), "('newobj', (<class 'here.C'>,), None, None, None)");
  ASSERT_EQ(set(object, "x", an_int(1)), Status::kDone);
  EXPECT_EQ(text(reduced(object.value())), "('newobj', (<class 'here.C'>,), {'x': 1}, None, None)");
  EXPECT_EQ(state(object.value()), "{'x': 1}");
}

TEST_F(ObjectReduceTest, PlacesOfSlotsAreStateToo) {
  const Ref<> slots = Tuple::of(a_str("a"), a_str("b"));
  const Ref<> object = instance(std::move(Body().set("__slots__", slots.share())));
  EXPECT_EQ(state(object.value()), "None");
  ASSERT_EQ(set(object, "b", an_int(2)), Status::kDone);
  EXPECT_EQ(state(object.value()), "(None, {'b': 2})");
}

TEST_F(ObjectReduceTest, ListsAndDictsGiveTheirItems) {
  const Ref<List> list = ints({7});
  const Ref<> of_list = reduced(list.value());
  ASSERT_TRUE(of_list) << raised();
  EXPECT_EQ(text(List::from(of_list.as<Tuple>()[3])), "[7]");
  const Ref<Dict> dict = Dict::make();
  ASSERT_EQ(dict->set(key_of(1), number(2)), Status::kDone);
  const Ref<> of_dict = reduced(dict.value());
  ASSERT_TRUE(of_dict) << raised();
  EXPECT_EQ(text(List::from(of_dict.as<Tuple>()[4])), "[(1, 2)]");
}

TEST_F(ObjectReduceTest, AnObjectSaysWhatItsTypeIsCalledWith) {
  EXPECT_EQ(text(reduced(key_of(5))), "('newobj', (<class 'int'>, 5), None, None, None)");
  EXPECT_EQ(text(reduced(Value::kTrue)), "('newobj', (<class 'bool'>, 1), None, None, None)");
  const Ref<> object = instance(std::move(Body().method("__getnewargs_ex__", [](auto) -> Ref<> {
    const Ref<Dict> named = Dict::make();
    EXPECT_EQ(named->set(name("a").value(), an_int(2)), Status::kDone);
    return Tuple::of(Tuple::of(an_int(1)), named.share());
  })));
  EXPECT_EQ(text(reduced(object.value())),
            "('newobj_ex', (<class 'here.C'>, (1,), {'a': 2}), None, None, None)");
}

TEST_F(ObjectReduceTest, WrongArgumentsAreRefusedInCPythonsWords) {
  const auto refused = [](const char* method, ProgramFunction::Body body) {
    const Ref<> object = instance(std::move(Body().method(method, body)));
    return text(reduced(object.value()));
  };
  EXPECT_EQ(refused("__getnewargs__", [](auto) { return an_int(1); }),
            "TypeError: __getnewargs__ should return a tuple, not 'int'");
  EXPECT_EQ(refused("__getnewargs_ex__", [](auto) { return an_int(1); }),
            "TypeError: __getnewargs_ex__ should return a tuple, not 'int'");
  EXPECT_EQ(refused("__getnewargs_ex__", [](auto) -> Ref<> { return Tuple::of(an_int(1)); }),
            "ValueError: __getnewargs_ex__ should return a tuple of length 2, not 1");
  EXPECT_EQ(refused("__getnewargs_ex__",
                    [](auto) -> Ref<> { return Tuple::of(an_int(1), Dict::make()); }),
            "TypeError: first item of the tuple returned by __getnewargs_ex__ must be a tuple, not "
            "'int'");
  EXPECT_EQ(
      refused("__getnewargs_ex__", [](auto) -> Ref<> { return Tuple::of(Tuple::of(), an_int(1)); }),
      "TypeError: second item of the tuple returned by __getnewargs_ex__ must be a dict, not "
      "'int'");
}

TEST_F(ObjectReduceTest, ClassesSayItInAnotherWay) {
  const Ref<> by_reduce =
      instance(std::move(Body().method("__reduce__", [](auto) { return a_str("mine"); })));
  EXPECT_EQ(text(reduced(by_reduce.value(), 4)), "'mine'");
  const Ref<> by_state =
      instance(std::move(Body().method("__getstate__", [](auto) { return an_int(7); })));
  EXPECT_EQ(text(reduced(by_state.value())), "('newobj', (<class 'here.C'>,), 7, None, None)");
}

TEST_F(ObjectReduceTest, OlderProtocolsAreCopyregs) {
  const Ref<> object = instance(Body());
  EXPECT_EQ(text(reduced(object.value(), 1)), "('old', 1)");
  EXPECT_EQ(text(call_method(object.value(), *name("__reduce__"))), "('old', 0)");
  const Value wrong = Value::kNone;
  EXPECT_EQ(text(call_method(object.value(), *name("__reduce_ex__"), {&wrong, 1})),
            "TypeError: 'NoneType' object cannot be interpreted as an integer");
}

TEST_F(ObjectReduceTest, WhatNobodyCanMakeIsRefused) {
  const Ref<> function = ProgramFunction::make([](auto) -> Ref<> { return Special::kNone; });
  EXPECT_EQ(text(reduced(function.value())), "TypeError: cannot pickle 'function' object");
  const Ref<> items = iterate(ints({1}).value());
  EXPECT_EQ(text(call_method(items.value(), *name("__getstate__"))), "None");
}

TEST_F(ObjectReduceTest, ValuesAreMadeAgainAsPythonMakesThem) {
  const std::uint8_t octets[] = {'a'};
  const auto arguments_of = [](const Ref<>& value) {
    return text(call_method(value.value(), *name("__getnewargs__")));
  };
  EXPECT_EQ(arguments_of(a_str("x")), "('x',)");
  EXPECT_EQ(arguments_of(Bytes::of(octets)), "(b'a',)");
  EXPECT_EQ(arguments_of(Ref<>::adopt(Value::of_float(0.5))), "(0.5,)");
  EXPECT_EQ(arguments_of(Tuple::of(an_int(1))), "((1,),)");
  const Ref<Bytearray> bytes = Bytearray::of(octets);
  EXPECT_EQ(text(reduced(bytes.value(), 2)), "(<class 'bytearray'>, ('a', 'latin-1'), None)");
  EXPECT_EQ(text(reduced(bytes.value(), 4)), "(<class 'bytearray'>, (b'a',), None)");
  const Ref<Set> one = Set::from(ints({1}).value(), set_type());
  EXPECT_EQ(text(reduced(one.value())), "(<class 'set'>, ([1],), None)");
  EXPECT_EQ(text(reduced(Value::kEllipsis)), "'Ellipsis'");
}

TEST_F(ObjectReduceTest, ExceptionsAreTheirArgumentsAndWhatWasSet) {
  const auto made = [](BuiltinException which, std::vector<Value> values) {
    return new_of(exception_type(which), std::move(values));
  };
  const Ref<> error = made(BuiltinException::kValueError, {key_of(1)});
  EXPECT_EQ(text(reduced(error.value())), "(<class 'ValueError'>, (1,))");
  ASSERT_EQ(set(error, "x", an_int(2)), Status::kDone);
  EXPECT_EQ(text(reduced(error.value())), "(<class 'ValueError'>, (1,), {'x': 2})");
  const Ref<> strings[] = {a_str("no"), a_str("f"), a_str("g")};
  const Value none = Value::kNone;
  const Ref<> os =
      made(BuiltinException::kOSError, {key_of(999), strings[0].value(), strings[1].value()});
  EXPECT_EQ(text(reduced(os.value())), "(<class 'OSError'>, (999, 'no', 'f'))");
  const Ref<> two =
      made(BuiltinException::kOSError,
           {key_of(999), strings[0].value(), strings[1].value(), none, strings[2].value()});
  EXPECT_EQ(text(reduced(two.value())), "(<class 'OSError'>, (999, 'no', 'f', None, 'g'))");
  const Ref<> import = made(BuiltinException::kImportError, {strings[0].value()});
  ASSERT_EQ(set(import, "name", a_str("m")), Status::kDone);
  EXPECT_EQ(text(reduced(import.value())), "(<class 'ImportError'>, ('no',), {'name': 'm'})");
}

TEST_F(ObjectReduceTest, ObjectsHaveASize) {
  std::int64_t plain = call_method(instance(Body()).value(), *name("__sizeof__")).value().as_int();
  EXPECT_GE(plain, static_cast<std::int64_t>(sizeof(Object)));
  EXPECT_EQ(text(call_method(key_of(1), *name("__sizeof__"))), "8");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
