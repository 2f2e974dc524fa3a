// tests/python/modules/programs.h: modules with the machine under them: programs can be run.
#pragma once

#include "python/importing/importer.h"
#include "python/importing/library_path.h"
#include "python/vm/builtins.h"
#include "python/vm/execute.h"
#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN::testing {

class ProgramsTest : public ModulesTest {
 protected:
  void SetUp() override {
    ModulesTest::SetUp();
    static const bool started = start();
    ASSERT_TRUE(started) << pending_text();
    globals_ = Dict::make();
  }
  void TearDown() override {
    globals_ = Ref<Dict>();
    Machine::end();
    ModulesTest::TearDown();
  }

  // What the expression is, as repr() shows it; or what it raises.
  [[nodiscard]] std::string value_of(std::string_view expression) {
    return shown(run(expression, compiler::Mode::kEval));
  }
  // "None", or what the program raises.
  std::string exec(std::string_view program) { return shown(run(program, compiler::Mode::kExec)); }

 private:
  static bool start() {
    return !failed(start_machine()) && !failed(set_builtins(python_builtins())) &&
           !failed(start_importing()) &&
           !failed(set_library_path({.first = "", .has_first = false}));
  }
  [[nodiscard]] Ref<> run(std::string_view source, compiler::Mode mode) {
    compiler::CompileOptions options;
    options.parse.mode = mode;
    const Ref<CodeObject> code = compile_source(source, Str::of_ascii("<test>"), options);
    return code ? execute(*code, *globals_, *globals_) : Ref<>();
  }
  [[nodiscard]] static std::string shown(const Ref<>& result) {
    if (result) return repr_text(result);
    const Ref<Exception> raised = take_exception();
    const Ref<> text = str(raised.value());
    return std::string(type_of(*raised).name()) + ": " + text_of(text);
  }

  Ref<Dict> globals_;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
