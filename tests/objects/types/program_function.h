// tests/objects/types/program_function.h: functions as a program writes them: methods where a class
// has them, called with a view of their arguments.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/bound_method.h"
#include "objects/types/class.h"
#include "objects/types/descriptor.h"
#include "objects/types/dict.h"
#include "objects/types/intern.h"
#include "objects/types/utf8_text.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN::testing {

class ProgramFunction : public Object {
 public:
  using Body = Ref<> (*)(std::span<const Value> arguments);

  ProgramFunction(ShapeIndex shape, Body body) noexcept : Object(shape), body_(body) {}
  static Ref<> make(Body body) { return new_object<ProgramFunction>(type(), body); }

  static Type& type() {
    static Type* const made = [] {
      Protocols slots;
      slots.call = [](Value self, const Arguments& arguments) noexcept {
        const auto* const function = static_cast<ProgramFunction*>(self.object());
        return function->body_({arguments.values, arguments.positional});
      };
      slots.descriptor_get = [](Value self, Value instance, Value) noexcept {
        if (instance.is_empty()) return Ref<>::of(self);
        return BoundMethod::make(Ref<>::of(self), Ref<>::of(instance));
      };
      slots.takes_self = true;
      Type* const ancestors[] = {&object_type()};
      return Type::make({.name = "function",
                         .layout = &layout_of<ProgramFunction>,
                         .ancestors = ancestors,
                         .protocols = slots});
    }();
    return *made;
  }

 private:
  const Body body_;
};

[[nodiscard]] inline Ref<> an_int(std::int64_t value) { return Ref<>::adopt(Value::of_int(value)); }
[[nodiscard]] inline Ref<> a_str(std::string_view utf8) { return Ref<>(Str::of_utf8(utf8)); }
[[nodiscard]] inline Ref<Str> name(std::string_view utf8) { return intern(utf8); }

// The text of a str; of other values what they are.
[[nodiscard]] inline std::string text_of(const Ref<>& value) {
  if (!value) return "raised " + std::string(Error::take().text());
  if (const Str* const str = as_str(value.value())) return std::string(Utf8Text(*str).view());
  if (value.value().is_int()) return std::to_string(value.value().as_int());
  return std::string(type_of(value.value()).name());
}
// What is pending: the text, or that of the value.
[[nodiscard]] inline std::string pending_text() {
  const Error error = Error::take();
  const Str* const str = error.value().is_empty() ? nullptr : as_str(error.value());
  return str == nullptr ? std::string(error.text()) : std::string(Utf8Text(*str).view());
}

// A class with attributes; its bases are types.
struct Attribute {
  const char* name;
  Ref<> value;
};

class Body {
 public:
  Body() : names_(Dict::make()) {}
  Body& set(std::string_view key, Ref<> value) {
    EXPECT_TRUE(value);
    EXPECT_EQ(names_->set(Value(name(key).get()), std::move(value)), Status::kDone);
    return *this;
  }
  Body& method(std::string_view key, ProgramFunction::Body body) {
    return set(key, ProgramFunction::make(body));
  }
  Dict& names() { return *names_; }

 private:
  Ref<Dict> names_;
};

[[nodiscard]] inline Ref<Tuple> tuple_of(const std::vector<Type*>& types) {
  Ref<Tuple> tuple = Tuple::make_blank(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) tuple->initialise(i, Ref<>::of(Value(types[i])));
  return tuple;
}

// Null: it raised.
[[nodiscard]] inline Type* try_class(std::string_view class_name, const std::vector<Type*>& bases,
                                     Body&& body = Body()) {
  const Ref<Str> own = name(class_name);
  const Ref<Tuple> all = tuple_of(bases);
  return make_class({&type_type(), *own, *all, body.names()});
}
inline Type& a_class(std::string_view class_name, const std::vector<Type*>& bases,
                                   Body&& body = Body()) {
  Type* const made = try_class(class_name, bases, std::move(body));
  EXPECT_NE(made, nullptr) << pending_text();
  return *made;
}

[[nodiscard]] inline Ref<> call_with(Value callee, std::vector<Value> values = {}) {
  return call(callee, {values.data(), values.size()});
}
[[nodiscard]] inline Ref<> new_of(Type& type, std::vector<Value> values = {}) {
  return call_with(Value(&type), std::move(values));
}
[[nodiscard]] inline Ref<> get(Value value, std::string_view attribute) {
  return get_attribute(value, *name(attribute));
}
[[nodiscard]] inline Ref<> get(const Ref<>& value, std::string_view attribute) {
  return get(value.value(), attribute);
}
[[nodiscard]] inline Status set(const Ref<>& value, std::string_view attribute, Ref<> to) {
  return set_attribute(value.value(), *name(attribute), std::move(to));
}

}  // namespace orochi::inline OROCHI_DESIGN::testing
