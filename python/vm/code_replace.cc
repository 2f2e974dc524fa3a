// code.replace: a changed copy of a code object: code_methods.h.

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>

#include "objects/model/error.h"
#include "objects/types/bytes.h"
#include "objects/types/dict.h"
#include "objects/types/index.h"
#include "objects/types/intern.h"
#include "objects/types/owned_values.h"
#include "objects/types/utf8_text.h"
#include "python/compiler/arena.h"
#include "python/vm/code_methods.h"
#include "python/vm/code_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using bytecode::Code;

// What may be changed, by number and by name.
enum class Part : std::size_t {
  kArguments,
  kPositionalOnly,
  kKeywordOnly,
  kLocalCount,
  kStackSize,
  kFlags,
  kFirstLine,
  kCode,
  kConstants,
  kNames,
  kVariables,
  kFreeVariables,
  kCells,
  kFile,
  kName,
  kQualifiedName,
};
constexpr std::array<std::string_view, 16> kPartNames{
    "co_argcount",  "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals",
    "co_stacksize", "co_flags",           "co_firstlineno",    "co_code",
    "co_consts",    "co_names",           "co_varnames",       "co_freevars",
    "co_cellvars",  "co_filename",        "co_name",           "co_qualname"};

Raised raise_misfit(std::string_view what) noexcept {
  return raise(ErrorKind::kValue, {"code: ", what});
}

// What decides how code is run has to stay as it is.
[[nodiscard]] bool is_run_alike(std::uint32_t before, std::uint32_t now) noexcept {
  constexpr std::uint32_t kLocals = bytecode::kOptimized | bytecode::kNewLocals;
  constexpr std::uint32_t kStops =
      bytecode::kGenerator | bytecode::kCoroutine | bytecode::kAsyncGenerator;
  return (before & kLocals) == (now & kLocals) && ((before & kStops) == 0) == ((now & kStops) == 0);
}

[[nodiscard]] std::uint32_t parameters_of(const Code& code) noexcept {
  return code.argument_count + code.keyword_only_count +
         ((code.flags & bytecode::kVarArgs) != 0 ? 1U : 0U) +
         ((code.flags & bytecode::kVarKeywords) != 0 ? 1U : 0U);
}

class Change {
 public:
  explicit Change(CodeObject& original) noexcept : original_(original), code_(original.code()) {}

  // `changes`: a dict that nobody else has; empty: there are none.
  [[nodiscard]] Ref<> make(Value changes) noexcept {
    if (failed(take_changes(changes)) || failed(read_numbers()) || failed(check_numbers()) ||
        failed(check_code()) || failed(take_name(Part::kName, "co_name", original_.short_name())) ||
        failed(take_name(Part::kQualifiedName, "co_qualname", original_.qualified_name())) ||
        failed(take_constants()) || failed(take_names()) || failed(take_locals()) ||
        failed(take_free()))
      return kRaised;
    Ref<Str> file;
    if (failed(read_file(file))) return kRaised;
    return CodeObject::derive(original_, code_, values_, std::move(file));
  }

 private:
  [[nodiscard]] Value at(Part part) const noexcept {
    return given_[static_cast<std::size_t>(part)].value();
  }

  [[nodiscard]] Status take_changes(Value changes) noexcept {
    if (changes.is_empty()) return Status::kDone;
    auto& dict = static_cast<Dict&>(*changes.object());
    std::size_t place = 0;
    for (DictItem item = dict.next(place); item; item = dict.next(++place)) {
      const Utf8Text name(*as_str(item.key.value()));
      const auto found = std::find(kPartNames.begin(), kPartNames.end(), name.view());
      if (found == kPartNames.end())
        return raise(ErrorKind::kType,
                     {"'", name.view(), "' is an invalid keyword argument for replace()"});
      given_[static_cast<std::size_t>(found - kPartNames.begin())] = std::move(item.value);
    }
    return Status::kDone;
  }

  // --- Numbers. ---

  [[nodiscard]] Status read(Part part, std::string_view name, std::uint32_t& number) noexcept {
    const Value value = at(part);
    if (value.is_empty()) return Status::kDone;
    const Index index = index_of(value);
    if (index.kind == IndexKind::kNone)
      return raise(ErrorKind::kType,
                   {"'", type_of(value).name(), "' object cannot be interpreted as an integer"});
    if (index.number > INT_MAX || index.number < INT_MIN)
      return raise(ErrorKind::kOverflow, {"Python int too large to convert to C int"});
    if (index.number < 0) return raise(ErrorKind::kValue, {name, " must be a positive integer"});
    number = static_cast<std::uint32_t>(index.number);
    return Status::kDone;
  }

