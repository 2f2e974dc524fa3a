// get_asyncgen_hooks set_asyncgen_hooks get_coroutine_origin_tracking_depth
// set_coroutine_origin_tracking_depth; and what a program is told of coroutines that it has not
// awaited.

#include <array>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/unraisable.h"
#include "objects/types/attribute.h"
#include "objects/types/digits.h"
#include "objects/types/import_hook.h"
#include "objects/types/int.h"
#include "objects/types/utf8_text.h"
#include "python/bytecode/place_table.h"
#include "python/modules/arguments.h"
#include "python/modules/show_traceback.h"
#include "python/modules/struct_sequence.h"
#include "python/modules/sys/functions.h"
#include "python/vm/generator.h"
#include "python/vm/hooks.h"

namespace orochi::inline OROCHI_DESIGN::sys {
namespace {

constexpr StructField kHookFields[] = {
    {"firstiter", "What is told of an async generator before its first step."},
    {"finalizer", "What is told of one that nobody needs any more."},
};
constexpr StructSequenceSpec kHooks{.module = "sys",
                                    .name = "asyncgen_hooks",
                                    .doc = "What a thread wants to know of async generators.",
                                    .fields = kHookFields,
                                    .shown = std::size(kHookFields),
                                    .can_be_called = false};

constinit Type* g_hooks_type = nullptr;  // written by start_coroutines

[[nodiscard]] Ref<> hook_or_none(const Ref<>& hook) noexcept {
  return hook ? hook.share() : Ref<>(Special::kNone);
}

// Nothing was given, or what may be a hook.
[[nodiscard]] Status check_hook(Value value, std::string_view name) noexcept {
  const bool is_hook =
      value.is_empty() || value.is_none() || type_of(value).block().protocols().call != nullptr;
  if (is_hook) return Status::kDone;
  return raise(ErrorKind::kType, {"callable ", name, " expected, got ", type_name(value)});
}

void set_hook(Ref<>& hook, Value value) noexcept {
  if (value.is_empty()) return;
  const Ref<> before = std::exchange(hook, value.is_none() ? Ref<>() : Ref<>::of(value));
}

}  // namespace

// --- Async generators. ---

Ref<> get_asyncgen_hooks(const Value*) noexcept {
  const Machine* const machine = Machine::mine();
  if (machine == nullptr) return kRaised;
  const AsyncHooks& hooks = machine->async_hooks;
  std::array<Ref<>, 2> values{hook_or_none(hooks.first_iteration), hook_or_none(hooks.finalizer)};
  return make_struct_sequence(*g_hooks_type, values);
}

// (firstiter, finalizer): None takes one away, and what is not given stays.
Ref<> set_asyncgen_hooks(const Value* arguments) noexcept {
  Machine* const machine = Machine::mine();
  if (machine == nullptr || failed(check_hook(arguments[1], "finalizer")) ||
      failed(check_hook(arguments[0], "firstiter")))
    return kRaised;
  set_hook(machine->async_hooks.finalizer, arguments[1]);
  set_hook(machine->async_hooks.first_iteration, arguments[0]);
  return Special::kNone;
}

// --- Coroutines. ---

Ref<> get_coroutine_origin_tracking_depth(const Value*) noexcept {
  const Machine* const machine = Machine::mine();
  return machine == nullptr ? Ref<>() : make_int(machine->origin_depth);
}

Ref<> set_coroutine_origin_tracking_depth(const Value* arguments) noexcept {
  Machine* const machine = Machine::mine();
  int depth = 0;
  if (machine == nullptr || failed(read_c_int(arguments[0], depth))) return kRaised;
  if (depth < 0) return raise(ErrorKind::kValue, {"depth must be >= 0"});
  machine->origin_depth = static_cast<std::uint32_t>(depth);
  return Special::kNone;
}

namespace {

// "file:1: " of the code that runs; without any, "sys:1: ".
[[nodiscard]] Ref<Str> place_of(const Frame* frame) noexcept {
  if (frame == nullptr) return Str::of_ascii("sys:1: ");
  const auto places = frame->code->code().places;
  return str_of({Utf8Text(frame->code->file()).view(), ":",
                 Digits(bytecode::place_of(places, frame->position()).line).text(), ": "});
}

// Without the module `warnings`.
void show_unawaited(Value coroutine) noexcept {
  const Machine* const machine = Machine::mine();
  auto& generator = static_cast<Generator&>(*coroutine.object());
  const Ref<> name = generator.qualified_name.load(generator);
  const Ref<Str> place = machine == nullptr ? Ref<Str>() : place_of(machine->frame);
  const Ref<Str> text = place ? str_of({Utf8Text(*place).view(), "RuntimeWarning: coroutine '",
                                        Utf8Text(name.as<Str>()).view(), "' was never awaited\n"})
                              : Ref<Str>();
  if (text) write_to_stderr(*text);
  clear_error();
}

// What the warning raises, since a filter makes it an error, is shown.
void warn_of_unawaited(Value coroutine) noexcept {
  const Ref<> warn = import_from("warnings", "_warn_unawaited_coroutine");
  if (!warn) {
    clear_error();
    return show_unawaited(coroutine);
  }
  if (!call(warn.value(), {&coroutine, 1})) report_unraisable(coroutine);
}

}  // namespace

Status start_coroutines() noexcept {
  g_hooks_type = make_struct_sequence_type(kHooks);
  if (g_hooks_type == nullptr) return kRaised;
  set_unawaited_hook(warn_of_unawaited);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::sys
