#include "objects/types/generic_alias.h"

#include "objects/types/enumerate.h"
#include "objects/types/exception_type.h"
#include "objects/types/mapping_proxy.h"
#include "objects/types/set.h"
#include "objects/types/singletons.h"
#include "objects/types/type_object.h"
#include "objects/types/type_parameters.h"
#include "objects/types/weakref.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/test_modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class GenericAliasTest : public SequencesTest {
 protected:
  static Ref<> item(Value container, Value key) { return get_item(container, key); }
  static Ref<> of(Type& type, std::vector<Value> keys) {
    Ref<Tuple> all = Tuple::make_blank(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) all->initialise(i, Ref<>::of(keys[i]));
    return get_item(Value(&type), keys.size() == 1 ? keys[0] : all.value());
  }
  static std::string text(const Ref<>& value) { return value ? shown(value.value()) : raised(); }

  // A variable as typing has them: it is what is put in its place, and shows itself as its name.
  static Ref<> variable(const char* called) {
    Body body;
    body.method("__typing_subst__", [](auto arguments) { return Ref<>::of(arguments[1]); });
    body.method("__repr__", [](auto arguments) { return get(arguments[0], "called"); });
    Ref<> made = new_of(a_class("Variable", {}, std::move(body)));
    EXPECT_EQ(set(made, "called", a_str(called)), Status::kDone);
    return made;
  }
  const Value int_ = Value(&int_type());
  const Value str_ = Value(&str_type());
};

TEST_F(GenericAliasTest, ShowsItsArguments) {
  EXPECT_EQ(text(of(list_type(), {int_})), "list[int]");
  EXPECT_EQ(text(of(dict_type(), {int_, str_})), "dict[int, str]");
  EXPECT_EQ(text(of(tuple_type(), {})), "tuple[()]");
  EXPECT_EQ(text(of(tuple_type(), {int_, Value::kEllipsis})), "tuple[int, ...]");
  EXPECT_EQ(text(of(type_type(), {int_})), "type[int]");
  EXPECT_EQ(text(of(list_type(), {a_str("x").value()})), "list['x']");
  EXPECT_EQ(text(of(list_type(), {of(set_type(), {int_}).value()})), "list[set[int]]");
  Type& mine = a_class("Mine", {}, std::move(Body().set("__module__", a_str("here"))));
  EXPECT_EQ(text(of(list_type(), {Value(&mine)})), "list[here.Mine]");
}

TEST_F(GenericAliasTest, TypesThatTakeArgumentsSaySo) {
  for (Type* const type :
       {&dict_type(), &list_type(), &tuple_type(), &set_type(), &frozenset_type(),
        &enumerate_type(), &weakref_type(), &mapping_proxy_type(),
        &exception_type(BuiltinException::kExceptionGroup)}) {
    const Ref<> alias = of(*type, {int_});
    ASSERT_TRUE(alias) << type->name() << raised();
    EXPECT_EQ(get(alias, "__origin__").value(), Value(type));
    EXPECT_EQ(text(get(alias, "__args__")), "(<class 'int'>,)");
  }
  EXPECT_FALSE(of(int_type(), {int_}));
  EXPECT_EQ(raised(), "TypeError: type 'int' is not subscriptable");
}

TEST_F(GenericAliasTest, IsAsItsOrigin) {
  const Ref<> alias = of(list_type(), {int_});
  EXPECT_EQ(text(call_with(alias.value())), "[]");
  EXPECT_EQ(text(get(alias, "append")), "<method 'append' of 'list' objects>");
  EXPECT_FALSE(get(alias, "nothing"));
  EXPECT_EQ(raised(), "AttributeError: type object 'list' has no attribute 'nothing'");
  EXPECT_EQ(get(alias, "__class__").value(), Value(&generic_alias_type()));
  EXPECT_EQ(set(alias, "x", an_int(1)), Status::kFailed);
  EXPECT_EQ(raised(), "AttributeError: 'types.GenericAlias' object has no attribute 'x'");
}

TEST_F(GenericAliasTest, AnInstanceRemembersWhatMadeIt) {
  Type& type = a_class("C", {});
  const Ref<GenericAlias> alias = GenericAlias::make(Value(&type), int_);
  const Ref<> made = call_with(alias.value());
  ASSERT_TRUE(made);
  EXPECT_EQ(get(made, "__orig_class__").value(), alias.value());
}

TEST_F(GenericAliasTest, IsEqualToWhatIsMadeOfTheSame) {
  const Ref<> a = of(list_type(), {int_});
  const Ref<> b = of(list_type(), {int_});
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), b.value()), Truth::kTrue);
  std::int64_t hash_a = 0;
  std::int64_t hash_b = 0;
  EXPECT_EQ(hash(a.value(), hash_a), Status::kDone);
  EXPECT_EQ(hash(b.value(), hash_b), Status::kDone);
  EXPECT_EQ(hash_a, hash_b);
  const Ref<> others[] = {of(list_type(), {str_}), of(set_type(), {int_}), Ref<>::of(int_)};
  for (const Ref<>& other : others)
    EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), other.value()), Truth::kFalse);
}

