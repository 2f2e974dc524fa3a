#include "objects/types/import_hook.h"

#include "tests/objects/types/test_modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ImportHookTest : public ObjectsTest {};

TEST_F(ImportHookTest, WithoutModulesThereIsNone) {
  EXPECT_FALSE(import_module("copyreg"));
  EXPECT_EQ(taken(), ErrorKind::kImport);
}

TEST_F(ImportHookTest, ModulesAreFoundByWhoeverKnowsThem) {
  const TestModules modules;
  modules.set("copyreg", "answer", an_int(42));
  EXPECT_EQ(type_of(import_module("copyreg").value()).name(), "module");
  EXPECT_EQ(text_of(import_from("copyreg", "answer")), "42");
  EXPECT_FALSE(import_from("copyreg", "question"));
  EXPECT_EQ(pending_text(), "module 'copyreg' has no attribute 'question'");
  EXPECT_FALSE(import_from("elsewhere", "answer"));
  EXPECT_EQ(pending_text(), "no elsewhere");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
