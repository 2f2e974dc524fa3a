#include "python/importing/light_spec.h"

#include "objects/model/error.h"
#include "objects/model/field.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/text/search.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "objects/types/native_function.h"
#include "objects/types/str_builder.h"
#include "objects/types/str_operations.h"
#include "python/importing/importlib.h"
#include "python/importing/module_turn.h"
#include "python/modules/late_name.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- The loader: its name, its path; all else is the true one's. ---

class LightLoader : public Object {
 public:
  LightLoader(ShapeIndex shape, Ref<Str> name, Ref<Str> path) noexcept
      : Object(shape), name_(std::move(name)), path_(std::move(path)) {}

  [[nodiscard]] Value name() const noexcept { return name_.get(); }
  [[nodiscard]] Value path() const noexcept { return path_.get(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(name_));
    visit(Children::of(path_));
  }

 private:
  const ConstField name_;
  const ConstField path_;
};

// --- The spec. What a program sets besides lies behind it. ---

class LightSpec : public Object {
 public:
  LightSpec(ShapeIndex shape, FoundKind found_kind, Ref<Str> name, Ref<> loader, Ref<> origin,
            Ref<> folders) noexcept
      : Object(shape),
        name_(std::move(name)),
        loader_(std::move(loader)),
        origin_(std::move(origin)),
        folders_(std::move(folders)),
        kind_(found_kind) {}

  [[nodiscard]] Value name() const noexcept { return name_.get(); }
  [[nodiscard]] Value loader() const noexcept { return loader_.get(); }
  [[nodiscard]] Value origin() const noexcept { return origin_.get(); }
  [[nodiscard]] Value folders() const noexcept { return folders_.get(); }
  [[nodiscard]] FoundKind kind() const noexcept { return kind_; }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(name_));
    visit(Children::of(loader_));
    visit(Children::of(origin_));
    visit(Children::of(folders_));
  }

 private:
  const ConstField name_;
  const ConstField loader_;
  const ConstField origin_;   // None: a namespace
  const ConstField folders_;  // None: no package
  const FoundKind kind_;
};

// Written by make_light_spec_types.
constinit Type* g_loader = nullptr;
constinit Type* g_spec = nullptr;

[[nodiscard]] const LightLoader& loader_of(Value self) noexcept {
  return static_cast<const LightLoader&>(*self.object());
}
[[nodiscard]] const LightSpec& spec_of(Value self) noexcept {
  return static_cast<const LightSpec&>(*self.object());
}

// What the attribute is of an object; of those that have none, of what `make_true` makes of it.
template <class MakeTrue>
[[nodiscard]] Ref<> attribute_or_of_true(Value self, Object& name, MakeTrue make_true) noexcept {
  Ref<> found = generic_get_attribute(self, name);
  if (found || !is_pending(exception_type(ErrorKind::kAttribute))) return found;
  clear_error();
  if (failed(need_importlib())) return kRaised;
  const Ref<> true_one = make_true(self);
  return true_one ? get_attribute(true_one.value(), name) : Ref<>();
}

Ref<> loader_get_attribute(Value self, Object& name) noexcept {
  return attribute_or_of_true(self, name, [](Value light) noexcept {
    return make_true_loader(loader_of(light).name(), loader_of(light).path());
  });
}

Ref<> spec_get_attribute(Value self, Object& name) noexcept {
  return attribute_or_of_true(self, name, [](Value light) noexcept -> Ref<> {
    FoundSource found;
    if (failed(read_light_spec(light, found))) return kRaised;
    return make_true_spec(static_cast<Str&>(*spec_of(light).name().object()), found);
  });
}

// --- Texts. ---

Ref<> loader_repr(Value self) noexcept {
  StrBuilder out;
  out.add("<_frozen_importlib_external.SourceFileLoader object for ");
  if (failed(out.add_repr(loader_of(self).path()))) return kRaised;
  out.add(">");
  return out.finish();
}

// The package that it is in, or is.
Ref<> spec_parent(Value self) noexcept {
  Str& name = static_cast<Str&>(*spec_of(self).name().object());
  if (!spec_of(self).folders().is_none()) return Ref<>::of(Value(&name));
  const Ref<Str> dot = Str::of_character('.');
  if (!dot) return kRaised;
  const std::size_t place = find_last(name, *dot, Bounds::within(name.size()));
  return place == text::kNotFound ? Str::empty() : slice(name, 0, place);
}

