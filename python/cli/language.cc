#include "python/cli/language.h"

#include <cstdlib>

#include "objects/collector/collector.h"
#include "objects/model/operations.h"
#include "objects/model/unraisable.h"
#include "objects/types/attribute.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/start.h"
#include "python/importing/import_statement.h"
#include "python/importing/importer.h"
#include "python/importing/library_path.h"
#include "python/importing/source_runner.h"
#include "python/modules/io/standard_streams.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/signal/handlers.h"
#include "python/vm/builtins.h"
#include "python/vm/execute.h"
#include "python/vm/hooks.h"

namespace orochi::inline OROCHI_DESIGN::cli {
namespace {

// --- Start. ---

// Of modules that are imported; the program itself is compiled by whoever runs it.
Status run_module_source(std::string_view source, Str& file, Dict& globals) noexcept {
  const Ref<CodeObject> code = compile_source(source, Ref<Str>::of(file), {});
  if (!code) return kRaised;
  return execute(*code, globals, globals) ? Status::kDone : Status::kFailed;
}

// sys.displayhook, as it is now.
Ref<> call_displayhook(Value value) noexcept {
  const Ref<Str> name = intern("displayhook");
  Ref<> hook;
  if (!name || failed(find_in_sys(*name, hook))) return kRaised;
  if (!hook) return raise(ErrorKind::kRuntime, {"lost sys.displayhook"});
  return call(hook.value(), {&value, 1});
}

[[nodiscard]] Status set_in_sys(std::string_view name, Ref<> value) noexcept {
  const Ref<Str> key = intern(name);
  return key && value ? sys_module().set(*key, std::move(value)) : Status::kFailed;
}

// The encoding and errors of PYTHONIOENCODING.
[[nodiscard]] StandardStreamsSpec streams_for(const Options& options) noexcept {
  StandardStreamsSpec spec;
  spec.is_unbuffered = options.unbuffered;
  const char* const given = options.ignores_environment ? nullptr : std::getenv("PYTHONIOENCODING");
  if (given == nullptr) return spec;
  const std::string_view text = given;
  const std::size_t colon = text.find(':');
  spec.encoding = text.substr(0, colon);
  if (colon != std::string_view::npos) spec.errors = text.substr(colon + 1);
  return spec;
}

[[nodiscard]] Status set_streams(const Options& options) noexcept {
  StandardStreams streams;
  if (failed(make_standard_streams(streams_for(options), streams))) return kRaised;
  if (failed(set_in_sys("__stdin__", streams.in.share())) ||
      failed(set_in_sys("__stdout__", streams.out.share())) ||
      failed(set_in_sys("__stderr__", streams.error.share())))
    return kRaised;
  if (failed(set_in_sys("stdin", std::move(streams.in))) ||
      failed(set_in_sys("stdout", std::move(streams.out))))
    return kRaised;
  return set_in_sys("stderr", std::move(streams.error));
}

// The built-in open() is the one of _io, and no other.
[[nodiscard]] Status set_open() noexcept {
  const Ref<Str> module_name = intern("_io");
  const Ref<Str> name = intern("open");
  const Ref<> module = module_name && name ? find_and_load(*module_name) : Ref<>();
  Ref<> open = module ? get_attribute(module.value(), *name) : Ref<>();
  return open ? python_builtins().set(*name, std::move(open)) : Status::kFailed;
}

// The folder that the program is in, or "".
[[nodiscard]] std::string_view first_entry(const Options& options) noexcept {
  if (options.what != Options::What::kFile) return {};
  const std::size_t slash = options.operand.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : options.operand.substr(0, slash);
}

[[nodiscard]] Status set_path(const Options& options) noexcept {
  return set_library_path({.first = first_entry(options),
                           .has_first = !options.isolated,
                           .reads_environment = !options.ignores_environment});
}

}  // namespace

Status start_language(const Options& options) noexcept {
  if (failed(start_types()) || failed(start_machine()) || failed(start_modules())) return kRaised;
  if (failed(set_builtins(python_builtins()))) return kRaised;
  set_source_runner(run_module_source);
  set_import_from(import_missing);
  set_display(call_displayhook);
  Collector::start();
  if (failed(signals::start()) || failed(start_importing()) || failed(set_path(options)) ||
      failed(set_open()))
    return kRaised;
  return set_streams(options);
}

Ref<Module> make_main_module() noexcept {
  const Ref<Str> name = intern("__main__");
  const Ref<Str> builtins = intern("__builtins__");
  if (!name || !builtins) return kRaised;
  Ref<Module> main = Module::make(name.share());
  if (!main || failed(main->set(*builtins, Ref<>::of(Value(&python_builtins())))) ||
      failed(loaded_modules().set(name.value(), main.share())))
    return kRaised;
  return main;
}

Status set_arguments(std::string_view first, std::span<char* const> rest) noexcept {
  Ref<List> arguments = List::make();
  Ref<Str> name = Str::of_utf8(first);
  if (!arguments || !name || failed(arguments->append(std::move(name)))) return kRaised;
  for (char* const each : rest) {
    Ref<Str> argument = Str::of_utf8(each);
    if (!argument || failed(arguments->append(std::move(argument)))) return kRaised;
  }
  return set_in_sys("argv", std::move(arguments));
}

// --- End. ---

namespace {

// A function of a module, if the program has imported that.
void call_if_loaded(std::string_view module_name, std::string_view function_name) noexcept {
  const Ref<Str> name = intern(module_name);
  const Ref<Str> function = intern(function_name);
  Ref<> module;
  if (!name || !function || failed(loaded_modules().find(name.value(), module)))
    return clear_error();
  if (!module) return;
  Ref<> found;
  if (failed(find_attribute(module.value(), *function, found))) return clear_error();
  if (found && !call(found.value(), {})) report_unraisable(found.value());
}

[[nodiscard]] Ref<> stream(std::string_view which) noexcept {
  const Ref<Str> name = intern(which);
  Ref<> found;
  if (!name || failed(find_in_sys(*name, found))) clear_error();
  return found ? std::move(found) : Ref<>(Special::kNone);
}

}  // namespace

bool end_language() noexcept {
  call_if_loaded("threading", "_shutdown");
  call_if_loaded("atexit", "_run_exitfuncs");
  const Ref<> out = stream("stdout");
  const Ref<> error = stream("stderr");
  return flush_standard_streams(out.value(), error.value());
}

}  // namespace orochi::inline OROCHI_DESIGN::cli
