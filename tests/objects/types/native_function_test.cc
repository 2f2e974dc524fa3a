#include "objects/types/native_function.h"

#include <sstream>
#include <string>
#include <vector>

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "objects/types/bound_method.h"
#include "objects/types/dict.h"
#include "objects/types/intern.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// What the last call of `record` was given.
std::vector<Value> g_seen;
// Counted, while somebody looks at them after the call.
std::vector<Ref<>>* g_kept = nullptr;

template <std::size_t kParameters>
Ref<> record(const Value* values) noexcept {
  g_seen.assign(values, values + kParameters);
  for (const Value value : g_seen)
    if (g_kept != nullptr && !value.is_empty()) g_kept->push_back(Ref<>::of(value));
  return Special::kNone;
}

// Named as CPython's types are, so that messages can be compared with its own.
struct Types {
  Type* list;
  Type* str;
  Type* dict;
};

Type& make_type(std::string_view name) {
  Type* const ancestors[] = {&object_type()};
  Type* const type =
      Type::make({.name = name, .layout = &layout_of<Witness>, .ancestors = ancestors});
  EXPECT_NE(type, nullptr);
  return *type;
}

const Types& types() {
  static const Types made = [] {
    static constexpr NativeSpec kOfList[] = {
        {"append(self, object, /)", record<2>, "Append object to the end of the list."},
        {"clear(self, /)", record<1>},
        {"pop(self, index=-1, /)", record<2>},
        {"insert(self, index, object, /)", record<3>},
        {"index(self, value, start=0, stop=9223372036854775807, /)", record<4>},
        {"sort(self, /, *, key=None, reverse=False)", record<3>},
    };
    static constexpr NativeSpec kOfStr[] = {
        {"split(self, /, sep=None, maxsplit=-1)", record<3>},
        {"encode(self, /, encoding='utf-8', errors='strict')", record<3>},
        {"expandtabs(self, /, tabsize=8)", record<2>},
        {"format(self, /, *args, **kwargs)", record<3>},
        {"zfill(self, width, /)", record<2>},
    };
    static constexpr NativeSpec kStaticOfStr[] = {
        {"maketrans(x, y=<none>, z=<none>, /)", record<3>}};
    static constexpr NativeSpec kOfDict[] = {{"pop(self, key, default=<none>, /)", record<3>}};
    static constexpr NativeSpec kClassOfDict[] = {
        {"fromkeys(type, iterable, value=None, /)", record<3>}};
    const Types all{&make_type("list"), &make_type("str"), &make_type("dict")};
    EXPECT_EQ(define_methods(*all.list, kOfList), Status::kDone);
    EXPECT_EQ(define_methods(*all.str, kOfStr), Status::kDone);
    EXPECT_EQ(define_static_methods(*all.str, kStaticOfStr), Status::kDone);
    EXPECT_EQ(define_methods(*all.dict, kOfDict), Status::kDone);
    EXPECT_EQ(define_class_methods(*all.dict, kClassOfDict), Status::kDone);
    return all;
  }();
  return made;
}

std::string text_of(const Ref<>& value) {
  return value && as_str(value.value()) != nullptr
             ? std::string(Utf8Text(*as_str(value.value())).view())
             : std::string("not a str");
}

// A call with integers: by position, then by name.
struct Call {
  std::vector<std::int64_t> positional{};
  std::vector<std::string> names{};
};

class NativeFunctionTest : public ObjectsTest {
 protected:
  NativeFunctionTest() : types_(types()) {}

