// breakpointhook: what PYTHONBREAKPOINT names, or pdb.set_trace.

#include <cstdlib>
#include <string_view>

#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/intern.h"
#include "objects/types/tuple.h"
#include "python/importing/importer.h"
#include "python/modules/call_arguments.h"
#include "python/modules/sys/functions.h"

namespace orochi::inline OROCHI_DESIGN::sys {
namespace {

// "a.b.c": c of the module a.b; without a dot, of builtins.
[[nodiscard]] Ref<> find_dotted(std::string_view name) noexcept {
  const std::size_t dot = name.rfind('.');
  const bool is_plain = dot == std::string_view::npos;
  const Ref<Str> module_name = orochi::intern(is_plain ? "builtins" : name.substr(0, dot));
  const Ref<Str> attribute = orochi::intern(is_plain ? name : name.substr(dot + 1));
  if (!module_name || !attribute) return kRaised;
  const Ref<> module = import_module(*module_name);
  return module ? get_attribute(module.value(), *attribute) : Ref<>();
}

[[nodiscard]] Ref<> breakpoint_function(bool& is_switched_off) noexcept {
  const char* const set = std::getenv("PYTHONBREAKPOINT");
  const std::string_view name = set == nullptr || *set == '\0' ? "pdb.set_trace" : set;
  is_switched_off = name == "0";
  return is_switched_off ? Ref<>() : find_dotted(name);
}

}  // namespace

Ref<> breakpointhook(const Value* arguments) noexcept {
  bool is_switched_off = false;
  const Ref<> function = breakpoint_function(is_switched_off);
  if (is_switched_off) return Special::kNone;
  if (!function) return kRaised;
  CallArguments passed;
  const Tuple* const values = as_tuple(arguments[0]);
  if (values != nullptr && failed(passed.add_all(*values))) return kRaised;
  if (!arguments[1].is_empty() && failed(passed.add_named(*as_dict(arguments[1])))) return kRaised;
  return call(function.value(), passed.all());
}

}  // namespace orochi::inline OROCHI_DESIGN::sys
