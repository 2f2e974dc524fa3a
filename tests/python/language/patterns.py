# match: every kind of pattern, and what each asks of its subject.
import collections


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def kind(subject):
    match subject:
        case 0 | 1:
            return "small"
        case int(n) if n < 0:
            return "negative"
        case -5.5:
            return "float"
        case "a" | "b" as letter:
            return letter
        case None:
            return "none"
        case True:
            return "true"
        case []:
            return "empty"
        case [x]:
            return ("one", x)
        case [1, *rest, 9]:
            return ("around", rest)
        case (a, b) if a == b:
            return ("twins", a)
        case [_, _, *_]:
            return "many"
        case {"key": value, **others}:
            return ("mapping", value, others)
        case {}:
            return "dict"
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return ("on y", y)
        case Point(x, y):
            return (x, y)
        case str(text):
            return text.upper()
        case bytes():
            return "bytes"
        case _:
            return "other"


assert [kind(s) for s in (0, 1, -3, -5.5, "b", None)] == [
    "small", "small", "negative", "float", "b", "none",
]
assert kind(True) == "small"
assert kind([]) == "empty" and kind(()) == "empty" and kind([5]) == ("one", 5)
assert kind([1, 2, 3, 9]) == ("around", [2, 3]) and kind((4, 4)) == ("twins", 4)
assert kind([4, 5]) == "many" and kind(range(3)) == "many"
assert kind({"key": 1, "more": 2}) == ("mapping", 1, {"more": 2}) and kind({"x": 1}) == "dict"
assert kind(Point(0, 0)) == "origin" and kind(Point(0, 3)) == ("on y", 3)
assert kind(Point(1, 2)) == (1, 2)
assert kind("text") == "TEXT" and kind(b"ab") == "bytes" and kind(3.5) == "other"
assert kind(collections.deque([7])) == ("one", 7)
assert kind(collections.OrderedDict(key=3)) == ("mapping", 3, {})


def raises(error, action):
    try:
        action()
    except error as raised:
        return str(raised)
    assert False


def too_many():
    match Point(1, 2):
        case Point(1, 2, 3):
            pass


assert raises(TypeError, too_many) == "Point() accepts 2 positional sub-patterns (3 given)"


def twice():
    match Point(1, 2):
        case Point(1, x=1):
            pass


assert raises(TypeError, twice) == "Point() got multiple sub-patterns for attribute 'x'"


def no_class():
    thing = 3
    match 3:
        case thing():
            pass


assert raises(TypeError, no_class) == "called match pattern must be a type"


class Constants:
    RED = 1


def value(subject):
    match subject:
        case Constants.RED:
            return "red"
        case [Constants.RED, [a, *_]] | {"a": a}:
            return a


assert value(1) == "red" and value([1, [2, 3]]) == 2 and value({"a": 5}) == 5
assert value([1, []]) is None
print("ok")
