// What a program sees of a frame.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "objects/types/native_function.h"
#include "objects/types/traceback.h"
#include "objects/types/utf8_text.h"
#include "python/bytecode/place_table.h"
#include "python/vm/code_methods.h"
#include "python/vm/frame_object.h"
#include "python/vm/function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_frame = nullptr;  // written by make_frame_type

[[nodiscard]] FrameObject& self_of(Value self) noexcept {
  return static_cast<FrameObject&>(*self.object());
}

[[nodiscard]] bytecode::CodePlace place_of(const FrameObject& frame,
                                           std::uint32_t position) noexcept {
  return bytecode::place_of(frame.code().code().places, position);
}

Ref<> get_back(Value self) noexcept { return self_of(self).back(); }
Ref<> get_code(Value self) noexcept { return Ref<>::of(Value(&self_of(self).code())); }
Ref<> get_globals(Value self) noexcept { return self_of(self).globals(); }
Ref<> get_builtins(Value self) noexcept {
  return Ref<>::of(Value(&self_of(self).function().builtins()));
}
Ref<> get_locals(Value self) noexcept { return self_of(self).locals(); }
Ref<> get_line(Value self) noexcept {
  const FrameObject& frame = self_of(self);
  return make_int(place_of(frame, frame.position()).line);
}
Ref<> get_last_instruction(Value self) noexcept {
  return make_int(self_of(self).position() * kBytesOfInstruction);
}

constexpr AttributeSpec kAttributes[] = {
    {"f_back", get_back},
    {"f_code", get_code},
    {"f_globals", get_globals},
    {"f_builtins", get_builtins},
    {"f_locals", get_locals},
    {"f_lineno", get_line},
    {"f_lasti", get_last_instruction},
};

Ref<> frame_repr(Value self) noexcept {
  const FrameObject& frame = self_of(self);
  return str_of({"<frame at ", Address(&frame).text(), ", file '",
                 Utf8Text(frame.code().file()).view(), "', line ",
                 Digits(place_of(frame, frame.position()).line).text(), ", code ",
                 Utf8Text(frame.code().short_name()).view(), ">"});
}

// frame.clear(): of one that is over.
Ref<> clear(const Value* arguments) noexcept {
  FrameObject& frame = self_of(arguments[0]);
  if (frame.is_running()) return raise(ErrorKind::kRuntime, {"cannot clear an executing frame"});
  frame.clear_locals();
  return Special::kNone;
}
constexpr NativeSpec kMethods[] = {{"clear(self, /)", clear}};

// For tracebacks.
Status find_place(Value value, std::uint32_t position, SourcePlace& found) noexcept {
  const FrameObject& frame = self_of(value);
  const bytecode::CodePlace place = place_of(frame, position / kBytesOfInstruction);
  found.file = Ref<Str>::of(frame.code().file());
  found.function = Ref<Str>::of(frame.code().short_name());
  found.line = place.line;
  found.end_line = place.end_line;
  if (place.line == 0) return Status::kDone;
  found.column = place.column;
  found.end_column = place.end_column;
  return Status::kDone;
}

}  // namespace

Type& frame_type() noexcept { return *g_frame; }

Status make_frame_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  Protocols slots;
  slots.repr = frame_repr;
  g_frame = Type::make({.name = "frame",
                        .layout = &layout_of<FrameObject>,
                        .ancestors = ancestors,
                        .protocols = slots,
                        .is_final = true});
  if (g_frame == nullptr) return kRaised;
  g_frame->set_abstract(true);
  set_place_finder(find_place);
  if (failed(define_attributes(*g_frame, kAttributes))) return kRaised;
  return define_methods(*g_frame, kMethods);
}

}  // namespace orochi::inline OROCHI_DESIGN
