#include "python/importing/importer.h"

#include "objects/types/exception_raise.h"
#include "tests/python/importing/imports.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using ImporterTest = ImportsTest;

TEST_F(ImporterTest, RunsAFileOnce) {
  write("spam.py", "x = 1\ncall 0\n");
  int runs = 0;
  calls().push_back([&] { ++runs; });
  const Ref<> module = import("spam");
  EXPECT_EQ(text_of(get(module, "x")), "1");
  EXPECT_EQ(import("spam").value(), module.value());
  EXPECT_EQ(runs, 1);
}

TEST_F(ImporterTest, SaysWhereAModuleComesFrom) {
  write("spam.py", "");
  const Ref<> module = import("spam");
  const std::string file = (folder() / "spam.py").string();
  EXPECT_EQ(text_of(get(module, "__file__")), file);
  EXPECT_EQ(text_of(get(module, "__package__")), "");
  EXPECT_EQ(text_of(get(get(module, "__spec__"), "origin")), file);
  EXPECT_EQ(text_of(get(get(module, "__loader__"), "name")), "spam");
}

TEST_F(ImporterTest, ImportsThePackageFirst) {
  write("pack/__init__.py", "x = 1\n");
  write("pack/part.py", "y = 2\n");
  const Ref<> part = import("pack.part");
  EXPECT_EQ(text_of(get(part, "y")), "2");
  EXPECT_EQ(get(loaded("pack"), "part").value(), part.value());
  EXPECT_EQ(text_of(get(part, "__package__")), "pack");
  EXPECT_EQ(repr_text(get(loaded("pack"), "__path__")), "['" + (folder() / "pack").string() + "']");
}

TEST_F(ImporterTest, AFolderAloneIsANamespace) {
  write("space/part.py", "y = 2\n");
  EXPECT_EQ(text_of(get(import("space.part"), "y")), "2");
  EXPECT_TRUE(get(get(loaded("space"), "__spec__"), "origin").value().is_none());
  EXPECT_FALSE(get(loaded("space"), "__file__"));
  clear_error();
}

TEST_F(ImporterTest, WhatIsNotThereIsSaidAsCPythonSaysIt) {
  write("spam.py", "");
  EXPECT_EQ(text_of(import("nosuch")), "raised ");
  const auto message = [](std::string_view module) {
    EXPECT_FALSE(import(module));
    const Ref<Exception> error = take_exception();
    return repr_text(error.share()) + " " + text_of(get(error.value(), "name"));
  };
  EXPECT_EQ(message("nosuch"), "ModuleNotFoundError(\"No module named 'nosuch'\") nosuch");
  EXPECT_EQ(message("nosuch.x"), "ModuleNotFoundError(\"No module named 'nosuch'\") nosuch");
  EXPECT_EQ(message("spam.x"),
            "ModuleNotFoundError(\"No module named 'spam.x'; 'spam' is not a package\") spam.x");
}

TEST_F(ImporterTest, AModuleThatRaisesIsNoModule) {
  write("bad.py", "x = 1\nraise\n");
  EXPECT_EQ(text_of(import("bad")), "raised raised by a module");
  EXPECT_FALSE(loaded("bad"));
  write("bad.py", "x = 1\n");
  EXPECT_EQ(text_of(get(import("bad"), "x")), "1");
}

TEST_F(ImporterTest, NoneInPlaceOfAModuleHaltsImports) {
  ASSERT_EQ(loaded_modules().set(Value(name("halted").get()), Special::kNone), Status::kDone);
  EXPECT_FALSE(import("halted"));
  EXPECT_EQ(repr_text(take_exception()),
            "ModuleNotFoundError('import of halted halted; None in sys.modules')");
}

TEST_F(ImporterTest, AModuleMayPutSomethingElseInItsPlace) {
  write("spam.py", "call 0\n");
  calls().push_back(
      [] { ASSERT_EQ(loaded_modules().set(Value(name("spam").get()), an_int(7)), Status::kDone); });
  EXPECT_EQ(text_of(import("spam")), "7");
}

TEST_F(ImporterTest, ModulesThatImportEachOtherSeeEachOtherHalfMade) {
  write("one.py", "x = 1\nimport two\ny = 2\n");
  write("two.py", "import one\ncall 0\n");
  std::string seen;
  calls().push_back([&] {
    seen = text_of(get(loaded("one"), "x"));
    EXPECT_FALSE(get(loaded("one"), "y"));
    clear_error();
  });
  EXPECT_TRUE(import("one"));
  EXPECT_EQ(seen, "1");
}

TEST_F(ImporterTest, ModulesOfThisProcessNeedNoFile) {
  EXPECT_EQ(text_of(get(import("errno"), "ENOENT")), "2");
}

TEST_F(ImporterTest, FindersOfAProgramAreAsked) {
  static std::string asked;
  asked = "";
  Type& type = a_class("Finder", {}, std::move(Body().method("find_spec", [](auto given) -> Ref<> {
                         asked += text_of(Ref<>::of(given[1])) + ";";
                         return Special::kNone;
                       })));
  const Ref<> before = get(Value(&sys_module()), "meta_path");
  ASSERT_EQ(sys_module().set(*name("meta_path"), List::of(new_of(type))), Status::kDone);
  write("spam.py", "x = 1\n");
  EXPECT_EQ(text_of(get(import("spam"), "x")), "1");
  EXPECT_EQ(asked, "spam;");
  ASSERT_EQ(sys_module().set(*name("meta_path"), before.share()), Status::kDone);
}

// --- Threads. ---

TEST_F(ImporterTest, WhoeverComesWhileItIsMadeWaitsForAllOfIt) {
  write("slow.py", "x = 1\ncall 0\ny = 2\n");
  Flag runs;
  calls().push_back([&] {
    raise(runs);
    for (int i = 0; i < 50; ++i) {
      safepoint();
      platform::yield();
    }
  });
  std::string seen;
  std::thread other = attached([&](Thread&) {
    EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(runs); }));
    seen = text_of(get(import("slow"), "y"));
  });
  EXPECT_TRUE(import("slow"));
  join_detached(other);
  EXPECT_EQ(seen, "2");
}

TEST_F(ImporterTest, ThreadsThatImportEachOthersModulesDoNotWaitForEver) {
  write("left.py", "call 0\nimport right\nx = 1\n");
  write("right.py", "call 1\nimport left\nx = 1\n");
  Flag left, right;
  const auto meet = [](Flag& mine, Flag& others) {
    raise(mine);
    EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(others); }));
  };
  calls().push_back([&] { meet(left, right); });
  calls().push_back([&] { meet(right, left); });
  std::thread other = attached([&](Thread&) { EXPECT_TRUE(import("right")) << pending_text(); });
  EXPECT_TRUE(import("left")) << pending_text();
  join_detached(other);
  EXPECT_EQ(text_of(get(loaded("left"), "x")), "1");
  EXPECT_EQ(text_of(get(loaded("right"), "x")), "1");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
