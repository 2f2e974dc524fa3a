# Generators: what is sent and thrown into them, how they end, what they say of themselves.
import sys


def outcome(call, *arguments):
    """What a call returns, or the type and arguments of what it raises."""
    try:
        return call(*arguments)
    except BaseException as error:
        return type(error), error.args


# --- Values in and out. ---

def echo(first):
    got = yield first
    while got is not None:
        got = yield got * 2
    return 'end'


g = echo(1)
assert outcome(g.send, 1) == (TypeError, ("can't send non-None value to a just-started generator",))
assert next(g) == 1
assert g.send(5) == 10
assert g.send('ab') == 'abab'
assert outcome(g.send, None) == (StopIteration, ('end',))
assert outcome(next, g) == (StopIteration, ())
assert outcome(g.send, 3) == (StopIteration, ())
assert list(echo(7)) == [7]


def returns(value):
    return value
    yield


for value in (None, 1, (1, 2), StopIteration(4), [3]):
    error = outcome(next, returns(value))
    assert error == (StopIteration, () if value is None else (value,)), error
try:
    next(returns((1, 2)))
except StopIteration as error:
    assert error.value == (1, 2) and error.args == ((1, 2),)


def counts(n):
    for i in range(n):
        yield i


assert sum(counts(1000)) == 499500
assert [x for x in counts(3)] == [0, 1, 2]
assert tuple(x * x for x in counts(4) if x % 2) == (1, 9)
a, *b = counts(4)
assert (a, b) == (0, [1, 2, 3])
assert 2 in counts(3) and 3 not in counts(3)
assert dict((x, y) for x in 'ab' for y in counts(2)) == {'a': 1, 'b': 1}
assert max(counts(5)) == 4 and ''.join(c for c in 'xyz') == 'xyz'


# --- Throwing. ---

def catches():
    log = []
    while True:
        try:
            yield log
        except ValueError as error:
            log.append(error.args)


g = catches()
log = next(g)
assert g.throw(ValueError) is log
assert g.throw(ValueError('a', 2)) is log
assert g.throw(ValueError, 'b') is log
assert g.throw(ValueError, ('c', 3)) is log
assert g.throw(ValueError, ValueError('d')) is log
assert g.throw(ValueError, None, None) is log
assert log == [(), ('a', 2), ('b',), ('c', 3), ('d',), ()]
for wrong in (1, 'text', int, None):
    kind, (message,) = outcome(g.throw, wrong)
    assert kind is TypeError, kind
    assert message.startswith('exceptions must be classes or instances deriving from'), message
assert outcome(g.throw, ValueError(), 1) == (
    TypeError, ('instance exception may not have a separate value',))
assert outcome(g.throw, ValueError, 1, 2) == (
    TypeError, ('throw() third argument must be a traceback object',))
assert len(log) == 6 and next(g) is log  # it has noticed none of this
assert outcome(g.throw, KeyError, 'k') == (KeyError, ('k',))
assert outcome(next, g) == (StopIteration, ())
assert outcome(g.throw, KeyError('after')) == (KeyError, ('after',))

g = catches()
assert outcome(g.throw, ValueError('early')) == (ValueError, ('early',))  # it has not begun
assert outcome(next, g) == (StopIteration, ())


class NeedsMuch(Exception):
    def __init__(self, a, b):
        pass


g = catches()
next(g)
assert outcome(g.throw, NeedsMuch)[0] is TypeError
assert outcome(next, g) == (StopIteration, ())


# What a generator is handling is the context of what is thrown; what its caller handles is not.
def handles():
    try:
        raise KeyError('inside')
    except KeyError:
        yield 1


g = handles()
next(g)
try:
    g.throw(ValueError('thrown'))
except ValueError as error:
    assert type(error.__context__) is KeyError, error.__context__

try:
    raise KeyError('outside')
except KeyError:
    g = counts(3)
    next(g)
    try:
        g.throw(ValueError('thrown'))
    except ValueError as error:
        assert error.__context__ is None, error.__context__


# What the caller handles shows through, what the generator handles does not.
def looks():
    yield sys.exc_info()[0]
    try:
        raise ValueError
    except ValueError:
        yield sys.exc_info()[0]
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]


g = looks()
assert next(g) is None
assert next(g) is ValueError and sys.exc_info()[0] is None
try:
    raise KeyError
except KeyError:
    assert next(g) is ValueError and sys.exc_info()[0] is KeyError
    assert next(g) is KeyError
assert sys.exc_info()[0] is None


# --- Ends. ---

def finishes(log):
    try:
        yield 1
        yield 2
    finally:
        log.append('finally')


log = []
g = finishes(log)
assert g.close() is None and log == []  # it had not begun
assert outcome(next, g) == (StopIteration, ())
g = finishes(log)
next(g)
assert g.close() is None and log == ['finally']
assert g.close() is None and log == ['finally']
g = finishes(log)
next(g)
del g
assert log == ['finally'] * 2


