# importlib's own machinery: it comes when somebody asks for it, and then knows all modules.
#
# Run by orochi; every line that is wrong is an AssertionError.

import sys


def has(name):
    try:
        __import__(name)
    except ImportError:
        return False
    return True


# The machinery asks for these at its beginning, and for next to nothing of what they have.
def stand_in(name, **attributes):
    if has(name):
        return
    module = type(sys)(name)
    for key, value in attributes.items():
        setattr(module, key, value)
    sys.modules[name] = module


class Lock:
    def acquire(self, *arguments):
        return True

    def release(self):
        pass

    __enter__ = acquire

    def __exit__(self, *arguments):
        pass


stand_in("_thread", allocate_lock=Lock, RLock=Lock, get_ident=lambda: 1)
stand_in("_warnings", warn=lambda *arguments: None, filters=[], _onceregistry={},
         _defaultaction="default", warn_explicit=None, _filters_mutated=lambda: None)
stand_in("_weakref", ref=lambda value, callback=None: lambda: value)
stand_in("marshal")
stand_in("posix", getcwd=lambda: "/", fspath=lambda path: path)

# --- Before. ---

import keyword

assert sys.meta_path == [], sys.meta_path
assert type(keyword.__spec__).__name__ == "ModuleSpec"
assert keyword.__spec__.parent == ""
assert keyword.__spec__.origin == keyword.__file__
assert keyword.__loader__.path == keyword.__file__

# --- It comes. ---

import _frozen_importlib as bootstrap

names = [finder.__name__ for finder in sys.meta_path]
assert names == ["BuiltinImporter", "FrozenImporter", "PathFinder"], names
assert len(sys.path_hooks) == 1
assert isinstance(keyword.__spec__, bootstrap.ModuleSpec)
assert keyword.__loader__ is keyword.__spec__.loader
assert keyword.__loader__.get_filename("keyword") == keyword.__file__
assert sys.__spec__.origin == "built-in"
assert sys.__loader__ is bootstrap.BuiltinImporter

# --- After: plain modules are found as before, with true specs. ---

import colorsys
import errno

assert isinstance(colorsys.__spec__, bootstrap.ModuleSpec)
assert not colorsys.__spec__._initializing
assert colorsys.__spec__.has_location
assert errno.__loader__ is bootstrap.BuiltinImporter
assert bootstrap._gcd_import("token") is sys.modules["token"]


# --- Finders of a program. ---


class Finder:
    asked = []

    def find_spec(self, name, path=None, target=None):
        self.asked.append((name, path))
        if name in ("made_up", "made_up.part"):
            return bootstrap.spec_from_loader(name, self, is_package=name == "made_up")

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.known = module.__name__


sys.meta_path.append(Finder())
import made_up.part

assert made_up.known == "made_up"
assert made_up.part.known == "made_up.part"
assert Finder.asked == [("made_up", None), ("made_up.part", made_up.__path__)], Finder.asked
try:
    import made_up.nosuch
except ModuleNotFoundError as error:
    assert error.name == "made_up.nosuch"
    assert str(error) == "No module named 'made_up.nosuch'"
else:
    raise AssertionError("a module was found that is not there")

# One that stands before the others takes modules away from them.
sys.meta_path.insert(0, sys.meta_path.pop())
sys.modules.pop("colorsys")
import colorsys

assert ("colorsys", None) in Finder.asked


# --- Path hooks of a program. ---


class Importer:
    def __init__(self, entry):
        if entry != "nowhere":
            raise ImportError("not mine")

    def find_spec(self, name, target=None):
        if name == "from_nowhere":
            return bootstrap.spec_from_loader(name, Finder())


sys.path_hooks.append(Importer)
sys.path.append("nowhere")
sys.path_importer_cache.clear()
posix_is_whole = hasattr(sys.modules["posix"], "stat")
if posix_is_whole:
    import from_nowhere

    assert from_nowhere.known == "from_nowhere"
