# `async with`, `async for`, and comprehensions that await.


def outcome(call, *arguments):
    """What a call returns, or the type and arguments of what it raises."""
    try:
        return call(*arguments)
    except BaseException as error:
        return type(error), error.args


class Pause:
    def __await__(self):
        yield


def run(coroutine):
    while True:
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value


# --- async with. ---
class Manager:
    def __init__(self, log, name, swallows=False):
        self.log, self.name, self.swallows = log, name, swallows

    async def __aenter__(self):
        await Pause()
        self.log.append('enter ' + self.name)
        return self.name

    async def __aexit__(self, kind, error, trace):
        await Pause()
        self.log.append((self.name, kind))
        return self.swallows


async def uses(log, error=None, swallows=False):
    async with Manager(log, 'a') as a, Manager(log, 'b', swallows) as b:
        await Pause()
        log.append(a + b)
        if error is not None:
            raise error
        return 'returned'
    return 'swallowed'


log = []
assert run(uses(log)) == 'returned'
assert log == ['enter a', 'enter b', 'ab', ('b', None), ('a', None)], log
log = []
assert outcome(run, uses(log, KeyError(1))) == (KeyError, (1,))
assert log[3:] == [('b', KeyError), ('a', KeyError)]
log = []
assert run(uses(log, KeyError(1), True)) == 'swallowed'
assert log[3:] == [('b', KeyError), ('a', None)]


async def leaves_a_loop(log):
    for i in range(3):
        async with Manager(log, str(i)):
            if i == 0:
                continue
            break


log = []
run(leaves_a_loop(log))
assert log == ['enter 0', ('0', None), 'enter 1', ('1', None)]

log = []
c = uses(log)
for _ in range(3):
    c.send(None)  # it stands inside of both
assert outcome(c.throw, ValueError('in')) is None  # b's __aexit__ awaits
assert outcome(run, c) == (ValueError, ('in',))
assert log == ['enter a', 'enter b', ('b', ValueError), ('a', ValueError)]


class NoEnter:
    async def __aexit__(self, *rest):
        pass


class NoExit:
    async def __aenter__(self):
        pass


class PlainEnter(NoEnter):
    def __aenter__(self):
        return 5


class PlainExit(NoExit):
    def __aexit__(self, *rest):
        return 6


async def enters(manager):
    async with manager:
        pass


for manager, kind, message in (
        (NoEnter(), TypeError,
         "'NoEnter' object does not support the asynchronous context manager protocol"),
        (NoExit(), TypeError,
         "'NoExit' object does not support the asynchronous context manager protocol "
         "(missed __aexit__ method)"),
        (PlainEnter(), TypeError,
         "'async with' received an object from __aenter__ that does not implement __await__: int"),
        (PlainExit(), TypeError,
         "'async with' received an object from __aexit__ that does not implement __await__: int")):
    assert outcome(run, enters(manager)) == (kind, (message,)), outcome(run, enters(manager))


# --- async for. ---
class Count:
    def __init__(self, n, error=StopAsyncIteration):
        self.i, self.n, self.error = 0, n, error

    def __aiter__(self):
        return self

    async def __anext__(self):
        await Pause()
        if self.i == self.n:
            raise self.error
        self.i += 1
        return self.i


async def loops(iterable):
    seen = []
    async for x in iterable:
        if x == 2:
            continue
        if x == 5:
            break
        seen.append(x)
    else:
        seen.append('else')
    return seen


assert run(loops(Count(3))) == [1, 3, 'else']
assert run(loops(Count(9))) == [1, 3, 4]
assert run(loops(Count(0))) == ['else']
assert outcome(run, loops(Count(1, KeyError('k')))) == (KeyError, ('k',))
assert outcome(run, loops(Count(1, StopAsyncIteration(4)))) == [1, 'else']


class AiterOnly:
    def __aiter__(self):
        return self


class BadNext:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 5


for iterable, message in (
        ([1], "'async for' requires an object with __aiter__ method, got list"),
        (AiterOnly(), "'async for' received an object from __aiter__ that does not implement "
                      "__anext__: AiterOnly"),
        (BadNext(), "'async for' received an invalid object from __anext__: int")):
    assert outcome(run, loops(iterable)) == (TypeError, (message,)), message


async def unpacks():
    class Pairs(Count):
        async def __anext__(self):
            return await super().__anext__(), 'x'
    return [(a, b) async for a, b in Pairs(2)]


assert run(unpacks()) == [(1, 'x'), (2, 'x')]


# --- Comprehensions. ---

async def double(x):
    await Pause()
    return x * 2


async def comprehensions():
    assert [x async for x in Count(3)] == [1, 2, 3]
    assert {x async for x in Count(3) if x % 2} == {1, 3}
    assert {x: await double(x) async for x in Count(2)} == {1: 2, 2: 4}
    assert [await double(x) for x in range(3)] == [0, 2, 4]
    assert [x for x in range(4) if await double(x) > 2] == [2, 3]
    assert [x * y async for x in Count(2) for y in range(2)] == [0, 1, 0, 2]
    assert [y for x in [1, 2] async for y in Count(x)] == [1, 1, 2]
    assert [[y async for y in Count(x)] async for x in Count(2)] == [[1], [1, 2]]
    assert [x async for x in (await double(y) for y in range(3))] == [0, 2, 4]
    g = (x async for x in Count(2))
    assert type(g).__name__ == 'async_generator'
    assert [x async for x in g] == [1, 2]
    return 'done'


assert run(comprehensions()) == 'done'


# --- aiter and anext. ---

async def builtins():
    i = aiter(Count(2))
    assert await anext(i) == 1
    assert await anext(i, 'default') == 2
    assert await anext(i, 'default') == 'default'
    try:
        await anext(i)
    except StopAsyncIteration:
        return 'end'


assert run(builtins()) == 'end'