def exits():
    try:
        yield 1
    except GeneratorExit as error:
        log.append(error.args)
        return 5


g = exits()
next(g)
assert g.close() is None and log[-1] == ()


# What nobody can be told of is shown.
shown = []
hook, sys.unraisablehook = sys.unraisablehook, lambda args: shown.append(type(args.exc_value))


def refuses():
    while True:
        try:
            yield
        except GeneratorExit:
            pass


g = refuses()
next(g)
assert outcome(g.close) == (RuntimeError, ('generator ignored GeneratorExit',))


def fails():
    try:
        yield
    finally:
        raise KeyError('in finally')


g = fails()
next(g)
assert outcome(g.close) == (KeyError, ('in finally',))
assert g.close() is None

for make in (refuses, fails):
    g = make()
    next(g)
    del g
sys.unraisablehook = hook
assert shown == [RuntimeError, RuntimeError, KeyError], shown


# A StopIteration that leaves a generator is an error of it.
def stops(error):
    yield 1
    raise error


for error in (StopIteration(3), StopIteration()):
    g = stops(error)
    next(g)
    try:
        next(g)
        assert False
    except RuntimeError as raised:
        assert raised.args == ('generator raised StopIteration',)
        assert raised.__cause__ is error and raised.__context__ is error
g = stops(StopAsyncIteration(3))
next(g)
assert outcome(next, g) == (StopAsyncIteration, (3,))


# --- It runs once at a time. ---

def enters_itself():
    yield outcome(next, me)
    yield outcome(me.throw, KeyError)
    yield outcome(me.close)


me = enters_itself()
for _ in range(3):
    assert next(me) == (ValueError, ('generator already executing',))


# --- What it says of itself. ---

def describes():
    x = 1
    yield g.gi_running, g.gi_suspended, g.gi_frame.f_locals['x']
    x = 2
    yield


g = describes()
assert g.__name__ == 'describes' and g.__qualname__ == 'describes'
assert repr(g).startswith('<generator object describes at 0x')
assert g.gi_code is describes.__code__ and g.gi_yieldfrom is None
assert (g.gi_running, g.gi_suspended) == (False, False)
assert g.gi_frame.f_code is g.gi_code and g.gi_frame.f_locals == {}
assert next(g) == (True, False, 1)
assert (g.gi_running, g.gi_suspended) == (False, True)
assert g.gi_frame.f_locals == {'x': 1} and g.gi_frame.f_back is None
assert g.gi_frame.f_lineno == describes.__code__.co_firstlineno + 2
next(g)
assert g.gi_frame.f_locals == {'x': 2}
assert outcome(next, g) == (StopIteration, ())
assert g.gi_frame is None and (g.gi_running, g.gi_suspended) == (False, False)
g.__name__ = 'other'
g.__qualname__ = 'quite.other'
assert repr(g).startswith('<generator object quite.other at 0x')
for name in ('__name__', '__qualname__'):
    assert outcome(setattr, g, name, 1) == (
        TypeError, (name + ' must be set to a string object',))
for name in ('gi_running', 'gi_frame', 'gi_code', 'gi_yieldfrom', 'gi_suspended'):
    assert outcome(setattr, g, name, 1)[0] is AttributeError, name
describes.__name__ = 'renamed'
assert describes().__name__ == 'renamed'
assert outcome(type(g)) == (TypeError, ("cannot create 'generator' instances",))
assert iter(g) is g
assert (x for x in ()).__name__ == '<genexpr>'


class C:
    def method(self):
        yield self


c = C()
assert c.method().__qualname__ == 'C.method' and next(c.method()) is c


# --- A traceback shows where it stood. ---

def raises():
    yield 1
    raise KeyError('deep')


g = raises()
next(g)
try:
    next(g)
except KeyError as error:
    trace = error.__traceback__.tb_next
    assert trace.tb_frame.f_code is raises.__code__ and trace.tb_next is None
    assert trace.tb_lineno == raises.__code__.co_firstlineno + 2


# --- Many, deep, and with everything that a function may have. ---

def parameters(a, /, b, *rest, c=3, **named):
    yield a, b, rest, c, named


assert next(parameters(1, 2, 4, c=5, d=6)) == (1, 2, (4,), 5, {'d': 6})


def closes_over(x):
    def inner():
        nonlocal x
        while True:
            x += 1
            yield x
    return inner()


g = closes_over(1)
assert [next(g), next(g)] == [2, 3]


def nested(n):
    if n:
        for x in nested(n - 1):
            yield x + 1
    else:
        yield 0


assert list(nested(50)) == [50]
many = [counts(2) for _ in range(1000)]
assert [next(g) for g in many] == [0] * 1000
assert [next(g) for g in many] == [1] * 1000
assert [next(g, None) for g in many] == [None] * 1000


def recursive(n):
    yield from recursive(n + 1)


assert outcome(next, recursive(0))[0] is RecursionError
