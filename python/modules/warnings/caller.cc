// Where a warning is: the place of a caller.

#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/utf8_text.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/warnings/warning.h"
#include "python/vm/execute.h"
#include "python/vm/frame_object.h"

namespace orochi::inline OROCHI_DESIGN::warnings {
namespace {

constinit LateName g_line("f_lineno");
constinit LateName g_name("__name__");
constinit LateName g_registry("__warningregistry__");

// Frames of the import machinery are nobody's.
[[nodiscard]] bool is_internal(const Frame& frame) noexcept {
  const Utf8Text file(frame.code->file());
  return file.view().find("importlib") != std::string_view::npos &&
         file.view().find("_bootstrap") != std::string_view::npos;
}

[[nodiscard]] Frame* caller_at(std::int64_t level) noexcept {
  Frame* frame = current_frame();
  const bool counts_all = level <= 0 || (frame != nullptr && is_internal(*frame));
  while (--level > 0 && frame != nullptr) {
    frame = frame->caller;
    while (!counts_all && frame != nullptr && is_internal(*frame)) frame = frame->caller;
  }
  return frame;
}

[[nodiscard]] Status take_place(Frame* frame, Dict*& globals, Ref<>& keep,
                                Warning& warning) noexcept {
  if (frame == nullptr) {
    globals = &sys_module().dict();
    warning.file = intern("sys");
    warning.line = make_int(std::int64_t{1});
    return warning.file ? Status::kDone : Status::kFailed;
  }
  const Ref<FrameObject> object = frame_object_of(*frame);
  Str* const line = g_line.get();
  if (!object || line == nullptr) return kRaised;
  keep = object->globals();
  warning.line = get_attribute(object.value(), *line);
  warning.file = Ref<>::of(Value(&frame->code->file()));
  globals = keep ? as_dict(keep.value()) : nullptr;
  return globals != nullptr && warning.line ? Status::kDone : Status::kFailed;
}

}  // namespace

Status take_caller(std::int64_t level, Warning& warning) noexcept {
  Dict* globals = nullptr;
  Ref<> keep;
  Str* const name = g_name.get();
  Str* const registry_name = g_registry.get();
  if (name == nullptr || registry_name == nullptr ||
      failed(take_place(caller_at(level), globals, keep, warning)) ||
      failed(globals->find(Value(name), warning.module)))
    return kRaised;
  if (!warning.module || as_str(warning.module.value()) == nullptr)
    warning.module = intern("<string>");
  warning.registry = globals->set_default(Value(registry_name), Dict::make());
  return warning.module && warning.registry ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN::warnings