  [[nodiscard]] Status read_numbers() noexcept {
    std::uint32_t stack_size = 0;  // how many registers there are is a matter of the instructions
    if (failed(read(Part::kArguments, "co_argcount", code_.argument_count)) ||
        failed(read(Part::kPositionalOnly, "co_posonlyargcount", code_.positional_only_count)) ||
        failed(read(Part::kKeywordOnly, "co_kwonlyargcount", code_.keyword_only_count)) ||
        failed(read(Part::kLocalCount, "co_nlocals", local_count_)) ||
        failed(read(Part::kStackSize, "co_stacksize", stack_size)) ||
        failed(read(Part::kFlags, "co_flags", code_.flags)))
      return kRaised;
    return read(Part::kFirstLine, "co_firstlineno", code_.first_line);
  }

  [[nodiscard]] Status check_numbers() noexcept {
    const std::uint32_t parameters = parameters_of(original_.code());
    if (parameters_of(code_) > code_.locals.size()) return raise_misfit("co_varnames is too small");
    if (parameters_of(code_) != parameters || code_.positional_only_count > code_.argument_count)
      return raise_misfit("parameters may not become other locals");
    if (!is_run_alike(original_.code().flags, code_.flags))
      return raise_misfit("co_flags may not change how it is run");
    return Status::kDone;
  }

  [[nodiscard]] Status check_code() noexcept {
    const Value value = at(Part::kCode);
    if (value.is_empty()) return Status::kDone;
    const Bytes* const bytes = as_bytes(value);
    if (bytes == nullptr) return raise_type("co_code", "bytes", value);
    const auto own = code_.instructions;
    const auto given = bytes->span();
    if (given.size() == own.size_bytes() &&
        std::memcmp(given.data(), own.data(), own.size_bytes()) == 0)
      return Status::kDone;
    return raise_misfit("co_code cannot be replaced");
  }

  Raised raise_type(std::string_view name, std::string_view wanted, Value value) const noexcept {
    return raise(ErrorKind::kType, {"replace() argument '", name, "' must be ", wanted, ", not ",
                                    type_of(value).name()});
  }

  // --- Values, in the order of a code object. ---

  [[nodiscard]] Status add(Ref<> value) noexcept {
    return values_.add(value) ? Status::kDone : Status{raise_memory_error()};
  }
  [[nodiscard]] Status add_interned(Value name) noexcept {
    Ref<Str> interned = intern(Ref<Str>::of(static_cast<Str&>(*name.object())));
    return interned ? add(std::move(interned)) : Status::kFailed;
  }

  [[nodiscard]] Status take_name(Part part, std::string_view name, Str& own) noexcept {
    const Value value = at(part);
    if (value.is_empty()) return add(Ref<Str>::of(own));
    if (as_str(value) == nullptr) return raise_type(name, "str", value);
    return add_interned(value);
  }

  [[nodiscard]] Status read_file(Ref<Str>& file) const noexcept {
    const Value value = at(Part::kFile);
    Str* const text = value.is_empty() ? &original_.file() : as_str(value);
    if (text == nullptr) return raise_type("co_filename", "str", value);
    file = Ref<Str>::of(*text);
    return Status::kDone;
  }

  // Null: nothing was given.
  [[nodiscard]] Status read_tuple(Part part, std::string_view name, std::size_t size,
                                  const Tuple*& tuple) const noexcept {
    tuple = nullptr;
    const Value value = at(part);
    if (value.is_empty()) return Status::kDone;
    if (!type_of(value).is_subtype_of(tuple_type())) return raise_type(name, "tuple", value);
    tuple = static_cast<const Tuple*>(value.object());
    if (tuple->size() == size) return Status::kDone;
    return raise(ErrorKind::kValue, {"code: ", name, " may not change its length"});
  }

  [[nodiscard]] Status read_names(Part part, std::string_view name, std::size_t size,
                                  const Tuple*& tuple) const noexcept {
    if (failed(read_tuple(part, name, size, tuple))) return kRaised;
    for (std::size_t i = 0; tuple != nullptr && i < size; ++i)
      if (as_str((*tuple)[i]) == nullptr)
        return raise(ErrorKind::kType, {"non-string found in code slot"});
    return Status::kDone;
  }

