// As python3 does it: the texts were compared with CPython 3.11's.
#include "objects/types/weak_proxy.h"

#include <sstream>
#include <string>

#include "objects/model/operations.h"
#include "objects/types/set.h"
#include "objects/types/weakref.h"
#include "tests/objects/weak_links.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// Says what was done with it.
class Probe : public Object {
 public:
  explicit Probe(ShapeIndex shape) noexcept : Object(shape) {}
  [[nodiscard]] static Ref<Probe> make() { return new_object<Probe>(*type); }
  static Ref<> add(Value self, Value other) noexcept { return said("add", self, other); }
  static Ref<> radd(Value self, Value other) noexcept { return said("radd", self, other); }
  static Ref<> negative(Value) noexcept { return Str::of_ascii("negative"); }
  static Ref<> attribute(Value, Object& name) noexcept {
    return Ref<Str>::of(static_cast<Str&>(name));
  }
  static Ref<> compare(CompareOp op, Value self, Value other) noexcept {
    if (op != CompareOp::kEqual) return Special::kNotImplemented;
    return Value::of_bool(self == other).as_special();
  }
  static inline Type* type = nullptr;

 private:
  static Ref<> said(std::string_view what, Value self, Value other) noexcept {
    EXPECT_EQ(&type_of(self), type) << "not the proxy";
    const std::string text = std::string(what) + " " + std::string(type_of(other).name());
    return Str::of_ascii(text);
  }
};

class WeakProxyTest : public ObjectsTest {
 protected:
  WeakProxyTest() {
    make_link_types();
    static const bool made = [] {
      Protocols slots;
      slots.binary[static_cast<std::size_t>(BinaryOp::kAdd)] = Probe::add;
      slots.reflected[static_cast<std::size_t>(BinaryOp::kAdd)] = Probe::radd;
      slots.unary[static_cast<std::size_t>(UnaryOp::kNegative)] = Probe::negative;
      slots.get_attribute = Probe::attribute;
      slots.compare = Probe::compare;
      Type* const ancestors[] = {&object_type()};
      Probe::type = Type::make({.name = "It",
                                .layout = &layout_of<Probe>,
                                .ancestors = ancestors,
                                .protocols = slots,
                                .is_weakly_referable = true});
      return Probe::type != nullptr;
    }();
    EXPECT_TRUE(made);
  }
  [[nodiscard]] static std::string text_of(const Ref<>& str) {
    return str ? std::string(str.as<Str>().ascii()) : std::string("nothing");
  }
  [[nodiscard]] static std::string error_text() {
    const Error error = Error::take();
    return std::string(error.text());
  }
  [[nodiscard]] static std::string address_of(const Object& object) {
    std::ostringstream text;
    text << static_cast<const void*>(&object);
    return text.str();
  }
};

TEST_F(WeakProxyTest, DoesWhatItsObjectDoes) {
  const Ref<Probe> object = Probe::make();
  const Ref<WeakLink> proxy = make_weak_proxy(object.value(), {});
  const Value p = proxy.value();
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, p, Value::of_int(1))), "add int");
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, Value::of_int(1), p)), "radd int");
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, p, p)), "add It");
  EXPECT_EQ(text_of(unary(UnaryOp::kNegative, p)), "negative");
  const Ref<Str> name = Str::of_ascii("x");
  EXPECT_EQ(get_attribute(p, *name).value(), name.value());
  EXPECT_EQ(compare_truth(CompareOp::kEqual, p, object.value()), Truth::kTrue);
  EXPECT_EQ(truth(p), Truth::kTrue);
}

