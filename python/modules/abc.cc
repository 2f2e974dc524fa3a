// _abc: classes that others can declare themselves to be.
//
//     cls._abc_impl    what is known of a class: who is registered with it, and answers that were
//                      given before
//
// A "no" is good until somebody registers something somewhere: g_registrations says how often that
// has happened. Types live for ever, so what is known of them holds them as they are.
//
// Sets are shared by threads as all sets are. An answer that is computed twice is the same answer.

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/descriptor.h"
#include "objects/types/each_item.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/mapping_proxy.h"
#include "objects/types/names.h"
#include "objects/types/set.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "python/modules/calls.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Atomic<std::uint64_t> g_registrations{0};

// relaxed: a number to compare with; what was registered is found in a set, with that set's own
// order.
[[nodiscard]] std::uint64_t registrations() noexcept { return g_registrations.load(kRelaxed); }

// Names, interned for ever by `complete`.
struct AbcNames {
  Str* data;        // _abc_impl
  Str* flags;       // __abc_tpflags__
  Str* hook;        // __subclasshook__
  Str* subclasses;  // __subclasses__
};
constinit AbcNames g_names{};
constinit Type* g_data_type = nullptr;  // written by `complete`

class AbcData : public Object {
 public:
  AbcData(ShapeIndex shape, Ref<Set> registry, Ref<Set> yes, Ref<Set> no) noexcept
      : Object(shape),
        registry_(std::move(registry)),
        yes_(std::move(yes)),
        no_(std::move(no)),
        no_since_(registrations()) {}

  [[nodiscard]] static Ref<> make() noexcept {
    Ref<Set> registry = Set::make(set_type());
    Ref<Set> yes = Set::make(set_type());
    Ref<Set> no = Set::make(set_type());
    if (!registry || !yes || !no) return kRaised;
    return new_object<AbcData>(*g_data_type, std::move(registry), std::move(yes), std::move(no));
  }

  [[nodiscard]] Set& registry() const noexcept { return object_of<Set>(registry_.get()); }
  [[nodiscard]] Set& yes() const noexcept { return object_of<Set>(yes_.get()); }
  [[nodiscard]] Set& no() const noexcept { return object_of<Set>(no_.get()); }

  // Since how many registrations the "no"s are known. relaxed, both: as registrations().
  [[nodiscard]] std::uint64_t no_since() const noexcept { return no_since_.load(kRelaxed); }
  // kTrue: it is no subclass, and that is still good.
  [[nodiscard]] Truth says_no(Value type) noexcept {
    const std::uint64_t now = registrations();
    if (no_since() == now) return no().contains(type);
    no().clear();
    no_since_.store(now, kRelaxed);
    return Truth::kFalse;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(registry_));
    visit(Children::of(yes_));
    visit(Children::of(no_));
  }

 private:
  const ConstField registry_;
  const ConstField yes_;
  const ConstField no_;
  Atomic<std::uint64_t> no_since_;
};

[[nodiscard]] Ref<> data_of(Value self) noexcept {
  Ref<> data = get_attribute(self, *g_names.data);
  if (!data || &type_of(data.value()) == g_data_type) return data;
  return raise(ErrorKind::kType, {"_abc_impl is set to a wrong type"});
}

[[nodiscard]] Ref<> answer_of(Truth truth) noexcept {
  return failed(truth) ? Ref<>() : truth_value(truth == Truth::kTrue);
}

// Done and nothing in `result`: it has none, or says so itself.
[[nodiscard]] Status look_up(Value value, Object& name, Ref<>& result) noexcept {
  if (!failed(find_attribute(value, name, result))) return Status::kDone;
  if (!is_pending(exception_type(ErrorKind::kAttribute))) return kRaised;
  clear_error();
  return Status::kDone;
}

// --- Making a class abstract. ---

[[nodiscard]] Truth is_abstract(Value value) noexcept {
  Ref<> mark;
  if (failed(look_up(value, *names().is_abstract_method, mark))) return kRaised;
  return mark ? truth(mark.value()) : Truth::kFalse;
}

[[nodiscard]] Status add_own(const Type& type, Set& abstract) noexcept {
  const Ref<Dict> own = attributes_of_type(type);
  std::size_t place = 0;
  if (!own) return kRaised;
  for (DictItem item = own->next(place); item; item = own->next(++place)) {
    const Truth is = is_abstract(item.value.value());
    if (failed(is) || (is == Truth::kTrue && failed(abstract.add(item.key.value()))))
      return kRaised;
  }
  return Status::kDone;
}

// What a base has left to others, and the class has not done.
[[nodiscard]] Status add_inherited(Value self, const Type& base, Set& abstract) noexcept {
  Ref<> names_of_base;
  if (failed(look_up(Value(const_cast<Type*>(&base)), *names().abstract_methods, names_of_base)))
    return kRaised;
  if (!names_of_base) return Status::kDone;
  return for_each_item(names_of_base.value(), [&](Value key) noexcept -> Status {
    const Ref<Str> name = attribute_name(key);
    Ref<> value;
    if (!name || failed(look_up(self, *name, value))) return kRaised;
    const Truth is = value ? is_abstract(value.value()) : Truth::kFalse;
    if (failed(is)) return kRaised;
    return is == Truth::kTrue ? abstract.add(key) : Status::kDone;
  });
}

