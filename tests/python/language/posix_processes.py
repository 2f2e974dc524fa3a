# Processes, the environment and the machine, as os gives them.

import os
import sys


def raises(kind, action, *arguments, **named):
    try:
        action(*arguments, **named)
    except kind as error:
        return str(error)
    assert False, f"no {kind.__name__}"


def forked(action):
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        code = 70
        try:
            os.close(ours)
            os.write(theirs, action().encode())
            code = 7
        finally:
            os._exit(code)
    os.close(theirs)
    said = os.read(ours, 1000).decode()
    os.close(ours)
    same, status = os.waitpid(process, 0)
    assert same == process and os.WIFEXITED(status) and os.WEXITSTATUS(status) == 7
    assert os.waitstatus_to_exitcode(status) == 7
    return process, said


def forks():
    me = os.getpid()
    process, said = forked(lambda: f"{os.getpid()} {os.getppid()}")
    assert said == f"{process} {me}"


def fork_hooks():
    said = []
    os.register_at_fork(before=lambda: said.append("before"),
                        after_in_parent=lambda: said.append("parent"),
                        after_in_child=lambda: said.append("child"))
    os.register_at_fork(before=lambda: said.append("first"))
    _, theirs = forked(lambda: " ".join(said))
    assert theirs == "first before child" and said == ["first", "before", "parent"]
    assert raises(TypeError, os.register_at_fork) == "At least one argument is required."
    assert raises(TypeError, os.register_at_fork, before=1) == (
        "'before' must be callable, not int")


def programs():
    assert os.waitstatus_to_exitcode(os.system("exit 3")) == 3
    process = os.fork()
    if process == 0:
        try:
            os.execve("/bin/sh", ["sh", "-c", 'test "$WORD" = yes'], {"WORD": "yes"})
        finally:
            os._exit(99)
    assert os.waitpid(process, 0)[1] == 0
    process = os.fork()
    if process == 0:
        os.kill(os.getpid(), 9)
    status = os.waitpid(process, 0)[1]
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == 9
    assert os.waitstatus_to_exitcode(status) == -9
    assert raises(ChildProcessError, os.waitpid, -1, 0) == "[Errno 10] No child processes"
    assert raises(ValueError, os.execv, "/bin/sh", []) == "execv() arg 2 must not be empty"
    assert raises(TypeError, os.execv, "/bin/sh", 1) == "execv() arg 2 must be a tuple or list"


def environment():
    os.environ["OROCHI_WORD"] = "here"
    assert os.getenv("OROCHI_WORD") == "here" and os.environb[b"OROCHI_WORD"] == b"here"
    assert os.system('test "$OROCHI_WORD" = here') == 0
    del os.environ["OROCHI_WORD"]
    assert os.system('test -z "$OROCHI_WORD"') == 0
    assert raises(ValueError, os.putenv, "a=b", "c") == "illegal environment variable name"


def machine():
    assert os.uname().sysname == os.uname()[0] == "Linux"
    assert os.cpu_count() >= 1 and len(os.getloadavg()) == 3
    assert len(os.urandom(20)) == 20 and os.urandom(20) != os.urandom(20)
    assert os.strerror(2) == "No such file or directory"
    assert os.strerror(9999) == "Unknown error 9999"
    assert os.sysconf("SC_PAGE_SIZE") >= 4096
    assert raises(ValueError, os.sysconf, "SC_NONE") == "unrecognized configuration name"
    assert os.times().elapsed > 0 and os.get_terminal_size.__module__ == "posix"
    assert os.terminal_size((80, 24)).lines == 24
    assert os.sched_yield() is None and os.name == "posix"
    assert raises(TypeError, os.fspath, 1) == "expected str, bytes or os.PathLike object, not int"
    mask = os.umask(0o77)
    assert os.umask(mask) == 0o77


forks()
fork_hooks()
programs()
environment()
machine()
