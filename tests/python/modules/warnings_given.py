# Warnings: which are shown, how often, and as what.
#
# Run by orochi; every line that is wrong is an AssertionError.

import _warnings
import sys


class Errors:
    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def shown(action):
    before, sys.stderr = sys.stderr, Errors()
    try:
        action()
        return sys.stderr.text
    finally:
        sys.stderr = before


def raises(kind, action, *arguments):
    try:
        action(*arguments)
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind.__name__}")


def give(category=UserWarning, text="spam"):
    _warnings.warn(text, category)


# --- The place is the caller's, and a place warns once. ---

line = give.__code__.co_firstlineno + 1
assert shown(give) == f"{__file__}:{line}: UserWarning: spam\n", shown(give)
assert shown(give) == ""
assert ("spam", UserWarning, line) in __warningregistry__
_warnings._filters_mutated()
assert shown(give) != ""

# --- What the first filters say. ---

assert shown(lambda: give(ImportWarning)) == ""
assert "DeprecationWarning: spam" in shown(lambda: give(DeprecationWarning))

# --- Other actions. ---

saved = _warnings.filters[:]


def with_filter(action, category=Warning):
    _warnings.filters[:] = [(action, None, category, None, 0)]
    _warnings._filters_mutated()


with_filter("error")
assert raises(UserWarning, give) == "spam"
with_filter("ignore")
assert shown(give) == ""
with_filter("always")
assert shown(give) and shown(give)
with_filter("once")
assert shown(give)
assert not shown(lambda: _warnings.warn("spam"))
with_filter("module")
assert shown(lambda: _warnings.warn("eggs"))
assert not shown(lambda: _warnings.warn("eggs"))
with_filter("nonsense")
assert raises(RuntimeError, give).startswith("Unrecognized action ('nonsense')")
_warnings.filters[:] = saved
_warnings._filters_mutated()

# --- Arguments. ---

assert raises(TypeError, _warnings.warn, "x", int) == (
    "category must be a Warning subclass, not 'type'")
assert "FutureWarning: of its own" in shown(lambda: _warnings.warn(FutureWarning("of its own")))
text = shown(lambda: _warnings.warn_explicit("far", UserWarning, "away.py", 7))
assert text == "away.py:7: UserWarning: far\n", text
assert raises(TypeError, _warnings.warn_explicit, "x", UserWarning, "f", 1, None, 3) == (
    "'registry' must be a dict or None")
