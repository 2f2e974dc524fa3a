// _imp: what importlib's own files ask of the implementation. There are no extension modules, no
// frozen ones, and no cache of bytecode.

#include <array>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/keyed_hash.h"
#include "objects/types/bytes.h"
#include "objects/types/bytes_like.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/utf8_text.h"
#include "python/importing/import_error.h"
#include "python/modules/arguments.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/native_module.h"
#include "runtime/recursive_mutex.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_name("name");

// --- The lock of imports: nothing here needs it, programs may. ---

constinit RecursiveMutex g_lock;

Ref<> acquire_lock(const Value*) noexcept {
  g_lock.lock();
  return Special::kNone;
}

Ref<> release_lock(const Value*) noexcept {
  if (!g_lock.is_mine()) return raise(ErrorKind::kRuntime, {"not holding the import lock"});
  g_lock.unlock();
  return Special::kNone;
}

Ref<> lock_held(const Value*) noexcept { return Value::of_bool(g_lock.is_mine()).as_special(); }

// --- Modules that are written in C++. ---

[[nodiscard]] const NativeModule* native_of(Value name) noexcept {
  const Str* const text = as_str(name);
  return text == nullptr ? nullptr : find_native_module(Utf8Text(*text).view());
}

// -1: there is one, and it cannot be made anew.
Ref<> is_builtin(const Value* arguments) noexcept {
  const NativeModule* const native = native_of(arguments[0]);
  if (native == nullptr) return make_int(0);
  return make_int(native->name == "sys" || native->name == "builtins" ? -1 : 1);
}

Ref<> create_builtin(const Value* arguments) noexcept {
  Str* const attribute = g_name.get();
  const Ref<> name = attribute == nullptr ? Ref<>() : get_attribute(arguments[0], *attribute);
  if (!name) return kRaised;
  const NativeModule* const native = native_of(name.value());
  return native == nullptr ? Ref<>(Special::kNone) : Ref<>(load_native(*native));
}

// What a module is made with is all that there is to it.
Ref<> exec_nothing(const Value*) noexcept { return make_int(0); }

// --- What there is none of. ---

Ref<> is_never(const Value*) noexcept { return Special::kFalse; }
Ref<> nothing(const Value*) noexcept { return Special::kNone; }
Ref<> empty_list(const Value*) noexcept { return List::make(); }

Ref<> refuse_frozen(const Value* arguments) noexcept {
  Str* const name = as_str(arguments[0]);
  if (name == nullptr) return raise(ErrorKind::kType, {"name must be a str"});
  return raise_import_error({"No such frozen object named ", Utf8Text(*name).view()}, Value(name),
                            Value());
}

Ref<> refuse_dynamic(const Value* arguments) noexcept {
  Str* const attribute = g_name.get();
  const Ref<> name = attribute == nullptr ? Ref<>() : get_attribute(arguments[0], *attribute);
  if (!name) return kRaised;
  return raise_import_error({"extension modules cannot be loaded"}, name.value(), Value());
}

// --- Source. ---

// Eight bytes: the number that the text's hash is under a key.
Ref<> source_hash(const Value* arguments) noexcept {
  std::int64_t key = 0;
  BytesLike source;
  if (failed(read_integer(arguments[0], "C long", key)) || failed(source.take(arguments[1])))
    return kRaised;
  const text::HashKey hash_key{static_cast<std::uint64_t>(key), 0};
  const std::uint64_t hash = text::keyed_hash(hash_key, source.span());
  std::array<std::uint8_t, 8> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(hash >> 8 * i);
  return Bytes::of(bytes);
}

constexpr NativeSpec kFunctions[] = {
    {"_fix_co_filename(code, path, /)", nothing},
    {"_frozen_module_names()", empty_list},
    {"_override_frozen_modules_for_tests(override, /)", nothing},
    {"acquire_lock()", acquire_lock},
    {"create_builtin(spec, /)", create_builtin},
    {"create_dynamic(spec, file=<none>, /)", refuse_dynamic},
    {"exec_builtin(mod, /)", exec_nothing},
    {"exec_dynamic(mod, /)", exec_nothing},
    {"extension_suffixes()", empty_list},
    {"find_frozen(name, /, *, withdata=False)", nothing},
    {"get_frozen_object(name, data=None, /)", refuse_frozen},
    {"init_frozen(name, /)", nothing},
    {"is_builtin(name, /)", is_builtin},
    {"is_frozen(name, /)", is_never},
    {"is_frozen_package(name, /)", refuse_frozen},
    {"lock_held()", lock_held},
    {"release_lock()", release_lock},
    {"source_hash(key, source)", source_hash},
};

[[nodiscard]] Status complete(Module& module) noexcept {
  return add_str(module, "check_hash_based_pycs", "default");
}

}  // namespace

extern constinit const NativeModule kImpModule{"_imp", "What importlib asks of the implementation.",
                                               kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