  // As an attribute of the type.
  static Ref<> method(Type& type, std::string_view name) { return type.find(*intern(name)); }
  static Ref<> call_with(const Ref<>& callee, const Ref<>& self, const Call& how) {
    std::vector<Value> values;
    if (self) values.push_back(self.value());
    for (const std::int64_t number : how.positional) values.push_back(Value::of_int(number));
    const std::size_t positional = values.size();
    Ref<Tuple> names;
    if (!how.names.empty()) names = Tuple::make_blank(how.names.size());
    for (std::size_t i = 0; i < how.names.size(); ++i) {
      names->initialise(i, Ref<>(intern(how.names[i])));
      values.push_back(Value::of_int(static_cast<std::int64_t>(100 + i)));
    }
    return call(callee.value(), {values.data(), positional, names.get()});
  }
  // What the call was given, receiver left out: integers, or what stands for other values.
  static std::string seen(const Ref<>& callee, const Ref<>& self, const Call& how) {
    g_seen.clear();
    std::vector<Ref<>> kept;
    g_kept = &kept;
    const Ref<> result = call_with(callee, self, how);
    g_kept = nullptr;
    if (!result) return "raised " + std::string(Error::take().text());
    std::ostringstream text;
    for (std::size_t i = self ? 1 : 0; i < g_seen.size(); ++i) text << word_for(g_seen[i]) << ' ';
    return text.str();
  }
  static std::string word_for(Value value) {
    if (value.is_empty()) return "-";
    if (value.is_int()) return std::to_string(value.as_int());
    if (value.is_none()) return "None";
    if (value.is_bool()) return value.is(Special::kTrue) ? "True" : "False";
    if (const Str* const str = as_str(value)) return std::string(Utf8Text(*str).view());
    return type_of(value).name() == "dict" ? "dict" : std::string(type_of(value).name());
  }
  static std::string message(const Ref<>& callee, const Ref<>& self, const Call& how) {
    EXPECT_FALSE(call_with(callee, self, how));
    return std::string(Error::take().text());
  }
  static Ref<> instance(Type& type) { return new_object<Witness>(type); }

  const Types& types_;
};

TEST_F(NativeFunctionTest, AFunctionGetsAValueForEachParameter) {
  const Ref<> list = instance(*types_.list);
  EXPECT_EQ(seen(method(*types_.list, "append"), list, {{7}}), "7 ");
  EXPECT_EQ(seen(method(*types_.list, "clear"), list, {}), "");
  EXPECT_EQ(seen(method(*types_.list, "pop"), list, {}), "-1 ");
  EXPECT_EQ(seen(method(*types_.list, "index"), list, {{1, 2}}), "1 2 int ");
  EXPECT_EQ(seen(method(*types_.list, "sort"), list, {}), "None False ");
  EXPECT_EQ(seen(method(*types_.list, "sort"), list, {{}, {"reverse"}}), "None 100 ");
  EXPECT_EQ(seen(method(*types_.list, "sort"), list, {{}, {"reverse", "key"}}), "101 100 ");
}

TEST_F(NativeFunctionTest, TextsAreDefaultsAndNothingToo) {
  const Ref<> str = instance(*types_.str);
  EXPECT_EQ(seen(method(*types_.str, "encode"), str, {}), "utf-8 strict ");
  EXPECT_EQ(seen(method(*types_.str, "split"), str, {{3}, {"maxsplit"}}), "3 100 ");
  EXPECT_EQ(seen(method(*types_.dict, "pop"), instance(*types_.dict), {{3}}), "3 - ");
}

TEST_F(NativeFunctionTest, TheRestIsATupleAndADict) {
  const Ref<> str = instance(*types_.str);
  const Ref<> format = method(*types_.str, "format");
  EXPECT_EQ(seen(format, str, {}), "tuple - ");
  g_seen.clear();
  EXPECT_EQ(seen(format, str, {{1, 2, 3}, {"a", "b"}}), "tuple dict ");
}

Ref<> sum_of_rest(const Value* values) noexcept {
  const auto& rest = static_cast<const Tuple&>(*values[0].object());
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) sum += rest[i].as_int();
  Ref<> base;
  if (!values[2].is_empty() && failed(as_dict(values[2])->find(Value(intern("base").get()), base)))
    return kRaised;
  const std::int64_t start = base ? base.value().as_int() : 0;
  return Ref<>::adopt(Value::of_int(sum + start + values[1].as_int()));
}