  [[nodiscard]] Status take_constants() noexcept {
    const Tuple* given = nullptr;
    if (failed(read_tuple(Part::kConstants, "co_consts", code_.constants.size(), given)))
      return kRaised;
    for (std::uint32_t i = 0; i < code_.constants.size(); ++i) {
      const Value own = original_.constant(i);
      const Value value = given == nullptr ? own : (*given)[i];
      if (!fits(own, value)) return raise_misfit("co_consts may not change the kind of a constant");
      if (failed(add(Ref<>::of(value)))) return kRaised;
    }
    return Status::kDone;
  }

  // Instructions know what kinds of constants they get: names of arguments, code that captures.
  [[nodiscard]] static bool fits(Value own, Value value) noexcept {
    if (own == value) return true;
    const Type& type = type_of(own);
    if (&type == &code_type())
      return as_code(value) != nullptr &&
             captures_alike(to_code(own).code(), to_code(value).code());
    if (&type != &type_of(value)) return false;
    return &type != &tuple_type() || static_cast<const Tuple&>(*own.object()).size() ==
                                         static_cast<const Tuple&>(*value.object()).size();
  }

  [[nodiscard]] static bool captures_alike(const Code& a, const Code& b) noexcept {
    if (a.free_variables.size() != b.free_variables.size()) return false;
    for (std::size_t i = 0; i < a.free_variables.size(); ++i)
      if (a.free_variables[i].from_free != b.free_variables[i].from_free ||
          a.free_variables[i].index != b.free_variables[i].index)
        return false;
    return true;
  }

  [[nodiscard]] Status take_names() noexcept {
    const Tuple* given = nullptr;
    if (failed(read_names(Part::kNames, "co_names", code_.names.size(), given))) return kRaised;
    for (std::uint32_t i = 0; i < code_.names.size(); ++i)
      if (failed(add_interned(given == nullptr ? Value(&original_.name(i)) : (*given)[i])))
        return kRaised;
    return Status::kDone;
  }

  // A parameter that is a cell has its name among variables and cells; that of the cell counts if
  // it is another one.
  [[nodiscard]] Status take_locals() noexcept {
    const std::size_t parameters = parameters_of(code_);
    std::size_t variables = 0;
    std::size_t cells = 0;
    for (std::size_t i = 0; i < code_.locals.size(); ++i) {
      if (code_.locals[i].is_cell) ++cells;
      if (!code_.locals[i].is_cell || i < parameters) ++variables;
    }
    if (at(Part::kLocalCount) && local_count_ != variables)
      return raise_misfit("co_nlocals != len(co_varnames)");
    const Tuple* as_variables = nullptr;
    const Tuple* as_cells = nullptr;
    if (failed(read_names(Part::kVariables, "co_varnames", variables, as_variables)) ||
        failed(read_names(Part::kCells, "co_cellvars", cells, as_cells)))
      return kRaised;
    variables = cells = 0;
    for (std::uint32_t i = 0; i < code_.locals.size(); ++i) {
      const bool is_cell = code_.locals[i].is_cell;
      Value name(&original_.local_name(i));
      if ((!is_cell || i < parameters) && as_variables != nullptr)
        name = (*as_variables)[variables];
      if (!is_cell || i < parameters) ++variables;
      if (is_cell && as_cells != nullptr && (*as_cells)[cells] != Value(&original_.local_name(i)))
        name = (*as_cells)[cells];
      if (is_cell) ++cells;
      if (failed(add_interned(name))) return kRaised;
    }
    return Status::kDone;
  }

  [[nodiscard]] Status take_free() noexcept {
    const std::size_t count = code_.free_variables.size();
    const Tuple* given = nullptr;
    if (failed(read_names(Part::kFreeVariables, "co_freevars", count, given))) return kRaised;
    for (std::uint32_t i = 0; i < count; ++i)
      if (failed(add_interned(given == nullptr ? Value(&original_.free_name(i)) : (*given)[i])))
        return kRaised;
    return Status::kDone;
  }

  std::array<Ref<>, kPartNames.size()> given_;
  CodeObject& original_;
  Code code_;
  std::uint32_t local_count_ = 0;
  OwnedValues values_;
};

}  // namespace

Ref<> code_replace(const Value* arguments) noexcept {
  return Change(to_code(arguments[0])).make(arguments[1]);
}

}  // namespace orochi::inline OROCHI_DESIGN
