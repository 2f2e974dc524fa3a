#include "objects/types/class.h"

#include <sstream>
#include <string>
#include <vector>

#include "objects/types/cell.h"
#include "objects/types/class_bases.h"
#include "objects/types/list.h"
#include "objects/types/mapping_proxy.h"
#include "objects/types/mro.h"
#include "objects/types/native_function.h"
#include "objects/types/object_type.h"
#include "objects/types/type_object.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ClassTest : public ObjectsTest {
 protected:
  static std::string order_of(const Type& type) {
    std::ostringstream names;
    for (const Type* const each : type.block().order()) names << each->name() << ' ';
    return names.str();
  }
};

// --- The order of ancestors. ---

struct Family {
  const char* name;
  std::vector<const char*> bases;
};
// Each is made of those before; some of them cannot be.
const std::vector<Family> kFamilies = {
    {"A", {}},         {"B", {}},         {"X", {"A", "B"}},      {"Y", {"B", "A"}},
    {"Z", {"X", "Y"}}, {"C", {"A"}},      {"D", {"A"}},           {"E", {"C", "D"}},
    {"F", {"A", "C"}}, {"G", {"E", "B"}}, {"H", {"B", "E", "A"}}, {"I", {"C", "C"}},
    {"J", {"G", "X"}}, {"K", {"H", "D"}}, {"L", {"D", "E"}},      {"M", {"X", "E"}},
};

TEST_F(ClassTest, TheOrderOfAncestorsIsCPythons) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  std::vector<std::pair<std::string, Type*>> made;
  for (const Family& each : kFamilies) {
    std::vector<Type*> bases;
    std::ostringstream tuple;
    bool has_all = true;
    for (const char* const base : each.bases) {
      Type* found = nullptr;
      for (const auto& [known, type] : made)
        if (known == base) found = type;
      has_all = has_all && found != nullptr;
      bases.push_back(found);
      tuple << base << ',';
    }
    if (!has_all) continue;
    Type* const type = try_class(each.name, bases);
    std::ostringstream call;
    call << "type(\"" << each.name << "\", (" << tuple.str() << "), {})";
    std::ostringstream line;
    if (type == nullptr) {
      line << "raises(TypeError, lambda: " << call.str() << ").replace(chr(10), \"|\") == \"";
      std::string said = pending_text();
      for (char& c : said) c = c == '\n' ? '|' : c;
      line << said << "\"";
    } else {
      python.execute(std::string(each.name) + " = " + call.str());
      made.emplace_back(each.name, type);
      line << "\" \".join(c.__name__ for c in " << each.name << ".__mro__) + \" \" == \""
           << order_of(*type) << "\"";
    }
    python.expect(line.str());
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ClassTest, BasesMustGoTogether) {
  EXPECT_EQ(try_class("X", {&int_type(), &str_type()}), nullptr);
  EXPECT_EQ(pending_text(), "multiple bases have instance lay-out conflict");
  EXPECT_EQ(try_class("X", {&bool_type()}), nullptr);
  EXPECT_EQ(pending_text(), "type 'bool' is not an acceptable base type");
  Type& a = a_class("A", {}, std::move(Body().set("__slots__", a_str("a"))));
  Type& b = a_class("B", {}, std::move(Body().set("__slots__", a_str("b"))));
  EXPECT_EQ(try_class("X", {&a, &b}), nullptr);
  EXPECT_EQ(pending_text(), "multiple bases have instance lay-out conflict");
  Type& plain = a_class("P", {});
  EXPECT_NE(try_class("X", {&plain, &a}), nullptr);
}

TEST_F(ClassTest, TheMostDerivedMetatypeMakesTheClass) {
  Type& meta = a_class("Meta", {&type_type()});
  Type& other = a_class("Other", {&type_type()});
  const Ref<> name_a = a_str("A");
  const Ref<Tuple> none = tuple_of({});
  const Ref<Dict> names = Dict::make();
  const Ref<> a = new_of(meta, {name_a.value(), none.value(), names.value()});
  ASSERT_TRUE(a) << pending_text();
  EXPECT_EQ(&type_of(a.value()), &meta);
  Type& below = a_class("Below", {as_type(a.value())});
  EXPECT_EQ(&type_of(below), &meta);
  const Ref<> b = new_of(other, {name_a.value(), none.value(), names.value()});
  EXPECT_EQ(try_class("X", {as_type(a.value()), as_type(b.value())}), nullptr);
  EXPECT_EQ(pending_text(),
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass "
            "of the metaclasses of all its bases");
}

