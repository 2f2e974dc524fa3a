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
    {&Names::bases, "__bases__"},
    {&Names::class_, "__class__"},
    {&Names::class_cell, "__classcell__"},
    {&Names::class_get_item, "__class_getitem__"},
    {&Names::dict, "__dict__"},
    {&Names::dir, "__dir__"},
    {&Names::doc, "__doc__"},
    {&Names::file, "__file__"},
    {&Names::get_attr, "__getattr__"},
    {&Names::init_subclass, "__init_subclass__"},
    {&Names::instance_check, "__instancecheck__"},
    {&Names::is_abstract_method, "__isabstractmethod__"},
    {&Names::module, "__module__"},
    {&Names::name, "__name__"},
    {&Names::qualified_name, "__qualname__"},
    {&Names::set_name, "__set_name__"},
    {&Names::slots, "__slots__"},
    {&Names::subclass_check, "__subclasscheck__"},
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
