#include "python/importing/light_spec.h"

#include "tests/python/importing/imports.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using LightSpecTest = ImportsTest;

TEST_F(LightSpecTest, HasWhatPeopleAskFor) {
  FoundSource found;
  found.kind = FoundKind::kModule;
  found.file = Str::of_utf8("/a/b/c.py");
  const Ref<> spec = make_light_spec(*name("b.c"), found);
  ASSERT_TRUE(is_light_spec(spec.value()));
  EXPECT_EQ(text_of(get(spec, "name")), "b.c");
  EXPECT_EQ(text_of(get(spec, "parent")), "b");
  EXPECT_EQ(text_of(get(spec, "origin")), "/a/b/c.py");
  EXPECT_EQ(repr_text(get(spec, "has_location")), "True");
  EXPECT_EQ(repr_text(get(spec, "_initializing")), "False");
  EXPECT_TRUE(get(spec, "submodule_search_locations").value().is_none());
  EXPECT_EQ(text_of(get(get(spec, "loader"), "path")), "/a/b/c.py");
}

TEST_F(LightSpecTest, APackageIsItsOwnParent) {
  FoundSource found;
  found.kind = FoundKind::kPackage;
  found.file = Str::of_utf8("/a/b/__init__.py");
  found.folders = List::of(a_str("/a/b"));
  const Ref<> spec = make_light_spec(*name("b"), found);
  EXPECT_EQ(text_of(get(spec, "parent")), "b");
  EXPECT_EQ(repr_text(get(spec, "submodule_search_locations")), "['/a/b']");
  FoundSource read;
  ASSERT_EQ(read_light_spec(spec.value(), read), Status::kDone);
  EXPECT_EQ(read.kind, FoundKind::kPackage);
  EXPECT_EQ(text_of(read.file.share()), "/a/b/__init__.py");
}

TEST_F(LightSpecTest, TakesOtherAttributes) {
  FoundSource found;
  found.kind = FoundKind::kNamespace;
  const Ref<> spec = make_light_spec(*name("n"), found);
  EXPECT_EQ(set(spec, "extra", an_int(1)), Status::kDone);
  EXPECT_EQ(text_of(get(spec, "extra")), "1");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