// --- Instances. ---

TEST_F(ClassTest, AnInstanceIsMadeAndInitialised) {
  Type& type = a_class("C", {}, std::move(Body().method("__init__", [](auto arguments) -> Ref<> {
                         EXPECT_EQ(arguments.size(), 2U);
                         EXPECT_EQ(set(Ref<>::of(arguments[0]), "x", Ref<>::of(arguments[1])),
                                   Status::kDone);
                         return Special::kNone;
                       })));
  const Ref<> object = new_of(type, {Value::of_int(7)});
  EXPECT_EQ(&type_of(object.value()), &type);
  EXPECT_EQ(text_of(get(object, "x")), "7");
}

TEST_F(ClassTest, ArgumentsThatNobodyTakesAreRefused) {
  Type& plain = a_class("F", {});
  EXPECT_FALSE(new_of(plain, {Value::of_int(1)}));
  EXPECT_EQ(pending_text(), "F() takes no arguments");
  const Ref<> object = new_of(plain);
  const Ref<> init = get(Value(&object_type()), "__init__");
  EXPECT_FALSE(call_with(init.value(), {object.value(), Value::of_int(1)}));
  EXPECT_EQ(pending_text(), "F.__init__() takes exactly one argument (the instance to initialize)");
  const Ref<> make = get(Value(&object_type()), "__new__");
  EXPECT_FALSE(call_with(make.value(), {Value(&int_type())}));
  EXPECT_EQ(pending_text(), "object.__new__(int) is not safe, use int.__new__()");
}

TEST_F(ClassTest, InitReturnsNothing) {
  Type& type = a_class(
      "C", {}, std::move(Body().method("__init__", [](auto) -> Ref<> { return an_int(1); })));
  EXPECT_FALSE(new_of(type));
  EXPECT_EQ(pending_text(), "__init__() should return None, not 'int'");
}

TEST_F(ClassTest, NewMayMakeSomethingElse) {
  Type& type = a_class("C", {},
                       std::move(Body()
                                     .method("__new__",
                                             [](auto arguments) -> Ref<> {
                                               EXPECT_NE(as_type(arguments[0]), nullptr);
                                               return an_int(5);
                                             })
                                     .method("__init__", [](auto) -> Ref<> {
                                       ADD_FAILURE() << "it is no instance of the class";
                                       return Special::kNone;
                                     })));
  EXPECT_EQ(text_of(new_of(type)), "5");
}

TEST_F(ClassTest, TypesWithoutAConstructorCannotBeCalled) {
  EXPECT_FALSE(new_of(builtin_function_type()));
  EXPECT_EQ(pending_text(), "cannot create 'builtin_function_or_method' instances");
}

TEST_F(ClassTest, TypeOfOneArgumentIsItsType) {
  EXPECT_EQ(new_of(type_type(), {Value::of_int(3)}).value(), Value(&int_type()));
  EXPECT_FALSE(new_of(type_type(), {Value::of_int(3), Value::of_int(3)}));
  EXPECT_EQ(pending_text(), "type() takes 1 or 3 arguments");
}

TEST_F(ClassTest, AbstractClassesHaveNoInstances) {
  Type& type = a_class("C", {});
  const Ref<List> methods = List::of(a_str("g"), a_str("f"));
  ASSERT_EQ(set(Ref<>::of(Value(&type)), "__abstractmethods__", methods.share()), Status::kDone);
  EXPECT_FALSE(new_of(type));
  EXPECT_EQ(pending_text(), "Can't instantiate abstract class C with abstract methods f, g");
}

// --- __slots__ ---

TEST_F(ClassTest, SlotsArePlacesWithNames) {
  Type& type =
      a_class("G", {}, std::move(Body().set("__slots__", Tuple::of(a_str("a"), a_str("b")))));
  const Ref<> object = new_of(type);
  EXPECT_FALSE(get(object, "a"));
  EXPECT_EQ(pending_text(), "'G' object has no attribute 'a'");
  EXPECT_EQ(set(object, "a", {}), Status::kFailed);
  EXPECT_EQ(pending_text(), "a");
  EXPECT_EQ(set(object, "a", an_int(1)), Status::kDone);
  EXPECT_EQ(set(object, "b", an_int(2)), Status::kDone);
  EXPECT_EQ(text_of(get(object, "a")), "1");
  EXPECT_EQ(text_of(get(object, "b")), "2");
  EXPECT_EQ(set(object, "c", an_int(2)), Status::kFailed);
  EXPECT_EQ(pending_text(), "'G' object has no attribute 'c'");
  EXPECT_FALSE(get(object, "__dict__"));
  EXPECT_EQ(pending_text(), "'G' object has no attribute '__dict__'");
  EXPECT_EQ(text_of(repr(get(Value(&type), "a").value())), "<member 'a' of 'G' objects>");
}