TEST_F(NativeFunctionTest, AFunctionOfAModuleTakesWhatIsLeft) {
  const Ref<> function =
      make_native_function({"sum(*numbers, more=1, **rest)", sum_of_rest}, "sums");
  EXPECT_EQ(call_with(function, {}, {{1, 2, 3}}).value().as_int(), 7);
  EXPECT_EQ(call_with(function, {}, {{1}, {"more"}}).value().as_int(), 101);
  EXPECT_EQ(call_with(function, {}, {{1}, {"more", "base"}}).value().as_int(), 202);
  EXPECT_EQ(text_of(repr(function.value())), "<built-in function sum>");
}

TEST_F(NativeFunctionTest, MethodsAreBoundToInstances) {
  const Ref<> list = instance(*types_.list);
  const Ref<> append = method(*types_.list, "append");
  EXPECT_EQ(text_of(repr(append.value())), "<method 'append' of 'list' objects>");
  const DescriptorGet get = type_of(append.value()).block().protocols().descriptor_get;
  const Ref<> bound = get(append.value(), list.value(), Value(types_.list));
  EXPECT_EQ(seen(bound, {}, {{5}}), "list 5 ");
  EXPECT_EQ(seen(get(append.value(), Value(), Value(types_.list)), list, {{5}}), "5 ");
  EXPECT_EQ(message(get(append.value(), Value(), Value()), {}, {}),
            "unbound method list.append() needs an argument");
  EXPECT_FALSE(get(append.value(), Value::of_int(1), Value()));
  EXPECT_EQ(Error::take().text(),
            "descriptor 'append' for 'list' objects doesn't apply to a 'int' object");
}

TEST_F(NativeFunctionTest, BoundMethodsAreEqualIfTheirObjectsAreTheSame) {
  const Ref<> list = instance(*types_.list);
  const Ref<> other = instance(*types_.list);
  const Ref<> append = method(*types_.list, "append");
  const DescriptorGet get = type_of(append.value()).block().protocols().descriptor_get;
  const Ref<> a = get(append.value(), list.value(), Value());
  const Ref<> b = get(append.value(), list.value(), Value());
  const Ref<> c = get(append.value(), other.value(), Value());
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), b.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), c.value()), Truth::kFalse);
  EXPECT_EQ(compare_truth(CompareOp::kNotEqual, a.value(), c.value()), Truth::kTrue);
  std::int64_t hash_a = 0;
  std::int64_t hash_b = 1;
  EXPECT_EQ(hash(a.value(), hash_a), Status::kDone);
  EXPECT_EQ(hash(b.value(), hash_b), Status::kDone);
  EXPECT_EQ(hash_a, hash_b);
}

TEST_F(NativeFunctionTest, ClassMethodsAreBoundToTheClass) {
  const Ref<> from_keys = method(*types_.dict, "fromkeys");
  const DescriptorGet get = type_of(from_keys.value()).block().protocols().descriptor_get;
  const Ref<> bound = get(from_keys.value(), Value(), Value(types_.dict));
  ASSERT_TRUE(call_with(bound, {}, {{4}}));
  EXPECT_EQ(g_seen[0], Value(types_.dict));
  EXPECT_EQ(g_seen[1].as_int(), 4);
  EXPECT_EQ(message(from_keys, {}, {}), "descriptor 'fromkeys' of 'dict' object needs an argument");
  EXPECT_EQ(message(from_keys, {}, {{1}}),
            "descriptor 'fromkeys' for type 'dict' needs a type, not a 'int' as arg 2");
}

