// stress/harness/on_threads/scenario_door/shared.h: what scenarios ask of whoever runs them.
//
// Stands on the include path of the hammer; the explorer has its own file of this name. A scenario
// includes "scenario_door/shared.h" and compiles for both.
#pragma once

namespace orochi::stress {

// Plain memory that actors share. Nothing may race here; ThreadSanitizer looks.
template <class T>
class Shared {
 public:
  Shared() noexcept = default;
  explicit Shared(T value) noexcept : value_{value} {}
  [[nodiscard]] T get() const noexcept { return value_; }
  void set(T value) noexcept { value_ = value; }

 private:
  T value_{};
};

// Ends the scenario as forbidden if it does not hold.
[[noreturn]] void fail_check(const char* what) noexcept;
inline void expect(bool holds, const char* what) noexcept {
  if (!holds) [[unlikely]]
    fail_check(what);
}

// Now and then takes a while, so that a narrow gap is wide enough for real threads. The explorer
// needs no such help.
void linger() noexcept;

// A name for traces, which the hammer has none of.
template <class T>
void call(const T&, const char*) noexcept {}

}  // namespace orochi::stress
