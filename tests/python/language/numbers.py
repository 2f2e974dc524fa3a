# Arithmetic where the machine takes its short way, and just beyond.
BIG = 1 << 61


def same(a, b):
    return type(a) is type(b) and a == b


values = [0, 1, -1, 2, 7, -7, BIG - 1, -BIG, BIG, -BIG - 1, 1 << 62, 1 << 64, 0.0, 0.5, -2.5, 1e300,
          5e-324, True, False]


def add(a, b): return a + b
def subtract(a, b): return a - b
def multiply(a, b): return a * b
def divide(a, b): return a / b
def floor(a, b): return a // b
def remainder(a, b): return a % b
def less(a, b): return a < b
def equal(a, b): return a == b


def outcome(action, *arguments):
    try:
        return action(*arguments)
    except (ZeroDivisionError, OverflowError) as error:
        return type(error)


# What the operator gives is what the type's own method gives, for operands of one kind.
for a in values:
    for b in values:
        if type(a) is not type(b):
            continue
        kind = type(a)
        for action, name in ((add, "__add__"), (subtract, "__sub__"), (multiply, "__mul__"),
                             (divide, "__truediv__"), (floor, "__floordiv__"),
                             (remainder, "__mod__"), (less, "__lt__"), (equal, "__eq__")):
            by_method = outcome(getattr(kind, name), a, b)
            by_operator = outcome(action, a, b)
            assert same(by_method, by_operator), (a, action.__name__, b)
        if b:
            q, r = divmod(a, b)
            assert q * b + r == a or kind is float
            assert same(floor(a, b), q) and same(remainder(a, b), r)

assert add(BIG - 1, 1) == BIG and subtract(-BIG, 1) == -BIG - 1 and multiply(BIG - 1, 2) == 2 * BIG - 2
assert floor(-BIG, -1) == BIG and floor(-7, 2) == -4 and remainder(-7, 2) == 1 and remainder(7, -2) == -1
assert outcome(divide, 1, 0) is ZeroDivisionError and outcome(remainder, 1.0, 0) is ZeroDivisionError
assert 1 << 60 == 2 ** 60 and 1 << 62 == 2 ** 62 and -1 << 61 == -BIG and -8 >> 1 == -4
assert 5 >> 100 == 0 and -5 >> 100 == -1
assert 6 & 3 == 2 and 6 | 3 == 7 and 6 ^ 3 == 5 and (True & 3) == 1 and (True | False) is True
assert (2 ** 53 == 2.0 ** 53) and not (2 ** 53 + 1 == 2.0 ** 53) and 2 ** 53 + 1 > 2.0 ** 53
assert not float("nan") == float("nan") and float("nan") != 0 and not float("nan") < 0
assert 0.1 + 0.2 != 0.3 and 1 / 3 == 0.3333333333333333 and 10 ** 20 / 10 ** 19 == 10.0

total = 0
for i in range(1000):
    total += i * i - i // 3
assert total == sum(i * i - i // 3 for i in range(1000))
x = 1.5
x *= 2
x -= 1
x /= 4
assert x == 0.5
y = 10
y //= 3
y **= 2
y %= 5
y <<= 3
y |= 1
y ^= 3
y &= 30
assert y == 2 * (((9 % 5) << 3 | 1) ^ 3 & 30 != 0) or y == (((9 % 5) << 3 | 1) ^ 3) & 30
print("ok")