Ref<> spec_repr(Value self) noexcept {
  const LightSpec& spec = spec_of(self);
  StrBuilder out;
  out.add("ModuleSpec(name=");
  if (failed(out.add_repr(spec.name()))) return kRaised;
  out.add(", loader=");
  if (failed(out.add_repr(spec.loader()))) return kRaised;
  if (!spec.origin().is_none()) {
    out.add(", origin=");
    if (failed(out.add_repr(spec.origin()))) return kRaised;
  }
  if (!spec.folders().is_none()) {
    out.add(", submodule_search_locations=");
    if (failed(out.add_repr(spec.folders()))) return kRaised;
  }
  out.add(")");
  return out.finish();
}

// --- Types. ---

constexpr AttributeSpec kLoaderAttributes[] = {
    {"name", [](Value self) noexcept { return Ref<>::of(loader_of(self).name()); }},
    {"path", [](Value self) noexcept { return Ref<>::of(loader_of(self).path()); }},
};
constexpr AttributeSpec kSpecAttributes[] = {
    {"name", [](Value self) noexcept { return Ref<>::of(spec_of(self).name()); }},
    {"loader", [](Value self) noexcept { return Ref<>::of(spec_of(self).loader()); }},
    {"origin", [](Value self) noexcept { return Ref<>::of(spec_of(self).origin()); }},
    {"submodule_search_locations",
     [](Value self) noexcept { return Ref<>::of(spec_of(self).folders()); }},
    {"parent", spec_parent},
    {"_initializing",
     [](Value self) noexcept -> Ref<> {
       const auto& name = static_cast<const Str&>(*spec_of(self).name().object());
       return Value::of_bool(ModuleTurn::is_taken(name)).as_special();
     }},
    {"loader_state", [](Value) noexcept -> Ref<> { return Special::kNone; }},
    {"has_location",
     [](Value self) noexcept -> Ref<> {
       return Value::of_bool(!spec_of(self).origin().is_none()).as_special();
     }},
};

template <class T>
[[nodiscard]] Type* make_type(std::string_view name, const Protocols& slots) noexcept {
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = name,
                     .layout = &layout_of<T>,
                     .ancestors = ancestors,
                     .protocols = slots,
                     .parts = {.attributes = 1, .is_open = true}});
}

}  // namespace

Status make_light_spec_types() noexcept {
  Protocols of_loader;
  of_loader.repr = loader_repr;
  of_loader.get_attribute = loader_get_attribute;
  Protocols of_spec;
  of_spec.repr = spec_repr;
  of_spec.get_attribute = spec_get_attribute;
  g_loader = make_type<LightLoader>("SourceFileLoader", of_loader);
  g_spec = make_type<LightSpec>("ModuleSpec", of_spec);
  if (g_loader == nullptr || g_spec == nullptr) return kRaised;
  if (failed(define_attributes(*g_loader, kLoaderAttributes))) return kRaised;
  return define_attributes(*g_spec, kSpecAttributes);
}

Ref<> make_light_spec(Str& name, const FoundSource& found) noexcept {
  Ref<> loader = Special::kNone;
  Ref<> origin = Special::kNone;
  Ref<> folders = Special::kNone;
  if (found.file) {
    loader = new_object<LightLoader>(*g_loader, Ref<Str>::of(name), found.file.share());
    origin = found.file.share();
  }
  if (found.folders) folders = found.folders.share();
  if (!loader) return kRaised;
  return new_object<LightSpec>(*g_spec, found.kind, Ref<Str>::of(name), std::move(loader),
                               std::move(origin), std::move(folders));
}

bool is_light_spec(Value value) noexcept { return value.is_object() && &type_of(value) == g_spec; }

Status read_light_spec(Value spec, FoundSource& found) noexcept {
  const LightSpec& light = spec_of(spec);
  found.kind = light.kind();
  if (as_str(light.origin()) != nullptr) found.file = Ref<>::of(light.origin()).cast<Str>();
  if (as_list(light.folders()) != nullptr) found.folders = Ref<>::of(light.folders()).cast<List>();
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
