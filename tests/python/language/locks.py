# Threads and locks as `_thread` has them: what is exact, what they say, what ends with a thread.
import _thread
import time


def raises(kind, action, *arguments):
    try:
        action(*arguments)
    except kind as error:
        return str(error)
    assert False, f"no {kind.__name__}"


class Group:
    """Runs a function in some threads and waits for all of them."""

    def __init__(self, function, count, *arguments):
        self.errors = []
        done = [_thread.allocate_lock() for _ in range(count)]
        for lock in done:
            lock.acquire()
        for number in range(count):
            _thread.start_new_thread(self.run, (function, done[number], number) + arguments)
        for lock in done:
            lock.acquire()
        assert not self.errors, self.errors

    def run(self, function, done, *arguments):
        try:
            function(*arguments)
        except BaseException as error:
            self.errors.append(error)
        finally:
            done.release()


# A lock makes a count exact, in any design.
lock = _thread.allocate_lock()
total = 0


def count(number, times):
    global total
    for _ in range(times):
        with lock:
            total += 1


Group(count, 4, 2000)
assert total == 8000

# So are operations that are one step.
shared = []
named = {}


def append(number, times):
    for i in range(times):
        shared.append((number, i))
        named[number, i] = i


Group(append, 4, 1000)
assert len(shared) == 4000 and len(set(shared)) == 4000 and len(named) == 4000
for number in range(4):
    assert [i for n, i in shared if n == number] == list(range(1000))

# Locks: who waits, for how long, and who lets go.
lock = _thread.allocate_lock()
assert lock.acquire() is True and lock.locked()
assert lock.acquire(False) is False and lock.acquire(timeout=0.01) is False
lock.release()
assert not lock.locked() and raises(RuntimeError, lock.release) == "release unlocked lock"
assert raises(ValueError, lock.acquire, False, 1) == (
    "can't specify a timeout for a non-blocking call"
)
assert raises(ValueError, lock.acquire, True, -2) == "timeout value must be positive"
assert raises(OverflowError, lock.acquire, True, 1e20) == (
    "timestamp out of range for platform time_t"
)
assert lock.acquire(timeout=5)
Group(lambda number: lock.release(), 1)
assert not lock.locked()
assert repr(lock).startswith("<unlocked _thread.lock object at 0x")

# A lock that its owner may take again.
lock = _thread.RLock()
with lock, lock:
    assert lock._is_owned()
    Group(lambda number: raises(RuntimeError, lock.release), 1)
    Group(lambda number: [][0] if lock.acquire(False) else None, 1)
assert not lock._is_owned()
assert raises(RuntimeError, lock.release) == "cannot release un-acquired lock"
lock.acquire()
lock.acquire()
state = lock._release_save()
Group(lambda number: (lock.acquire(), lock.release()), 1)
lock._acquire_restore(state)
lock.release()
lock.release()
assert raises(RuntimeError, lock.release)


# Attributes of one thread.
class Local(_thread._local):
    made = []

    def __init__(self, start):
        Local.made.append(start)
        self.value = start

    def bump(self):
        self.value += 1
        return self.value


local = Local(10)
local.extra = 1


def use(number):
    assert not hasattr(local, "extra") and local.value == 10
    for _ in range(number):
        local.bump()
    assert local.value == 10 + number and local.__dict__ == {"value": 10 + number}


Group(use, 4)
assert local.value == 10 and local.extra == 1 and Local.made == [10] * 5
assert raises(TypeError, _thread._local, 1) == "Initialization arguments are not supported"


# What a thread had there ends with it.
ended = []


class Ends:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        ended.append(self.number)


def leave_behind(number):
    local.left = Ends(number)


Group(leave_behind, 3)
for _ in range(2000):  # threads end a little later than what they ran
    if len(ended) == 3:
        break
    time.sleep(0.005)
assert sorted(ended) == [0, 1, 2], ended

# Numbers of threads.
numbers = []


def note(number):
    numbers.append(_thread.get_ident())


Group(note, 3)
assert _thread.get_ident() not in numbers and all(type(n) is int for n in numbers)
assert raises(TypeError, _thread.start_new_thread, 1, ()) == "first arg must be callable"
assert raises(TypeError, _thread.start_new_thread, note, 1) == "2nd arg must be a tuple"
assert _thread.stack_size() == 0
print("ok")
