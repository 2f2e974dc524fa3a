# Functions: parameters of all kinds, defaults, closures, decorators, recursion, what they say.


def raises(kind, action, *arguments, **words):
    try:
        action(*arguments, **words)
    except kind as error:
        return str(error)
    assert False, f"no {kind.__name__}"


def plain(a, b=2, *rest, c, d=4, **more):
    return a, b, rest, c, d, more


assert plain(1, c=3) == (1, 2, (), 3, 4, {})
assert plain(1, 5, 6, 7, c=3, d=8, e=9) == (1, 5, (6, 7), 3, 8, {"e": 9})
assert plain(*[1, 2], **{"c": 3}) == (1, 2, (), 3, 4, {})
assert plain(*(1,), 9, *[8, 7], c=0, **{"x": 1}, **{"y": 2}) == (
    1, 9, (8, 7), 0, 4, {"x": 1, "y": 2},
)
assert raises(TypeError, plain) == "plain() missing 1 required positional argument: 'a'"
assert raises(TypeError, plain, 1) == "plain() missing 1 required keyword-only argument: 'c'"
assert raises(TypeError, plain, 1, a=1, c=2) == "plain() got multiple values for argument 'a'"


def few(a, b):
    return a - b


assert few(b=1, a=3) == 2
assert raises(TypeError, few, 1, 2, 3) == "few() takes 2 positional arguments but 3 were given"
assert raises(TypeError, few) == "few() missing 2 required positional arguments: 'a' and 'b'"
assert raises(TypeError, few, 1, 2, z=3) == "few() got an unexpected keyword argument 'z'"


def optional(a, b=1):
    pass


assert raises(TypeError, optional, 1, 2, 3) == (
    "optional() takes from 1 to 2 positional arguments but 3 were given"
)


def named(*, a, b, c):
    pass


assert raises(TypeError, named) == (
    "named() missing 3 required keyword-only arguments: 'a', 'b', and 'c'"
)
assert raises(TypeError, named, 1, a=1, b=2, c=3) == (
    "named() takes 0 positional arguments but 1 positional argument "
    "(and 3 keyword-only arguments) were given"
)


def positional(a, /, b):
    return a, b


assert positional(1, b=2) == (1, 2)
assert raises(TypeError, positional, a=1, b=2) == (
    "positional() got some positional-only arguments passed as keyword arguments: 'a'"
)
assert "got multiple values for keyword argument 'c'" in raises(
    TypeError, lambda: plain(1, c=1, **{"c": 2})
)
assert "argument after * must be an iterable, not int" in raises(TypeError, lambda: plain(*1))
assert "argument after ** must be a mapping, not int" in raises(TypeError, lambda: plain(**1))
assert raises(TypeError, lambda: plain(**{1: 2})) == "keywords must be strings"


# Closures.
def counter():
    count = 0

    def up(by=1):
        nonlocal count
        count += by
        return count

    def get():
        return count

    return up, get


up, get = counter()
up()
up(5)
assert get() == 6
other, _ = counter()
assert other() == 1 and get() == 6
assert up.__closure__[0].cell_contents == 6


def late():
    functions = [lambda: i for i in range(3)]
    return [f() for f in functions]


assert late() == [2, 2, 2]


def unbound():
    if False:
        x = 1
    return x


assert raises(UnboundLocalError, unbound) == (
    "cannot access local variable 'x' where it is not associated with a value"
)


def free():
    def inner():
        return y

    message = raises(NameError, inner)
    y = 1
    return message


assert free() == (
    "cannot access free variable 'y' where it is not associated with a value in enclosing scope"
)
assert raises(NameError, lambda: nowhere) == "name 'nowhere' is not defined"


# Decorators.
def twice(function):
    def wrapper(*arguments, **words):
        return function(*arguments, **words) * 2

    return wrapper


@twice
@twice
def four(n):
    return n


assert four(3) == 12

# What functions say of themselves.
def described(a: int, b: "str" = "x") -> bool:
    """What it does."""


assert described.__name__ == "described" and described.__doc__ == "What it does."
assert described.__annotations__ == {"a": int, "b": "str", "return": bool}
assert described.__defaults__ == ("x",) and described.__kwdefaults__ is None
described.__defaults__ = ("y",)
described.extra = 1
assert described.extra == 1 and described.__dict__ == {"extra": 1}
assert (lambda: 0).__name__ == "<lambda>"
assert counter.__code__.co_varnames[:2] == ("up", "get") or "up" in counter.__code__.co_varnames


# Recursion, as deep as it may be and one deeper.
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


assert depth(900) == 900


def endless():
    return endless()


assert "maximum recursion depth exceeded" in raises(RecursionError, endless)


class Endless:
    def __repr__(self):
        return repr(self)


assert "maximum recursion depth exceeded" in raises(RecursionError, repr, Endless())
assert depth(900) == 900

# Unpacking.
a, *b, c = range(5)
assert (a, b, c) == (0, [1, 2, 3], 4)
(d, e), f = (1, 2), 3
assert (d, e, f) == (1, 2, 3)
assert raises(ValueError, lambda: (lambda x: None)([p := [q for q, r in [(1, 2, 3)]]])) == (
    "too many values to unpack (expected 2)"
)


def two():
    x, y = [1]


assert raises(ValueError, two) == "not enough values to unpack (expected 2, got 1)"


def none():
    x, y = 5


assert raises(TypeError, none) == "cannot unpack non-iterable int object"
assert [x := 1, x + 1] == [1, 2]
print("ok")
