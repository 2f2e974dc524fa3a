# Async generators: steps, what is awaited in between, how they end.


def outcome(call, *arguments):
    """What a call returns, or the type and arguments of what it raises."""
    try:
        return call(*arguments)
    except BaseException as error:
        return type(error), error.args


class Pause:
    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


def run(awaitable):
    iterator = awaitable.__await__()
    while True:
        try:
            iterator.send(None)
        except StopIteration as stop:
            return stop.value


def step(awaitable):
    """One send, of what awaits nothing."""
    return outcome(awaitable.send, None)


END = (StopAsyncIteration, ())
DONE = (StopIteration, ())


def gave(*values):
    return StopIteration, values


# --- Values in and out. ---
async def echo(first):
    got = yield first
    while got is not None:
        got = yield (got, await Pause(got))


a = echo(1)
assert step(a.__anext__()) == gave(1)
s = a.asend(5)
assert s.send(None) == 5  # what it awaits
assert a.ag_running and type(a.ag_await).__name__ == 'generator'
assert outcome(s.send, 'sent') == gave((5, 'sent'))
assert not a.ag_running and a.ag_await is None
assert step(s) == (RuntimeError, ('cannot reuse already awaited __anext__()/asend()',))
assert step(a.asend(None)) == END
assert step(a.asend(None)) == END and step(a.asend(3)) == END
assert step(a.aclose()) == DONE and step(a.athrow(KeyError)) == DONE

assert step(echo(1).asend(4)) == (
    TypeError, ("can't send non-None value to a just-started async generator",))


async def pairs():
    yield
    yield (1, 2)
    yield StopIteration(3)


a = pairs()
assert outcome(next, a.__anext__()) == DONE
assert outcome(next, a.__anext__()) == gave((1, 2))
kind, (value,) = outcome(next, a.__anext__())
assert kind is StopIteration and type(value) is StopIteration
assert outcome(next, a.__anext__()) == END


async def collects(iterable):
    return [x async for x in iterable]


assert run(collects(pairs()))[:2] == [None, (1, 2)]


async def counts(n):
    for i in range(n):
        await Pause()
        yield i


assert run(collects(counts(5))) == [0, 1, 2, 3, 4]
assert run(collects(x * y async for x in counts(3) for y in (1, 2))) == [0, 0, 1, 2, 2, 4]


# --- Throwing. ---
async def catches(log):
    while True:
        try:
            yield len(log)
        except ValueError as error:
            await Pause()
            log.append(error.args)


log = []
a = catches(log)
assert step(a.__anext__()) == gave(0)
assert run(a.athrow(ValueError)) == 1
assert run(a.athrow(ValueError('a'))) == 2
assert run(a.athrow(ValueError, 'b')) == 3
assert run(a.athrow(ValueError, ValueError('c'), None)) == 4
assert log == [(), ('a',), ('b',), ('c',)]
assert step(catches([]).athrow()) == (
    TypeError, ('athrow expected at least 1 argument, got 0',))
assert step(catches([]).athrow(1, 2, 3, 4)) == (
    TypeError, ('athrow expected at most 3 arguments, got 4',))
kind, (message,) = step(a.athrow('text'))
assert kind is TypeError and message.startswith('exceptions must be classes or instances')
assert len(log) == 4
t = a.athrow(ValueError('d'))
assert t.send(None) is None  # it awaits
assert outcome(t.throw, ValueError('e')) == (ValueError, ('e',))
assert step(a.__anext__()) == END

a = catches([])
assert step(a.athrow(KeyError('early'))) == (KeyError, ('early',))
assert step(a.__anext__()) == END
a = counts(2)
s = a.asend(None)
s.send(None)
assert outcome(s.throw, KeyError('awaited')) == (KeyError, ('awaited',))
assert not a.ag_running and step(a.asend(None)) == END


# --- Closing. ---
async def finishes(log):
    try:
        yield 1
        yield 2
    finally:
        await Pause('closing')
        log.append('finally')


log = []
a = finishes(log)
assert step(a.aclose()) == DONE and log == []  # it had not begun
assert step(a.__anext__()) == END
a = finishes(log)
step(a.__anext__())
c = a.aclose()
assert c.send(None) == 'closing' and a.ag_running
assert step(a.aclose()) == (
    RuntimeError, ('aclose(): asynchronous generator is already running',))
assert step(a.athrow(KeyError)) == (
    RuntimeError, ('athrow(): asynchronous generator is already running',))
assert step(a.__anext__()) == (
    RuntimeError, ('anext(): asynchronous generator is already running',))
