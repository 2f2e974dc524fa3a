#include "python/cli/program.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "objects/collector/collector.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "objects/types/start.h"
#include "objects/types/str_operations.h"
#include "objects/types/utf8_text.h"
#include "python/cli/exit_code.h"
#include "python/cli/source_file.h"
#include "python/modules/loaded_modules.h"
#include "python/vm/builtins.h"
#include "python/vm/execute.h"
#include "runtime/lifecycle.h"

namespace orochi::inline OROCHI_DESIGN::cli {
namespace {

#define OROCHI_TEXT_OF(name) #name
#define OROCHI_NAME_OF(name) OROCHI_TEXT_OF(name)
constexpr char kDesign[] = OROCHI_NAME_OF(OROCHI_DESIGN);

// --- Before the program. ---

[[nodiscard]] Status start_language() noexcept {
  if (failed(start_types()) || failed(start_machine()) || failed(start_modules())) return kRaised;
  Collector::start();
  return set_builtins(builtins_module());
}

// The module that the program is.
[[nodiscard]] Ref<Module> make_main() noexcept {
  const Ref<Str> name = intern("__main__");
  if (!name) return kRaised;
  Ref<Module> main = Module::make(name.share());
  const Ref<Str> builtins = intern("__builtins__");
  if (!main || !builtins || failed(main->set(*builtins, Ref<>::of(Value(&builtins_module())))) ||
      failed(loaded_modules().set(name.value(), main.share())))
    return kRaised;
  return main;
}

// --- The program. ---

struct Source {
  SourceFile file;
  std::string_view text;
  std::string_view name;
};

// Failed: it cannot be read, and that was said.
[[nodiscard]] bool read_source(const Options& options, Source& source) noexcept {
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

[[nodiscard]] Status run_source(const Options& options, const Source& source,
                                Module& main) noexcept {
  compiler::CompileOptions how;
  how.optimize = options.optimize;
  Ref<Str> name = Str::of_utf8(source.name);
  if (!name) return kRaised;
  if (options.what == Options::What::kFile) {
    const Ref<Str> file = intern("__file__");
    if (!file || failed(main.set(*file, name.share()))) return kRaised;
  }
  const Ref<CodeObject> code = compile_source(source.text, std::move(name), how);
  if (!code) return kRaised;
  const Ref<> done = execute(*code, main.dict(), main.dict());
  return done ? Status::kDone : Status::kFailed;
}

[[nodiscard]] int run_attached(const Options& options) noexcept {
  Source source;
  if (!read_source(options, source)) return 2;
  if (failed(start_language())) {
    std::fputs("orochi: there is not enough memory to start\n", stderr);
    return 1;
  }
  const Ref<Module> main = make_main();
  const bool done = main && !failed(run_source(options, source, *main));
  return done ? 0 : exit_code_of_pending();
}

}  // namespace

const char* design_name() noexcept { return kDesign; }

int run_program(const Options& options, std::span<char* const>) noexcept {
  if (Lifecycle::start() != Attach::kDone) {
    std::fputs("orochi: there is not enough memory to start\n", stderr);
    return 1;
  }
  const int code = run_attached(options);
  Machine::end();
  return code;
}

}  // namespace orochi::inline OROCHI_DESIGN::cli
