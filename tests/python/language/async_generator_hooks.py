# What a thread is told of async generators: sys.set_asyncgen_hooks.
import sys


def outcome(call, *arguments, **named):
    """What a call returns, or the type and arguments of what it raises."""
    try:
        return call(*arguments, **named)
    except BaseException as error:
        return type(error), error.args


def step(awaitable):
    return outcome(awaitable.send, None)


async def generator():
    try:
        yield 1
        yield 2
    finally:
        log.append('finally')


log = []
assert tuple(sys.get_asyncgen_hooks()) == (None, None)
assert outcome(sys.set_asyncgen_hooks, 1) == (TypeError, ('callable firstiter expected, got int',))
assert outcome(sys.set_asyncgen_hooks, finalizer='x') == (
    TypeError, ('callable finalizer expected, got str',))

# --- Without hooks it is closed where it ends. ---
g = generator()
step(g.__anext__())
del g
assert log == ['finally']
g = generator()
g.asend(None)
del g
assert log == ['finally']

# --- The first step of each is told, once. ---
first, last = [], []
sys.set_asyncgen_hooks(firstiter=first.append, finalizer=last.append)
hooks = sys.get_asyncgen_hooks()
assert hooks.firstiter == first.append and hooks.finalizer == last.append
g = generator()
assert first == []
s = g.asend(None)
assert first == [g]
step(s), step(g.__anext__()), g.aclose(), g.athrow(KeyError)
assert first == [g]
a, b, c = generator(), generator(), generator()
s = a.aclose(), b.athrow(KeyError), c.__anext__()
assert first == [g, a, b, c]
for x in g, c:
    step(x.aclose())
del s, a, b, c, g, x
first.clear()
last.clear()
log.clear()

# --- The end of one that is not over. ---
g = generator()
step(g.__anext__())
name = repr(g)
first.clear()
del g
assert [repr(x) for x in last] == [name] and log == []
g = last.pop()  # it lives on, and can be closed by whoever was told
assert step(g.aclose()) == (StopIteration, ()) and log == ['finally']
first.clear()
del g
assert last == []
g = generator()
for _ in range(3):
    step(g.__anext__())
first.clear()
del g
assert last == []  # it had come to its end

# --- The finalizer is that of the first step. ---
g = generator()
step(g.__anext__())
sys.set_asyncgen_hooks(firstiter=None)
assert sys.get_asyncgen_hooks().finalizer is not None
sys.set_asyncgen_hooks(None, None)
assert tuple(sys.get_asyncgen_hooks()) == (None, None)
first.clear()
del g
assert len(last) == 1
step(last.pop().aclose())


# --- Hooks that raise. ---
def refuses(generator):
    raise KeyError('hook')


sys.set_asyncgen_hooks(firstiter=refuses)
g = generator()
assert outcome(g.__anext__) == (KeyError, ('hook',))
assert step(g.__anext__()) == (StopIteration, (1,))  # it was told
shown = []
hook, sys.unraisablehook = sys.unraisablehook, lambda args: shown.append(args.exc_value.args)
sys.set_asyncgen_hooks(firstiter=None, finalizer=refuses)
g = generator()
step(g.__anext__())
del g
sys.unraisablehook = hook
assert shown == [('hook',)], shown
sys.set_asyncgen_hooks(finalizer=None)