TEST_F(GenericAliasTest, NothingIsAnInstanceOfOne) {
  const Ref<> alias = of(list_type(), {int_});
  EXPECT_EQ(is_instance(key_of(1), alias.value()), Truth::kFailed);
  EXPECT_EQ(raised(), "TypeError: isinstance() argument 2 cannot be a parameterized generic");
  EXPECT_EQ(is_subclass(int_, alias.value()), Truth::kFailed);
  EXPECT_EQ(raised(), "TypeError: issubclass() argument 2 cannot be a parameterized generic");
}

// --- Variables. ---

TEST_F(GenericAliasTest, VariablesAreReplacedInTheirOrder) {
  const Ref<> k = variable("K");
  const Ref<> v = variable("V");
  const Ref<> inner = of(list_type(), {v.value()});
  const Ref<> alias = of(dict_type(), {k.value(), inner.value()});
  EXPECT_EQ(text(alias), "dict[K, list[V]]");
  EXPECT_EQ(text(get(alias, "__parameters__")), "(K, V)");
  const Ref<Tuple> both = Tuple::of(Ref<>::of(int_), Ref<>::of(str_));
  EXPECT_EQ(text(item(alias.value(), both.value())), "dict[int, list[str]]");
  EXPECT_EQ(text(item(inner.value(), int_)), "list[int]");
  EXPECT_EQ(text(item(alias.value(), int_)),
            "TypeError: Too few arguments for dict[K, list[V]]; actual 1, expected 2");
  EXPECT_EQ(text(item(inner.value(), both.value())),
            "TypeError: Too many arguments for list[V]; actual 2, expected 1");
  EXPECT_EQ(text(item(of(list_type(), {int_}).value(), int_)),
            "TypeError: list[int] is not a generic class");
}

TEST_F(GenericAliasTest, AVariableIsAParameterOnce) {
  const Ref<> k = variable("K");
  const Ref<> alias = of(dict_type(), {k.value(), k.value()});
  EXPECT_EQ(text(get(alias, "__parameters__")), "(K,)");
  EXPECT_EQ(text(item(alias.value(), int_)), "dict[int, int]");
}

TEST_F(GenericAliasTest, UnpackedOnesStandForWhatIsInThem) {
  const TestModules modules;
  const Ref<> alias = of(tuple_type(), {int_, str_});
  const Ref<> iterator = iterate(alias.value());
  Ref<> unpacked;
  ASSERT_EQ(next(iterator.value(), unpacked), Status::kDone);
  EXPECT_EQ(text(unpacked), "*tuple[int, str]");
  EXPECT_EQ(text(get(unpacked, "__unpacked__")), "True");
  EXPECT_EQ(text(get(unpacked, "__typing_unpacked_tuple_args__")),
            "(<class 'int'>, <class 'str'>)");
  Ref<> nothing;
  ASSERT_EQ(next(iterator.value(), nothing), Status::kDone);
  EXPECT_FALSE(nothing);
  const Ref<> k = variable("K");
  const Ref<> v = variable("V");
  EXPECT_EQ(text(item(of(dict_type(), {k.value(), v.value()}).value(), unpacked.value())),
            "dict[int, str]");
  const Ref<> parts = call_method(unpacked.value(), *name("__reduce__"));
  ASSERT_TRUE(parts) << pending_text();
  const Value made_of = static_cast<Tuple&>(*parts.as<Tuple>()[1].object())[0];
  EXPECT_EQ(text(call_with(parts.as<Tuple>()[0], {made_of})), "*tuple[int, str]");
}

// --- Classes. ---

TEST_F(GenericAliasTest, IsMadeByItsTypeAndBySubtypes) {
  const Value alias_type(&generic_alias_type());
  EXPECT_EQ(text(call_with(alias_type, {int_, str_})), "int[str]");
  EXPECT_FALSE(call_with(alias_type, {int_}));
  EXPECT_EQ(raised(), "TypeError: GenericAlias expected 2 arguments, got 1");
  Type& sub = a_class("Sub", {&generic_alias_type()});
  const Ref<> made = new_of(sub, {int_, str_});
  EXPECT_EQ(&type_of(made.value()), &sub);
  EXPECT_EQ(text(made), "int[str]");
  EXPECT_EQ(text(call_method(made.value(), *name("__reduce__"))),
            "(<class 'types.GenericAlias'>, (<class 'int'>, (<class 'str'>,)))");
}

TEST_F(GenericAliasTest, TellsClassesWhichBaseItStandsFor) {
  const Ref<> alias = of(list_type(), {int_});
  const Ref<Tuple> bases = Tuple::of(alias.share());
  const Value argument = bases.value();
  const Ref<> entries = call_method(alias.value(), *name("__mro_entries__"), {&argument, 1});
  EXPECT_EQ(text(entries), "(<class 'list'>,)");
  const Ref<Str> class_name = name("C");
  const Ref<Dict> names = Dict::make();
  EXPECT_FALSE(new_of(type_type(), {class_name.value(), bases.value(), names.value()}));
  EXPECT_EQ(raised(),
            "TypeError: type() doesn't support MRO entry resolution; use types.new_class()");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
