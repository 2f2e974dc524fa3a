// builtins: what every program finds without importing it.

#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/complex.h"
#include "objects/types/dict.h"
#include "objects/types/enumerate.h"
#include "objects/types/exception_type.h"
#include "objects/types/filter.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/map.h"
#include "objects/types/memoryview.h"
#include "objects/types/property.h"
#include "objects/types/range.h"
#include "objects/types/sequence_iterator.h"
#include "objects/types/set.h"
#include "objects/types/slice.h"
#include "objects/types/str.h"
#include "objects/types/super.h"
#include "objects/types/tuple.h"
#include "objects/types/wrapped_function.h"
#include "objects/types/zip.h"
#include "python/modules/builtins/anext_default.h"
#include "python/modules/builtins/call_iterator.h"
#include "python/modules/builtins/functions.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr NativeSpec kFunctions[] = {
    {"__import__(name, globals=None, locals=None, fromlist=None, level=0)", builtins::import,
     "What import statements call."},
    {"abs(x, /)", builtins::abs, "The number without its sign."},
    {"aiter(async_iterable, /)", builtins::aiter, "The asynchronous iterator of an object."},
    {"all(iterable, /)", builtins::all, "Whether no item is false."},
    {"anext(async_iterator, default=<none>, /)", builtins::anext,
     "What to await for the next item; the default, if there is none."},
    {"any(iterable, /)", builtins::any, "Whether some item is true."},
    {"ascii(obj, /)", builtins::ascii, "repr() with escapes for all that is not ASCII."},
    {"bin(number, /)", builtins::bin, "The integer in base 2."},
    {"breakpoint(*args, **kws)", builtins::breakpoint, "Calls sys.breakpointhook."},
    {"callable(obj, /)", builtins::callable, "Whether the object can be called."},
    {"chr(i, /)", builtins::chr, "The character of a number."},
    {"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, "
     "_feature_version=-1)",
     builtins::compile, "The code of a program or an expression."},
    {"delattr(obj, name, /)", builtins::delattr, "Deletes the attribute of that name."},
    {"dir(object=<none>, /)", builtins::dir,
     "The names of what the object has, sorted; without one, those of the caller."},
    {"divmod(x, y, /)", builtins::divmod, "The tuple (x//y, x%y)."},
    {"eval(source, globals=None, locals=None, /)", builtins::eval, "The value of an expression."},
    {"exec(source, globals=None, locals=None, /, *, closure=None)", builtins::exec,
     "Runs a program in the given namespaces."},
    {"format(value, format_spec='', /)", builtins::format, "The value as the specifier says."},
    {"getattr(object, name, default=<none>, /)", builtins::getattr,
     "The attribute of that name; the default, if there is none."},
    {"globals()", builtins::globals, "The names of the caller's module."},
    {"hasattr(obj, name, /)", builtins::hasattr, "Whether there is an attribute of that name."},
    {"hash(obj, /)", builtins::hash, "A number that equal objects have in common."},
    {"hex(number, /)", builtins::hex, "The integer in base 16."},
    {"id(obj, /)", builtins::id, "A number that no other object has at the same time."},
    {"input(prompt=<none>, /)", builtins::input, "A line of sys.stdin, without its end."},
    {"isinstance(obj, class_or_tuple, /)", builtins::isinstance,
     "Whether the object is of the class or of a subclass."},
    {"issubclass(cls, class_or_tuple, /)", builtins::issubclass,
     "Whether the class is the other one or is derived from it."},
    {"iter(object, sentinel=<none>, /)", builtins::iter,
     "An iterator over an object, or over what calls of it return until that is the sentinel."},
    {"len(obj, /)", builtins::len, "How many items there are."},
    {"locals()", builtins::locals, "The names of the caller."},
    {"max(*args, key=None, default=<none>)", builtins::max, "The greatest item or argument."},
    {"min(*args, key=None, default=<none>)", builtins::min, "The least item or argument."},
    {"next(iterator, default=<none>, /)", builtins::next,
     "The next item; the default, if there is none."},
    {"oct(number, /)", builtins::oct, "The integer in base 8."},
    {"ord(c, /)", builtins::ord, "The number of a character."},
    {"pow(base, exp, mod=None)", builtins::pow, "base**exp, or that modulo a number."},
    {"print(*args, sep=' ', end='\n', file=None, flush=False)", builtins::print,
     "Writes the values to a file, sys.stdout if none is given."},
    {"repr(obj, /)", builtins::repr, "The object as text that says what it is."},
    {"round(number, ndigits=None)", builtins::round, "The number with so many decimal digits."},
    {"setattr(obj, name, value, /)", builtins::setattr, "Gives the attribute a value."},
    {"sorted(*args, key=None, reverse=False)", builtins::sorted,
     "A new list of the items, in rising order."},
    {"sum(iterable, /, start=0)", builtins::sum, "The start and all items added up."},
    {"vars(object=<none>, /)", builtins::vars,
     "The attributes of an object, as its dict; without one, the names of the caller."},
};

struct NamedType {
  std::string_view name;
  Type& (*type)() noexcept;
};
constexpr NamedType kTypes[] = {
    {"bool", bool_type},
    {"bytearray", bytearray_type},
    {"bytes", bytes_type},
    {"classmethod", class_method_type},
    {"complex", complex_type},
    {"dict", dict_type},
    {"enumerate", enumerate_type},
    {"filter", filter_type},
    {"float", float_type},
    {"frozenset", frozenset_type},
    {"int", int_type},
    {"list", list_type},
    {"map", map_type},
    {"memoryview", memoryview_type},
    {"object", object_type},
    {"property", property_type},
    {"range", range_type},
    {"reversed", reversed_type},
    {"set", set_type},
    {"slice", slice_type},
    {"staticmethod", static_method_type},
    {"str", str_type},
    {"super", super_type},
    {"tuple", tuple_type},
    {"type", type_type},
    {"zip", zip_type},
};

struct Constant {
  std::string_view name;
  Special value;
};
constexpr Constant kConstants[] = {
    {"Ellipsis", Special::kEllipsis}, {"False", Special::kFalse},
    {"None", Special::kNone},         {"NotImplemented", Special::kNotImplemented},
    {"True", Special::kTrue},         {"__debug__", Special::kTrue},
};

struct Alias {
  std::string_view name;
  BuiltinException exception;
};
constexpr Alias kAliases[] = {
    {"EnvironmentError", BuiltinException::kOSError},
    {"IOError", BuiltinException::kOSError},
};

[[nodiscard]] Status add_types(Module& module) noexcept {
  for (const NamedType& each : kTypes) {
    if (failed(add_value(module, each.name, Ref<>::of(Value(&each.type()))))) return kRaised;
  }
  for (std::size_t i = 0; i < kBuiltinExceptions; ++i) {
    if (failed(add_type(module, exception_type(static_cast<BuiltinException>(i))))) return kRaised;
  }
  for (const Alias& alias : kAliases) {
    Type& type = exception_type(alias.exception);
    if (failed(add_value(module, alias.name, Ref<>::of(Value(&type))))) return kRaised;
  }
  return Status::kDone;
}

[[nodiscard]] Status complete(Module& module) noexcept {
  if (failed(make_call_iterator_type()) || failed(make_anext_default_type())) return kRaised;
  for (const Constant& constant : kConstants) {
    if (failed(add_value(module, constant.name, constant.value))) return kRaised;
  }
  return add_types(module);
}

}  // namespace

extern constinit const NativeModule kBuiltinsModule{
    "builtins", "Functions, types, exceptions and constants that every program has.", kFunctions,
    complete};

}  // namespace orochi::inline OROCHI_DESIGN
