# marshal: what is written is read back, and CPython's bytes are read.
#
# Run by orochi or by CPython; every line that is wrong is an AssertionError.

import marshal


def raises(kind, action, *arguments):
    try:
        action(*arguments)
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind.__name__}")


values = [
    None, True, False, ..., StopIteration, 0, -1, 2**31 - 1, -2**31, 2**31, -2**31 - 1,
    2**62, -2**64, 10**100, -10**100, 1.5, -0.0, 1e300, 2 - 3j, "", "spam", "é", "\ud800", "€" * 300,
    "a" * 300, b"", b"\0\xff", (), (1, "a"), tuple(range(300)), [], [1, [2, [3]]], {},
    {"a": 1, 2: [3]}, set(), {1}, frozenset({"x"}),
]
for value in values:
    again = marshal.loads(marshal.dumps(value))
    assert again == value and type(again) is type(value), value
assert marshal.loads(marshal.dumps(values)) == values
assert str(marshal.loads(marshal.dumps(-0.0))) == "-0.0"

# As CPython writes them, with references.
assert marshal.loads(b"\xdb\x02\x00\x00\x00\xda\x01ar\x01\x00\x00\x00") == ["a", "a"]
assert marshal.loads(b"\xe9\x05\x00\x00\x00") == 5
assert marshal.loads(b"l\x03\x00\x00\x00\x00\x00\x00\x00\x04\x00") == 2**32

assert raises(EOFError, marshal.loads, b"i\0\0") == "marshal data too short"
assert raises(EOFError, marshal.loads, b"[\2\0\0\0N") == "EOF read where object expected"
assert raises(ValueError, marshal.loads, b"?") == "bad marshal data (unknown type code)"
assert raises(ValueError, marshal.loads, b"r\0\0\0\0") == "bad marshal data (invalid reference)"
assert raises(ValueError, marshal.dumps, object()) == "unmarshallable object"
assert raises(TypeError, marshal.loads, b"0") == "NULL object in marshal data for object"