assert step(c) == DONE and log == ['finally']
assert not a.ag_running and a.ag_frame is None
assert step(c) == (RuntimeError, ('cannot reuse already awaited aclose()/athrow()',))
assert step(a.aclose()) == DONE and step(a.__anext__()) == END
assert outcome(finishes([]).aclose().send, 3) == (
    RuntimeError, ("can't send non-None value to a just-started coroutine",))


async def refuses():
    for _ in range(3):
        try:
            yield 1
        except GeneratorExit:
            yield 2


a = refuses()
step(a.__anext__())
c = a.aclose()
assert step(c) == (RuntimeError, ('async generator ignored GeneratorExit',))
assert step(c) == (RuntimeError, ('cannot reuse already awaited aclose()/athrow()',))


async def fails():
    try:
        yield 1
    finally:
        raise KeyError('closing')


a = fails()
step(a.__anext__())
assert step(a.aclose()) == (KeyError, ('closing',))


# --- Steps that are closed, or not awaited. ---
a = pairs()
s = a.asend(None)
assert s.close() is None
assert step(s) == (RuntimeError, ('cannot reuse already awaited __anext__()/asend()',))
assert outcome(s.throw, KeyError) == (
    RuntimeError, ('cannot reuse already awaited __anext__()/asend()',))
c = a.aclose()
c.close()
assert step(c) == (RuntimeError, ('cannot reuse already awaited aclose()/athrow()',))
assert step(a.__anext__()) == DONE  # it yields None
s = a.asend(None)
assert outcome(s.throw, KeyError('first')) == (KeyError, ('first',))
assert step(a.__anext__()) == END


# --- Exceptions that would end whoever iterates. ---
async def stops(error):
    yield 1
    raise error


for error in (StopIteration(3), StopAsyncIteration(4)):
    a = stops(error)
    step(a.__anext__())
    try:
        a.__anext__().send(None)
        assert False
    except RuntimeError as raised:
        assert raised.args == ('async generator raised ' + type(error).__name__,)
        assert raised.__cause__ is error


# --- It runs once at a time. ---
async def enters_itself():
    yield step(me.__anext__())
    yield step(me.aclose())


me = enters_itself()
for name in ('anext', 'aclose'):
    kind, ((inner, message),) = step(me.__anext__())
    assert inner is RuntimeError
    assert message == (name + '(): asynchronous generator is already running',)


# --- What it says of itself. ---
async def describes():
    x = 1
    yield x


a = describes()
assert a.__name__ == a.__qualname__ == 'describes' and a.ag_code is describes.__code__
assert repr(a).startswith('<async_generator object describes at 0x')
assert a.__aiter__() is a and not a.ag_running and a.ag_await is None
assert a.ag_frame.f_code is a.ag_code
step(a.__anext__())
assert a.ag_frame.f_locals == {'x': 1}
assert describes.__code__.co_flags & 0x200
for name in ('ag_running', 'ag_code', 'ag_frame', 'ag_await'):
    assert outcome(setattr, a, name, 1)[0] is AttributeError
a.__name__ = 'other'
assert a.__name__ == 'other'
assert outcome(setattr, a, '__qualname__', 3) == (
    TypeError, ('__qualname__ must be set to a string object',))
assert outcome(type(a)) == (TypeError, ("cannot create 'async_generator' instances",))
for made, name in ((a.asend(1), 'asend'), (a.__anext__(), 'asend'), (a.athrow(KeyError), 'athrow'),
                   (a.aclose(), 'athrow')):
    assert type(made).__name__ == 'async_generator_' + name
    assert made.__await__() is made and iter(made) is made
    assert outcome(type(made))[0] is TypeError
assert outcome(iter, a) == (TypeError, ("'async_generator' object is not iterable",))


# --- Managers, loops and generators together. ---
class Manager:
    def __init__(self, log):
        self.log = log

    async def __aenter__(self):
        await Pause()
        self.log.append('enter')

    async def __aexit__(self, *rest):
        await Pause()
        self.log.append('exit')


async def guarded(log, n):
    async with Manager(log):
        async for x in counts(n):
            yield x


async def uses(log):
    async for x in guarded(log, 3):
        log.append(x)
    generator = guarded(log, 3)
    async for x in generator:
        break
    await generator.aclose()


log = []
run(uses(log))
assert log == ['enter', 0, 1, 2, 'exit', 'enter', 'exit'], log


async def delegates(n):
    if n:
        async for x in delegates(n - 1):
            yield x + 1
    else:
        yield 0
        yield 10


assert run(collects(delegates(20))) == [20, 30]
assert run(anext(counts(3))) == 0