TEST_F(ClassTest, SubclassesHaveTheSameSlotsFirst) {
  Type& base = a_class("G", {}, std::move(Body().set("__slots__", a_str("a"))));
  Type& more = a_class("H", {&base}, std::move(Body().set("__slots__", a_str("b"))));
  Type& open = a_class("I", {&more});
  const Ref<> object = new_of(open);
  for (const char* each : {"a", "b", "c"}) EXPECT_EQ(set(object, each, a_str(each)), Status::kDone);
  for (const char* each : {"a", "b", "c"}) EXPECT_EQ(text_of(get(object, each)), each);
  EXPECT_EQ(get(object, "__dict__").as<Dict>().size(), 1U);
}

TEST_F(ClassTest, SlotsThatCannotBeAreRefused) {
  const auto refused = [](const std::vector<Type*>& bases, Ref<> slots) {
    EXPECT_EQ(try_class("X", bases, std::move(Body().set("__slots__", std::move(slots)))), nullptr);
    return pending_text();
  };
  EXPECT_EQ(refused({}, an_int(1)), "'int' object is not iterable");
  EXPECT_EQ(refused({}, Tuple::of(an_int(1))), "__slots__ items must be strings, not 'int'");
  EXPECT_EQ(refused({}, a_str("1a")), "__slots__ must be identifiers");
  EXPECT_EQ(refused({&int_type()}, a_str("a")),
            "nonempty __slots__ not supported for subtype of 'int'");
  EXPECT_EQ(refused({}, Tuple::of(a_str("__dict__"), a_str("__dict__"))),
            "__dict__ slot disallowed: we already got one");
  EXPECT_EQ(try_class("X", {}, std::move(Body().set("__slots__", a_str("a")).set("a", an_int(1)))),
            nullptr);
  EXPECT_EQ(pending_text(), "'a' in __slots__ conflicts with class variable");
}

TEST_F(ClassTest, SlotsEndWithTheirObject) {
  Type& type = a_class("G", {}, std::move(Body().set("__slots__", a_str("a"))));
  {
    const Ref<> object = new_of(type);
    EXPECT_EQ(set(object, "a", Witness::value()), Status::kDone);
  }
  EXPECT_EQ(ends(), 1);
}

// --- What a class says, and hears. ---

TEST_F(ClassTest, AClassIsShown) {
  Body body;
  body.set("__module__", a_str("m")).set("__qualname__", a_str("Outer.C"));
  Type& type = a_class("C", {}, std::move(body));
  EXPECT_EQ(text_of(repr(Value(&type))), "<class 'm.Outer.C'>");
  EXPECT_EQ(text_of(repr(Value(&int_type()))), "<class 'int'>");
  EXPECT_EQ(text_of(get(Value(&type), "__name__")), "C");
  EXPECT_EQ(text_of(get(Value(&type), "__qualname__")), "Outer.C");
  EXPECT_EQ(text_of(get(Value(&type), "__module__")), "m");
  EXPECT_TRUE(get(Value(&type), "__doc__").value().is_none());
  EXPECT_EQ(text_of(repr(new_of(type).value())).substr(0, 22), "<m.Outer.C object at 0");
}

TEST_F(ClassTest, ItsNamesCanBeChanged) {
  Type& type = a_class("F", {});
  const Ref<> self = Ref<>::of(Value(&type));
  EXPECT_EQ(set(self, "__name__", a_str("Other")), Status::kDone);
  EXPECT_EQ(type.name(), "Other");
  EXPECT_EQ(set(self, "__name__", an_int(1)), Status::kFailed);
  EXPECT_EQ(pending_text(), "can only assign string to Other.__name__, not 'int'");
  EXPECT_EQ(set(self, "__name__", {}), Status::kFailed);
  EXPECT_EQ(pending_text(), "cannot delete '__name__' attribute of immutable type 'Other'");
  EXPECT_EQ(set(Ref<>::of(Value(&int_type())), "x", an_int(1)), Status::kFailed);
  EXPECT_EQ(pending_text(), "cannot set 'x' attribute of immutable type 'int'");
}

