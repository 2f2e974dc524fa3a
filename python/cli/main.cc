// orochi: runs Python programs.

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "python/cli/options.h"
#include "python/cli/program.h"

int main(int count, char** arguments) {
  using namespace orochi;
  const cli::Options options =
      cli::read_options({arguments + 1, static_cast<std::size_t>(count > 0 ? count - 1 : 0)});
  switch (options.what) {
    case cli::Options::What::kHelp:
      std::fwrite(cli::kUsage.data(), 1, cli::kUsage.size(), stdout);
      return 0;
    case cli::Options::What::kVersion:
      std::puts("Python 3.11.2 (Orochi)");
      return 0;
    case cli::Options::What::kLongVersion:
      std::printf("Python 3.11.2 (Orochi), design %s\n", cli::design_name());
      return 0;
    case cli::Options::What::kWrong:
      std::fprintf(stderr,
                   "orochi: unknown option or argument expected: -%.*s\n"
                   "Try `orochi -h' for more information.\n",
                   static_cast<int>(options.operand.size()), options.operand.data());
      return 2;
    default:
      return cli::run_program(options);
  }
}