[[nodiscard]] Status check_class(Value value, std::string_view function) noexcept {
  if (as_type(value) != nullptr) return Status::kDone;
  return raise(ErrorKind::kType,
               {function, "() argument 1 must be a class, not ", type_of(value).name()});
}

Ref<> abc_init(const Value* arguments) noexcept {
  const Value self = arguments[0];
  if (failed(check_class(self, "_abc_init"))) return kRaised;
  const Type& type = *as_type(self);
  Ref<Set> abstract = Set::make(set_type());
  if (!abstract || failed(add_own(type, *abstract))) return kRaised;
  for (const Type* const base : type.bases())
    if (failed(add_inherited(self, *base, *abstract))) return kRaised;
  Ref<Set> frozen = abstract->copy(frozenset_type());
  if (!frozen || failed(set_attribute(self, *names().abstract_methods, std::move(frozen))))
    return kRaised;
  return none_or_raised(set_attribute(self, *g_names.data, AbcData::make()));
}

// --- Registering. ---

// What patterns match is said by an attribute; a class that is registered is matched likewise.
[[nodiscard]] Status pass_flags_on(const Type& self, Type& subclass) noexcept {
  Ref<> flags = self.find(*g_names.flags);
  if (!flags || subclass.find(*g_names.flags)) return Status::kDone;
  return subclass.set(*g_names.flags, std::move(flags));
}

Ref<> abc_register(const Value* arguments) noexcept {
  const Value self = arguments[0];
  const Value subclass = arguments[1];
  if (as_type(subclass) == nullptr) return raise(ErrorKind::kType, {"Can only register classes"});
  const Truth is_one = is_subclass(subclass, self);
  if (failed(is_one)) return kRaised;
  if (is_one == Truth::kTrue) return ref_of(subclass);
  const Truth is_circle = is_subclass(self, subclass);
  if (failed(is_circle)) return kRaised;
  if (is_circle == Truth::kTrue)
    return raise(ErrorKind::kRuntime, {"Refusing to create an inheritance cycle"});
  const Ref<> data = data_of(self);
  if (!data || failed(data.as<AbcData>().registry().add(subclass))) return kRaised;
  g_registrations.fetch_add(std::uint64_t{1}, kRelaxed);  // relaxed: as registrations()
  if (as_type(self) != nullptr && failed(pass_flags_on(*as_type(self), *as_type(subclass))))
    return kRaised;
  return ref_of(subclass);
}

// --- Asking. ---

[[nodiscard]] Ref<> subclass_check(Value self, Value subclass) noexcept {
  return call_method(self, *names().subclass_check, {&subclass, 1});
}

Ref<> abc_instance_check(const Value* arguments) noexcept {
  const Value self = arguments[0];
  const Ref<> data = data_of(self);
  const Ref<> subclass = data ? get_attribute(arguments[1], *names().class_) : Ref<>();
  if (!subclass) return kRaised;
  auto& known = data.as<AbcData>();
  const Truth yes = known.yes().contains(subclass.value());
  if (yes != Truth::kFalse) return answer_of(yes);
  const Value type(&type_of(arguments[1]));
  if (type != subclass.value()) {
    Ref<> answer = subclass_check(self, subclass.value());
    const Truth is = answer ? truth(answer.value()) : Truth::kFailed;
    if (failed(is)) return kRaised;
    return is == Truth::kTrue ? std::move(answer) : subclass_check(self, type);
  }
  const Truth no = known.says_no(type);
  if (failed(no)) return kRaised;
  return no == Truth::kTrue ? Ref<>(Special::kFalse) : subclass_check(self, type);
}

// What the class itself says, if it says anything.
enum class Hook : std::uint8_t { kFailed, kYes, kNo, kNothing };
[[nodiscard]] Hook ask_hook(Value self, Value subclass) noexcept {
  const Ref<> answer = call_method(self, *g_names.hook, {&subclass, 1});
  if (!answer) return Hook::kFailed;
  if (answer.value() == Value::kTrue) return Hook::kYes;
  if (answer.value() == Value::kFalse) return Hook::kNo;
  if (answer.value().is(Special::kNotImplemented)) return Hook::kNothing;
  raise(ErrorKind::kAssertion,
        {"__subclasshook__ must return either False, True, or NotImplemented"});
  return Hook::kFailed;
}

// It is below one of these.
[[nodiscard]] Truth is_below_one_of(Value subclass, Value classes) noexcept {
  const Truth none = for_all_items(classes, [&](Value each) noexcept {
    const Truth below = is_subclass(subclass, each);
    return failed(below) ? below : truth_of(below == Truth::kFalse);
  });
  return failed(none) ? none : truth_of(none == Truth::kFalse);
}

