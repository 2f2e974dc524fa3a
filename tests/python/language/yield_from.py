# `yield from`: generators that let others do it.


def outcome(call, *arguments):
    """What a call returns, or the type and arguments of what it raises."""
    try:
        return call(*arguments)
    except BaseException as error:
        return type(error), error.args


def inner(log):
    try:
        while True:
            got = yield len(log)
            log.append(got)
            if got == 'return':
                return 'result'
    except KeyError as error:
        log.append(error.args)
        yield 'caught'
        return 'after'
    finally:
        log.append('inner')


def outer(log):
    try:
        result = yield from inner(log)
        log.append(result)
        yield 'more'
    finally:
        log.append('outer')


# --- Values go straight through. ---
log = []
g = outer(log)
assert next(g) == 0 and g.send('a') == 1 and g.send('return') == 'more'
assert log == ['a', 'return', 'inner', 'result']
assert outcome(next, g) == (StopIteration, ()) and log[-1] == 'outer'

# --- Exceptions too. ---
log = []
g = outer(log)
next(g)
assert g.throw(KeyError('k')) == 'caught'
assert next(g) == 'more' and log == [('k',), 'inner', 'after']
log = []
g = outer(log)
next(g)
assert outcome(g.throw, ValueError('v')) == (ValueError, ('v',))
assert log == ['inner', 'outer']
log = []
g = outer(log)
next(g)
g.close()
assert log == ['inner', 'outer']
log = []
g = outer(log)
next(g)
del g
assert log == ['inner', 'outer']

# --- What is delegated to. ---
log = []
g = outer(log)
assert g.gi_yieldfrom is None
next(g)
assert g.gi_yieldfrom.__name__ == 'inner'
g.send('return')
assert g.gi_yieldfrom is None


def delegates(iterable):
    return (yield from iterable)


assert list(delegates([1, 2])) == [1, 2]
assert list(delegates('ab')) == ['a', 'b']
assert list(delegates(delegates(range(3)))) == [0, 1, 2]
assert outcome(next, delegates(())) == (StopIteration, ())
assert outcome(next, delegates(5)) == (TypeError, ("'int' object is not iterable",))
g = delegates([1, 2])
next(g)
assert outcome(g.send, 5) == (
    AttributeError, ("'list_iterator' object has no attribute 'send'",))
assert outcome(next, g) == (StopIteration, ())
g = delegates([1, 2])
next(g)
assert outcome(g.throw, KeyError) == (KeyError, ())
g = delegates([1, 2])
next(g)
assert g.close() is None


# --- Iterators of the program. ---
class Iterator:
    def __init__(self):
        self.log = []

    def __iter__(self):
        return self

    def __next__(self):
        self.log.append('next')
        if len(self.log) > 3:
            raise StopIteration('stopped')
        return len(self.log)


class Full(Iterator):
    def send(self, value):
        self.log.append(value)
        if value == 'stop':
            raise StopIteration('by send')
        return value

    def throw(self, kind, *rest):
        self.log.append('throw')
        if isinstance(kind, ValueError) or kind is ValueError:
            raise StopIteration('by throw')
        return 'thrown'

    def close(self):
        self.log.append('close')


assert outcome(list, delegates(Iterator())) == [1, 2, 3]
g = delegates(Iterator())
for n in (1, 2, 3):
    assert next(g) == n
assert outcome(next, g) == (StopIteration, ('stopped',))

full = Full()
g = delegates(full)
assert next(g) == 1 and g.send(None) == 2 and g.send('x') == 'x'
assert g.throw(KeyError) == 'thrown'
assert outcome(g.send, 'stop') == (StopIteration, ('by send',))
g = delegates(Full())
next(g)
assert outcome(g.throw, ValueError()) == (StopIteration, ('by throw',))
full = Full()
g = delegates(full)
next(g)
assert g.close() is None and full.log == ['next', 'close']
full = Full()
g = delegates(full)
next(g)
assert outcome(g.throw, GeneratorExit) == (GeneratorExit, ())
assert full.log == ['next', 'close']


class ClosesBadly(Full):
    def close(self):
        raise KeyError('close')


g = delegates(ClosesBadly())
next(g)
assert outcome(g.close) == (KeyError, ('close',))


class LooksBadly(Iterator):
    @property
    def throw(self):
        raise OSError('property')


g = delegates(LooksBadly())
next(g)
assert outcome(g.throw, KeyError) == (OSError, ('property',))


# --- The inner one ignores its end; the outer one goes on after it. ---
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


g = delegates(stubborn())
next(g)
assert outcome(g.close) == (RuntimeError, ('generator ignored GeneratorExit',))


def survives():
    try:
        yield from stubborn()
    except RuntimeError as error:
        yield error.args


g = survives()
next(g)
assert outcome(g.throw, GeneratorExit) == ('generator ignored GeneratorExit',)


# --- One that runs already. ---
def circle():
    yield outcome(next, g)
    yield from g


g = circle()
assert next(g) == (ValueError, ('generator already executing',))
assert outcome(next, g) == (ValueError, ('generator already executing',))

# --- Two that delegate to one. ---
shared = (x for x in range(4))
a, b = delegates(shared), delegates(shared)
assert [next(a), next(b), next(a), next(b)] == [0, 1, 2, 3]
assert outcome(next, a) == outcome(next, b) == (StopIteration, ())

# --- Results of all kinds. ---
for value in (None, 0, (1, 2), StopIteration(1), [5]):
    def gives():
        return value
        yield

    def takes():
        return [(yield from gives())]

    kind, ((got,),) = outcome(next, takes())
    assert kind is StopIteration and got is value


# --- A tower. ---
def tower(n):
    if n:
        result = yield from tower(n - 1)
        return result + 1
    got = yield 'ground'
    return got


g = tower(100)
assert next(g) == 'ground'
assert outcome(g.send, 5) == (StopIteration, (105,))
