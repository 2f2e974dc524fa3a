// As python3 does it: the texts were compared with CPython 3.11's.
#include "objects/types/weakref.h"

#include <sstream>
#include <string>

#include "objects/model/operations.h"
#include "objects/model/weak_table.h"
#include "objects/types/bound_method.h"
#include "objects/types/dict.h"
#include "objects/types/native_function.h"
#include "objects/types/set.h"
#include "tests/objects/weak_links.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// Objects that a program may refer to weakly; equal and hashed by their number.
class Numbered : public Object {
 public:
  Numbered(ShapeIndex shape, std::int64_t number) noexcept : Object(shape), number_(number) {}
  [[nodiscard]] static Ref<Numbered> make(std::int64_t number) {
    return new_object<Numbered>(*type, number);
  }
  static Status hash(Value self, std::int64_t& result) noexcept {
    result = static_cast<Numbered&>(*self.object()).number_;
    return Status::kDone;
  }
  static Ref<> compare(CompareOp, Value self, Value other) noexcept {
    const bool equal = static_cast<Numbered&>(*self.object()).number_ ==
                       static_cast<Numbered&>(*other.object()).number_;
    return Value::of_bool(equal).as_special();
  }
  static inline Type* type = nullptr;

 private:
  std::int64_t number_;
};

class WeakRefTest : public ObjectsTest {
 protected:
  WeakRefTest() {
    make_link_types();
    static const bool made = [] {
      Type* const ancestors[] = {&object_type()};
      Protocols slots;
      slots.hash = Numbered::hash;
      slots.compare = Numbered::compare;
      Numbered::type = Type::make({.name = "Foo",
                                   .layout = &layout_of<Numbered>,
                                   .ancestors = ancestors,
                                   .protocols = slots,
                                   .is_weakly_referable = true});
      return Numbered::type != nullptr;
    }();
    EXPECT_TRUE(made);
  }
  [[nodiscard]] static std::string text_of(const Ref<>& str) {
    EXPECT_TRUE(str);
    return str ? std::string(str.as<Str>().ascii()) : std::string();
  }
  [[nodiscard]] static std::string address_of(const Object& object) {
    std::ostringstream text;
    text << static_cast<const void*>(&object);
    return text.str();
  }
  [[nodiscard]] static std::string error_text() {
    const Error error = Error::take();
    return std::string(error.text());
  }
};

TEST_F(WeakRefTest, ACallGivesTheObjectOrNone) {
  Ref<Numbered> object = Numbered::make(1);
  const Ref<WeakRef> ref = WeakRef::make(object.value(), {});
  EXPECT_EQ(call(ref.value(), {}).value(), object.value());
  object = Ref<Numbered>();
  EXPECT_TRUE(call(ref.value(), {}).value().is_none());
}

TEST_F(WeakRefTest, ACallTakesNothing) {
  const Ref<Numbered> object = Numbered::make(1);
  const Ref<WeakRef> ref = WeakRef::make(object.value(), {});
  const Value argument = Value::of_int(1);
  EXPECT_FALSE(call(ref.value(), {.values = &argument, .positional = 1}));
  EXPECT_EQ(error_text(), "weakref expected 0 arguments, got 1");
}

TEST_F(WeakRefTest, NotEveryObjectMayBeReferredTo) {
  EXPECT_FALSE(WeakRef::make(Value::of_int(1), {}));
  EXPECT_EQ(error_text(), "cannot create weak reference to 'int' object");
  EXPECT_FALSE(WeakRef::make(Value::kNone, {}));
  EXPECT_EQ(error_text(), "cannot create weak reference to 'NoneType' object");
  EXPECT_FALSE(WeakRef::make(Tuple::of().value(), {}));
  EXPECT_EQ(error_text(), "cannot create weak reference to 'tuple' object");
  const Ref<Numbered> object = Numbered::make(1);
  const Ref<WeakRef> ref = WeakRef::make(object.value(), {});
  EXPECT_FALSE(WeakRef::make(ref.value(), {}));
  EXPECT_EQ(error_text(), "cannot create weak reference to 'weakref.ReferenceType' object");
  EXPECT_TRUE(WeakRef::make(Value(&tuple_type()), {})) << "types may";
}

TEST_F(WeakRefTest, OneWithoutCallbackIsGivenAgain) {
  const Ref<Numbered> object = Numbered::make(1);
  const Ref<WeakRef> ref = WeakRef::make(object.value(), {});
  EXPECT_EQ(WeakRef::make(object.value(), {}).get(), ref.get());
  EXPECT_EQ(WeakRef::make(object.value(), Ref<>(Special::kNone)).get(), ref.get());
  EXPECT_NE(WeakRef::make(object.value(), Callback::make(1)).get(), ref.get());
  EXPECT_EQ(count_weakrefs(object.value()), 1U);
  EXPECT_EQ(count_weakrefs(Value::kNone), 0U);
}

