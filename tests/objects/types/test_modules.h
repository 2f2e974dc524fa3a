// tests/objects/types/test_modules.h: modules for tests of native types that ask for some.
//
//     const TestModules modules;                  // from now on `builtins` has iter and next
//     modules.set("copyreg", "name", value);
#pragma once

#include <map>
#include <string>

#include "objects/types/callable_iterator.h"
#include "objects/types/import_hook.h"
#include "objects/types/module.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN::testing {

class TestModules {
 public:
  TestModules() {
    set("builtins", "iter", ProgramFunction::make([](auto arguments) {
          if (arguments.size() == 2) return CallableIterator::make(arguments[0], arguments[1]);
          return iterate(arguments[0]);
        }));
    set("builtins", "next", ProgramFunction::make([](auto arguments) -> Ref<> {
          Ref<> item;
          if (failed(next(arguments[0], item))) return kRaised;
          return item ? std::move(item) : Ref<>(raise(ErrorKind::kStopIteration, {}));
        }));
    set_import_hook([](std::string_view module) noexcept -> Ref<> {
      const auto found = modules().find(std::string(module));
      if (found == modules().end()) return raise(ErrorKind::kImport, {"no ", module});
      return found->second.share();
    });
  }
  ~TestModules() {
    set_import_hook(nullptr);
    modules().clear();
  }
  TestModules(const TestModules&) = delete;
  TestModules& operator=(const TestModules&) = delete;

  static void set(const std::string& module, std::string_view key, Ref<> value) {
    Ref<Module>& found = modules()[module];
    if (!found) found = Module::make(Str::of_utf8(module));
    EXPECT_EQ(found->set(*name(key), std::move(value)), Status::kDone);
  }

 private:
  static std::map<std::string, Ref<Module>>& modules() {
    static std::map<std::string, Ref<Module>> all;
    return all;
  }
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
