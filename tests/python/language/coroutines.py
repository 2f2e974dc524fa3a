# Coroutines: awaiting, a small event loop, what can be awaited and what not.
import sys


def outcome(call, *arguments):
    """What a call returns, or the type and arguments of what it raises."""
    try:
        return call(*arguments)
    except BaseException as error:
        return type(error), error.args


class Pause:
    """Yields one value to whoever runs the coroutine, and gives what that sends."""

    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


def run(coroutine):
    """Sends back what is yielded, until the coroutine returns."""
    value = None
    while True:
        try:
            value = coroutine.send(value)
        except StopIteration as stop:
            return stop.value


def drain(coroutine):
    """Sends nothing back."""
    while True:
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value


# --- Results. ---

async def gives(value):
    return value


async def adds(a, b):
    return await gives(a) + await Pause(b)


assert run(gives(3)) == 3
assert run(adds(3, 4)) == 7
c = adds(1, 2)
assert c.send(None) == 2
assert outcome(c.send, 40) == (StopIteration, (41,))
for again in (lambda: c.send(None), lambda: c.throw(KeyError), lambda: next(c.__await__())):
    assert outcome(again) == (RuntimeError, ('cannot reuse already awaited coroutine',))
assert c.close() is None


async def awaits_twice():
    c = gives(1)
    await c
    await c


assert outcome(run, awaits_twice()) == (
    RuntimeError, ('cannot reuse already awaited coroutine',))
c = adds(1, 2)
assert outcome(c.send, 1) == (
    TypeError, ("can't send non-None value to a just-started coroutine",))
assert outcome(iter, c) == (TypeError, ("'coroutine' object is not iterable",))
assert outcome(next, c) == (TypeError, ("'coroutine' object is not an iterator",))
c.close()


# --- Exceptions. ---

async def catches(log):
    try:
        await Pause()
    except KeyError as error:
        log.append(error.args)
        await Pause()
    finally:
        log.append('finally')


log = []
c = catches(log)
c.send(None)
assert c.throw(KeyError('k')) is None and log == [('k',)]
assert c.close() is None and log == [('k',), 'finally']
c = catches(log)
c.send(None)
assert outcome(c.throw, ValueError, 'v') == (ValueError, ('v',))
c = catches(log)
assert outcome(c.throw, KeyError('early')) == (KeyError, ('early',))
assert log == [('k',), 'finally', 'finally']


async def refuses():
    while True:
        try:
            await Pause()
        except GeneratorExit:
            pass
        except KeyError:
            return


c = refuses()
c.send(None)
assert outcome(c.close) == (RuntimeError, ('coroutine ignored GeneratorExit',))
assert outcome(c.throw, KeyError) == (StopIteration, ())


async def stops():
    raise StopIteration(1)


assert outcome(run, stops()) == (RuntimeError, ('coroutine raised StopIteration',))


# --- What can be awaited. ---

class Awaitable:
    def __init__(self, iterator):
        self.iterator = iterator

    def __await__(self):
        return self.iterator


async def awaits(value):
    return await value


assert drain(awaits(Awaitable(iter([1, 2])))) is None
assert run(awaits(Awaitable(gives(5).__await__()))) == 5
c = gives(1)
for value, message in (
        (5, "object int can't be used in 'await' expression"),
        (None, "object NoneType can't be used in 'await' expression"),
        ((x for x in ()), "object generator can't be used in 'await' expression"),
        (Awaitable(5), "__await__() returned non-iterator of type 'int'"),
        (Awaitable(c), '__await__() returned a coroutine')):
    assert outcome(run, awaits(value)) == (TypeError, (message,)), message
c.close()


def delegates(value):
    yield from value


c = gives(1)
assert outcome(next, delegates(c)) == (
    TypeError, ("cannot 'yield from' a coroutine object in a non-coroutine generator",))
c.close()


async def pauses():
    await Pause(1)


c = pauses()
other = awaits(c)
other.send(None)
assert outcome(run, awaits(c)) == (RuntimeError, ('coroutine is being awaited already',))
assert outcome(other.send, None) == (StopIteration, ())


async def awaits_itself():
    await me


me = awaits_itself()
kind, (message,) = outcome(run, me)
assert kind in (ValueError, RuntimeError) and message in (
    'coroutine already executing', 'coroutine is being awaited already'), message

