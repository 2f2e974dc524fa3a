// The system's numbers, and which calls it has.

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>
#include <unistd.h>

#include <climits>
#include <cstdio>

#include "objects/types/list.h"
#include "python/modules/native_module.h"
#include "python/modules/posix/parts.h"

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

struct Constant {
  std::string_view name;
  std::int64_t number;
};

constexpr Constant kConstants[] = {
    {"CLD_CONTINUED", CLD_CONTINUED},
    {"CLD_DUMPED", CLD_DUMPED},
    {"CLD_EXITED", CLD_EXITED},
    {"CLD_KILLED", CLD_KILLED},
    {"CLD_STOPPED", CLD_STOPPED},
    {"CLD_TRAPPED", CLD_TRAPPED},
    {"EFD_CLOEXEC", EFD_CLOEXEC},
    {"EFD_NONBLOCK", EFD_NONBLOCK},
    {"EFD_SEMAPHORE", EFD_SEMAPHORE},
    {"EX_CANTCREAT", EX_CANTCREAT},
    {"EX_CONFIG", EX_CONFIG},
    {"EX_DATAERR", EX_DATAERR},
    {"EX_IOERR", EX_IOERR},
    {"EX_NOHOST", EX_NOHOST},
    {"EX_NOINPUT", EX_NOINPUT},
    {"EX_NOPERM", EX_NOPERM},
    {"EX_NOUSER", EX_NOUSER},
    {"EX_OK", EX_OK},
    {"EX_OSERR", EX_OSERR},
    {"EX_OSFILE", EX_OSFILE},
    {"EX_PROTOCOL", EX_PROTOCOL},
    {"EX_SOFTWARE", EX_SOFTWARE},
    {"EX_TEMPFAIL", EX_TEMPFAIL},
    {"EX_UNAVAILABLE", EX_UNAVAILABLE},
    {"EX_USAGE", EX_USAGE},
    {"F_LOCK", F_LOCK},
    {"F_OK", F_OK},
    {"F_TEST", F_TEST},
    {"F_TLOCK", F_TLOCK},
    {"F_ULOCK", F_ULOCK},
    {"GRND_NONBLOCK", GRND_NONBLOCK},
    {"GRND_RANDOM", GRND_RANDOM},
    {"MFD_ALLOW_SEALING", MFD_ALLOW_SEALING},
    {"MFD_CLOEXEC", MFD_CLOEXEC},
    {"MFD_HUGETLB", MFD_HUGETLB},
    {"NGROUPS_MAX", NGROUPS_MAX},
    {"O_ACCMODE", O_ACCMODE},
    {"O_APPEND", O_APPEND},
    {"O_ASYNC", O_ASYNC},
    {"O_CLOEXEC", O_CLOEXEC},
    {"O_CREAT", O_CREAT},
    {"O_DIRECT", O_DIRECT},
    {"O_DIRECTORY", O_DIRECTORY},
    {"O_DSYNC", O_DSYNC},
    {"O_EXCL", O_EXCL},
    {"O_FSYNC", O_FSYNC},
    {"O_LARGEFILE", 0100000},  // 0 for who is built for 64 bits, and the system has it
    {"O_NDELAY", O_NDELAY},
    {"O_NOATIME", O_NOATIME},
    {"O_NOCTTY", O_NOCTTY},
    {"O_NOFOLLOW", O_NOFOLLOW},
    {"O_NONBLOCK", O_NONBLOCK},
    {"O_PATH", O_PATH},
    {"O_RDONLY", O_RDONLY},
    {"O_RDWR", O_RDWR},
    {"O_RSYNC", O_RSYNC},
    {"O_SYNC", O_SYNC},
    {"O_TMPFILE", O_TMPFILE},
    {"O_TRUNC", O_TRUNC},
    {"O_WRONLY", O_WRONLY},
    {"POSIX_FADV_DONTNEED", POSIX_FADV_DONTNEED},
    {"POSIX_FADV_NOREUSE", POSIX_FADV_NOREUSE},
    {"POSIX_FADV_NORMAL", POSIX_FADV_NORMAL},
    {"POSIX_FADV_RANDOM", POSIX_FADV_RANDOM},
    {"POSIX_FADV_SEQUENTIAL", POSIX_FADV_SEQUENTIAL},
    {"POSIX_FADV_WILLNEED", POSIX_FADV_WILLNEED},
    {"PRIO_PGRP", PRIO_PGRP},
    {"PRIO_PROCESS", PRIO_PROCESS},
    {"PRIO_USER", PRIO_USER},
    {"P_ALL", P_ALL},
    {"P_PGID", P_PGID},
    {"P_PID", P_PID},
    {"P_PIDFD", P_PIDFD},
    {"RTLD_DEEPBIND", RTLD_DEEPBIND},
    {"RTLD_GLOBAL", RTLD_GLOBAL},
    {"RTLD_LAZY", RTLD_LAZY},
    {"RTLD_LOCAL", RTLD_LOCAL},
    {"RTLD_NODELETE", RTLD_NODELETE},
    {"RTLD_NOLOAD", RTLD_NOLOAD},
    {"RTLD_NOW", RTLD_NOW},
    {"RWF_APPEND", RWF_APPEND},
    {"RWF_DSYNC", RWF_DSYNC},
    {"RWF_HIPRI", RWF_HIPRI},
    {"RWF_NOWAIT", RWF_NOWAIT},
    {"RWF_SYNC", RWF_SYNC},
    {"R_OK", R_OK},
    {"SCHED_BATCH", SCHED_BATCH},
    {"SCHED_FIFO", SCHED_FIFO},
    {"SCHED_IDLE", SCHED_IDLE},
    {"SCHED_OTHER", SCHED_OTHER},
    {"SCHED_RESET_ON_FORK", SCHED_RESET_ON_FORK},
    {"SCHED_RR", SCHED_RR},
    {"SEEK_DATA", SEEK_DATA},
    {"SEEK_HOLE", SEEK_HOLE},
    {"SPLICE_F_MORE", SPLICE_F_MORE},
    {"SPLICE_F_MOVE", SPLICE_F_MOVE},
    {"SPLICE_F_NONBLOCK", SPLICE_F_NONBLOCK},
    {"ST_APPEND", ST_APPEND},
    {"ST_MANDLOCK", ST_MANDLOCK},
    {"ST_NOATIME", ST_NOATIME},
    {"ST_NODEV", ST_NODEV},
    {"ST_NODIRATIME", ST_NODIRATIME},
    {"ST_NOEXEC", ST_NOEXEC},
    {"ST_NOSUID", ST_NOSUID},
    {"ST_RDONLY", ST_RDONLY},
    {"ST_RELATIME", ST_RELATIME},
    {"ST_SYNCHRONOUS", ST_SYNCHRONOUS},
    {"ST_WRITE", ST_WRITE},
    {"TMP_MAX", TMP_MAX},
    {"WCONTINUED", WCONTINUED},
    {"WEXITED", WEXITED},
    {"WNOHANG", WNOHANG},
    {"WNOWAIT", WNOWAIT},
    {"WSTOPPED", WSTOPPED},
    {"WUNTRACED", WUNTRACED},
    {"W_OK", W_OK},
    {"XATTR_CREATE", XATTR_CREATE},
    {"XATTR_REPLACE", XATTR_REPLACE},
    {"XATTR_SIZE_MAX", XATTR_SIZE_MAX},
    {"X_OK", X_OK},
};

