// tests/python/importing/imports.h: modules in files of a folder that is gone at the end.
//
// Their source is run by a machine for tests, which knows lines of four kinds:
//
//     name = number      binds the name
//     import a.b         imports it
//     raise              raises ValueError
//     call n             calls the nth function of the test
#pragma once

#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "python/importing/import_statement.h"
#include "python/importing/importer.h"
#include "python/importing/source_runner.h"
#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN::testing {

class ImportsTest : public ModulesTest {
 protected:
  void SetUp() override {
    ModulesTest::SetUp();
    ASSERT_EQ(start_importing(), Status::kDone);
    set_source_runner(run);
    std::string pattern = ::testing::TempDir() + "imports-" + std::string(6, 'X');
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    before_ = Ref<Dict>(loaded_modules().copy());
    Ref<List> path = List::of(a_str(folder_.string()));
    ASSERT_EQ(sys_module().set(*name("path"), path.share()), Status::kDone);
  }
  void TearDown() override {
    // What the test has imported the next one does not know.
    const Ref<Dict> now = loaded_modules().copy();
    std::size_t place = 0;
    for (DictItem item = now->next(place); item; item = now->next(++place)) {
      Ref<> gone;
      if (before_->contains(item.key.value()) == Truth::kTrue) continue;
      EXPECT_EQ(loaded_modules().remove(item.key.value(), gone), Status::kDone);
    }
    before_ = Ref<Dict>();
    calls().clear();
    std::filesystem::remove_all(folder_);
    set_source_runner(nullptr);
    ModulesTest::TearDown();
  }

  void write(const std::string& file, const std::string& source) {
    const std::filesystem::path path = folder_ / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << source;
  }
  [[nodiscard]] static Ref<> import(std::string_view module) {
    return import_module(*name(module));
  }
  [[nodiscard]] static Ref<> loaded(std::string_view module) {
    Ref<> found;
    EXPECT_EQ(loaded_modules().find(Value(name(module).get()), found), Status::kDone);
    return found;
  }
  [[nodiscard]] static std::vector<std::function<void()>>& calls() {
    static std::vector<std::function<void()>> all;
    return all;
  }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  static Status run(std::string_view source, Str&, Dict& globals) noexcept {
    std::istringstream lines{std::string(source)};
    for (std::string line; std::getline(lines, line);) {
      if (failed(run_line(line, globals))) return kRaised;
    }
    return Status::kDone;
  }
  static Status run_line(const std::string& line, Dict& globals) {
    std::istringstream words(line);
    std::string first, second;
    words >> first >> second;
    if (first.empty()) return Status::kDone;
    if (first == "raise") return orochi::raise(ErrorKind::kValue, {"raised by a module"});
    if (first == "import") return import(second) ? Status::kDone : Status::kFailed;
    if (first == "call") {
      calls().at(std::stoul(second))();
      return pending_kind() == ErrorKind::kNone ? Status::kDone : Status::kFailed;
    }
    std::int64_t number = 0;
    words >> number;
    return globals.set(Value(name(first).get()), an_int(number));
  }

  std::filesystem::path folder_;
  Ref<Dict> before_;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
