// What sys says of the implementation: version_info, implementation, flags.

#include <array>

#include "objects/types/dict.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/simple_namespace.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/native_module.h"
#include "python/modules/struct_sequence.h"
#include "python/modules/sys/infos.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Of the language, and so of the library that goes with it.
constexpr int kMajor = 3;
constexpr int kMinor = 11;
constexpr int kMicro = 2;
constexpr std::int64_t kHexVersion = kMajor << 24 | kMinor << 16 | kMicro << 8 | 0xf0;

// --- version_info. ---

constexpr StructField kVersionFields[] = {
    {"major", "Changes with the language."},
    {"minor", "Changes with each version."},
    {"micro", "Changes with each correction."},
    {"releaselevel", "'alpha', 'beta', 'candidate', or 'final'."},
    {"serial", "Counts what is released at that level."},
};
constexpr StructSequenceSpec kVersionInfo{.module = "sys",
                                          .name = "version_info",
                                          .doc = "The version, as numbers.",
                                          .fields = kVersionFields,
                                          .shown = std::size(kVersionFields),
                                          .can_be_called = false};

[[nodiscard]] Ref<> make_version_info() noexcept {
  Type* const type = make_struct_sequence_type(kVersionInfo);
  if (type == nullptr) return kRaised;
  std::array<Ref<>, std::size(kVersionFields)> values{
      make_int(kMajor), make_int(kMinor), make_int(kMicro), intern("final"), make_int(0)};
  return make_struct_sequence(*type, values);
}

[[nodiscard]] Status set_item(Dict& dict, std::string_view name, Ref<> value) noexcept {
  const Ref<Str> key = intern(name);
  return key && value ? dict.set(key.value(), std::move(value)) : Status::kFailed;
}

[[nodiscard]] Ref<> make_implementation(Value version) noexcept {
  const Ref<Dict> about = Dict::make();
  if (!about || failed(set_item(*about, "name", intern("orochi"))) ||
      failed(set_item(*about, "cache_tag", intern("orochi-311"))) ||
      failed(set_item(*about, "version", Ref<>::of(version))) ||
      failed(set_item(*about, "hexversion", make_int(kHexVersion))) ||
      failed(set_item(*about, "_multiarch", intern("x86_64-linux-gnu"))))
    return kRaised;
  return SimpleNamespace::make(*about);
}

// --- flags. ---

constexpr StructField kFlagFields[] = {
    {"debug", "-d"},
    {"inspect", "-i"},
    {"interactive", "-i"},
    {"optimize", "-O or -OO"},
    {"dont_write_bytecode", "-B"},
    {"no_user_site", "-s"},
    {"no_site", "-S"},
    {"ignore_environment", "-E"},
    {"verbose", "-v"},
    {"bytes_warning", "-b"},
    {"quiet", "-q"},
    {"hash_randomization", "-R"},
    {"isolated", "-I"},
    {"dev_mode", "-X dev"},
    {"utf8_mode", "-X utf8"},
    {"warn_default_encoding", "-X warn_default_encoding"},
    {"safe_path", "-P"},
    {"int_max_str_digits", "-X int_max_str_digits"},
};
constexpr StructSequenceSpec kFlags{.module = "sys",
                                    .name = "flags",
                                    .doc = "Flags of the command line and the environment.",
                                    .fields = kFlagFields,
                                    .shown = std::size(kFlagFields),
                                    .can_be_called = false};

[[nodiscard]] Ref<> truth_value(bool truth) noexcept { return Value::of_bool(truth).as_special(); }

// Null: an exception is pending.
[[nodiscard]] Type* flags_type() noexcept {
  static constinit Type* type = nullptr;  // written by whoever makes `sys`, before others see it
  if (type == nullptr) type = make_struct_sequence_type(kFlags);
  return type;
}

[[nodiscard]] Ref<> make_flags(const SysFlags& flags) noexcept {
  Type* const type = flags_type();
  if (type == nullptr) return kRaised;
  std::array<Ref<>, std::size(kFlagFields)> values{
      make_int(flags.debug),
      make_int(flags.inspect),
      make_int(flags.interactive),
      make_int(flags.optimize),
      make_int(flags.dont_write_bytecode),
      make_int(flags.no_user_site),
      make_int(flags.no_site),
      make_int(flags.ignore_environment),
      make_int(flags.verbose),
      make_int(flags.bytes_warning),
      make_int(flags.quiet),
      make_int(flags.hash_randomization),
      make_int(flags.isolated),
      truth_value(flags.dev_mode),
      make_int(flags.utf8_mode),
      make_int(flags.warn_default_encoding),
      truth_value(flags.safe_path),
      make_int(flags.int_max_str_digits),
  };
  return make_struct_sequence(*type, values);
}

[[nodiscard]] Ref<> git_of_nobody() noexcept {
  return Tuple::of(intern("orochi"), intern(""), intern(""));
}

}  // namespace

Status set_flags(Module& sys, const SysFlags& flags) noexcept {
  if (failed(add_value(sys, "dont_write_bytecode", truth_value(flags.dont_write_bytecode != 0))))
    return kRaised;
  return add_value(sys, "flags", make_flags(flags));
}

Status add_version(Module& sys) noexcept {
  Ref<> info = make_version_info();
  if (!info || failed(add_value(sys, "implementation", make_implementation(info.value()))) ||
      failed(add_value(sys, "version_info", std::move(info))) ||
      failed(add_int(sys, "hexversion", kHexVersion)) ||
      failed(add_str(sys, "version", "3.11.2 (orochi) [GCC " __VERSION__ "]")) ||
      failed(add_int(sys, "api_version", 1013)) || failed(add_str(sys, "copyright", "")) ||
      failed(add_value(sys, "_git", git_of_nobody())))
    return kRaised;
  return set_flags(sys, SysFlags());
}

}  // namespace orochi::inline OROCHI_DESIGN
