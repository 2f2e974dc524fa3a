#include "python/cli/options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace orochi::inline OROCHI_DESIGN::cli {
namespace {

// What the words of a command line mean; the words live as long as this.
class CommandLine {
 public:
  CommandLine(std::initializer_list<const char*> words) : words_(words.begin(), words.end()) {
    for (std::string& word : words_) pointers_.push_back(word.data());
  }
  [[nodiscard]] Options read() const { return read_options(pointers_); }

 private:
  std::vector<std::string> words_;
  std::vector<char*> pointers_;
};

using What = Options::What;

TEST(OptionsTest, WithoutWordsTheProgramIsOnStandardInput) {
  const CommandLine line({});
  EXPECT_EQ(line.read().what, What::kInput);
  EXPECT_TRUE(line.read().rest.empty());
}

TEST(OptionsTest, WhatFollowsTheProgramIsTheProgramsOwn) {
  const CommandLine file({"-O", "a.py", "-V", "x"});
  EXPECT_EQ(file.read().what, What::kFile);
  EXPECT_EQ(file.read().operand, "a.py");
  EXPECT_EQ(file.read().optimize, 1);
  ASSERT_EQ(file.read().rest.size(), 3U);
  EXPECT_EQ(std::string(file.read().rest[1]), "-V");
  const CommandLine code({"-c", "pass", "-m"});
  EXPECT_EQ(code.read().what, What::kCommand);
  EXPECT_EQ(code.read().operand, "pass");
  EXPECT_EQ(code.read().rest.size(), 2U);
  const CommandLine input({"-", "x"});
  EXPECT_EQ(input.read().what, What::kInput);
  EXPECT_EQ(input.read().rest.size(), 2U);
}

TEST(OptionsTest, LettersMayStandTogether) {
  const CommandLine line({"-EuOOmthis", "x"});
  const Options options = line.read();
  EXPECT_EQ(options.what, What::kModule);
  EXPECT_EQ(options.operand, "this");
  EXPECT_TRUE(options.ignores_environment && options.unbuffered);
  EXPECT_EQ(options.optimize, 2);
  EXPECT_EQ(options.rest.size(), 2U);
}

TEST(OptionsTest, VersionsHelpAndWhatIsWrong) {
  EXPECT_EQ(CommandLine({"-V"}).read().what, What::kVersion);
  EXPECT_EQ(CommandLine({"-VV"}).read().what, What::kLongVersion);
  EXPECT_EQ(CommandLine({"--help"}).read().what, What::kHelp);
  EXPECT_EQ(CommandLine({"--nothing"}).read().what, What::kWrong);
  EXPECT_EQ(CommandLine({"-Z"}).read().what, What::kWrong);
  EXPECT_EQ(CommandLine({"-c"}).read().what, What::kWrong);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::cli
