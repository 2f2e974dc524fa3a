// Processes: this one, its children, and the programs that they run.

#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/types/attribute.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/io/path.h"
#include "python/modules/late_name.h"
#include "python/modules/native_type.h"
#include "python/modules/posix/arguments.h"
#include "python/modules/posix/fork_hooks.h"
#include "python/modules/posix/parts.h"
#include "python/vm/interruption.h"

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

// --- Who this is. ---

template <auto kAsk>
Ref<> identity(const Value*) noexcept {
  return make_int(kAsk());
}

template <auto kSet>
Ref<> change_identity(const Value* arguments) noexcept {
  std::int64_t id = 0;
  if (failed(read_number(arguments[0], id))) return kRaised;
  return none_of([&] { return kSet(static_cast<unsigned>(id)); });
}

template <auto kAsk>
Ref<> identity_of(const Value* arguments) noexcept {
  int process = 0;
  if (failed(read_c_int(arguments[0], process))) return kRaised;
  return number_of([&] { return kAsk(process); });
}

Ref<> set_session(const Value*) noexcept {
  return none_of([] { return ::setsid() < 0 ? -1 : 0; });
}

Ref<> set_group(const Value* arguments) noexcept {
  int process = 0;
  int group = 0;
  if (failed(read_c_int(arguments[0], process)) || failed(read_c_int(arguments[1], group)))
    return kRaised;
  return none_of([&] { return ::setpgid(process, group); });
}

Ref<> be_nice(const Value* arguments) noexcept {
  int more = 0;
  if (failed(read_c_int(arguments[0], more))) return kRaised;
  // -1 is a result too, so errno says.
  const SystemResult result = call_blocking([&] {
    errno = 0;
    const int now = ::nice(more);
    return now == -1 && errno != 0 ? -1 : now + 64;
  });
  return result.has_failed() ? Ref<>(raise_failed(result)) : make_int(result.value - 64);
}

// --- Signals to others. ---

Ref<> kill_process(const Value* arguments) noexcept {
  int process = 0;
  int signal = 0;
  if (failed(read_c_int(arguments[0], process)) || failed(read_c_int(arguments[1], signal)))
    return kRaised;
  const Ref<> sent = none_of([&] { return ::kill(process, signal); });
  // It may have come to this thread.
  return sent ? none_or_raised(heed_interruptions()) : Ref<>();
}

Ref<> kill_group(const Value* arguments) noexcept {
  int group = 0;
  int signal = 0;
  if (failed(read_c_int(arguments[0], group)) || failed(read_c_int(arguments[1], signal)))
    return kRaised;
  return none_of([&] { return ::killpg(group, signal); });
}

// --- Children. ---

[[nodiscard]] Ref<> wait_for(int process, int options) noexcept {
  int status = 0;
  const SystemResult result = call_blocking([&] { return ::waitpid(process, &status, options); });
  if (result.has_failed()) return raise_failed(result);
  return Tuple::of(make_int(result.value), make_int(status));
}

Ref<> wait_for_process(const Value* arguments) noexcept {
  int process = 0;
  int options = 0;
  if (failed(read_c_int(arguments[0], process)) || failed(read_c_int(arguments[1], options)))
    return kRaised;
  return wait_for(process, options);
}

Ref<> wait_for_any(const Value*) noexcept { return wait_for(-1, 0); }

// What a status says: a truth, or a number.
template <auto kAsk>
Ref<> is_status(const Value* arguments) noexcept {
  int status = 0;
  return failed(read_c_int(arguments[0], status)) ? Ref<>() : truth_value(kAsk(status));
}
template <auto kAsk>
Ref<> number_in_status(const Value* arguments) noexcept {
  int status = 0;
  return failed(read_c_int(arguments[0], status)) ? Ref<>() : make_int(kAsk(status));
}

constexpr auto kHasExited = [](int status) { return WIFEXITED(status); };
constexpr auto kWasKilled = [](int status) { return WIFSIGNALED(status); };
constexpr auto kIsStopped = [](int status) { return WIFSTOPPED(status); };
constexpr auto kGoesOn = [](int status) { return WIFCONTINUED(status); };
constexpr auto kHasDumped = [](int status) { return WCOREDUMP(status) != 0; };
constexpr auto kExitCode = [](int status) { return WEXITSTATUS(status); };
constexpr auto kKilledBy = [](int status) { return WTERMSIG(status); };
constexpr auto kStoppedBy = [](int status) { return WSTOPSIG(status); };

