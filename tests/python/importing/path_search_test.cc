#include "python/importing/path_search.h"

#include "python/importing/file_name.h"
#include "tests/python/importing/imports.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class PathSearchTest : public ImportsTest {
 protected:
  FoundSource search(const char* module, std::vector<std::string> folders) {
    const Ref<List> path = List::make();
    for (const std::string& each : folders)
      EXPECT_EQ(path->append(a_str((folder() / each).string())), Status::kDone);
    FoundSource found;
    EXPECT_EQ(search_path(*name(module), path.value(), found), Status::kDone);
    return found;
  }
};

TEST_F(PathSearchTest, APackageComesBeforeAModule) {
  write("a/spam.py", "");
  write("a/spam/__init__.py", "");
  const FoundSource found = search("spam", {"a"});
  EXPECT_EQ(found.kind, FoundKind::kPackage);
  EXPECT_EQ(text_of(found.file.share()), (folder() / "a/spam/__init__.py").string());
}

TEST_F(PathSearchTest, TheFirstEntryDecides) {
  write("a/spam.py", "");
  write("b/spam.py", "");
  EXPECT_EQ(text_of(search("spam", {"b", "a"}).file.share()), (folder() / "b/spam.py").string());
}

TEST_F(PathSearchTest, AModuleFurtherOnIsMoreThanAFolder) {
  write("a/spam/part.py", "");
  write("b/spam.py", "");
  EXPECT_EQ(search("spam", {"a", "b"}).kind, FoundKind::kModule);
}

TEST_F(PathSearchTest, ANamespaceHasAllItsFolders) {
  write("a/spam/one.py", "");
  write("b/spam/two.py", "");
  const FoundSource found = search("spam", {"a", "b", "nosuch"});
  EXPECT_EQ(found.kind, FoundKind::kNamespace);
  EXPECT_EQ(found.folders->size(), 2U);
}

TEST_F(PathSearchTest, WhatIsNoFolderIsForOthers) {
  write("archive.zip", "");
  EXPECT_EQ(search("spam", {"archive.zip"}).kind, FoundKind::kElsewhere);
  EXPECT_EQ(search("spam", {"nosuch"}).kind, FoundKind::kNothing);
}

TEST_F(PathSearchTest, NamesOfFilesMayBeAnyBytes) {
  const std::string bytes = "a\xFF/\xC3\xA9";
  const Ref<Str> text = str_of_file_name(bytes);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->size(), 4U);
  EXPECT_EQ(FileName(*text).view(), bytes);
  EXPECT_FALSE(FileName(*name(std::string_view("a\0b", 3))).is_good());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
