// memory/function_ref.h: a callable that is lent for the duration of a call.
//
// Two words, no allocation, no ownership: a parameter type for functions that call back before they
// return, so that their bodies need not be templates in a header.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace orochi::inline OROCHI_DESIGN {

template <class Signature>
class FunctionRef;

template <class Result, class... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  // Implicit, so that a lambda can be passed. It must outlive the call it is passed to.
  template <class Callable,
            class = std::enable_if_t<!std::is_same_v<std::remove_cvref_t<Callable>, FunctionRef> &&
                                     std::is_invocable_r_v<Result, Callable&, Arguments...>>>
  FunctionRef(Callable&& callable) noexcept  // NOLINT(google-explicit-constructor)
      : callable_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* what, Arguments... arguments) -> Result {
          return (*static_cast<std::remove_reference_t<Callable>*>(what))(
              std::forward<Arguments>(arguments)...);
        }) {}

  Result operator()(Arguments... arguments) const {
    return call_(callable_, std::forward<Arguments>(arguments)...);
  }

 private:
  void* callable_;
  Result (*call_)(void*, Arguments...);
};

}  // namespace orochi::inline OROCHI_DESIGN