// What os.py asks before it says which functions take which kinds of arguments: those here that
// take a folder's number, an open file, or say whether links are followed.
constexpr std::string_view kCalls[] = {
    "HAVE_FACCESSAT", "HAVE_FCHDIR",     "HAVE_FCHMOD",    "HAVE_FCHMODAT",  "HAVE_FCHOWN",
    "HAVE_FCHOWNAT",  "HAVE_FEXECVE",    "HAVE_FDOPENDIR", "HAVE_FSTATAT",   "HAVE_FSTATVFS",
    "HAVE_FTRUNCATE", "HAVE_FUTIMENS",   "HAVE_FUTIMES",   "HAVE_FUTIMESAT", "HAVE_LINKAT",
    "HAVE_LCHOWN",    "HAVE_LSTAT",      "HAVE_LUTIMES",   "HAVE_MKDIRAT",   "HAVE_MKFIFOAT",
    "HAVE_OPENAT",    "HAVE_READLINKAT", "HAVE_RENAMEAT",  "HAVE_SYMLINKAT", "HAVE_UNLINKAT",
    "HAVE_UTIMENSAT",
};

}  // namespace

Status add_constants(Module& module) noexcept {
  for (const Constant& constant : kConstants)
    if (failed(add_int(module, constant.name, constant.number))) return kRaised;
  Ref<List> calls = List::make();
  for (const std::string_view call : kCalls) {
    Ref<Str> name = Str::of_ascii(call);
    if (!calls || !name || failed(calls->append(std::move(name)))) return kRaised;
  }
  return add_value(module, "_have_functions", std::move(calls));
}

}  // namespace orochi::inline OROCHI_DESIGN::posix