TEST_F(NativeFunctionTest, MessagesAreCPythons) {
  OROCHI_NEED_PYTHON();
  struct Case {
    Type* type;
    const char* python;
    const char* name;
    Call how;
  };
  const Case cases[] = {
      {types_.list, "[].append()", "append", {}},
      {types_.list, "[].append(1, 2)", "append", {{1, 2}}},
      {types_.list, "[].append(x=1)", "append", {{}, {"x"}}},
      {types_.list, "[].clear(1)", "clear", {{1}}},
      {types_.list, "[].clear(x=1)", "clear", {{}, {"x"}}},
      {types_.list, "[].pop(1, 2)", "pop", {{1, 2}}},
      {types_.list, "[].insert()", "insert", {}},
      {types_.list, "[].insert(1, 2, 3)", "insert", {{1, 2, 3}}},
      {types_.list, "[].index()", "index", {}},
      {types_.list, "[].index(1, 2, 3, 4)", "index", {{1, 2, 3, 4}}},
      {types_.list, "[].sort(1)", "sort", {{1}}},
      {types_.list, "[].sort(foo=1)", "sort", {{}, {"foo"}}},
      {types_.list, "[].sort(key=1, reverse=1, foo=1)", "sort", {{}, {"key", "reverse", "foo"}}},
      {types_.str, "\"\".split(1, 2, 3)", "split", {{1, 2, 3}}},
      {types_.str, "\"\".split(foo=1)", "split", {{}, {"foo"}}},
      {types_.str, "\"\".split(1, sep=1)", "split", {{1}, {"sep"}}},
      {types_.str, "\"\".split(1, 1, sep=1)", "split", {{1, 1}, {"sep"}}},
      {types_.str, "\"\".expandtabs(1, 2)", "expandtabs", {{1, 2}}},
      {types_.str, "\"\".expandtabs(tabsize=1, foo=1)", "expandtabs", {{}, {"tabsize", "foo"}}},
      {types_.str, "\"\".zfill()", "zfill", {}},
      {types_.dict, "{}.pop()", "pop", {}},
      {types_.dict, "{}.pop(1, 2, 3)", "pop", {{1, 2, 3}}},
      {types_.dict, "{}.pop(k=3)", "pop", {{}, {"k"}}},
  };
  PythonOracle python;
  for (const Case& each : cases) {
    const Ref<> self = instance(*each.type);
    std::ostringstream line;
    line << "raises(TypeError, lambda: " << each.python << ") == \""
         << message(method(*each.type, each.name), self, each.how) << "\"";
    python.expect(line.str());
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(NativeFunctionTest, RequiredParametersAreNamed) {
  const Ref<> function = make_native_function({"pow(base, exp, mod=None)", record<3>}, "m");
  EXPECT_EQ(message(function, {}, {}), "pow() missing required argument 'base' (pos 1)");
  EXPECT_EQ(message(function, {}, {{1}, {"mod"}}), "pow() missing required argument 'exp' (pos 2)");
  EXPECT_EQ(message(function, {}, {{1}, {"foo"}}), "pow() missing required argument 'exp' (pos 2)");
  EXPECT_EQ(message(function, {}, {{1, 2}, {"foo"}}),
            "'foo' is an invalid keyword argument for pow()");
  EXPECT_EQ(message(function, {}, {{1, 2, 3, 4}}), "pow() takes at most 3 arguments (4 given)");
  EXPECT_EQ(seen(function, {}, {{1}, {"exp"}}), "1 100 None ");
}

TEST_F(NativeFunctionTest, KeywordsMustBeStrs) {
  const Ref<> function = make_native_function({"f(a)", record<1>}, "m");
  const Ref<Tuple> names = Tuple::of(Ref<>::adopt(Value::of_int(1)));
  const Value values[] = {Value::of_int(5)};
  EXPECT_FALSE(call(function.value(), {values, 0, names.get()}));
  EXPECT_EQ(Error::take().text(), "keywords must be strings");
}

TEST_F(NativeFunctionTest, ConstructorsCheckTheClass) {
  Type& type = make_type("int");
  static constexpr NativeSpec kNew[] = {{"__new__(cls, x=0, /, base=10)", record<3>}};
  ASSERT_EQ(define_static_methods(type, kNew), Status::kDone);
  const Ref<> construct = method(type, "__new__");
  EXPECT_EQ(message(construct, {}, {}), "int.__new__(): not enough arguments");
  EXPECT_EQ(message(construct, {}, {{1}}), "int.__new__(X): X is not a type object (int)");
  const Ref<> self = Ref<>::of(Value(&type));
  EXPECT_EQ(seen(construct, self, {}), "0 10 ");
  EXPECT_EQ(seen(construct, self, {{7}, {"base"}}), "7 100 ");
  EXPECT_EQ(message(construct, self, {{1, 2, 3}}), "int() takes at most 2 arguments (3 given)");
  EXPECT_EQ(message(construct, self, {{1}, {"y"}}), "'y' is an invalid keyword argument for int()");
  const Ref<> other = Ref<>::of(Value(types_.str));
  EXPECT_EQ(message(construct, other, {}), "int.__new__(str): str is not a subtype of int");
}

Ref<> get_seven(Value) noexcept { return Ref<>::adopt(Value::of_int(7)); }
Status keep(Value, Ref<> value) noexcept {
  g_seen.assign(1, value.value());
  return Status::kDone;
}

TEST_F(NativeFunctionTest, AttributesAreReadAndWritten) {
  static constexpr AttributeSpec kAttributes[] = {{"real", get_seven}, {"kept", get_seven, keep}};
  Type& type = make_type("int");
  ASSERT_EQ(define_attributes(type, kAttributes), Status::kDone);
  const Ref<> real = method(type, "real");
  const Ref<> kept = method(type, "kept");
  const Ref<> self = instance(type);
  const Protocols& slots = type_of(real.value()).block().protocols();
  EXPECT_EQ(slots.descriptor_get(real.value(), self.value(), Value()).value().as_int(), 7);
  EXPECT_EQ(slots.descriptor_set(kept.value(), self.value(), Ref<>::adopt(Value::of_int(8))),
            Status::kDone);
  EXPECT_EQ(g_seen[0].as_int(), 8);
  EXPECT_EQ(slots.descriptor_set(real.value(), self.value(), {}), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "attribute 'real' of 'int' objects is not writable");
  EXPECT_FALSE(slots.descriptor_get(real.value(), Value::kNone, Value()));
  EXPECT_EQ(Error::take().text(),
            "descriptor 'real' for 'int' objects doesn't apply to a 'NoneType' object");
  EXPECT_EQ(text_of(repr(real.value())), "<attribute 'real' of 'int' objects>");
}

TEST_F(NativeFunctionTest, ATextThatIsNoSignatureIsRefused) {
  EXPECT_FALSE(make_native_function({"f", record<1>}, "m"));
  EXPECT_EQ(taken(), ErrorKind::kSystem);
  EXPECT_FALSE(make_native_function({"f(a, , b)", record<1>}, "m"));
  EXPECT_EQ(taken(), ErrorKind::kSystem);
}

TEST_F(NativeFunctionTest, WithoutMemoryCallsRaise) {
  const Ref<> str = instance(*types_.str);
  const Ref<> format = method(*types_.str, "format");
  for (std::uint64_t n = 0;; ++n) {
    const auto fault = fault::Injection::nth(n);
    const Ref<> result = call_with(format, str, {{1, 2}, {}});
    if (fault.allocations() <= n) break;
    EXPECT_FALSE(result);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

// --- Receivers. ---

bool g_was_unique = false;
Ref<> ask_whether_unique(const Value* values) noexcept {
  g_was_unique = values[0].object()->is_unique();
  return Special::kNone;
}

// Another thread may have the same method: what it holds is not its caller's alone.
TEST_F(NativeFunctionTest, WhatAMethodHoldsIsCountedForTheCall) {
  static constexpr NativeSpec kMethods[] = {{"ask(self, /)", ask_whether_unique}};
  Type& type = make_type("asked");
  ASSERT_EQ(define_methods(type, kMethods), Status::kDone);
  const Ref<> function = method(type, "ask");
  const Ref<> alone = instance(type);
  ASSERT_TRUE(call_with(function, alone, {}));
  EXPECT_TRUE(g_was_unique);
  const DescriptorGet get = type_of(function.value()).block().protocols().descriptor_get;
  const Ref<> native = get(function.value(), instance(type).value(), Value());
  ASSERT_TRUE(call_with(native, Ref<>(), {}));
  EXPECT_FALSE(g_was_unique);
  g_was_unique = true;
  const Ref<> bound = BoundMethod::make(function.share(), instance(type));
  ASSERT_TRUE(call_with(bound, Ref<>(), {}));
  EXPECT_FALSE(g_was_unique);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
