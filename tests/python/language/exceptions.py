# Exceptions: which handler, in what order, with what around it, and what tracebacks say.
import sys


def raises(kind, action, *arguments):
    try:
        action(*arguments)
    except kind as error:
        return error
    assert False, f"no {kind.__name__}"


# Ways through try.
def ways(action):
    log = []
    try:
        log.append("try")
        action()
    except (KeyError, IndexError) as error:
        log.append(type(error).__name__)
    except ValueError:
        log.append("value")
    else:
        log.append("else")
    finally:
        log.append("finally")
    return log


def fail(error):
    raise error


assert ways(lambda: None) == ["try", "else", "finally"]
assert ways(lambda: fail(KeyError(1))) == ["try", "KeyError", "finally"]
assert ways(lambda: fail(ValueError)) == ["try", "value", "finally"]
raises(TypeError, ways, lambda: fail(TypeError()))


# `finally` goes with every way out.
def leaves(how):
    log = []
    for i in range(3):
        try:
            if how == "break":
                break
            if how == "continue":
                continue
            if how == "return":
                return log
        finally:
            log.append(i)
    return log


assert leaves("break") == [0] and leaves("continue") == [0, 1, 2] and leaves("return") == [0]


def overrides():
    try:
        fail(ValueError())
    finally:
        return "swallowed"


assert overrides() == "swallowed"


# What is being handled, and what it was raised from.
def chained():
    try:
        fail(KeyError("first"))
    except KeyError as first:
        assert sys.exc_info()[1] is first
        try:
            fail(ValueError("second"))
        except ValueError as second:
            assert second.__context__ is first and sys.exc_info()[1] is second
            raise TypeError("third") from None
        finally:
            assert isinstance(sys.exc_info()[1], TypeError)


third = raises(TypeError, chained)
assert third.__suppress_context__ and isinstance(third.__context__, ValueError)
assert third.__cause__ is None and sys.exc_info() == (None, None, None)
cause = ValueError("cause")


def from_cause():
    raise TypeError from cause


assert raises(TypeError, from_cause).__cause__ is cause


def again():
    try:
        fail(ValueError("again"))
    except ValueError:
        raise


assert raises(ValueError, again).args == ("again",)


def nothing():
    raise


assert str(raises(RuntimeError, nothing)) == "No active exception to reraise"
assert "exceptions must derive from BaseException" in str(raises(TypeError, fail, 1))


def unbound():
    try:
        fail(ValueError())
    except ValueError as error:
        pass
    return error


raises(UnboundLocalError, unbound)


def no_class():
    try:
        fail(ValueError())
    except 1:
        pass


assert str(raises(TypeError, no_class)) == (
    "catching classes that do not inherit from BaseException is not allowed"
)


# Tracebacks and frames.
def inner(value):
    local = value + 1
    return local / 0


def outer():
    return inner(1)


error = raises(ZeroDivisionError, outer)
names = []
traceback = error.__traceback__
while traceback is not None:
    names.append(traceback.tb_frame.f_code.co_name)
    last = traceback
    traceback = traceback.tb_next
assert names == ["raises", "outer", "inner"]
assert last.tb_frame.f_locals == {"value": 1, "local": 2}
assert last.tb_lineno == inner.__code__.co_firstlineno + 2
assert last.tb_frame.f_back.f_code.co_name == "outer"

# Context managers.
class Manager:
    def __init__(self, swallows):
        self.log = []
        self.swallows = swallows

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, kind, value, traceback):
        self.log.append(kind and kind.__name__)
        return self.swallows


with Manager(True) as manager:
    fail(KeyError())
assert manager.log == ["enter", "KeyError"]


def passes():
    with Manager(False) as first, Manager(False) as second:
        passes.managers = first, second
        fail(KeyError())


raises(KeyError, passes)
assert [m.log for m in passes.managers] == [["enter", "KeyError"]] * 2


def no_manager():
    with 1:
        pass


assert str(raises(TypeError, no_manager)) == (
    "'int' object does not support the context manager protocol"
)


# Groups.
def groups(*errors):
    log = []
    try:
        raise ExceptionGroup("several", errors)
    except* ValueError as group:
        log.append(("value", [str(e) for e in group.exceptions]))
    except* (KeyError, TypeError) as group:
        log.append(("other", len(group.exceptions)))
    return log


assert groups(ValueError("a"), KeyError("b"), ValueError("c"), TypeError()) == [
    ("value", ["a", "c"]), ("other", 2),
]
left = raises(ExceptionGroup, groups, ValueError("a"), OSError("b"))
assert [type(e) for e in left.exceptions] == [OSError] and left.message == "several"


def naked():
    try:
        fail(ValueError("alone"))
    except* ValueError as group:
        found = type(group), group.exceptions[0].args
    return found


assert naked() == (ExceptionGroup, ("alone",))


def raises_in_clause():
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise OSError("new")


both = raises(ExceptionGroup, raises_in_clause)
assert sorted(type(e).__name__ for e in both.exceptions) == ["ExceptionGroup", "OSError"]
error = ValueError("noted")
error.add_note("a note")
assert error.__notes__ == ["a note"]

# assert says what is wrong.
assert raises(AssertionError, lambda: (_ for _ in ()).throw(AssertionError("why"))).args == ("why",)
print("ok")
