// tests/objects/python_oracle.h: asks CPython whether what we computed is true.
//
//     PythonOracle python;
//     python.expect("3 // -2 == " + ours);      // any number of Python expressions
//     EXPECT_EQ(python.finish(), 0) << "lines above were false";
//
// An expression stands on one line of UTF-8. One that is false or raises is printed, with why.
// `raises(E, f, *args)` is there: the message of the exception that f raises, or None.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <sstream>
#include <string>

// Tests that have nothing to compare with are skipped, and say so.
#define OROCHI_NEED_PYTHON() \
  if (!::orochi::PythonOracle::is_here()) GTEST_SKIP() << "no " << ::orochi::PythonOracle::kPath

namespace orochi {

class PythonOracle {
 public:
  static constexpr const char* kPath = "/usr/bin/python3";
  static bool is_here() { return access(kPath, X_OK) == 0; }

  PythonOracle() {
    std::ostringstream command;
    command << kPath << " -c '" << kScript << "'";
    python_ = popen(command.str().c_str(), "w");
  }
  ~PythonOracle() { finish(); }
  PythonOracle(const PythonOracle&) = delete;
  PythonOracle& operator=(const PythonOracle&) = delete;

  // Must hold for the lines that follow, not be true: an import, a definition.
  void execute(const std::string& statement) { write("!" + statement); }
  void expect(const std::string& expression) { write(expression); }

  // 0: all were true.
  int finish() {
    if (python_ == nullptr) return 0;
    const int status = pclose(python_);
    python_ = nullptr;
    return status;
  }

 private:
  // No single quotes in here: the shell's own stand around it.
  static constexpr const char* kScript = R"(
import sys
sys.set_int_max_str_digits(0)
def raises(kind, f, *args, **named):
    try:
        f(*args, **named)
    except kind as error:
        return str(error)
shown = 0
for line in open(0, encoding="utf-8", errors="surrogatepass", newline="\n"):
    line = line[:-1]
    try:
        if line[0] == "!":
            exec(line[1:])
            continue
        verdict = eval(line)
    except Exception as error:
        verdict = repr(error)
    if verdict is not True:
        shown += 1
        if shown <= 20:
            print("not true:", ascii(line[:500]), "is", ascii(verdict)[:300], file=sys.stderr)
sys.exit(1 if shown else 0)
)";

  void write(const std::string& line) {
    std::fwrite(line.data(), 1, line.size(), python_);
    std::fputc('\n', python_);
  }

  std::FILE* python_;
};

}  // namespace orochi