TEST_F(WeakProxyTest, OfAContainer) {
  const Ref<Set> set = Set::make(set_type());
  ASSERT_EQ(set->add(Value::of_int(7)), Status::kDone);
  const Ref<WeakLink> proxy = make_weak_proxy(set.value(), {});
  std::size_t size = 0;
  EXPECT_EQ(length(proxy.value(), size), Status::kDone);
  EXPECT_EQ(size, 1U);
  EXPECT_EQ(contains(proxy.value(), Value::of_int(7)), Truth::kTrue);
  EXPECT_EQ(contains(proxy.value(), Value::of_int(8)), Truth::kFalse);
  const Ref<> iterator = iterate(proxy.value());
  Ref<> item;
  EXPECT_EQ(next(iterator.value(), item), Status::kDone);
  EXPECT_EQ(item.value(), Value::of_int(7));
}

TEST_F(WeakProxyTest, OfTheDeadEverythingRaises) {
  Ref<Probe> object = Probe::make();
  const Ref<WeakLink> proxy = make_weak_proxy(object.value(), {});
  object = Ref<Probe>();
  const Value p = proxy.value();
  const std::string gone = "weakly-referenced object no longer exists";
  EXPECT_FALSE(binary(BinaryOp::kAdd, p, Value::of_int(1)));
  EXPECT_EQ(error_text(), gone);
  EXPECT_FALSE(compare(CompareOp::kEqual, p, Value::of_int(1)));
  EXPECT_EQ(error_text(), gone);
  EXPECT_EQ(truth(p), Truth::kFailed);
  EXPECT_EQ(error_text(), gone);
  Ref<> item;
  EXPECT_EQ(next(p, item), Status::kFailed);
  EXPECT_EQ(pending_kind(), ErrorKind::kReference);
  EXPECT_EQ(error_text(), gone);
}

TEST_F(WeakProxyTest, IsNoIteratorIfItsObjectIsNone) {
  const Ref<Probe> object = Probe::make();
  const Ref<WeakLink> proxy = make_weak_proxy(object.value(), {});
  Ref<> item;
  EXPECT_EQ(next(proxy.value(), item), Status::kFailed);
  EXPECT_EQ(error_text(), "Weakref proxy referenced a non-iterator 'It' object");
}

TEST_F(WeakProxyTest, HasNoHashAndAReprOfItsOwn) {
  const Ref<Probe> object = Probe::make();
  const Ref<WeakLink> proxy = make_weak_proxy(object.value(), {});
  std::int64_t value = 0;
  EXPECT_EQ(hash(proxy.value(), value), Status::kFailed);
  EXPECT_EQ(error_text(), "unhashable type: 'weakref.ProxyType'");
  EXPECT_EQ(text_of(repr(proxy.value())),
            "<weakproxy at " + address_of(*proxy) + " to It at " + address_of(*object) + ">");
}

TEST_F(WeakProxyTest, OneWithoutCallbackIsGivenAgain) {
  Ref<Probe> object = Probe::make();
  const Ref<WeakLink> proxy = make_weak_proxy(object.value(), {});
  EXPECT_EQ(make_weak_proxy(object.value(), Ref<>(Special::kNone)).get(), proxy.get());
  const Ref<WeakRef> ref = WeakRef::make(object.value(), {});
  EXPECT_NE(static_cast<WeakLink*>(ref.get()), proxy.get());
  const Ref<WeakLink> with = make_weak_proxy(object.value(), Callback::make(3));
  EXPECT_EQ(count_weakrefs(object.value()), 3U);
  object = Ref<Probe>();
  EXPECT_EQ(Callback::calls(), 3);
}

TEST_F(WeakProxyTest, CanBeCalledIfItsObjectCan) {
  const Ref<Probe> object = Probe::make();
  const Ref<WeakLink> proxy = make_weak_proxy(object.value(), {});
  EXPECT_EQ(&type_of(*proxy), &proxy_type());
  EXPECT_FALSE(call(proxy.value(), {}));
  EXPECT_EQ(error_text(), "'weakref.ProxyType' object is not callable");
  const Ref<WeakRef> ref = WeakRef::make(object.value(), {});
  EXPECT_FALSE(make_weak_proxy(ref.value(), {}));
  EXPECT_EQ(error_text(), "cannot create weak reference to 'weakref.ReferenceType' object");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
