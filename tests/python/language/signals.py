# Signals: handlers run in the main thread, between two instructions.

import _signal
import os


def raises(kind, action, *arguments, **named):
    try:
        action(*arguments, **named)
    except kind as error:
        return str(error)
    assert False, f"no {kind.__name__}"


def handlers():
    said = []
    before = _signal.signal(_signal.SIGUSR1, lambda number, frame: said.append((number, frame)))
    assert before == _signal.SIG_DFL and callable(_signal.getsignal(_signal.SIGUSR1))
    _signal.raise_signal(_signal.SIGUSR1)
    assert said[0][0] == _signal.SIGUSR1 and said[0][1].f_code is handlers.__code__
    os.kill(os.getpid(), _signal.SIGUSR1)
    for _ in range(1000000):
        if len(said) == 2:
            break
    assert len(said) == 2
    _signal.signal(_signal.SIGUSR1, _signal.SIG_IGN)
    _signal.raise_signal(_signal.SIGUSR1)
    assert len(said) == 2
    assert _signal.signal(_signal.SIGUSR1, _signal.SIG_DFL) == _signal.SIG_IGN


def what_they_raise():
    assert _signal.getsignal(_signal.SIGINT).__name__ == "default_int_handler"
    raises(KeyboardInterrupt, _signal.raise_signal, _signal.SIGINT)

    class Alarm(Exception):
        pass

    def ring(number, frame):
        raise Alarm("rings")

    _signal.signal(_signal.SIGALRM, ring)
    _signal.setitimer(_signal.ITIMER_REAL, 0.02)
    try:
        while True:
            pass
    except Alarm as alarm:
        assert str(alarm) == "rings"
    ours, theirs = os.pipe()
    _signal.setitimer(_signal.ITIMER_REAL, 0.02)
    assert raises(Alarm, os.read, ours, 1) == "rings"
    _signal.setitimer(_signal.ITIMER_REAL, 0.02)
    assert raises(Alarm, _signal.pause) == "rings"
    _signal.signal(_signal.SIGALRM, _signal.SIG_DFL)


def calls_go_on():
    ours, theirs = os.pipe()

    def write(number, frame):
        os.write(theirs, b"late")

    _signal.signal(_signal.SIGALRM, write)
    _signal.setitimer(_signal.ITIMER_REAL, 0.02)
    assert os.read(ours, 10) == b"late"
    _signal.signal(_signal.SIGALRM, _signal.SIG_DFL)


def masks():
    said = []
    _signal.signal(_signal.SIGUSR2, lambda number, frame: said.append(number))
    assert _signal.pthread_sigmask(_signal.SIG_BLOCK, [_signal.SIGUSR2]) == set()
    _signal.raise_signal(_signal.SIGUSR2)
    assert not said and _signal.sigpending() == {_signal.SIGUSR2}
    assert _signal.sigwait([_signal.SIGUSR2]) == _signal.SIGUSR2
    _signal.raise_signal(_signal.SIGUSR2)
    assert _signal.pthread_sigmask(_signal.SIG_UNBLOCK, {_signal.SIGUSR2}) == {_signal.SIGUSR2}
    assert said == [_signal.SIGUSR2]
    assert len(_signal.valid_signals()) == 62
    assert raises(ValueError, _signal.pthread_sigmask, 0, [99]) == (
        "signal number 99 out of range [1; 64]")


def timers():
    assert _signal.setitimer(_signal.ITIMER_REAL, 100, 3) == (0.0, 0.0)
    left, interval = _signal.getitimer(_signal.ITIMER_REAL)
    assert 90 < left <= 100 and interval == 3
    assert _signal.setitimer(_signal.ITIMER_REAL, 0)[1] == 3
    assert _signal.alarm(100) == 0 and 90 < _signal.alarm(0) <= 100


def waking_up():
    ours, theirs = os.pipe()
    assert raises(ValueError, _signal.set_wakeup_fd, theirs) == (
        f"the fd {theirs} must be in non-blocking mode")
    os.set_blocking(theirs, False)
    assert _signal.set_wakeup_fd(theirs) == -1
    _signal.signal(_signal.SIGUSR1, lambda number, frame: None)
    _signal.raise_signal(_signal.SIGUSR1)
    assert os.read(ours, 10) == bytes([_signal.SIGUSR1])
    assert _signal.set_wakeup_fd(-1) == theirs


def mistakes():
    for wrong in (0, 65):
        assert raises(ValueError, _signal.signal, wrong, 1) == "signal number out of range"
    assert raises(TypeError, _signal.signal, 2, 5) == (
        "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    assert raises(OSError, _signal.signal, _signal.SIGKILL, 0) == "[Errno 22] Invalid argument"
    assert _signal.strsignal(2) == "Interrupt"


handlers()
what_they_raise()
calls_go_on()
masks()
timers()
waking_up()
mistakes()
