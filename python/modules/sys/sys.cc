// sys: what a program can ask the implementation, and tell it.
//
// What depends on how the program was started (argv, path, executable, the streams) is put in by
// whoever starts: python/modules/sys/start.h.

#include "objects/types/dict.h"
#include "objects/types/digit_limit.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/native_module.h"
#include "python/modules/sys/functions.h"
#include "python/modules/sys/infos.h"
#include "python/modules/sys/stdlib_names.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr NativeSpec kFunctions[] = {
    {"_getframe(depth=0, /)", sys::getframe, "The frame of the caller, or of who called it."},
    {"_is_gil_enabled()", sys::is_gil_enabled, "Whether threads take turns."},
    {"addaudithook(hook)", sys::addaudithook, "Calls the hook for each event that is audited."},
    {"audit(event, /, *args)", sys::audit, "Tells the hooks of an event."},
    {"breakpointhook(*args, **kws)", sys::breakpointhook, "What breakpoint() does."},
    {"displayhook(object, /)", sys::displayhook, "Shows the value of a statement."},
    {"exc_info()", sys::exc_info, "Type, value and traceback of what is being handled."},
    {"excepthook(exctype, value, traceback, /)", sys::excepthook,
     "Shows an exception that nobody has caught."},
    {"exception()", sys::exception, "The exception that is being handled, or None."},
    {"exit(status=None, /)", sys::exit, "Ends the program by raising SystemExit."},
    {"get_asyncgen_hooks()", sys::get_asyncgen_hooks, "What is told of async generators."},
    {"get_coroutine_origin_tracking_depth()", sys::get_coroutine_origin_tracking_depth,
     "How many callers a coroutine remembers."},
    {"get_int_max_str_digits()", sys::get_int_max_str_digits,
     "How many decimal digits a text of an integer may have; 0: any number."},
    {"getallocatedblocks()", sys::getallocatedblocks, "A measure of the memory of objects."},
    {"getdefaultencoding()", sys::getdefaultencoding, "How texts become bytes by default."},
    {"getdlopenflags()", sys::getdlopenflags, "How shared libraries are opened."},
    {"getfilesystemencodeerrors()", sys::getfilesystemencodeerrors,
     "What is done with names of files that cannot be decoded."},
    {"getfilesystemencoding()", sys::getfilesystemencoding, "The encoding of names of files."},
    {"getprofile()", sys::getprofile, "What is called for profiling, or None."},
    {"getrecursionlimit()", sys::getrecursionlimit, "How deep calls may nest."},
    {"getrefcount(object, /)", sys::getrefcount, "How many references to an object there are."},
    {"getsizeof(object, default=<none>)", sys::getsizeof, "The bytes of an object itself."},
    {"getswitchinterval()", sys::getswitchinterval, "How long a turn of a thread is, in seconds."},
    {"gettrace()", sys::gettrace, "What is called for tracing, or None."},
    {"intern(string, /)", sys::intern, "The one str of this text for all who intern it."},
    {"is_finalizing()", sys::is_finalizing, "Whether the process is being shut down."},
    {"set_asyncgen_hooks(firstiter=<none>, finalizer=<none>)", sys::set_asyncgen_hooks,
     "Sets what is told of async generators."},
    {"set_coroutine_origin_tracking_depth(depth)", sys::set_coroutine_origin_tracking_depth,
     "Sets how many callers a coroutine remembers."},
    {"set_int_max_str_digits(maxdigits)", sys::set_int_max_str_digits,
     "Sets how many decimal digits a text of an integer may have."},
    {"setdlopenflags(flags, /)", sys::setdlopenflags, "Sets how shared libraries are opened."},
    {"setrecursionlimit(limit, /)", sys::setrecursionlimit, "Sets how deep calls may nest."},
    {"setswitchinterval(interval, /)", sys::setswitchinterval,
     "Sets how long a turn of a thread is, in seconds."},
    {"unraisablehook(unraisable, /)", sys::unraisablehook,
     "Shows an exception that nobody can be told of."},
};

// What others keep a copy of under another name.
constexpr std::string_view kHooks[] = {"breakpointhook", "displayhook", "excepthook",
                                       "unraisablehook"};

[[nodiscard]] Status keep_hooks(Module& module) noexcept {
  for (const std::string_view name : kHooks) {
    const Ref<Str> key = intern(name);
    const Ref<Str> copy = key ? str_of({"__", name, "__"}) : Ref<Str>();
    Ref<> hook;
    if (!copy || failed(module.find(*key, hook))) return kRaised;
    const Ref<Str> interned = orochi::intern(copy.share());
    if (!interned || failed(module.set(*interned, std::move(hook)))) return kRaised;
  }
  return Status::kDone;
}

[[nodiscard]] Ref<> names_of_natives() noexcept {
  const auto all = native_modules();
  Ref<Tuple> names = Tuple::make_blank(all.size());
  if (!names) return kRaised;
  for (std::size_t i = 0; i < all.size(); ++i) {
    Ref<Str> name = intern(all[i]->name);
    if (!name) return kRaised;
    names->initialise(i, std::move(name));
  }
  return names;
}

[[nodiscard]] Status add_modules(Module& module) noexcept {
  if (failed(add_value(module, "modules", Ref<>::of(Value(&loaded_modules())))) ||
      failed(add_value(module, "builtin_module_names", names_of_natives())) ||
      failed(add_value(module, "stdlib_module_names", stdlib_module_names())) ||
      failed(add_value(module, "meta_path", List::make())) ||
      failed(add_value(module, "path", List::make())) ||
      failed(add_value(module, "path_hooks", List::make())))
    return kRaised;
  return add_value(module, "path_importer_cache", Dict::make());
}

[[nodiscard]] Status add_defaults(Module& module) noexcept {
  constexpr std::string_view kEmptyLists[] = {"argv", "orig_argv", "warnoptions"};
  for (const std::string_view name : kEmptyLists) {
    if (failed(add_value(module, name, List::make()))) return kRaised;
  }
  constexpr std::string_view kEmptyTexts[] = {"_framework", "abiflags", "executable"};
  for (const std::string_view name : kEmptyTexts) {
    if (failed(add_str(module, name, ""))) return kRaised;
  }
  if (failed(add_value(module, "pycache_prefix", Special::kNone)) ||
      failed(add_value(module, "_home", Special::kNone)) ||
      failed(add_str(module, "platlibdir", "lib")))
    return kRaised;
  return add_value(module, "_xoptions", Dict::make());
}

[[nodiscard]] Status complete(Module& module) noexcept {
  set_digit_limit(kUsualDigitLimit);
  if (failed(sys::start_audit()) || failed(sys::start_hooks()) || failed(sys::start_coroutines()) ||
      failed(add_version(module)) || failed(add_machine(module)) || failed(add_modules(module)) ||
      failed(add_defaults(module)))
    return kRaised;
  return keep_hooks(module);
}

}  // namespace

extern constinit const NativeModule kSysModule{
    "sys", "What a program can ask the implementation, and tell it.", kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
