// python/vm/code_object.h: what the compiler made (python/bytecode/code.h), as a value.
//
// Its instructions are those of the compiler, where it left them. What they name by number are
// values here: constants, interned names, sites with words of inline cache. All code of one
// compilation shares one memory, which dies with the last of them.
//
// Constant for all threads, but for the caches, each of which is one atomic word.
// Attached threads. Tests: tests/python/language/code_objects.py
#pragma once

#include <cstdint>
#include <span>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/types/owned_values.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"
#include "python/bytecode/code.h"

namespace orochi::inline OROCHI_DESIGN {

namespace compiler {
class Arena;
}

// Keeps the memory of a compilation for all code that came of it.
class CodeMemory : public Object {
 public:
  CodeMemory(ShapeIndex shape, compiler::Arena* arena) noexcept : Object(shape), arena_(arena) {}
  // Empty: a MemoryError is pending.
  [[nodiscard]] static Ref<CodeMemory> make() noexcept;

  [[nodiscard]] compiler::Arena& arena() const noexcept { return *arena_; }
  void give_back(const Remains&) noexcept;

 private:
  compiler::Arena* const arena_;
};

// How a call finds its parameters, at one look.
inline constexpr std::uint32_t kNoSimpleCall = 0xFFFFFFFF;

class CodeObject : public Object {
 public:
  // A cache of an instruction: python/vm/attribute_cache.h.
  struct Site {
    Atomic<std::uint64_t> shape{0};
    Atomic<std::uint64_t> version{0};
  };

  // Of `code`, which lies in `memory`, with all code inside of it. Empty: it raised.
  [[nodiscard]] static Ref<CodeObject> make(const bytecode::Code& code, Ref<CodeMemory> memory,
                                            Ref<Str> file) noexcept;

  // With the instructions of `original`, which it keeps, but this head and these values: two names
  // of its own, constants, names, locals, free variables. Empty: it raised.
  [[nodiscard]] static Ref<CodeObject> derive(CodeObject& original, const bytecode::Code& head,
                                              OwnedValues& values, Ref<Str> file) noexcept;

  // By make and derive.
  CodeObject(ShapeIndex shape, const bytecode::Code& code, Value* values, Ref<CodeMemory> memory,
             Ref<Str> file) noexcept;

  [[nodiscard]] const bytecode::Code& code() const noexcept { return *code_; }
  [[nodiscard]] bool has(bytecode::CodeFlag flag) const noexcept {
    return (code_->flags & flag) != 0;
  }
  // So many arguments by position are all that a call needs, and nothing but a frame comes of it.
  [[nodiscard]] std::uint32_t simple_call() const noexcept { return simple_call_; }

  [[nodiscard]] Value constant(std::uint32_t number) const noexcept { return constants_[number]; }
  [[nodiscard]] Str& name(std::uint32_t number) const noexcept {
    return static_cast<Str&>(*names_[number].object());
  }
  [[nodiscard]] Str& name_of_site(std::uint32_t site) const noexcept {
    return name(code_->sites[site]);
  }
  [[nodiscard]] Site& site(std::uint32_t number) const noexcept { return sites_[number]; }

  [[nodiscard]] Str& file() const noexcept { return static_cast<Str&>(*file_.get().object()); }
  [[nodiscard]] Str& short_name() const noexcept {
    return static_cast<Str&>(*own_names_[0].object());
  }
  [[nodiscard]] Str& qualified_name() const noexcept {
    return static_cast<Str&>(*own_names_[1].object());
  }
  // Of a local, a cell or a free variable.
  [[nodiscard]] Str& local_name(std::uint32_t number) const noexcept {
    return static_cast<Str&>(*local_names_[number].object());
  }
  [[nodiscard]] Str& free_name(std::uint32_t number) const noexcept {
    return static_cast<Str&>(*free_names_[number].object());
  }
  // What a function of this code says of itself; None: nothing.
  [[nodiscard]] Value docstring() const noexcept;
  [[nodiscard]] std::uint32_t parameter_count() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    for (const Value* at = values_; at != values_end_; ++at) visit(*at);
    visit(Children::of(memory_));
    visit(Children::of(file_));
  }
  void give_back(const Remains& remains) noexcept { remains.give_back_buffer(values_); }

 private:
  [[nodiscard]] static Ref<CodeObject> make_blank(const bytecode::Code& code,
                                                  Ref<CodeMemory> memory, Ref<Str> file) noexcept;
  [[nodiscard]] Status fill() noexcept;

  const bytecode::Code* const code_;
  // One buffer: two names of its own, constants, names, locals, free variables; then room for the
  // code that it is a changed copy of, and the sites.
  Value* const values_;
  Value* values_end_;
  Value* own_names_;
  Value* constants_;
  Value* names_;
  Value* local_names_;
  Value* free_names_;
  Site* sites_;
  std::uint32_t simple_call_;
  const ConstField memory_;
  const ConstField file_;
};

[[nodiscard]] Type& code_type() noexcept;
[[nodiscard]] Type& code_memory_type() noexcept;
[[nodiscard]] inline CodeObject* as_code(Value value) noexcept {
  if (!value.is_object() || &type_of(*value.object()) != &code_type()) return nullptr;
  return static_cast<CodeObject*>(value.object());
}
// Requires: it is one.
[[nodiscard]] inline CodeObject& to_code(Value value) noexcept {
  return static_cast<CodeObject&>(*value.object());
}
// Both. Once, after start_types (code_type.cc).
[[nodiscard]] Status make_code_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
