#include "python/importing/import_statement.h"

#include "objects/types/exception_raise.h"
#include "tests/python/importing/imports.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ImportStatementTest : public ImportsTest {
 protected:
  // import_name with the names of a from clause and a package that asks.
  [[nodiscard]] static Ref<> statement(std::string_view module, std::vector<const char*> wanted,
                                       std::int64_t level = 0, const char* package = nullptr) {
    const Ref<Tuple> names = Tuple::make_blank(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) names->initialise(i, name(wanted[i]));
    const Ref<Dict> globals = Dict::make();
    if (package != nullptr) {
      EXPECT_EQ(globals->set(Value(name("__package__").get()), a_str(package)), Status::kDone);
    }
    return import_name(*name(module), globals.value(), names.value(), level);
  }
};

TEST_F(ImportStatementTest, GivesTheFirstNameOrTheLast) {
  write("pack/__init__.py", "");
  write("pack/part.py", "");
  EXPECT_EQ(text_of(get(statement("pack.part", {}), "__name__")), "pack");
  EXPECT_EQ(text_of(get(statement("pack.part", {"x"}), "__name__")), "pack.part");
}

TEST_F(ImportStatementTest, NamesOfAPackageMayBeModules) {
  write("pack/__init__.py", "");
  write("pack/part.py", "x = 1\n");
  const Ref<> pack = statement("pack", {"part", "nosuch"});
  EXPECT_EQ(text_of(get(get(pack, "part"), "x")), "1");
  EXPECT_EQ(text_of(statement("pack", {"part"})), "module");
}

TEST_F(ImportStatementTest, WhatAPackageSaysIsAllIsImported) {
  write("pack/__init__.py", "call 0\n");
  write("pack/part.py", "");
  calls().push_back(
      [] { ASSERT_EQ(set(loaded("pack"), "__all__", List::of(a_str("part"))), Status::kDone); });
  EXPECT_TRUE(statement("pack", {"*"}));
  EXPECT_TRUE(loaded("pack.part"));
}

TEST_F(ImportStatementTest, RelativeNamesAreThoseOfThePackage) {
  write("pack/__init__.py", "");
  write("pack/part.py", "");
  write("pack/deep/__init__.py", "");
  EXPECT_EQ(text_of(get(statement("part", {"x"}, 2, "pack.deep"), "__name__")), "pack.part");
  EXPECT_EQ(text_of(get(statement("", {"x"}, 1, "pack.deep"), "__name__")), "pack.deep");
  EXPECT_FALSE(statement("deep.nosuch", {}, 1, "pack"));
  EXPECT_EQ(repr_text(take_exception()),
            "ModuleNotFoundError(\"No module named 'pack.deep.nosuch'\")");
}

TEST_F(ImportStatementTest, RelativeNamesNeedAPackage) {
  const auto message = [](std::int64_t level, const char* package) {
    EXPECT_FALSE(statement("part", {}, level, package));
    return repr_text(take_exception());
  };
  EXPECT_EQ(message(1, ""),
            "ImportError('attempted relative import with no known parent package')");
  EXPECT_EQ(message(3, "pack.deep"),
            "ImportError('attempted relative import beyond top-level package')");
  EXPECT_EQ(message(1, nullptr), "KeyError(\"'__name__' not in globals\")");
  EXPECT_EQ(message(-1, nullptr), "ValueError('level must be >= 0')");
}

TEST_F(ImportStatementTest, AMissingNameIsExplained) {
  write("spam.py", "");
  const Ref<> module = import("spam");
  EXPECT_FALSE(import_missing(module.value(), *name("x")));
  EXPECT_EQ(repr_text(take_exception()), "ImportError(\"cannot import name 'x' from 'spam' (" +
                                             (folder() / "spam.py").string() + ")\")");
}

TEST_F(ImportStatementTest, AMissingNameMayBeComingYet) {
  write("spam.py", "call 0\nx = 1\n");
  std::string message;
  calls().push_back([&] {
    EXPECT_FALSE(import_missing(loaded("spam").value(), *name("x")));
    message = repr_text(take_exception());
  });
  EXPECT_TRUE(import("spam"));
  EXPECT_EQ(message,
            "ImportError(\"cannot import name 'x' from partially initialized module 'spam' (most "
            "likely due to a circular import) (" +
                (folder() / "spam.py").string() + ")\")");
}

TEST_F(ImportStatementTest, ASubmoduleThatIsLoadedIsFoundWhileItsPackageIsHalfMade) {
  write("pack/__init__.py", "");
  write("pack/part.py", "call 0\n");
  Ref<> found;
  calls().push_back([&] { found = import_missing(loaded("pack").value(), *name("part")); });
  const Ref<> part = import("pack.part");
  EXPECT_EQ(found.value(), part.value());
}

TEST_F(ImportStatementTest, TheBuiltinFunctionDoesTheSame) {
  write("spam.py", "x = 1\n");
  const Ref<> spam = a_str("spam");
  EXPECT_EQ(text_of(get(builtin("__import__", {spam.value()}), "x")), "1");
  EXPECT_EQ(text_of(builtin("__import__", {Value::of_int(1)})),
            "raised module name must be a string");
  EXPECT_EQ(text_of(builtin("__import__", {a_str("").value()})), "raised Empty module name");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
