#include "python/cli/options.h"

namespace orochi::inline OROCHI_DESIGN::cli {

const std::string_view kUsage =
    "usage: orochi [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "Options:\n"
    "-c cmd : program passed in as string (terminates option list)\n"
    "-E     : ignore PYTHON* environment variables\n"
    "-h     : print this help message and exit (also --help)\n"
    "-I     : isolate from the user's environment (implies -E)\n"
    "-m mod : run library module as a script (terminates option list)\n"
    "-O     : remove assert statements and what depends on __debug__; -OO: docstrings too\n"
    "-S     : don't imply 'import site' on initialization\n"
    "-u     : do not keep what is written to stdout and stderr back\n"
    "-V     : print the version and exit (also --version); -VV says which design it is\n"
    "file   : program read from script file\n"
    "-      : program read from stdin\n"
    "arg ...: arguments passed to program in sys.argv[1:]\n";

namespace {

// Goes through the arguments up to what is run.
class Reader {
 public:
  explicit Reader(std::span<char* const> arguments) noexcept : arguments_(arguments) {}

  [[nodiscard]] Options read() noexcept {
    while (!is_over_ && at_ < arguments_.size()) take(arguments_[at_]);
    options_.rest = arguments_.subspan(at_ < arguments_.size() ? at_ : arguments_.size());
    return options_;
  }

 private:
  void take(std::string_view argument) noexcept {
    if (argument == "-" || argument.empty() || argument.front() != '-')
      return take_program(argument);
    ++at_;
    if (argument == "--help") return end(Options::What::kHelp);
    if (argument == "--version") return end(Options::What::kVersion);
    if (argument.substr(0, 2) == "--") return end(Options::What::kWrong, argument);
    take_letters(argument.substr(1));
  }

  void take_program(std::string_view argument) noexcept {
    end(argument == "-" ? Options::What::kInput : Options::What::kFile, argument);
  }

  // -Ou, -cCODE
  void take_letters(std::string_view letters) noexcept {
    for (std::size_t i = 0; !is_over_ && i < letters.size(); ++i) {
      const char letter = letters[i];
      const std::string_view behind = letters.substr(i + 1);
      if (letter == 'c') return take_operand(Options::What::kCommand, behind);
      if (letter == 'm') return take_operand(Options::What::kModule, behind);
      if (letter == 'V') return take_version(behind);
      take_letter(letter, letters);
    }
  }

  void take_letter(char letter, std::string_view letters) noexcept {
    switch (letter) {
      case 'E':
        options_.ignores_environment = true;
        return;
      case 'I':
        options_.ignores_environment = options_.isolated = true;
        return;
      case 'O':
        if (options_.optimize < 2) ++options_.optimize;
        return;
      case 'S':
        options_.without_site = true;
        return;
      case 'u':
        options_.unbuffered = true;
        return;
      case 'B':
      case 's':
        return;  // there is neither a cache nor a folder of the user's
      case 'h':
      case '?':
        return end(Options::What::kHelp);
      default:
        return end(Options::What::kWrong, letters);
    }
  }

  void take_version(std::string_view behind) noexcept {
    end(behind == "V" ? Options::What::kLongVersion : Options::What::kVersion);
  }

  // -c and -m stay in sys.argv, in place of the operand.
  void take_operand(Options::What what, std::string_view behind) noexcept {
    if (behind.empty()) {
      if (at_ == arguments_.size()) return end(Options::What::kWrong, "argument expected");
      behind = arguments_[at_];
    } else {
      --at_;
    }
    end(what, behind);
  }

  void end(Options::What what, std::string_view operand = {}) noexcept {
    options_.what = what;
    options_.operand = operand;
    is_over_ = true;
  }

  const std::span<char* const> arguments_;
  std::size_t at_ = 0;
  bool is_over_ = false;
  Options options_;
};

}  // namespace

Options read_options(std::span<char* const> arguments) noexcept { return Reader(arguments).read(); }

}  // namespace orochi::inline OROCHI_DESIGN::cli
