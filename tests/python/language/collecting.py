# The collector: cycles, callbacks, settings, and who refers to whom.

import gc
import weakref


def raises(kind, action, *arguments):
    try:
        action(*arguments)
    except kind as error:
        return str(error)
    assert False, f"no {kind.__name__}"


class Node:
    pass


def cycles():
    gc.collect()
    node = Node()
    node.itself = node
    seen = weakref.ref(node)
    del node
    assert seen() is not None
    assert gc.collect() > 0 and seen() is None
    assert gc.collect(0) == 0
    for wrong in (-1, 3):
        assert raises(ValueError, gc.collect, wrong) == "invalid generation"


def settings():
    assert gc.isenabled()
    gc.disable()
    assert not gc.isenabled()
    gc.enable()
    before = gc.get_threshold()
    assert before == (700, 10, 10)
    gc.set_threshold(1000, 5)
    assert gc.get_threshold() == (1000, 5, 10)
    gc.set_threshold(*before)
    assert len(gc.get_count()) == 3
    assert raises(TypeError, gc.set_threshold) == (
        "set_threshold() takes at least 1 argument (0 given)")
    assert gc.get_debug() == 0 and gc.DEBUG_LEAK == 38
    assert gc.garbage == []


def figures():
    before = gc.get_stats()
    assert len(before) == 3
    gc.collect()
    assert gc.get_stats()[2]["collections"] > before[2]["collections"]
    assert set(before[0]) == {"collections", "collected", "uncollectable"}


def callbacks():
    said = []

    def note(phase, about):
        said.append((phase, about["generation"]))

    gc.callbacks.append(note)
    gc.collect()
    gc.callbacks.remove(note)
    gc.collect()
    assert said[:2] == [("start", 2), ("stop", 2)]


def looking():
    inner = ["inner"]
    outer = [inner]
    assert any(found is outer for found in gc.get_referrers(inner))
    assert any(found is inner for found in gc.get_referents(outer))
    assert any(found is outer for found in gc.get_objects())
    assert gc.is_tracked(outer) and not gc.is_tracked(1)
    assert not gc.is_finalized(outer)
    assert raises(TypeError, gc.get_objects, "a") == (
        "argument should be integer or None, not 'str'")
    assert raises(ValueError, gc.get_objects, 3).startswith("generation parameter must be less")


def freezing():
    kept = [[]]
    gc.freeze()
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    assert gc.get_freeze_count() == 0 and kept == [[]]


cycles()
settings()
figures()
callbacks()
looking()
freezing()
