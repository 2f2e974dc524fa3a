#include "objects/types/zip.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/held_iterator.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_zip_type, before there are any

[[nodiscard]] Protocols zip_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& items) noexcept {
    return static_cast<Zip*>(self.object())->next(items);
  };
  return slots;
}

// `place`: of the argument that is shorter or longer than all before it.
Raised raise_lengths_differ(std::size_t place, std::string_view how) noexcept {
  return raise(ErrorKind::kValue,
               {"zip() argument ", Digits(place + 1).text(), " is ", how, " than argument",
                place == 1 ? " " : "s 1-", Digits(place).text()});
}

Ref<> make(const Value* arguments) noexcept {
  const Truth strict = truth(arguments[2]);
  if (failed(strict)) return kRaised;
  const auto ends = strict == Truth::kTrue ? Zip::Ends::kStrict : Zip::Ends::kAny;
  return Zip::make(static_cast<Type&>(*arguments[0].object()),
                   static_cast<const Tuple&>(*arguments[1].object()), ends);
}

constexpr NativeSpec kMethods[] = {
    reduce_method<Zip, &Zip::reduce>(),
    set_state_method<Zip, &Zip::set_state>(),
};
constexpr NativeSpec kMake[] = {{"__new__(cls, /, *iterables, strict=False)", make}};

}  // namespace

Type& zip_type() noexcept { return *g_type; }

Status make_zip_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "zip",
                       .layout = &layout_of<Zip>,
                       .ancestors = ancestors,
                       .protocols = zip_protocols()});
  return g_type == nullptr ? Status::kFailed : Status::kDone;
}

Status define_zip_methods() noexcept {
  if (failed(define_static_methods(*g_type, kMake))) return kRaised;
  return define_methods(*g_type, kMethods);
}

Ref<> Zip::make(Type& type, const Tuple& iterables, Ends ends) noexcept {
  Ref<Tuple> iterators = Tuple::make_blank(iterables.size());
  if (!iterators) return kRaised;
  for (std::size_t i = 0; i < iterables.size(); ++i) {
    Ref<> iterator = iterate(iterables[i]);
    if (!iterator) return kRaised;
    iterators->initialise(i, std::move(iterator));
  }
  return new_object<Zip>(type, std::move(iterators), ends);
}

const Tuple& Zip::iterators() const noexcept {
  return static_cast<const Tuple&>(*iterators_.get().object());
}

Status Zip::next(Ref<>& items) noexcept {
  const std::size_t size = iterators().size();
  if (size == 0) return Status::kDone;
  Ref<Tuple> made = Tuple::make_blank(size);
  if (!made) return kRaised;
  for (std::size_t i = 0; i < size; ++i) {
    Ref<> item;
    if (failed(next_held(*this, iterators()[i], item))) return kRaised;
    if (!item) return check_ends(i);
    made->initialise(i, std::move(item));
  }
  items = std::move(made);
  return Status::kDone;
}

Status Zip::check_ends(std::size_t place) noexcept {
  if (ends_.load(kRelaxed) == Ends::kAny) return Status::kDone;
  if (place > 0) return raise_lengths_differ(place, "shorter");
  for (std::size_t i = 1; i < iterators().size(); ++i) {
    Ref<> item;
    if (failed(next_held(*this, iterators()[i], item))) return kRaised;
    if (item) return raise_lengths_differ(i, "longer");
  }
  return Status::kDone;
}

Ref<> Zip::reduce() const noexcept {
  Ref<> type = Ref<>::of(Value(&type_of(*this)));
  if (ends_.load(kRelaxed) == Ends::kAny) return Tuple::of(std::move(type), iterators_.load());
  return Tuple::of(std::move(type), iterators_.load(), Ref<>(Special::kTrue));
}

Status Zip::set_state(Value state) noexcept {
  const Truth strict = truth(state);
  if (failed(strict)) return kRaised;
  ends_.store(strict == Truth::kTrue ? Ends::kStrict : Ends::kAny, kRelaxed);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
