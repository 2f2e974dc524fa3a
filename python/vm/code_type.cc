// What a program sees of a code object.

#include <cstdio>

#include "objects/types/bytes.h"
#include "objects/types/int.h"
#include "objects/types/native_function.h"
#include "objects/types/utf8_text.h"
#include "python/vm/code_methods.h"
#include "python/vm/code_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_code = nullptr;  // both written by make_code_type
constinit Type* g_code_memory = nullptr;

[[nodiscard]] const CodeObject& self_of(Value self) noexcept {
  return static_cast<CodeObject&>(*self.object());
}
[[nodiscard]] const bytecode::Code& code_of(Value self) noexcept { return self_of(self).code(); }

// A tuple of as many values as `get` gives for which `wanted` holds.
template <class Wanted, class Get>
[[nodiscard]] Ref<> tuple_of(std::size_t count, Wanted wanted, Get get) noexcept {
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (wanted(i)) ++size;
  Ref<Tuple> made = Tuple::make_blank(size);
  std::size_t at = 0;
  for (std::size_t i = 0; made && i < count; ++i)
    if (wanted(i)) made->initialise(at++, Ref<>::of(get(i)));
  return made;
}

constexpr auto kAll = [](std::size_t) noexcept { return true; };

Ref<> get_name(Value self) noexcept { return Ref<>::of(Value(&self_of(self).short_name())); }
Ref<> get_qualified_name(Value self) noexcept {
  return Ref<>::of(Value(&self_of(self).qualified_name()));
}
Ref<> get_file(Value self) noexcept { return Ref<>::of(Value(&self_of(self).file())); }
Ref<> get_flags(Value self) noexcept { return make_int(code_of(self).flags); }
Ref<> get_first_line(Value self) noexcept { return make_int(code_of(self).first_line); }
Ref<> get_argument_count(Value self) noexcept { return make_int(code_of(self).argument_count); }
Ref<> get_positional_only_count(Value self) noexcept {
  return make_int(code_of(self).positional_only_count);
}
Ref<> get_keyword_only_count(Value self) noexcept {
  return make_int(code_of(self).keyword_only_count);
}
Ref<> get_stack_size(Value self) noexcept {
  return make_int(code_of(self).register_count - code_of(self).local_count);
}
Ref<> get_constants(Value self) noexcept {
  return tuple_of(code_of(self).constants.size(), kAll, [&](std::size_t i) noexcept {
    return self_of(self).constant(static_cast<std::uint32_t>(i));
  });
}
Ref<> get_names(Value self) noexcept {
  return tuple_of(code_of(self).names.size(), kAll, [&](std::size_t i) noexcept {
    return Value(&self_of(self).name(static_cast<std::uint32_t>(i)));
  });
}

[[nodiscard]] Ref<> locals_that(Value self, bool want_cells, bool want_others) noexcept {
  const bytecode::Code& code = code_of(self);
  const std::uint32_t parameters = self_of(self).parameter_count();
  return tuple_of(
      code.locals.size(),
      [&](std::size_t i) noexcept {
        const bool is_cell = code.locals[i].is_cell;
        return (is_cell && want_cells) || ((!is_cell || i < parameters) && want_others);
      },
      [&](std::size_t i) noexcept {
        return Value(&self_of(self).local_name(static_cast<std::uint32_t>(i)));
      });
}
Ref<> get_variables(Value self) noexcept { return locals_that(self, false, true); }
Ref<> get_cells(Value self) noexcept { return locals_that(self, true, false); }
Ref<> get_local_count(Value self) noexcept {
  const Ref<> names = get_variables(self);
  return names ? make_size(names.as<Tuple>().size()) : Ref<>();
}
Ref<> get_free_variables(Value self) noexcept {
  return tuple_of(code_of(self).free_variables.size(), kAll, [&](std::size_t i) noexcept {
    return Value(&self_of(self).free_name(static_cast<std::uint32_t>(i)));
  });
}
Ref<> get_instructions(Value self) noexcept {
  const auto instructions = code_of(self).instructions;
  return Bytes::of(
      {reinterpret_cast<const std::uint8_t*>(instructions.data()), instructions.size_bytes()});
}

Ref<> compare_code(CompareOp op, Value self, Value other) noexcept {
  const bool can_be = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (!can_be || as_code(other) == nullptr) return Special::kNotImplemented;
  const Truth same = is_same_code(self_of(self), self_of(other));
  if (failed(same)) return kRaised;
  return Value::of_bool((same == Truth::kTrue) == (op == CompareOp::kEqual)).as_special();
}

Ref<> repr_of(Value self) noexcept {
  const CodeObject& code = self_of(self);
  char middle[64];
  const int size =
      std::snprintf(middle, sizeof middle, " at %p, file \"", static_cast<const void*>(&code));
  const Ref<Str> line = print_int(Value::of_int(code.code().first_line), 10);
  if (!line) return kRaised;
  return str_of({"<code object ",
                 Utf8Text(code.short_name()).view(),
                 {middle, static_cast<std::size_t>(size)},
                 Utf8Text(code.file()).view(),
                 "\", line ",
                 Utf8Text(*line).view(),
                 ">"});
}

constexpr AttributeSpec kAttributes[] = {
    {"co_name", get_name},
    {"co_qualname", get_qualified_name},
    {"co_filename", get_file},
    {"co_flags", get_flags},
    {"co_firstlineno", get_first_line},
    {"co_argcount", get_argument_count},
    {"co_posonlyargcount", get_positional_only_count},
    {"co_kwonlyargcount", get_keyword_only_count},
    {"co_stacksize", get_stack_size},
    {"co_consts", get_constants},
    {"co_names", get_names},
    {"co_varnames", get_variables},
    {"co_nlocals", get_local_count},
    {"co_cellvars", get_cells},
    {"co_freevars", get_free_variables},
    {"co_code", get_instructions},
};
constexpr NativeSpec kMethods[] = {
    {"co_lines(self, /)", code_lines},
    {"co_positions(self, /)", code_positions},
    {"replace(self, /, **changes)", code_replace},
};

}  // namespace

Type& code_type() noexcept { return *g_code; }
Type& code_memory_type() noexcept { return *g_code_memory; }

Status make_code_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_code_memory = Type::make({.name = "code_memory",
                              .layout = &layout_of<CodeMemory>,
                              .ancestors = ancestors,
                              .is_final = true});
  Protocols slots;
  slots.repr = repr_of;
  slots.compare = compare_code;
  slots.hash = hash_code;
  g_code = Type::make({.name = "code",
                       .layout = &layout_of<CodeObject>,
                       .ancestors = ancestors,
                       .protocols = slots,
                       .is_final = true,
                       .is_weakly_referable = true});
  if (g_code == nullptr || g_code_memory == nullptr) return kRaised;
  g_code->set_abstract(true);
  if (failed(define_attributes(*g_code, kAttributes))) return kRaised;
  return define_methods(*g_code, kMethods);
}

}  // namespace orochi::inline OROCHI_DESIGN
