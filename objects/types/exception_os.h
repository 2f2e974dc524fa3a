// objects/types/exception_os.h: errors of the operating system, which have a number.
//
// Attached threads. Tests: tests/objects/types/exception_os_test.cc
#pragma once

#include "objects/model/error.h"
#include "objects/types/exception.h"

namespace orochi::inline OROCHI_DESIGN {

// What OSError(args...) is an object of: the class that stands for the number, or OSError itself.
[[nodiscard]] Type& os_error_type_for(const Tuple& args) noexcept;

// What OSError.__init__ makes of (errno, strerror[, filename[, winerror[, filename2]]]).
[[nodiscard]] Status set_os_error(Exception& self, Ref<Tuple> args) noexcept;

// With the system's text, as in the C locale. `file`: nothing, or the name that it was about.
Raised raise_os_error(int number, Ref<> file) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