TEST_F(ClassTest, ItsDictShowsWhatItHasItself) {
  Type& base = a_class("A", {}, std::move(Body().set("x", an_int(1))));
  Type& type = a_class("C", {&base}, std::move(Body().set("z", an_int(1)).set("y", an_int(2))));
  const Ref<> proxy = get(Value(&type), "__dict__");
  EXPECT_EQ(type_of(proxy.value()).name(), "mappingproxy");
  EXPECT_EQ(text_of(get_item(proxy.value(), a_str("y").value())), "2");
  EXPECT_EQ(contains(proxy.value(), a_str("x").value()), Truth::kFalse);
  EXPECT_EQ(set(Ref<>::of(Value(&type)), "w", an_int(3)), Status::kDone);
  const Ref<Dict> all = attributes_of_type(type);
  std::size_t place = 0;
  std::ostringstream order;
  for (; const DictItem item = all->next(place); ++place) order << text_of(item.key) << ' ';
  EXPECT_EQ(order.str(), "z y __doc__ w ");
}

std::vector<std::string> g_heard;

TEST_F(ClassTest, AttributesHearTheirNames) {
  Type& listener =
      a_class("L", {}, std::move(Body().method("__set_name__", [](auto arguments) -> Ref<> {
                g_heard.push_back(std::string(as_type(arguments[1])->name()) + "." +
                                  text_of(Ref<>::of(arguments[2])));
                return Special::kNone;
              })));
  g_heard.clear();
  a_class("C", {}, std::move(Body().set("b", new_of(listener)).set("a", new_of(listener))));
  EXPECT_EQ(g_heard, (std::vector<std::string>{"C.b", "C.a"}));
}

TEST_F(ClassTest, BasesHearOfTheirSubclasses) {
  Type& base =
      a_class("A", {}, std::move(Body().method("__init_subclass__", [](auto arguments) -> Ref<> {
                g_heard.push_back(std::string(as_type(arguments[0])->name()));
                return Special::kNone;
              })));
  g_heard.clear();
  Type& below = a_class("B", {&base});
  a_class("C", {&below});
  EXPECT_EQ(g_heard, (std::vector<std::string>{"B", "C"}));
  const Ref<Str> own = name("D");
  const Ref<Tuple> none = tuple_of({});
  const Ref<Dict> names = Dict::make();
  const Ref<Dict> keywords = Dict::make();
  ASSERT_EQ(keywords->set(a_str("k").value(), an_int(1)), Status::kDone);
  EXPECT_EQ(make_class({&type_type(), *own, *none, *names, keywords.get()}), nullptr);
  EXPECT_EQ(pending_text(), "D.__init_subclass__() takes no keyword arguments");
}

TEST_F(ClassTest, TheClassCellGetsTheClass) {
  const Ref<Cell> cell = Cell::make({});
  Type& type = a_class("C", {}, std::move(Body().set("__classcell__", cell.share())));
  EXPECT_EQ(cell->get().value(), Value(&type));
  EXPECT_FALSE(get(Value(&type), "__classcell__"));
  clear_error();
  EXPECT_EQ(try_class("X", {}, std::move(Body().set("__classcell__", an_int(1)))), nullptr);
  EXPECT_EQ(pending_text(), "__classcell__ must be a nonlocal cell, not <class 'int'>");
}

TEST_F(ClassTest, ItKnowsItsSubclasses) {
  Type& base = a_class("A", {});
  Type& first = a_class("B", {&base});
  Type& second = a_class("C", {&base});
  a_class("D", {&first});
  const Ref<> list = call_with(get(Value(&base), "__subclasses__").value());
  ASSERT_EQ(list.as<List>().size(), 2U);
  Ref<> one;
  Ref<> two;
  ASSERT_TRUE(list.as<List>().get(0, one));
  ASSERT_TRUE(list.as<List>().get(1, two));
  EXPECT_EQ(one.value(), Value(&first));
  EXPECT_EQ(two.value(), Value(&second));
}

// --- __class__ ---

TEST_F(ClassTest, AnInstanceMayBecomeOfAnotherClass) {
  Type& one = a_class("A", {});
  Type& other = a_class("B", {}, std::move(Body().set("kind", a_str("b"))));
  const Ref<> object = new_of(one);
  for (const char* each : {"x", "y", "z"}) EXPECT_EQ(set(object, each, a_str(each)), Status::kDone);
  EXPECT_EQ(set(object, "__class__", Ref<>::of(Value(&other))), Status::kDone);
  EXPECT_EQ(&type_of(object.value()), &other);
  for (const char* each : {"x", "y", "z"}) EXPECT_EQ(text_of(get(object, each)), each);
  EXPECT_EQ(text_of(get(object, "kind")), "b");
}

