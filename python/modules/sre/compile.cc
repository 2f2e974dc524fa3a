// _sre.compile: a pattern of the words that the library's compiler has made.

#include <algorithm>

#include "objects/model/new_object.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "python/modules/arguments.h"
#include "python/modules/native_type.h"
#include "python/modules/sre/code_checker.h"
#include "python/modules/sre/pattern.h"
#include "python/modules/sre/subject.h"
#include "python/modules/sre/types.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

enum Argument : std::uint8_t { kSource, kFlags, kCode, kGroups, kNumbers, kNames };

Raised raise_wrong_type(std::string_view name, std::string_view wanted, Value value) noexcept {
  return raise(ErrorKind::kType,
               {"compile() argument '", name, "' must be ", wanted, ", not ", type_name(value)});
}

[[nodiscard]] Status check_types(const Value* arguments) noexcept {
  if (as_list(arguments[kCode]) == nullptr)
    return raise_wrong_type("code", "list", arguments[kCode]);
  if (as_dict(arguments[kNumbers]) == nullptr)
    return raise_wrong_type("groupindex", "dict", arguments[kNumbers]);
  if (as_tuple(arguments[kNames]) == nullptr)
    return raise_wrong_type("indexgroup", "tuple", arguments[kNames]);
  return Status::kDone;
}

[[nodiscard]] Status read_word(Value value, Code& word) noexcept {
  const Index index = index_of(value);
  if (index.kind == IndexKind::kNone) return raise(ErrorKind::kType, {"an integer is required"});
  if (index.number < 0)
    return raise(ErrorKind::kOverflow, {"can't convert negative value to unsigned int"});
  word = static_cast<Code>(index.number);
  if (index.kind == IndexKind::kInside && index.number == std::int64_t{word}) return Status::kDone;
  return raise(ErrorKind::kOverflow, {"regular expression code size limit exceeded"});
}

[[nodiscard]] Status read_about(const Value* arguments, Pattern::About& about) noexcept {
  int flags = 0;
  std::int64_t groups = 0;
  if (failed(read_c_int(arguments[kFlags], flags)) ||
      failed(read_integer(arguments[kGroups], "ssize_t", groups)))
    return kRaised;
  if (groups < 0 || groups > kMostGroups) return raise(ErrorKind::kRuntime, {"invalid SRE code"});
  about.flags = static_cast<std::uint32_t>(flags);
  about.groups = static_cast<std::size_t>(groups);
  if (arguments[kSource].is_none()) return Status::kDone;
  return kind_of_text(arguments[kSource], about.kind);
}

[[nodiscard]] Status read_code(const Tuple& words, Code* out) noexcept {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (failed(read_word(words[i], out[i]))) return kRaised;
  return Status::kDone;
}

}  // namespace

Ref<> compile(const Value* arguments) noexcept {
  Pattern::About about;
  if (failed(check_types(arguments)) || failed(read_about(arguments, about))) return kRaised;
  const Ref<Tuple> words = object_of<List>(arguments[kCode]).to_tuple();
  if (!words) return kRaised;
  Pattern::Parts parts{.source = ref_of(arguments[kSource]),
                       .numbers = Ref<Dict>::of(object_of<Dict>(arguments[kNumbers])),
                       .names = Ref<Tuple>::of(object_of<Tuple>(arguments[kNames]))};
  const std::size_t size = words->size();
  Ref<Pattern> made = new_object_with_trailing<Pattern>(pattern_type(), size * sizeof(Code),
                                                        std::move(parts), about, size);
  if (!made || failed(read_code(*words, made->writable_code()))) return kRaised;
  return failed(check_code(made->code(), made->groups())) ? Ref<Pattern>() : std::move(made);
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
