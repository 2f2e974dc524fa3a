#include "python/cli/program.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "objects/model/operations.h"
#include "objects/types/import_hook.h"
#include "objects/types/intern.h"
#include "objects/types/str.h"
#include "python/cli/exit_code.h"
#include "python/cli/language.h"
#include "python/cli/source_file.h"
#include "python/vm/execute.h"
#include "runtime/lifecycle.h"

namespace orochi::inline OROCHI_DESIGN::cli {
namespace {

#define OROCHI_TEXT_OF(name) #name
#define OROCHI_NAME_OF(name) OROCHI_TEXT_OF(name)
constexpr char kDesign[] = OROCHI_NAME_OF(OROCHI_DESIGN);

// Failed to flush, as python3 says it.
constexpr int kLostOutput = 120;

struct Source {
  SourceFile file;
  std::string_view text;
  std::string_view name;
};

// False: it cannot be read, and that was said.
[[nodiscard]] bool read_source(const Options& options, Source& source) noexcept {
  if (options.what == Options::What::kModule) return true;
  if (options.what == Options::What::kCommand) {
    source.text = options.operand;
    source.name = "<string>";
    return true;
  }
  const bool is_input = options.what == Options::What::kInput;
  source.name = is_input ? "<stdin>" : options.operand;
  const bool done = is_input ? source.file.read(stdin) : source.file.open(options.operand);
  if (done) {
    source.text = source.file.text();
    return true;
  }
  std::fprintf(stderr, "orochi: can't open file '%.*s': [Errno %d] %s\n",
               static_cast<int>(source.name.size()), source.name.data(), errno,
               std::strerror(errno));
  return false;
}

// sys.argv[0]
[[nodiscard]] std::string_view first_argument(const Options& options) noexcept {
  switch (options.what) {
    case Options::What::kCommand:
      return "-c";
    case Options::What::kModule:
      return "-m";
    case Options::What::kFile:
      return options.operand;
    default:
      return options.operand == "-" ? "-" : "";
  }
}

[[nodiscard]] Status run_source(const Options& options, const Source& source) noexcept {
  const Ref<Module> main = make_main_module();
  Ref<Str> name = Str::of_utf8(source.name);
  const Ref<Str> file = intern("__file__");
  if (!main || !name || !file) return kRaised;
  const bool has_file = options.what == Options::What::kFile;
  if (has_file && failed(main->set(*file, name.share()))) return kRaised;
  compiler::CompileOptions how;
  how.optimize = options.optimize;
  const Ref<CodeObject> code = compile_source(source.text, std::move(name), how);
  if (!code) return kRaised;
  return execute(*code, main->dict(), main->dict()) ? Status::kDone : Status::kFailed;
}

// As `import runpy; runpy._run_module_as_main(name)`.
[[nodiscard]] Status run_module(std::string_view name) noexcept {
  const Ref<Module> main = make_main_module();
  const Ref<> run = main ? import_from("runpy", "_run_module_as_main") : Ref<>();
  const Ref<Str> text = run ? Str::of_utf8(name) : Ref<Str>();
  if (!text) return kRaised;
  const Value argument = text.value();
  return call(run.value(), {&argument, 1}) ? Status::kDone : Status::kFailed;
}

[[nodiscard]] Status run(const Options& options, const Source& source) noexcept {
  // The first of the rest is the program itself.
  const auto rest = options.rest.subspan(options.rest.empty() ? 0 : 1);
  if (failed(set_arguments(first_argument(options), rest))) return kRaised;
  return options.what == Options::What::kModule ? run_module(options.operand)
                                                : run_source(options, source);
}

[[nodiscard]] int run_attached(const Options& options) noexcept {
  Source source;
  if (!read_source(options, source)) return 2;
  int code = 0;
  if (failed(start_language(options)) || failed(run(options, source)))
    code = exit_code_of_pending();
  return end_language() || code != 0 ? code : kLostOutput;
}

}  // namespace

const char* design_name() noexcept { return kDesign; }

int run_program(const Options& options) noexcept {
  if (Lifecycle::start() != Attach::kDone) {
    std::fputs("orochi: there is not enough memory to start\n", stderr);
    return 1;
  }
  const int code = run_attached(options);
  // Others are told to leave. Those that do not, in time, die with the process, which must not take
  // anything down under them.
  constexpr platform::Nanos kPatience = 100 * platform::kMillisecond;
  if (Lifecycle::shut_down(kPatience) != 0) {
    std::fflush(nullptr);
    _exit(code);
  }
  return code;
}

}  // namespace orochi::inline OROCHI_DESIGN::cli
