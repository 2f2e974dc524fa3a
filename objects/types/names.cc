#include "objects/types/names.h"

#include <string_view>

#include "objects/types/intern.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Names g_names{};  // written by make_names

struct Entry {
  Str* Names::*place;
  std::string_view text;
};
constexpr Entry kEntries[] = {
    {&Names::abstract_methods, "__abstractmethods__"},
    {&Names::annotations, "__annotations__"},
    {&Names::arguments, "__args__"},
    {&Names::bases, "__bases__"},
    {&Names::class_, "__class__"},
    {&Names::class_cell, "__classcell__"},
    {&Names::class_get_item, "__class_getitem__"},
    {&Names::dict, "__dict__"},
    {&Names::dir, "__dir__"},
    {&Names::doc, "__doc__"},
    {&Names::file, "__file__"},
    {&Names::get_attr, "__getattr__"},
    {&Names::get_state, "__getstate__"},
    {&Names::init_subclass, "__init_subclass__"},
    {&Names::instance_check, "__instancecheck__"},
    {&Names::is_abstract_method, "__isabstractmethod__"},
    {&Names::is_unpacked_variable, "__typing_is_unpacked_typevartuple__"},
    {&Names::module, "__module__"},
    {&Names::mro_entries, "__mro_entries__"},
    {&Names::name, "__name__"},
    {&Names::new_arguments, "__getnewargs__"},
    {&Names::new_named_arguments, "__getnewargs_ex__"},
    {&Names::origin, "__origin__"},
    {&Names::original_class, "__orig_class__"},
    {&Names::parameters, "__parameters__"},
    {&Names::prepare_substitution, "__typing_prepare_subst__"},
    {&Names::qualified_name, "__qualname__"},
    {&Names::reduce, "__reduce__"},
    {&Names::reversed, "__reversed__"},
    {&Names::set_name, "__set_name__"},
    {&Names::slots, "__slots__"},
    {&Names::subclass_check, "__subclasscheck__"},
    {&Names::substitute, "__typing_subst__"},
    {&Names::unpacked_arguments, "__typing_unpacked_tuple_args__"},
};

}  // namespace

const Names& names() noexcept { return g_names; }

Status make_names() noexcept {
  for (const Entry& entry : kEntries) {
    g_names.*entry.place = intern_for_ever(entry.text);
    if (g_names.*entry.place == nullptr) return kRaised;
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