Ref<> exit_code_of(const Value* arguments) noexcept {
  int status = 0;
  if (failed(read_c_int(arguments[0], status))) return kRaised;
  if (WIFEXITED(status)) return make_int(WEXITSTATUS(status));
  if (WIFSIGNALED(status)) return make_int(-WTERMSIG(status));
  if (WIFSTOPPED(status))
    return raise(ErrorKind::kValue, {"process stopped by delivery of a signal"});
  return raise(ErrorKind::kValue, {"invalid wait status"});
}

Ref<> fork_process(const Value*) noexcept { return fork_with_hooks(); }

Ref<> run_command(const Value* arguments) noexcept {
  const Ref<Bytes> command = system_path_of(arguments[0]);
  if (!command) return kRaised;
  return number_of(
      [&] { return std::system(reinterpret_cast<const char*>(command->span().data())); });
}

// --- The end of this process, or of its program. ---

Ref<> exit_at_once(const Value* arguments) noexcept {
  int code = 0;
  if (failed(read_c_int(arguments[0], code))) return kRaised;
  ::_exit(code);
}

Ref<> abort_process(const Value*) noexcept { std::abort(); }

// Texts for the system: an array with a null behind them.
class TextArray {
 public:
  TextArray() noexcept = default;
  ~TextArray() { free_buffer(texts_); }
  TextArray(const TextArray&) = delete;
  TextArray& operator=(const TextArray&) = delete;

  [[nodiscard]] Status reserve(std::size_t count) noexcept {
    texts_ = static_cast<char**>(allocate_zeroed_buffer((count + 1) * sizeof(char*)));
    if (texts_ != nullptr && owners_.reserve(count)) return Status::kDone;
    return raise_memory_error();
  }
  // Of bytes with a zero behind them.
  void add(Ref<Bytes> text) noexcept {
    texts_[owners_.size()] = reinterpret_cast<char*>(text->writable());
    owners_.push(std::move(text));
  }
  [[nodiscard]] char** all() const noexcept { return texts_; }

 private:
  char** texts_ = nullptr;
  OwnedValues owners_;
};

[[nodiscard]] Status take_arguments(Value given, std::string_view function,
                                    TextArray& texts) noexcept {
  const bool is_list = type_of(given).is_subtype_of(list_type());
  if (!is_list && as_tuple(given) == nullptr)
    return raise(ErrorKind::kType, {function, " arg 2 must be a tuple or list"});
  const Ref<Tuple> values = Tuple::from(given);
  if (!values) return kRaised;
  if (values->size() == 0) return raise(ErrorKind::kValue, {function, " arg 2 must not be empty"});
  if (failed(texts.reserve(values->size()))) return kRaised;
  for (std::size_t i = 0; i < values->size(); ++i) {
    Ref<Bytes> text = system_path_of((*values)[i]);
    if (!text) return kRaised;
    if (i == 0 && text->size() <= 1)
      return raise(ErrorKind::kValue, {function, " arg 2 first element cannot be empty"});
    texts.add(std::move(text));
  }
  return Status::kDone;
}

// "name=value", with a zero.
[[nodiscard]] Ref<Bytes> setting_of(Value name, Value value) noexcept {
  const Ref<Bytes> front = system_path_of(name);
  const Ref<Bytes> back = front ? system_path_of(value) : Ref<Bytes>();
  if (!back) return kRaised;
  const ByteSpan key = front->span().first(front->size() - 1);
  if (key.empty() || std::ranges::find(key, '=') != key.end())
    return raise(ErrorKind::kValue, {"illegal environment variable name"});
  Ref<Bytes> setting = Bytes::make_blank(key.size() + 1 + back->size());
  if (!setting) return kRaised;
  std::uint8_t* to = std::ranges::copy(key, setting->writable()).out;
  *to++ = '=';
  std::ranges::copy(back->span(), to);
  return setting;
}

constinit LateName g_keys("keys");
constinit LateName g_values("values");

[[nodiscard]] Ref<Tuple> items_by(Value mapping, LateName& late) noexcept {
  Str* const name = late.get();
  const Ref<> items = name == nullptr ? Ref<>() : call_method(mapping, *name);
  return items ? Tuple::from(items.value()) : Ref<Tuple>();
}

[[nodiscard]] Status take_environment(Value mapping, TextArray& texts) noexcept {
  const Ref<Tuple> names = items_by(mapping, g_keys);
  const Ref<Tuple> values = names ? items_by(mapping, g_values) : Ref<Tuple>();
  if (!values || failed(texts.reserve(names->size()))) return kRaised;
  for (std::size_t i = 0; i < names->size() && i < values->size(); ++i) {
    Ref<Bytes> setting = setting_of((*names)[i], (*values)[i]);
    if (!setting) return kRaised;
    texts.add(std::move(setting));
  }
  return Status::kDone;
}

