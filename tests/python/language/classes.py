# Classes: bodies, metaclasses, super, descriptors, slots, special methods.


def raises(kind, action, *arguments):
    try:
        action(*arguments)
    except kind as error:
        return str(error)
    assert False, f"no {kind.__name__}"


class Base:
    kind = "base"

    def __init__(self, value):
        self.value = value

    def name(self):
        return f"{self.kind} {self.value}"

    def __repr__(self):
        return f"{type(self).__name__}({self.value!r})"


class Derived(Base):
    kind = "derived"

    def name(self):
        return super().name() + "!"


assert Base(1).name() == "base 1"
assert Derived(2).name() == "derived 2!"
assert repr(Derived("x")) == "Derived('x')"
assert Derived.__mro__ == (Derived, Base, object)
assert Derived.__qualname__ == "Derived" and Derived.__module__ == "__main__"
assert isinstance(Derived(1), Base) and issubclass(Derived, Base)
assert not hasattr(Derived(1), "missing")
assert raises(AttributeError, lambda: Derived(1).missing) == (
    "'Derived' object has no attribute 'missing'"
)
assert raises(TypeError, Base) == (
    "Base.__init__() missing 1 required positional argument: 'value'"
)


# What a body sees.
class Body:
    first = 1
    second = first + 1
    listed = [first for _ in range(2)] if False else [1, 1]

    def method(self):
        return __class__

    del first


assert Body.second == 2 and not hasattr(Body, "first")
assert Body().method() is Body


# Metaclasses.
class Meta(type):
    seen = []

    @classmethod
    def __prepare__(mcs, name, bases, **words):
        return {"prepared": True}

    def __new__(mcs, name, bases, names, **words):
        made = super().__new__(mcs, name, bases, names)
        made.words = words
        return made

    def __init__(cls, name, bases, names, **words):
        super().__init__(name, bases, names)
        Meta.seen.append(name)

    def __call__(cls, *arguments):
        made = super().__call__(*arguments)
        made.called = True
        return made


class Made(metaclass=Meta, word=3):
    pass


class Below(Made):
    pass


assert Made.prepared and Made.words == {"word": 3}
assert type(Below) is Meta and Meta.seen == ["Made", "Below"]
assert Made().called


# Hooks around the making of a class.
class Registry:
    names = []

    def __init_subclass__(cls, /, label=None, **words):
        super().__init_subclass__(**words)
        Registry.names.append((cls.__name__, label))


class One(Registry, label="one"):
    pass


assert Registry.names == [("One", "one")]


class Named:
    def __set_name__(self, owner, name):
        self.where = owner.__name__, name

    def __get__(self, instance, owner):
        return self if instance is None else (instance.value, self.where)


class Holder:
    value = 7
    field = Named()


assert Holder.field.where == ("Holder", "field")
assert Holder().field == (7, ("Holder", "field"))


class Generic:
    def __class_getitem__(cls, item):
        return cls.__name__, item


assert Generic[int] == ("Generic", int)


# Properties, static and class methods.
class Celsius:
    def __init__(self):
        self.degrees = 0

    @property
    def fahrenheit(self):
        return self.degrees * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value):
        self.degrees = (value - 32) * 5 / 9

    @staticmethod
    def zero():
        return 0

    @classmethod
    def made(cls):
        return cls()


celsius = Celsius.made()
celsius.fahrenheit = 212
assert celsius.degrees == 100 and Celsius.zero() == 0
assert "object has no deleter" in raises(AttributeError, lambda: delattr(celsius, "fahrenheit"))


# Slots.
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


point = Point(1, 2)
assert (point.x, point.y) == (1, 2)
assert raises(AttributeError, setattr, point, "z", 3) == "'Point' object has no attribute 'z'"
del point.x
assert raises(AttributeError, lambda: point.x) == "'Point' object has no attribute 'x'"


# Attributes that are made when they are asked for.
class Lazy:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return name.upper()

    def __setattr__(self, name, value):
        super().__setattr__(name, value * 2)


lazy = Lazy()
lazy.x = 4
assert lazy.x == 8 and lazy.other == "OTHER" and not hasattr(lazy, "_private")


# Operators, both ways round.
class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Number(self.value + getattr(other, "value", other))

    def __radd__(self, other):
        return Number(other + self.value)

    def __iadd__(self, other):
        self.value += 100
        return self

    def __eq__(self, other):
        return isinstance(other, Number) and self.value == other.value

    def __hash__(self):
        return hash(self.value)

    def __lt__(self, other):
        return self.value < other.value

    def __bool__(self):
        return self.value != 0

    def __len__(self):
        return self.value

    def __getitem__(self, index):
        if index >= self.value:
            raise IndexError(index)
        return index * 10

    def __contains__(self, item):
        return item == "in"

    def __call__(self, *arguments, **words):
        return arguments, words

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        self.left = kind
        return kind is KeyError


number = Number(3)
assert (number + 4).value == 7 and (4 + number).value == 7
assert number == Number(3) and number != Number(4) and {number: 1}[Number(3)] == 1
assert sorted([Number(2), Number(1)])[0].value == 1
assert list(number) == [0, 10, 20] and len(number) == 3 and "in" in number and "out" not in number
assert number(1, a=2) == ((1,), {"a": 2}) and not Number(0)
with number as same:
    raise KeyError("swallowed")
assert same is number and number.left is KeyError
number += 1
assert number.value == 103


# Several bases.
class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


assert D().who() == ["D", "B", "C", "A"]
assert "consistent method resolution" in raises(TypeError, lambda: type("E", (A, B), {}))

# A class is an object like others.
made = type("Dynamic", (Base,), {"kind": "dynamic", "twice": lambda self: self.value * 2})
assert made(4).twice() == 8 and made(4).name() == "dynamic 4"
Base.kind = "changed"
assert Base(1).name() == "changed 1" and Derived(1).name() == "derived 1!"
instance = Base(5)
instance.__class__ = Derived
assert instance.name() == "derived 5!"
print("ok")
