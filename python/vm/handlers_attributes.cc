// Attributes and methods.

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/intern.h"
#include "python/vm/attribute_cache.h"
#include "python/vm/handlers.h"

namespace orochi::inline OROCHI_DESIGN::handlers {

Status LoadAttribute(const Step& step) noexcept {
  Str& name = step.name_of_site();
  Ref<> value = get_attribute(step.b(), name);
  if (value) attribute_cache::note_own(step.b(), name, step.site());
  return step.give(std::move(value));
}

Status StoreAttribute(const Step& step) noexcept {
  const Value holder = step.a();
  Ref<> value = Ref<>::of(step.b());
  if (attribute_cache::store(holder, step.site(), value)) return step.end();
  Str& name = step.name_of_site();
  const ShapeIndex before = holder.is_counted() ? holder.counted_object()->shape() : 0;
  if (failed(set_attribute(holder, name, std::move(value)))) return kRaised;
  attribute_cache::note_stored(holder, before, name, step.site());
  return step.end();
}

Status DeleteAttribute(const Step& step) noexcept {
  return step.end(set_attribute(step.a(), step.name_c(), Ref<>()));
}

// A window has no marks: its registers are empty before.
Status LoadMethod(const Step& step) noexcept {
  const Value value = step.b();
  Str& name = step.name_of_site();
  Ref<> method;
  if (failed(find_method(value, name, method))) return kRaised;
  Ref<> self;
  if (method) {
    self = Ref<>::of(value);
    attribute_cache::note_method(value, name, step.site());
  } else {
    method = get_attribute(value, name);
  }
  if (!method) return kRaised;
  return step.give_two(std::move(method), std::move(self));
}

// --- Context managers. ---

namespace {

// `missing`: which of the two methods, if the other one is there.
Raised raise_no_manager(Value value, std::string_view protocol, std::string_view missing) noexcept {
  const bool is_known = !missing.empty();
  return raise(ErrorKind::kType,
               {"'", type_of(value).name(), "' object does not support the ", protocol, " protocol",
                is_known ? " (missed " : "", missing, is_known ? " method)" : ""});
}

[[nodiscard]] Status load_enter(const Step& step, std::string_view enter_name,
                                std::string_view exit_name, std::string_view protocol) noexcept {
  const Value manager = step.c();
  const Ref<Str> enter = intern(enter_name);
  const Ref<Str> exit = intern(exit_name);
  if (!enter || !exit) return kRaised;
  Ref<> bound_enter;
  Ref<> bound_exit;
  if (failed(find_special(manager, *enter, bound_enter))) return kRaised;
  if (!bound_enter) return raise_no_manager(manager, protocol, "");
  if (failed(find_special(manager, *exit, bound_exit))) return kRaised;
  if (!bound_exit) return raise_no_manager(manager, protocol, exit_name);
  if (failed(step.give_two(std::move(bound_enter), Ref<>()))) return kRaised;
  *step.window_b() = bound_exit.release();
  return Status::kDone;
}

}  // namespace

Status LoadEnter(const Step& step) noexcept {
  return load_enter(step, "__enter__", "__exit__", "context manager");
}
Status LoadAsyncEnter(const Step& step) noexcept {
  return load_enter(step, "__aenter__", "__aexit__", "asynchronous context manager");
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
