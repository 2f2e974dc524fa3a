// __import__.

#include "objects/model/error.h"
#include "objects/types/str.h"
#include "python/importing/import_statement.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/functions.h"

namespace orochi::inline OROCHI_DESIGN::builtins {

// (name, globals, locals, fromlist, level)
Ref<> import(const Value* arguments) noexcept {
  Str* const name = as_str(arguments[0]);
  int level = 0;
  if (failed(read_c_int(arguments[4], level))) return kRaised;
  if (name == nullptr) return raise(ErrorKind::kType, {"module name must be a string"});
  const Value globals = arguments[1].is_none() ? Value() : arguments[1];
  return import_name(*name, globals, arguments[3], level);
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