TEST_F(ClassTest, ButNotOfAnyClass) {
  Type& plain = a_class("F", {});
  Type& slotted = a_class("G", {}, std::move(Body().set("__slots__", a_str("a"))));
  const Ref<> object = new_of(plain);
  const auto refused = [&](Value value) {
    EXPECT_EQ(set(object, "__class__", Ref<>::of(value)), Status::kFailed);
    return pending_text();
  };
  EXPECT_EQ(refused(Value(&slotted)), "__class__ assignment: 'G' object layout differs from 'F'");
  EXPECT_EQ(refused(Value(&int_type())),
            "__class__ assignment only supported for mutable types or ModuleType subclasses");
  EXPECT_EQ(refused(Value::of_int(1)), "__class__ must be set to a class, not 'int' object");
}

// --- Native bases. ---

TEST_F(ClassTest, SubclassesOfNativeTypesHaveAttributes) {
  Type& type = a_class("MyTuple", {&tuple_type()});
  const Ref<Tuple> made = new_object_with_trailing<Tuple>(type, 2 * sizeof(ConstField), 2U);
  made->initialise(0, an_int(1));
  made->initialise(1, Witness::value());
  Ref<> object = made.share();
  for (int i = 0; i < 7; ++i)
    EXPECT_EQ(set(object, "x" + std::to_string(i), an_int(i)), Status::kDone);
  EXPECT_EQ(set(object, "w", Witness::value()), Status::kDone);
  EXPECT_EQ((*made)[0].as_int(), 1);
  EXPECT_EQ(text_of(get(object, "x6")), "6");
  std::size_t size = 0;
  EXPECT_EQ(length(object.value(), size), Status::kDone);
  EXPECT_EQ(size, 2U);
  EXPECT_EQ(ends(), 0);
}

// --- isinstance ---

TEST_F(ClassTest, InstancesAndSubclassesAreAskedFor) {
  Type& base = a_class("A", {});
  Type& below = a_class("B", {&base});
  const Ref<> object = new_of(below);
  EXPECT_EQ(is_instance(object.value(), Value(&base)), Truth::kTrue);
  EXPECT_EQ(is_instance(Value::of_int(1), Value(&base)), Truth::kFalse);
  const Ref<Tuple> kinds = Tuple::of(Ref<>::of(Value(&str_type())), Ref<>::of(Value(&base)));
  EXPECT_EQ(is_instance(object.value(), kinds.value()), Truth::kTrue);
  EXPECT_EQ(is_subclass(Value(&below), kinds.value()), Truth::kTrue);
  EXPECT_EQ(is_instance(object.value(), Value::of_int(1)), Truth::kFailed);
  EXPECT_EQ(pending_text(), "isinstance() arg 2 must be a type, a tuple of types, or a union");
  EXPECT_EQ(is_subclass(Value::of_int(1), Value(&base)), Truth::kFailed);
  EXPECT_EQ(pending_text(), "issubclass() arg 1 must be a class");
}

TEST_F(ClassTest, AMetatypeMaySayWhatIsAnInstance) {
  Type& meta = a_class("Meta", {&type_type()},
                       std::move(Body().method("__instancecheck__", [](auto arguments) -> Ref<> {
                         return arguments[1].is_int() ? Special::kTrue : Special::kFalse;
                       })));
  const Ref<> own = a_str("A");
  const Ref<Tuple> none = tuple_of({});
  const Ref<Dict> names = Dict::make();
  const Ref<> made = new_of(meta, {own.value(), none.value(), names.value()});
  EXPECT_EQ(is_instance(Value::of_int(1), made.value()), Truth::kTrue);
  EXPECT_EQ(is_instance(Value::kNone, made.value()), Truth::kFalse);
}

// --- Native types. ---

TEST_F(ClassTest, ANativeTypeHasNoTextOfAnAncestor) {
  for (const Value value : {Value::of_int(5), Value::kNone, Value(&type_type())})
    EXPECT_TRUE(get(value, "__doc__").value().is_none());
  EXPECT_TRUE(get(Value(&int_type()), "__doc__").value().is_none());
}

// One that describes __module__ for its instances has one itself.
TEST_F(ClassTest, ANativeTypeHasAModule) {
  for (Type* const type : {&int_type(), &type_type(), &builtin_function_type()})
    EXPECT_EQ(text_of(get(Value(type), "__module__")), "builtins");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
