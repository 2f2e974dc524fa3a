#include "python/importing/library_path.h"

#include <cstdlib>

#include "tests/python/importing/imports.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using LibraryPathTest = ImportsTest;

std::string entry(std::int64_t index) {
  const Ref<> path = get(Value(&sys_module()), "path");
  Ref<> found;
  return as_list(path.value())->get(index, found) ? text_of(found) : "nothing";
}

TEST_F(LibraryPathTest, ReadsTheEnvironment) {
  ASSERT_EQ(setenv("PYTHONPATH", "/one:/two", 1), 0);
  ASSERT_EQ(setenv("PYTHONHOME", "/home", 1), 0);
  EXPECT_EQ(set_library_path({.first = "/script"}), Status::kDone);
  EXPECT_EQ(entry(0), "/script");
  EXPECT_EQ(entry(1), "/one");
  EXPECT_EQ(entry(2), "/two");
  EXPECT_EQ(entry(3), "/home/lib/python3.11");
  EXPECT_EQ(text_of(get(Value(&sys_module()), "prefix")), "/home");
  ASSERT_EQ(unsetenv("PYTHONPATH"), 0);
  ASSERT_EQ(unsetenv("PYTHONHOME"), 0);
}

TEST_F(LibraryPathTest, OrDoesNot) {
  ASSERT_EQ(setenv("PYTHONPATH", "/one", 1), 0);
  EXPECT_EQ(set_library_path({.first = "", .has_first = false, .reads_environment = false}),
            Status::kDone);
  EXPECT_NE(entry(0), "/one");
  EXPECT_NE(entry(0).find("/lib/python3.11"), std::string::npos);
  ASSERT_EQ(unsetenv("PYTHONPATH"), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