// Comes back only if it failed.
Ref<> execute_program(const Value* arguments) noexcept {
  PathArgument path;
  TextArray texts;
  if (failed(path.take(arguments[0], {.function = "execv"})) ||
      failed(take_arguments(arguments[1], "execv()", texts)))
    return kRaised;
  return none_of([&] { return ::execv(path.text(), texts.all()); }, path.given());
}

Ref<> execute_program_with(const Value* arguments) noexcept {
  PathArgument path;
  TextArray texts;
  TextArray settings;
  if (failed(path.take(arguments[0], {.function = "execve", .may_be_file = true})) ||
      failed(take_arguments(arguments[1], "execve:", texts)) ||
      failed(take_environment(arguments[2], settings)))
    return kRaised;
  return none_of(
      [&] {
        return path.is_file() ? ::fexecve(path.file(), texts.all(), settings.all())
                              : ::execve(path.text(), texts.all(), settings.all());
      },
      path.given());
}

constexpr NativeSpec kFunctions[] = {
    {"getpid()", identity<::getpid>, "Return the current process id."},
    {"getppid()", identity<::getppid>, "Return the parent's process id."},
    {"getuid()", identity<::getuid>, "Return the current process's user id."},
    {"geteuid()", identity<::geteuid>, "Return the current process's effective user id."},
    {"getgid()", identity<::getgid>, "Return the current process's group id."},
    {"getegid()", identity<::getegid>, "Return the current process's effective group id."},
    {"getpgrp()", identity<::getpgrp>, "Return the current process group id."},
    {"setuid(uid, /)", change_identity<::setuid>, "Set the current process's user id."},
    {"setgid(gid, /)", change_identity<::setgid>, "Set the current process's group id."},
    {"seteuid(euid, /)", change_identity<::seteuid>, "Set the effective user id."},
    {"setegid(egid, /)", change_identity<::setegid>, "Set the effective group id."},
    {"getpgid(pid)", identity_of<::getpgid>, "The group of a process."},
    {"getsid(pid, /)", identity_of<::getsid>, "The session of a process."},
    {"setsid()", set_session, "Begins a session."},
    {"setpgid(pid, pgrp, /)", set_group, "Moves a process into a group."},
    {"nice(increment, /)", be_nice, "Add increment to the priority and return the new one."},
    {"kill(pid, signal, /)", kill_process, "Kill a process with a signal."},
    {"killpg(pgid, signal, /)", kill_group, "Kill a process group with a signal."},
    {"fork()", fork_process, "Fork a child process."},
    {"register_at_fork(*, before=<none>, after_in_child=<none>, after_in_parent=<none>)",
     register_fork_hooks, "Register callables to be called when forking a new process."},
    {"waitpid(pid, options, /)", wait_for_process, "Waits for a process; its id and status."},
    {"wait()", wait_for_any, "Waits for any child; its id and status."},
    {"waitstatus_to_exitcode(status)", exit_code_of, "Convert a wait status to an exit code."},
    {"WIFEXITED(status)", is_status<kHasExited>, "Whether the process exited by itself."},
    {"WIFSIGNALED(status)", is_status<kWasKilled>, "Whether a signal killed the process."},
    {"WIFSTOPPED(status)", is_status<kIsStopped>, "Whether the process is stopped."},
    {"WIFCONTINUED(status)", is_status<kGoesOn>, "Whether the process goes on."},
    {"WCOREDUMP(status, /)", is_status<kHasDumped>, "Whether the process left a dump."},
    {"WEXITSTATUS(status)", number_in_status<kExitCode>, "The exit code of the process."},
    {"WTERMSIG(status)", number_in_status<kKilledBy>, "The signal that killed the process."},
    {"WSTOPSIG(status)", number_in_status<kStoppedBy>, "The signal that stopped the process."},
    {"system(command)", run_command, "Execute the command in a subshell."},
    {"_exit(status)", exit_at_once, "Exit to the system, without normal exit processing."},
    {"abort()", abort_process, "Abort the process immediately."},
    {"execv(path, argv, /)", execute_program, "Runs another program in place of this one."},
    {"execve(path, argv, env)", execute_program_with, "As execv, with another environment."},
};

}  // namespace

Status add_processes(Module& module) noexcept {
  return failed(make_fork_hooks()) ? kRaised : add_functions(module, kFunctions);
}

}  // namespace orochi::inline OROCHI_DESIGN::posix