TEST_F(WeakRefTest, OfASubtypeEachIsNew) {
  Type* const ancestors[] = {&weakref_type(), &object_type()};
  Type* const type =
      Type::make({.name = "KeyedRef", .layout = &layout_of<WeakRef>, .ancestors = ancestors});
  ASSERT_NE(type, nullptr);
  const Ref<Numbered> object = Numbered::make(1);
  const Ref<WeakRef> keyed = WeakRef::make(*type, object.value(), {});
  const Ref<WeakRef> another = WeakRef::make(*type, object.value(), {});
  const Ref<WeakRef> plain = WeakRef::make(object.value(), {});
  EXPECT_NE(keyed.get(), another.get());
  EXPECT_NE(plain.get(), keyed.get());
  EXPECT_EQ(count_weakrefs(object.value()), 3U);
}

TEST_F(WeakRefTest, EqualAndHashedAsTheObjectsWhileTheyLive) {
  Ref<Numbered> object = Numbered::make(5);
  Ref<Numbered> equal = Numbered::make(5);
  const Ref<Numbered> other = Numbered::make(6);
  const Ref<WeakRef> a = WeakRef::make(object.value(), {});
  const Ref<WeakRef> b = WeakRef::make(equal.value(), {});
  const Ref<WeakRef> c = WeakRef::make(other.value(), {});
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), b.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), c.value()), Truth::kFalse);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), object.value()), Truth::kFalse);
  std::int64_t value = 0;
  EXPECT_EQ(hash(a.value(), value), Status::kDone);
  EXPECT_EQ(value, 5);
  object = Ref<Numbered>();
  equal = Ref<Numbered>();
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), b.value()), Truth::kFalse);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), a.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kNotEqual, a.value(), a.value()), Truth::kFalse);
  EXPECT_EQ(hash(a.value(), value), Status::kDone) << "it was known";
  EXPECT_EQ(hash(b.value(), value), Status::kFailed);
  EXPECT_EQ(error_text(), "weak object has gone away");
}

TEST_F(WeakRefTest, Repr) {
  Ref<Numbered> object = Numbered::make(5);
  const Ref<WeakRef> ref = WeakRef::make(object.value(), {});
  EXPECT_EQ(text_of(repr(ref.value())),
            "<weakref at " + address_of(*ref) + "; to 'Foo' at " + address_of(*object) + ">");
  object = Ref<Numbered>();
  EXPECT_EQ(text_of(repr(ref.value())), "<weakref at " + address_of(*ref) + "; dead>");
}

TEST_F(WeakRefTest, ReprNamesWhatHasAName) {
  Type* const ancestors[] = {&object_type()};
  Protocols slots;
  slots.get_attribute = [](Value, Object& name) noexcept -> Ref<> {
    if (static_cast<Str&>(name).ascii() != "__name__") return raise(ErrorKind::kAttribute, {"no"});
    return Str::of_ascii("nm");
  };
  Type* const type = Type::make({.name = "Named",
                                 .layout = &layout_of<Numbered>,
                                 .ancestors = ancestors,
                                 .protocols = slots,
                                 .is_weakly_referable = true});
  ASSERT_NE(type, nullptr);
  const Ref<Numbered> object = new_object<Numbered>(*type, 1);
  const Ref<WeakRef> ref = WeakRef::make(object.value(), {});
  EXPECT_EQ(text_of(repr(ref.value())), "<weakref at " + address_of(*ref) + "; to 'Named' at " +
                                            address_of(*object) + " (nm)>");
}

// Types that a program may refer to weakly in CPython, of those that there are.
TEST_F(WeakRefTest, SetsFunctionsAndMethodsMayBeReferredTo) {
  EXPECT_TRUE(set_type().is_weakly_referable());
  EXPECT_TRUE(frozenset_type().is_weakly_referable());
  EXPECT_TRUE(builtin_function_type().is_weakly_referable());
  EXPECT_TRUE(bound_method_type().is_weakly_referable());
  EXPECT_TRUE(type_type().is_weakly_referable());
  for (const Type* type : {&str_type(), &tuple_type(), &dict_type(), &cell_type(), &float_type()})
    EXPECT_FALSE(type->is_weakly_referable()) << type->name();
}

TEST_F(WeakRefTest, TheCallbackGetsTheReference) {
  Ref<Numbered> object = Numbered::make(5);
  const Ref<WeakRef> ref = WeakRef::make(object.value(), Callback::make(4));
  EXPECT_TRUE(ref->callback());
  object = Ref<Numbered>();
  EXPECT_EQ(Callback::calls(), 4);
  EXPECT_FALSE(ref->callback());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
