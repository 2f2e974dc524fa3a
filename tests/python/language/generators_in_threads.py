# Generators, coroutines and steps of async generators that several threads share: one of them runs
# it at a time, others are told so, and nothing is lost or given twice.
import _thread

THREADS = 4
TURNS = 3000


def in_threads(work):
    """Runs work(number) in several threads; what one of them raises is raised here."""
    done = []
    locks = [_thread.allocate_lock() for _ in range(THREADS)]

    def run(number):
        try:
            done.append((True, work(number)))
        except BaseException as error:
            done.append((False, error))
        finally:
            locks[number].release()

    for number, lock in enumerate(locks):
        lock.acquire()
        _thread.start_new_thread(run, (number,))
    for lock in locks:
        lock.acquire()
    for ok, result in done:
        if not ok:
            raise result
    return [result for _, result in done]


# --- One generator for all. ---
def counts(n):
    i = 0
    while i < n:
        yield i
        i += 1
    return 'end'


def takes_all(shared):
    def work(number):
        got = []
        while True:
            try:
                got.append(next(shared))
            except StopIteration:
                return got
            except ValueError as error:
                assert error.args == ('generator already executing',), error
    return work


results = in_threads(takes_all(counts(TURNS)))
assert sorted(x for got in results for x in got) == list(range(TURNS))
assert all(got == sorted(got) for got in results)


# --- One that is closed while others run it. ---
def finishes(log):
    try:
        while True:
            yield
    finally:
        log.append('finally')


def closes(shared):
    def work(number):
        while True:
            try:
                if number == 0:
                    return shared.close()
                next(shared)
            except StopIteration:
                return
            except ValueError as error:
                assert error.args == ('generator already executing',), error
    return work


for _ in range(50):
    log = []
    shared = finishes(log)
    next(shared)
    in_threads(closes(shared))
    assert log == ['finally'], log
    assert shared.gi_frame is None


# --- Steps of one async generator. ---
async def acounts(n):
    for i in range(n):
        yield i


def takes_steps(shared):
    def work(number):
        got = []
        while True:
            try:
                shared.asend(None).send(None)
            except StopIteration as stop:
                got.append(stop.value)
            except StopAsyncIteration:
                return got
            except RuntimeError as error:
                assert error.args == ('anext(): asynchronous generator is already running',), error
    return work


results = in_threads(takes_steps(acounts(TURNS)))
assert sorted(x for got in results for x in got) == list(range(TURNS))


# --- One step for all: one of them has it. ---
def awaits(step):
    def work(number):
        try:
            step.send(None)
        except StopIteration as stop:
            return stop.value
        except (RuntimeError, ValueError) as error:
            assert error.args[0] in ('cannot reuse already awaited __anext__()/asend()',
                                     'anext(): asynchronous generator is already running',
                                     'async generator already executing'), error
    return work


for _ in range(50):
    shared = acounts(1)
    results = in_threads(awaits(shared.__anext__()))
    assert sorted(results, key=str) == [0] + [None] * (THREADS - 1), results


# --- A coroutine that is passed around. ---
class Pause:
    def __await__(self):
        yield


async def works(n):
    for _ in range(n):
        await Pause()
    return 'done'


def drives(coroutine):
    def work(number):
        while True:
            try:
                coroutine.send(None)
            except StopIteration as stop:
                return stop.value
            except ValueError as error:
                assert error.args == ('coroutine already executing',), error
            except RuntimeError as error:
                assert error.args == ('cannot reuse already awaited coroutine',), error
                return None
    return work


results = in_threads(drives(works(TURNS)))
assert sorted(map(str, results)) == ['None'] * (THREADS - 1) + ['done'], results


# --- A function that gets other code while it is called. ---
def one(x, y=1):
    return x + y


def two(x, y=2, *rest):
    z = [x, y]
    return sum(z)


def calls(number):
    codes = one.__code__, two.__code__
    for i in range(TURNS):
        if number == 0 and i % 64 == 0:
            changing.__code__ = codes[i // 64 % 2]
        assert changing(i) == i + 1 and changing(i, 5) == i + 5


def changing(x, y=1):
    return x + y


in_threads(calls)
