// _thread._local: an object whose attributes are those of the thread that asks.
//
//     local --> by_thread: thread --> dict of attributes
//     thread --> weak references to the locals that it has used
//
// The end of a thread takes its dicts out of the locals that are left; the end of a local ends all
// of its dicts.

#include "objects/model/new_object.h"
#include "objects/types/attribute.h"
#include "objects/types/dict.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/names.h"
#include "objects/types/utf8_text.h"
#include "objects/types/weakref.h"
#include "python/modules/calls.h"
#include "python/modules/native_type.h"
#include "python/modules/thread/parts.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {
namespace {

constinit Type* g_local = nullptr;  // written by add_local

class Local : public Object {
 public:
  Local(ShapeIndex shape, Ref<> arguments, Ref<> named, Ref<Dict> by_thread) noexcept
      : Object(shape),
        arguments_(std::move(arguments)),
        named_(std::move(named)),
        by_thread_(std::move(by_thread)) {}

  // What a new thread's attributes are initialised with; a tuple, and a dict or nothing.
  [[nodiscard]] const Tuple& arguments() const noexcept {
    return static_cast<const Tuple&>(*arguments_.get().object());
  }
  [[nodiscard]] Value named() const noexcept { return named_.get(); }
  [[nodiscard]] Dict& by_thread() const noexcept {
    return static_cast<Dict&>(*by_thread_.get().object());
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(arguments_));
    visit(Children::of(named_));
    visit(Children::of(by_thread_));
  }
  void clear() noexcept { by_thread().clear(); }

 private:
  const ConstField arguments_;
  const ConstField named_;
  const ConstField by_thread_;
};

[[nodiscard]] Local& self_of(Value value) noexcept { return object_of<Local>(value); }

// --- What the thread has used. ---

thread_local constinit List* t_used = nullptr;  // of weak references; counted

[[nodiscard]] Ref<> this_thread() noexcept { return make_size(platform::this_thread()); }

[[nodiscard]] Status note_use(Local& local) noexcept {
  if (t_used == nullptr) t_used = List::make().release();
  if (t_used == nullptr) return kRaised;
  Ref<WeakRef> link = WeakRef::make(weakref_type(), Value(&local), Ref<>());
  return link ? t_used->append(std::move(link)) : Status::kFailed;
}

// --- The thread's attributes. ---

[[nodiscard]] Status initialise(Local& local) noexcept {
  const Ref<Str> name = intern("__init__");
  const Ref<> init = name ? type_of(local).find(*name) : Ref<>();
  if (!init) return kRaised;
  GatheredCall call;
  const Tuple& arguments = local.arguments();
  if (failed(call.reserve(arguments.size() + 1))) return kRaised;
  const Ref<> bound = get_attribute(Value(&local), *name);
  if (!bound) return kRaised;
  return call_with_all(bound.value(), arguments, local.named()) ? Status::kDone : Status::kFailed;
}

[[nodiscard]] Ref<Dict> attributes_of(Local& local) noexcept {
  const Ref<> thread = this_thread();
  Ref<> found;
  if (!thread || failed(local.by_thread().find(thread.value(), found))) return kRaised;
  if (found) return std::move(found).cast<Dict>();
  Ref<Dict> made = Dict::make();
  if (!made || failed(note_use(local)) ||
      failed(local.by_thread().set(thread.value(), made.share())))
    return kRaised;
  if (!failed(initialise(local))) return made;
  Error error = Error::take();
  Ref<> removed;
  if (failed(local.by_thread().remove(thread.value(), removed))) clear_error();
  std::move(error).restore();
  return kRaised;
}

// --- Slots. ---

[[nodiscard]] bool is_dict_name(const Object& name) noexcept { return &name == names().dict; }

Ref<> local_get(Value self, Object& name) noexcept {
  const Ref<Dict> attributes = attributes_of(self_of(self));
  if (!attributes) return kRaised;
  if (is_dict_name(name)) return attributes.share();
  const Ref<> of_type = type_of(self).find(name);
  const bool is_data =
      of_type && type_of(of_type.value()).block().protocols().descriptor_set != nullptr;
  Ref<> own;
  if (!is_data && failed(attributes->find(Value(&name), own))) return kRaised;
  return own ? std::move(own) : generic_get_attribute(self, name);
}

Status local_set(Value self, Object& name, Ref<> value) noexcept {
  if (is_dict_name(name))
    return raise(ErrorKind::kAttribute,
                 {"'", type_of(self).name(), "' object attribute '__dict__' is read-only"});
  const Ref<Dict> attributes = attributes_of(self_of(self));
  if (!attributes) return kRaised;
  const Ref<> of_type = type_of(self).find(name);
  if (of_type && type_of(of_type.value()).block().protocols().descriptor_set != nullptr)
    return generic_set_attribute(self, name, std::move(value));
  if (value) return attributes->set(Value(&name), std::move(value));
  Ref<> before;
  if (failed(attributes->remove(Value(&name), before))) return kRaised;
  return before ? Status::kDone : Status{raise_no_attribute(self, name)};
}

Ref<> local_new(const Value* arguments) noexcept {
  Type& type = wanted_type(arguments);
  const auto& given = object_of<Tuple>(arguments[1]);
  const Ref<Str> init = intern("__init__");
  if (!init) return kRaised;
  const bool has_arguments = given.size() != 0 || !arguments[2].is_empty();
  const Ref<> own = type.find(*init);
  const Ref<> plain = object_type().find(*init);
  if (has_arguments && own.value() == plain.value())
    return raise(ErrorKind::kType, {"Initialization arguments are not supported"});
  Ref<Dict> by_thread = Dict::make();
  const Ref<> thread = this_thread();
  Ref<Dict> mine = Dict::make();
  if (!by_thread || !thread || !mine || failed(by_thread->set(thread.value(), std::move(mine))))
    return kRaised;
  Ref<Local> made = new_object<Local>(type, Ref<>::of(arguments[1]), Ref<>::of(arguments[2]),
                                      std::move(by_thread));
  if (!made || failed(note_use(*made))) return kRaised;
  return made;
}
constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", local_new}};

}  // namespace

void forget_locals() noexcept {
  const Ref<List> used = Ref<List>::adopt(std::exchange(t_used, nullptr));
  const Ref<> thread = used ? this_thread() : Ref<>();
  if (!thread) return;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(used->size()); ++i) {
    Ref<> link;
    if (!used->get(i, link)) continue;
    const Ref<> local = link.as<WeakRef>().get();
    Ref<> attributes;
    if (local && failed(self_of(local.value()).by_thread().remove(thread.value(), attributes)))
      clear_error();
  }
}

Status add_local(Module& module) noexcept {
  Protocols slots;
  slots.get_attribute = local_get;
  slots.set_attribute = local_set;
  g_local = add_native_type(module, {.name = "_thread._local",
                                     .layout = &layout_of<Local>,
                                     .slots = slots,
                                     .statics = kNew,
                                     .is_weakly_referable = true});
  return g_local == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
