// _string: how str.format reads its formats, for string.Formatter.

#include "objects/model/new_object.h"
#include "objects/types/format_markup.h"
#include "objects/types/int.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by `complete`.
constinit Type* g_markup = nullptr;
constinit Type* g_path = nullptr;

// --- formatter_parser ---

// Texts and fields, one after another. The place is guarded by the lock.
class MarkupIterator : public Object {
 public:
  MarkupIterator(ShapeIndex shape, Ref<> text) noexcept
      : Object(shape), text_(std::move(text)), markup_(object_of<Str>(text_.get()).view()) {}

  [[nodiscard]] Status next(Ref<>& item) noexcept {
    MarkupPart part;
    {
      const Locked lock(*this);
      if (markup_.at_end()) return Status::kDone;
      const MarkupFault fault = markup_.next(part);
      if (fault != MarkupFault::kNone) return raise(ErrorKind::kValue, {text_of(fault)});
    }
    item = describe(part);
    return item ? Status::kDone : Status::kFailed;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(text_));
  }

 private:
  // (text, name, specifier, conversion); without a field the last three are None.
  [[nodiscard]] static Ref<> describe(const MarkupPart& part) noexcept {
    if (!part.has_field)
      return whole_tuple(Str::of(part.text), Ref<>(Special::kNone), Ref<>(Special::kNone),
                         Ref<>(Special::kNone));
    Ref<> conversion =
        part.conversion == 0 ? Ref<>(Special::kNone) : Ref<>(Str::of_character(part.conversion));
    return whole_tuple(Str::of(part.text), Str::of(part.name), Str::of(part.spec),
                       std::move(conversion));
  }

  const ConstField text_;
  Markup markup_;  // with the lock
};

// --- formatter_field_name_split ---

// The steps behind the first part of a name.
class PathIterator : public Object {
 public:
  PathIterator(ShapeIndex shape, Ref<> text, const FieldPath& path) noexcept
      : Object(shape), text_(std::move(text)), path_(path) {}

  [[nodiscard]] Status next(Ref<>& item) noexcept {
    text::View name;
    FieldPath::Step step = FieldPath::Step::kEnd;
    {
      const Locked lock(*this);
      step = path_.next(name);
    }
    switch (step) {
      case FieldPath::Step::kEnd:
        return Status::kDone;
      case FieldPath::Step::kAttribute:
      case FieldPath::Step::kItem:
        item = describe(step == FieldPath::Step::kAttribute, name);
        return item ? Status::kDone : Status::kFailed;
      case FieldPath::Step::kEmpty:
        return raise(ErrorKind::kValue, {"Empty attribute in format string"});
      case FieldPath::Step::kUnclosed:
        return raise(ErrorKind::kValue, {"Missing ']' in format string"});
      case FieldPath::Step::kNoStep:
        return raise(ErrorKind::kValue,
                     {"Only '.' or '[' may follow ']' in format field specifier"});
    }
    return Status::kDone;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(text_));
  }

 private:
  // (is it an attribute, its name); an item may be a number.
  [[nodiscard]] static Ref<> describe(bool is_attribute, text::View name) noexcept {
    return whole_tuple(truth_value(is_attribute),
                       is_attribute ? Ref<>(Str::of(name)) : name_or_number(name));
  }

 public:
  [[nodiscard]] static Ref<> name_or_number(text::View name) noexcept {
    std::int64_t number = 0;
    switch (read_index(name, number)) {
      case IndexText::kNone:
        return Str::of(name);
      case IndexText::kNumber:
        return make_int(number);
      case IndexText::kTooLarge:
        return raise(ErrorKind::kValue, {"Too many decimal digits in format string"});
    }
    return kRaised;
  }

 private:
  const ConstField text_;
  FieldPath path_;  // with the lock
};

[[nodiscard]] Status check_text(Value value) noexcept {
  if (as_str(value) != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {"expected str, got ", type_of(value).name()});
}

Ref<> parse(const Value* arguments) noexcept {
  if (failed(check_text(arguments[0]))) return kRaised;
  return new_object<MarkupIterator>(*g_markup, ref_of(arguments[0]));
}

Ref<> split_name(const Value* arguments) noexcept {
  if (failed(check_text(arguments[0]))) return kRaised;
  const FieldPath path(object_of<Str>(arguments[0]).view());
  Ref<> first = PathIterator::name_or_number(path.first());
  if (!first) return kRaised;
  return whole_tuple(std::move(first),
                     new_object<PathIterator>(*g_path, ref_of(arguments[0]), path));
}

template <class T>
[[nodiscard]] Type* make_iterator_type(std::string_view name) noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept { return object_of<T>(self).next(item); };
  return make_native_type({.name = name, .layout = &layout_of<T>, .slots = slots});
}

constexpr NativeSpec kFunctions[] = {
    {"formatter_field_name_split(name, /)", split_name, "split the argument as a field name"},
    {"formatter_parser(format, /)", parse, "parse the argument as a format string"},
};

Status complete(Module&) noexcept {
  g_markup = make_iterator_type<MarkupIterator>("formatteriterator");
  g_path = make_iterator_type<PathIterator>("fieldnameiterator");
  return g_markup == nullptr || g_path == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace

extern constinit const NativeModule kStringModule{"_string", "string helper module", kFunctions,
                                                  complete};

}  // namespace orochi::inline OROCHI_DESIGN
