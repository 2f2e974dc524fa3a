#include "objects/types/exception.h"

#include <array>
#include <utility>

#include "objects/model/new_object.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/traceback.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct Maker {
  const Layout* layout;
  Ref<Exception> (*make)(Type&, Ref<Tuple>) noexcept;
};

template <ExceptionFamily kFamily>
constexpr Maker kMakerOf{
    &layout_of<ExceptionOf<kFamily>>, [](Type& type, Ref<Tuple> args) noexcept {
      return Ref<Exception>(new_object<ExceptionOf<kFamily>>(type, std::move(args)));
    }};

template <std::size_t... kIndices>
constexpr std::array<Maker, kExceptionFamilies> makers(std::index_sequence<kIndices...>) {
  return {kMakerOf<static_cast<ExceptionFamily>(kIndices)>...};
}
constexpr auto kMakers = makers(std::make_index_sequence<kExceptionFamilies>());

// A class that a program derived has the layout of its native base, and so is of its family.
[[nodiscard]] const Maker& maker_for(const Type& type) noexcept {
  for (const Maker& maker : kMakers) {
    if (maker.layout == &type.native_layout()) return maker;
  }
  return kMakers.front();
}

}  // namespace

const Layout& layout_of_family(ExceptionFamily family) noexcept {
  return *kMakers[static_cast<std::size_t>(family)].layout;
}

Ref<Exception> Exception::make(Type& type, Ref<Tuple> args) noexcept {
  return maker_for(type).make(type, std::move(args));
}

Exception* as_exception(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const bool is_one =
      type_of(*value.object()).is_subtype_of(exception_type(BuiltinException::kBaseException));
  return is_one ? static_cast<Exception*>(value.object()) : nullptr;
}

bool Exception::is_last_resort() const noexcept { return this == &last_memory_error(); }

// --- Fields. ---

Ref<Traceback> Exception::traceback() noexcept { return traceback_.load(*this).cast<Traceback>(); }

void Exception::set_traceback(Ref<Traceback> traceback) noexcept {
  if (!is_last_resort()) traceback_.store(*this, std::move(traceback));
}

void Exception::set_context(Ref<Exception> context) noexcept {
  if (!is_last_resort()) context_.store(*this, std::move(context));
}

void Exception::set_cause(Ref<Exception> cause) noexcept {
  if (is_last_resort()) return;
  Ref<> before;
  const Locked lock(*this);
  cause_.replace(lock.held(), std::move(cause)).swap(before);
  suppress_context(true);
}

void Exception::clear() noexcept {
  set_args(Ref<Tuple>::of(no_arguments()));
  for (Field* const field : {&traceback_, &cause_, &context_}) field->store(*this, Ref<>());
}

}  // namespace orochi::inline OROCHI_DESIGN
