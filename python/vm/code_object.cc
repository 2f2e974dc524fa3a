#include "python/vm/code_object.h"

#include <new>

#include "memory/buffer.h"
#include "objects/model/new_object.h"
#include "objects/types/intern.h"
#include "python/compiler/arena.h"
#include "python/vm/constants.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] std::uint32_t simple_call_of(const bytecode::Code& code) noexcept {
  constexpr std::uint32_t kNotSimple = bytecode::kVarArgs | bytecode::kVarKeywords |
                                       bytecode::kGenerator | bytecode::kCoroutine |
                                       bytecode::kAsyncGenerator;
  const bool is_simple = (code.flags & kNotSimple) == 0 && code.keyword_only_count == 0 &&
                         (code.flags & bytecode::kNewLocals) != 0;
  return is_simple ? code.argument_count : kNoSimpleCall;
}

}  // namespace

// --- Memory. ---

Ref<CodeMemory> CodeMemory::make() noexcept {
  void* const room = allocate_buffer(sizeof(compiler::Arena));
  if (room == nullptr) return raise_memory_error();
  auto* const arena = new (room) compiler::Arena;
  Ref<CodeMemory> made = new_object<CodeMemory>(code_memory_type(), arena);
  if (made) return made;
  arena->~Arena();
  free_buffer(room);
  return kRaised;
}

void CodeMemory::give_back(const Remains&) noexcept {
  arena_->~Arena();
  free_buffer(arena_);
}

// --- Code. ---

CodeObject::CodeObject(ShapeIndex shape, const bytecode::Code& code, Value* values,
                       Ref<CodeMemory> memory, Ref<Str> file) noexcept
    : Object(shape),
      code_(&code),
      values_(values),
      values_end_(values),
      own_names_(values),
      constants_(own_names_ + 2),
      names_(constants_ + code.constants.size()),
      local_names_(names_ + code.names.size()),
      free_names_(local_names_ + code.locals.size()),
      sites_(reinterpret_cast<Site*>(free_names_ + code.free_variables.size() + 1)),
      simple_call_(simple_call_of(code)),
      memory_(std::move(memory)),
      file_(std::move(file)) {}

Ref<CodeObject> CodeObject::make_blank(const bytecode::Code& code, Ref<CodeMemory> memory,
                                       Ref<Str> file) noexcept {
  const std::size_t words = 3 + code.constants.size() + code.names.size() + code.locals.size() +
                            code.free_variables.size() +
                            code.sites.size() * (sizeof(Site) / sizeof(Value));
  auto* const values = static_cast<Value*>(allocate_zeroed_buffer(words * sizeof(Value)));
  if (values == nullptr) return raise_memory_error();
  Ref<CodeObject> made =
      new_object<CodeObject>(code_type(), code, values, std::move(memory), std::move(file));
  if (!made) free_buffer(values);
  return made;
}

Ref<CodeObject> CodeObject::make(const bytecode::Code& code, Ref<CodeMemory> memory,
                                 Ref<Str> file) noexcept {
  Ref<CodeObject> made = make_blank(code, std::move(memory), std::move(file));
  if (!made || failed(made->fill())) return kRaised;
  return made;
}

Ref<CodeObject> CodeObject::derive(CodeObject& original, const bytecode::Code& head,
                                   OwnedValues& values, Ref<Str> file) noexcept {
  Ref<CodeMemory> memory = CodeMemory::make();
  if (!memory) return kRaised;
  void* const room = memory->arena().allocate(sizeof(bytecode::Code));
  if (room == nullptr) return raise_memory_error();
  const auto* const kept = new (room) bytecode::Code(head);
  Ref<CodeObject> made = make_blank(*kept, std::move(memory), std::move(file));
  if (!made) return kRaised;
  for (std::size_t i = 0; i < values.size(); ++i) *made->values_end_++ = values.take(i).release();
  *made->values_end_++ = Ref<>(Ref<CodeObject>::of(original)).release();
  return made;
}

// What is visited ends at `values_end_`; so each value is in place before that moves on.
Status CodeObject::fill() noexcept {
  const auto put = [this](Ref<> made) noexcept {
    if (!made) return false;
    *values_end_++ = made.release();
    return true;
  };
  auto& memory = static_cast<CodeMemory&>(*memory_.get().object());
  if (!put(intern(code_->name)) || !put(intern(code_->qualified_name))) return kRaised;
  for (const bytecode::Constant& constant : code_->constants)
    if (!put(make_constant(constant, memory, file()))) return kRaised;
  for (const std::string_view name : code_->names)
    if (!put(intern(name))) return kRaised;
  for (const bytecode::Local& local : code_->locals)
    if (!put(intern(local.name))) return kRaised;
  for (const bytecode::FreeVariable& variable : code_->free_variables)
    if (!put(intern(variable.name))) return kRaised;
  return Status::kDone;
}

Value CodeObject::docstring() const noexcept {
  return code_->docstring == bytecode::kNoDocstring ? Value::kNone : constant(code_->docstring);
}

std::uint32_t CodeObject::parameter_count() const noexcept {
  return code_->argument_count + code_->keyword_only_count + (has(bytecode::kVarArgs) ? 1 : 0) +
         (has(bytecode::kVarKeywords) ? 1 : 0);
}

}  // namespace orochi::inline OROCHI_DESIGN
