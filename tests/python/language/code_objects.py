# Code objects: equality, changed copies, the places of instructions, and functions with other code.
import types


def outcome(call, *arguments, **named):
    """What a call returns, or the type and arguments of what it raises."""
    try:
        return call(*arguments, **named)
    except BaseException as error:
        return type(error), error.args


def sample(a, b=1, *c, d, **e):
    x = a
    return lambda: x + b


code = sample.__code__
KEPT = ('co_argcount', 'co_posonlyargcount', 'co_kwonlyargcount', 'co_nlocals', 'co_stacksize',
        'co_flags', 'co_firstlineno', 'co_code', 'co_consts', 'co_names', 'co_varnames',
        'co_freevars', 'co_cellvars', 'co_filename', 'co_name', 'co_qualname')

# --- Equality. ---
assert code == code and not code != code and code != 3 and code.__eq__(3) is NotImplemented
assert outcome(lambda: code < code)[0] is TypeError
copy = code.replace()
assert copy is not code and copy == code and hash(copy) == hash(code)
assert len({code, copy, code.replace(co_name='other')}) == 2
for name in KEPT:
    same = code.replace(**{name: getattr(code, name)})
    assert same == code and getattr(same, name) == getattr(code, name), name
assert code == code.replace(co_filename='elsewhere') == code.replace(co_qualname='q')
for change in ({'co_name': 'g'}, {'co_firstlineno': 5}, {'co_flags': code.co_flags | 0x2000000}):
    assert code != code.replace(**change), change


def evaluated(text, file='f'):
    return compile(text, file, 'eval')


assert evaluated('1') == evaluated('1') == evaluated('1', 'g')
for a, b in (('1', '1.0'), ('1', 'True'), ('0.0', '-0.0'), ('(1, 2)', '(1, 2.0)'), ('a', 'b'),
             ('"a"', 'b"a"')):
    assert evaluated(a) != evaluated(b), (a, b)

# --- Changed copies. ---
changed = code.replace(co_name='n', co_qualname='q', co_filename='file', co_firstlineno=77)
assert (changed.co_name, changed.co_qualname, changed.co_filename, changed.co_firstlineno) == (
    'n', 'q', 'file', 77)
assert (code.co_name, code.co_filename) == ('sample', __file__)
assert repr(changed).startswith('<code object n at 0x') and repr(changed).endswith(
    ', file "file", line 77>')

for change, kind, message in (
        ({'co_name': 3}, TypeError, "replace() argument 'co_name' must be str, not int"),
        ({'co_filename': b''}, TypeError, "replace() argument 'co_filename' must be str, not bytes"),
        ({'co_consts': []}, TypeError, "replace() argument 'co_consts' must be tuple, not list"),
        ({'co_code': 3}, TypeError, "replace() argument 'co_code' must be bytes, not int"),
        ({'co_argcount': 'x'}, TypeError, "'str' object cannot be interpreted as an integer"),
        ({'co_argcount': -1}, ValueError, 'co_argcount must be a positive integer'),
        ({'co_flags': 2 ** 40}, OverflowError, 'Python int too large to convert to C int'),
        ({'co_argcount': 7}, ValueError, 'code: co_varnames is too small'),
        ({'co_nlocals': 2}, ValueError, 'code: co_nlocals != len(co_varnames)')):
    assert outcome(code.replace, **change) == (kind, (message,)), (
        change, outcome(code.replace, **change))
assert outcome(code.replace, 1)[0] is TypeError
assert outcome(code.replace, co_nothing=1)[0] is TypeError


def constants():
    return 'before', 12345


def names():
    return some_name


some_name, other_name = 'some', 'other'
new = tuple('after' if x == 'before' else 54321 if x == 12345
            else ('after', 54321) if x == ('before', 12345) else x
            for x in constants.__code__.co_consts)
run = types.FunctionType(constants.__code__.replace(co_consts=new), globals())
assert run() == ('after', 54321) and constants() == ('before', 12345)
run = types.FunctionType(names.__code__.replace(co_names=('other_name',)), globals())
assert run() == 'other' and names() == 'some'


def takes(first, second):
    return first - second


run = types.FunctionType(takes.__code__.replace(co_varnames=('second', 'first')), globals())
assert run(5, 3) == 2 and run(first=5, second=3) == -2

# --- Functions with other code. ---
def one(x=1):
    return x


def two(x=2):
    return x * 2


def makes(value):
    def inner():
        return value
    return inner


one.__code__ = two.__code__
assert one() == 2 and one.__code__ is two.__code__ and one.__name__ == 'one'
assert outcome(setattr, one, '__code__', 3) == (
    TypeError, ('__code__ must be set to a code object',))
assert outcome(setattr, one, '__code__', makes(1).__code__) == (
    ValueError, ('one() requires a code object with 0 free vars, not 1',))
a = makes(1)
a.__code__ = (lambda value: lambda: value + 1)(0).__code__
assert a() == 2


def changes_itself():
    before = 'before'
    changes_itself.__code__ = two.__code__
    return before, [x for x in (1, 2)]


assert changes_itself() == ('before', [1, 2]) and changes_itself(4) == 8


def goes_on():
    yield 1
    goes_on.__code__ = one.__code__
    yield 2


g = goes_on()
assert [next(g), next(g)] == [1, 2] and goes_on(3) == 6
assert g.gi_code is not goes_on.__code__ and g.gi_frame.f_code is g.gi_code


# The code of a module as a function: its names are those of its globals.
namespace = {'a': 2}
run = types.FunctionType(compile('b = a + 1\ndel a\nc = [b for _ in "xy"]', 'm', 'exec'), namespace)
assert run() is None and namespace['b'] == 3 and namespace['c'] == [3, 3] and 'a' not in namespace


# --- A generator that can be awaited. ---
@types.coroutine
def pause(value):
    return (yield value)


async def awaits():
    return [await pause(1), await pause(2)]


assert pause.__code__.co_flags & 0x100
c = awaits()
assert c.send(None) == 1 and c.send('a') == 2
assert outcome(c.send, 'b') == (StopIteration, (['a', 'b'],))


# --- Places. ---
def lines():
    x = 1

    y = [x,
         2]
    return x + y[0]


first = lines.__code__.co_firstlineno
found = list(lines.__code__.co_lines())
assert {line - first for _, _, line in found if line is not None} >= {1, 3, 5}
assert found[0][0] == 0 and found[-1][1] == len(lines.__code__.co_code)
assert all(a[1] == b[0] for a, b in zip(found, found[1:]))
positions = list(lines.__code__.co_positions())
assert len(positions) * 2 == len(lines.__code__.co_code)
assert (first + 5, first + 5, 11, 19) in positions


def fails():
    return (1 +
            None.missing)


try:
    fails()
except AttributeError as error:
    trace = error.__traceback__.tb_next
    at = list(fails.__code__.co_positions())[trace.tb_lasti // 2]
    line = fails.__code__.co_firstlineno + 2
    assert at == (line, line, 12, 24), at
    assert trace.tb_lasti == trace.tb_frame.f_lasti and trace.tb_lineno == line
