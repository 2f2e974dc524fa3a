// _sre: what the library's `re` is built on: patterns in compiled form, and characters by case.

#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "python/importing/importer.h"
#include "python/modules/arguments.h"
#include "python/modules/sre/characters.h"
#include "python/modules/sre/pattern.h"
#include "python/modules/sre/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace sre {

Ref<> function_of_re(std::string_view name) noexcept {
  const Ref<Str> module_name = intern("re");
  const Ref<Str> wanted = intern(name);
  if (!module_name || !wanted) return kRaised;
  const Ref<> module = import_module(*module_name);
  return module ? get_attribute(module.value(), *wanted) : Ref<>();
}

namespace {

[[nodiscard]] Status read_character(Value value, CodePoint& point) noexcept {
  int number = 0;
  if (failed(read_c_int(value, number))) return kRaised;
  point = static_cast<CodePoint>(number);
  return Status::kDone;
}

// What is no character has no case.
template <CodePoint (*kLower)(CodePoint) noexcept>
Ref<> to_lower(const Value* arguments) noexcept {
  CodePoint point = 0;
  if (failed(read_character(arguments[0], point))) return kRaised;
  const bool is_character = point <= text::kLastCodePoint;
  return make_int(static_cast<std::int32_t>(is_character ? kLower(point) : point));
}

template <bool (*kIsCased)(CodePoint) noexcept>
Ref<> is_cased(const Value* arguments) noexcept {
  CodePoint point = 0;
  if (failed(read_character(arguments[0], point))) return kRaised;
  return truth_value(point <= text::kLastCodePoint && kIsCased(point));
}

Ref<> getcodesize(const Value*) noexcept { return make_size(sizeof(Code)); }

}  // namespace
}  // namespace sre

namespace {

constexpr NativeSpec kFunctions[] = {
    {"ascii_iscased(character, /)", sre::is_cased<sre::is_cased_ascii>},
    {"ascii_tolower(character, /)", sre::to_lower<sre::lower_ascii>},
    {"compile(pattern, flags, code, groups, groupindex, indexgroup)", sre::compile},
    {"getcodesize()", sre::getcodesize},
    {"unicode_iscased(character, /)", sre::is_cased<sre::is_cased_unicode>},
    {"unicode_tolower(character, /)", sre::to_lower<sre::lower_unicode>},
};

Status complete(Module& module) noexcept {
  if (failed(sre::make_pattern_type()) || failed(sre::make_match_type()) ||
      failed(sre::make_scanner_type()))
    return kRaised;
  if (failed(add_int(module, "MAGIC", sre::kMagic)) ||
      failed(add_int(module, "CODESIZE", sizeof(sre::Code))) ||
      failed(add_int(module, "MAXREPEAT", sre::kMostRepeats)))
    return kRaised;
  return add_int(module, "MAXGROUPS", sre::kMostGroups);
}

}  // namespace

extern constinit const NativeModule kSreModule{"_sre", "Regular expressions in compiled form.",
                                               kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
