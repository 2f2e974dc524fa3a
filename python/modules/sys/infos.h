// python/modules/sys/infos.h: what `sys` says of the implementation and of the machine.
//
// Attached threads, once each. Tests: tests/python/modules/sys_test.cc
#pragma once

#include "objects/types/module.h"

namespace orochi::inline OROCHI_DESIGN {

// version, version_info, hexversion, implementation, and their like.
[[nodiscard]] Status add_version(Module& sys) noexcept;
// float_info, int_info, hash_info, thread_info, maxsize, and their like.
[[nodiscard]] Status add_machine(Module& sys) noexcept;

// What the command line and the environment say, as sys.flags has it.
struct SysFlags {
  int debug = 0;
  int inspect = 0;
  int interactive = 0;
  int optimize = 0;
  int dont_write_bytecode = 1;  // there is no cache of bytecode
  int no_user_site = 0;
  int no_site = 0;
  int ignore_environment = 0;
  int verbose = 0;
  int bytes_warning = 0;
  int quiet = 0;
  int hash_randomization = 1;
  int isolated = 0;
  bool dev_mode = false;
  int utf8_mode = 0;
  int warn_default_encoding = 0;
  bool safe_path = false;
  int int_max_str_digits = -1;
};
// Again, whenever they change: whoever starts knows them later than `sys` is made.
[[nodiscard]] Status set_flags(Module& sys, const SysFlags& flags) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