[[nodiscard]] Truth is_below_registered(AbcData& data, Value subclass) noexcept {
  if (data.registry().size() == 0) return Truth::kFalse;
  const Ref<Set> registry = data.registry().copy(set_type());
  return registry ? is_below_one_of(subclass, registry.value()) : Truth{kRaised};
}

[[nodiscard]] Truth is_below_subclass(Value self, Value subclass) noexcept {
  const Ref<> subclasses = call_method(self, *g_names.subclasses);
  if (!subclasses) return kRaised;
  if (as_list(subclasses.value()) == nullptr)
    return raise(ErrorKind::kType, {"__subclasses__() must return a list"});
  const Ref<Tuple> all = Tuple::from(subclasses.value());
  return all ? is_below_one_of(subclass, all.value()) : Truth{kRaised};
}

[[nodiscard]] Truth compute(Value self, AbcData& data, Value subclass) noexcept {
  const Hook hook = ask_hook(self, subclass);
  if (hook == Hook::kFailed) return kRaised;
  if (hook != Hook::kNothing) return truth_of(hook == Hook::kYes);
  const Type* const kind = as_type(self);
  if (kind != nullptr && as_type(subclass)->is_subtype_of(*kind)) return Truth::kTrue;
  const Truth registered = is_below_registered(data, subclass);
  return registered != Truth::kFalse ? registered : is_below_subclass(self, subclass);
}

Ref<> abc_subclass_check(const Value* arguments) noexcept {
  const Value subclass = arguments[1];
  if (as_type(subclass) == nullptr)
    return raise(ErrorKind::kType, {"issubclass() arg 1 must be a class"});
  const Ref<> data = data_of(arguments[0]);
  if (!data) return kRaised;
  auto& known = data.as<AbcData>();
  const Truth yes = known.yes().contains(subclass);
  if (yes != Truth::kFalse) return answer_of(yes);
  const Truth no = known.says_no(subclass);
  if (failed(no)) return kRaised;
  if (no == Truth::kTrue) return Special::kFalse;
  const Truth is = compute(arguments[0], known, subclass);
  if (failed(is) || failed((is == Truth::kTrue ? known.yes() : known.no()).add(subclass)))
    return kRaised;
  return answer_of(is);
}

// --- The rest. ---

Ref<> get_dump(const Value* arguments) noexcept {
  const Ref<> data = data_of(arguments[0]);
  if (!data) return kRaised;
  auto& known = data.as<AbcData>();
  return whole_tuple(known.registry().copy(set_type()), known.yes().copy(set_type()),
                     known.no().copy(set_type()),
                     make_int(static_cast<std::int64_t>(known.no_since())));
}

Ref<> reset_registry(const Value* arguments) noexcept {
  const Ref<> data = data_of(arguments[0]);
  if (!data) return kRaised;
  data.as<AbcData>().registry().clear();
  return Special::kNone;
}

Ref<> reset_caches(const Value* arguments) noexcept {
  const Ref<> data = data_of(arguments[0]);
  if (!data) return kRaised;
  data.as<AbcData>().yes().clear();
  data.as<AbcData>().no().clear();
  return Special::kNone;
}

Ref<> get_cache_token(const Value*) noexcept {
  return make_int(static_cast<std::int64_t>(registrations()));
}

constexpr NativeSpec kFunctions[] = {
    {"get_cache_token()", get_cache_token, "Returns the current ABC cache token."},
    {"_abc_init(self, /)", abc_init, "Internal ABC helper for class set-up."},
    {"_abc_register(self, subclass, /)", abc_register,
     "Internal ABC helper for subclasss registration."},
    {"_abc_instancecheck(self, instance, /)", abc_instance_check,
     "Internal ABC helper for instance checks."},
    {"_abc_subclasscheck(self, subclass, /)", abc_subclass_check,
     "Internal ABC helper for subclasss checks."},
    {"_get_dump(self, /)", get_dump, "Internal ABC helper for cache and registry debugging."},
    {"_reset_registry(self, /)", reset_registry,
     "Internal ABC helper to reset registry of a class."},
    {"_reset_caches(self, /)", reset_caches,
     "Internal ABC helper to reset both caches of a class."},
};

Status complete(Module&) noexcept {
  g_names = {intern_for_ever("_abc_impl"), intern_for_ever("__abc_tpflags__"),
             intern_for_ever("__subclasshook__"), intern_for_ever("__subclasses__")};
  g_data_type = make_native_type({.name = "_abc._abc_data", .layout = &layout_of<AbcData>});
  const bool has_all = g_names.data != nullptr && g_names.flags != nullptr &&
                       g_names.hook != nullptr && g_names.subclasses != nullptr;
  return has_all && g_data_type != nullptr ? Status::kDone : Status::kFailed;
}

}  // namespace

extern constinit const NativeModule kAbcModule{
    "_abc", "Module contains faster C implementation of abc.ABCMeta", kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