# --- The wrapper that __await__ gives. ---
c = adds(1, 2)
w = c.__await__()
assert type(w).__name__ == 'coroutine_wrapper' and iter(w) is w
assert next(w) == 2 and outcome(w.send, 5) == (StopIteration, (6,))
c = catches([])
w = c.__await__()
next(w)
assert outcome(w.throw, ValueError('w')) == (ValueError, ('w',))
assert w.close() is None


# --- What it says of itself. ---

async def describes():
    x = 5
    await Pause((c.cr_running, c.cr_await, c.cr_frame.f_locals['x']))


c = describes()
assert (c.__name__, c.__qualname__, c.cr_code) == ('describes',) * 2 + (describes.__code__,)
assert repr(c).startswith('<coroutine object describes at 0x')
assert (c.cr_running, c.cr_suspended, c.cr_await, c.cr_origin) == (False, False, None, None)
assert c.send(None) == (True, None, 5)
assert (c.cr_running, c.cr_suspended) == (False, True)
assert type(c.cr_await).__name__ == 'generator'
assert c.cr_frame.f_locals == {'x': 5}
assert outcome(c.send, None) == (StopIteration, ())
assert c.cr_frame is None and c.cr_await is None and not c.cr_suspended
assert outcome(type(c)) == (TypeError, ("cannot create 'coroutine' instances",))
assert describes.__code__.co_flags & 0x80
assert (lambda: (yield)).__code__.co_flags & 0x20

# --- An event loop, and tasks that take turns. ---
class Loop:
    def __init__(self):
        self.ready = []
        self.log = []

    def add(self, coroutine):
        task = Task(self, coroutine)
        self.ready.append(task)
        return task

    def run(self):
        while self.ready:
            task = self.ready.pop(0)
            try:
                task.coroutine.send(None)
            except StopIteration as stop:
                task.done, task.result = True, stop.value
            except Exception as error:
                task.done, task.error = True, error
            else:
                self.ready.append(task)


class Task:
    def __init__(self, loop, coroutine):
        self.loop, self.coroutine = loop, coroutine
        self.done, self.result, self.error = False, None, None

    def __await__(self):
        while not self.done:
            yield
        if self.error is not None:
            raise self.error
        return self.result


class Queue:
    def __init__(self, room):
        self.items, self.room = [], room

    async def put(self, item):
        while len(self.items) == self.room:
            await Pause()
        self.items.append(item)

    async def get(self):
        while not self.items:
            await Pause()
        return self.items.pop(0)


async def produces(queue, n):
    for i in range(n):
        await queue.put(i)
    await queue.put(None)
    return n


async def consumes(queue):
    total = 0
    while (item := await queue.get()) is not None:
        total += item
    return total


async def fails():
    await Pause()
    raise KeyError('task')


async def main(loop):
    queue = Queue(3)
    tasks = [loop.add(produces(queue, 100)), loop.add(consumes(queue)), loop.add(fails())]
    results = [await tasks[0], await tasks[1]]
    try:
        await tasks[2]
    except KeyError as error:
        results.append(error.args)
    return results


loop = Loop()
task = loop.add(main(loop))
loop.run()
assert task.error is None, task.error
assert task.result == [100, 4950, ('task',)]

# --- Where it was made. ---
assert sys.get_coroutine_origin_tracking_depth() == 0
assert outcome(sys.set_coroutine_origin_tracking_depth, -1) == (
    ValueError, ('depth must be >= 0',))
sys.set_coroutine_origin_tracking_depth(2)


def makes():
    return gives(1)


def calls():
    return makes()


c = calls()
line = makes.__code__.co_firstlineno
assert c.cr_origin == ((__file__, line + 1, 'makes'), (__file__, line + 5, 'calls')), c.cr_origin
c.close()
sys.set_coroutine_origin_tracking_depth(10)
c = makes()
assert [place[2] for place in c.cr_origin] == ['makes', '<module>']
c.close()
sys.set_coroutine_origin_tracking_depth(0)
c = makes()
assert c.cr_origin is None
c.close()


# --- The end of one that nobody has awaited. ---
class Stream:
    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text

    def flush(self):
        pass


stderr, sys.stderr = sys.stderr, Stream()
gives(1)
text, sys.stderr = sys.stderr.text, stderr
assert "RuntimeWarning: coroutine 'gives' was never awaited\n" in text, text
assert text.startswith(__file__ + ':'), text
