#include "objects/types/filter.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/construct.h"
#include "objects/types/digits.h"
#include "objects/types/held_iterator.h"
#include "objects/types/int.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_filter_type, before there are any

[[nodiscard]] Filter& self_of(Value self) noexcept { return static_cast<Filter&>(*self.object()); }

Ref<> make(const Value* arguments) noexcept {
  Type& type = static_cast<Type&>(*arguments[0].object());
  if (failed(refuse_keywords(type, *g_type, arguments[2]))) return kRaised;
  const auto& given = static_cast<const Tuple&>(*arguments[1].object());
  if (given.size() != 2)
    return raise(ErrorKind::kType,
                 {"filter expected 2 arguments, got ", Digits(given.size()).text()});
  Ref<> iterator = iterate(given[1]);
  return iterator ? new_object<Filter>(type, given.load(0), std::move(iterator)) : Ref<Filter>();
}

constexpr NativeSpec kMake[] = {{"__new__(cls, /, *args, **kwargs)", make}};
constexpr NativeSpec kMethods[] = {
    reduce_method<Filter, &Filter::reduce>(),
};

[[nodiscard]] Protocols filter_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept { return self_of(self).next(item); };
  return slots;
}

}  // namespace

Type& filter_type() noexcept { return *g_type; }

Status make_filter_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "filter",
                       .layout = &layout_of<Filter>,
                       .ancestors = ancestors,
                       .protocols = filter_protocols()});
  if (g_type == nullptr || failed(define_static_methods(*g_type, kMake))) return kRaised;
  return define_methods(*g_type, kMethods);
}

Truth Filter::is_wanted(Value item) const noexcept {
  const Value function = function_.get();
  if (function.is_none() || function == Value(&bool_type())) return truth(item);
  const Ref<> answer = call(function, {&item, 1});
  return answer ? truth(answer.value()) : Truth{kRaised};
}

Status Filter::next(Ref<>& item) noexcept {
  for (;;) {
    Ref<> candidate;
    if (failed(next_held(*this, iterator_.get(), candidate))) return kRaised;
    if (!candidate) return Status::kDone;
    const Truth wanted = is_wanted(candidate.value());
    if (failed(wanted)) return kRaised;
    if (wanted == Truth::kFalse) continue;
    item = std::move(candidate);
    return Status::kDone;
  }
}

Ref<> Filter::reduce() const noexcept {
  Ref<Tuple> arguments = Tuple::of(function_.load(), iterator_.load());
  if (!arguments) return kRaised;
  return Tuple::of(Ref<>::of(Value(&type_of(*this))), std::move(arguments));
}

}  // namespace orochi::inline OROCHI_DESIGN
