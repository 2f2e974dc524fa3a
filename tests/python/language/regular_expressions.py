# Regular expressions: what patterns match, and what a program sees of patterns and matches.
import copy
import re
import sys
import _sre
import _thread


def raises(kind, function, message=None):
    try:
        function()
    except kind as error:
        assert message is None or str(error) == message, str(error)
        return
    assert False, f"{kind.__name__} was not raised"


def found(pattern, text, flags=0):
    match = re.search(pattern, text, flags)
    return match and (match.span(), match.groups())


# --- What patterns match. ---

MATCHES = [
    (r"a*", "baa", ((0, 0), ())),
    (r"a+", "baa", ((1, 3), ())),
    (r"a{2}", "abaa", ((2, 4), ())),
    (r"(a|ab)(c|bcd)(d*)", "abcd", ((0, 4), ("a", "bcd", ""))),
    (r"(?:(a)|b)*", "ab", ((0, 2), ("a",))),
    (r"(?:(a)|(b))*c", "abc", ((0, 3), ("a", "b"))),
    (r"(a*)*", "aab", ((0, 2), ("",))),
    (r"(a|b){2,3}?c", "ababc", ((1, 5), ("b",))),
    (r"(.*)(\d+)$", "x123", ((0, 4), ("x12", "3"))),
    (r"<(\w+)>.*?</\1>", "<i><b>x</b>", ((3, 11), ("b",))),
    (r"(a)?(?(1)b|c)", "ac", ((1, 2), (None,))),
    (r"(?=(a))\w\1", "aa", ((0, 2), ("a",))),
    (r"(?!(a)b)a", "aba", ((2, 3), (None,))),
    (r"(?<=ab|cd)e", "abcde", ((4, 5), ())),
    (r"(?<!a)b", "abcb", ((3, 4), ())),
    (r"(?>a|ab)c", "abc", None),
    (r"a++a", "aaa", None),
    (r"(?:ab)++c", "ababc", ((0, 5), ())),
    (r"(?:a?)*+b", "aab", ((0, 3), ())),
    (r"(?m)^b$", "a\nb\n", ((2, 3), ())),
    (r"(?s)a.b", "a\nb", ((0, 3), ())),
    (r"\bb\b", "ab b", ((3, 4), ())),
    (r"\B", "", None),
    (r"(?i)stra\u1e9ee", "STRA\xdfE", ((0, 6), ())),
    (r"(?i)\u212a", "k", ((0, 1), ())),
    (r"(?ia)\u212a", "k", None),
    (r"(?i)[\xe0-\xf6]+", "\xc0\xd6", ((0, 2), ())),
    (r"[\u0400-\u04ffx]+", "a\u0416x", ((1, 3), ())),
    (r"[^\W\d_]+", "1_\u0416b", ((2, 4), ())),
    ("[\U0001f600-\U0001f64f]", "a\U0001f601", ((1, 2), ())),
    (r"\d+", "a\u0663", ((1, 2), ())),
    (r"(?a)\d+", "a\u0663", None),
    (r"(?:x|(y)+)*+z", "yyxz", ((0, 4), ("y",))),
    (r"(?!)", "a", None),
    (r"abcabd", "abcabcabd", ((3, 9), ())),
]
for pattern, text, wanted in MATCHES:
    assert found(pattern, text) == wanted, (pattern, text, found(pattern, text))

assert found(rb"(?L)\w", b"_") == ((0, 1), ())
assert found(rb"(?Li)(A)\1", b"aa") == ((0, 2), (b"a",))
assert found(rb"[^a]", b"a\xff") == ((1, 2), ())

# Neither deep nor long matches need the thread's stack.
assert re.fullmatch(r"(?:a|b)*", "ab" * 200000).end() == 400000
assert re.fullmatch(r"(?:(?:a|b)c?)*?", "ab" * 50000).end() == 100000
assert re.match(r"(?:a?){30}a{30}", "a" * 12) is None
assert re.match("(" * 90 + "a" + ")*" * 90, "aaa").end() == 3


# --- Where it is looked for. ---

letters = re.compile(r"[a-z]+")
assert letters.match("12ab") is None
assert letters.match("12ab", 2).span() == (2, 4)
assert letters.match("12ab", 2, 3).span() == (2, 3)
assert letters.match("ab", -5, sys.maxsize).span() == (0, 2)
assert letters.fullmatch("ab1") is None
assert letters.fullmatch("ab1", 0, 2).span() == (0, 2)
assert re.compile("^a").search("ba", 1) is None
assert re.compile("").match("abc", 3, 1).span() == (3, 3)
assert re.compile("").search("abc", 3, 1) is None
raises(OverflowError, lambda: letters.match("a", 1 << 70))
raises(TypeError, lambda: letters.match("a", "x"))
raises(TypeError, lambda: letters.match(b"a"), "cannot use a string pattern on a bytes-like object")
raises(TypeError, lambda: re.match(b"a", "a"), "cannot use a bytes pattern on a string-like object")
raises(TypeError, lambda: letters.match(3), "expected string or bytes-like object, got 'int'")


# --- All matches. ---

assert re.findall("x*", "axb") == ["", "x", "", ""]
assert re.findall("(a)|b", "ab") == ["a", ""]
assert re.findall("(a)|(b)", "ab") == [("a", ""), ("", "b")]
assert [m.span() for m in re.finditer("x*", "axb")] == [(0, 0), (1, 2), (2, 2), (3, 3)]
assert re.split("x*", "axb") == ["", "a", "", "b", ""]
assert re.split("(-)|,", "a-b,c", 1) == ["a", "-", "b,c"]
assert re.split("(-)|,", "a-b,c") == ["a", "-", "b", None, "c"]

scanner = re.compile("(a)|b").scanner("abc")
assert scanner.pattern == re.compile("(a)|b")
assert [scanner.match()[0], scanner.match()[0], scanner.match(), scanner.match()] == ["a", "b", None, None]


# --- Replacing. ---

assert re.sub("x*", "-", "abxd") == "-a-b--d-"
assert re.sub("a", r"[\g<0>]", "banana", 2) == "b[a]n[a]na"
assert re.subn("(?P<n>.)b", r"\g<n>\1", "abcb") == ("aacc", 2)
assert re.sub("a", lambda m: m[0].upper(), "banana") == "bAnAnA"
assert re.sub("a", lambda m: None, "banana") == "bnn"
assert re.sub(b"a", rb"\n", bytearray(b"bab")) == b"b\nb"
assert re.sub("a", "\u2603", "bab") == "b\u2603b"
assert re.compile("b").sub("x", "abc") == "axc"
raises(TypeError, lambda: re.sub("a", lambda m: 3, "bab"),
       "sequence item 1: expected str instance, int found")
raises(IndexError, lambda: re.sub("a", r"\g<x>", "a"))


# --- What a match is. ---

match = re.compile(r"(?P<first>a)(b)?(?P<last>c)").search("xacx", 1, 3)
assert match.group() == match[0] == "ac"
assert match.group("first", 2, 3) == ("a", None, "c")
assert match.groups() == ("a", None, "c") and match.groups("") == ("a", "", "c")
assert match.groupdict() == {"first": "a", "last": "c"}
assert (match.start("last"), match.end(1), match.span(2)) == (2, 2, (-1, -1))
assert match.regs == ((1, 3), (1, 2), (-1, -1), (2, 3))
assert (match.pos, match.endpos, match.lastindex, match.lastgroup) == (1, 3, 3, "last")
assert match.string == "xacx" and match.re.groupindex["last"] == 3
assert match.expand(r"\3\1-\g<last>") == "ca-c"
assert repr(match) == "<re.Match object; span=(1, 3), match='ac'>"
assert copy.copy(match) is match and copy.deepcopy(match) is match
for key in (4, -1, "x", 1.5, 1 << 80):
    raises(IndexError, lambda: match.group(key), "no such group")
raises(TypeError, lambda: match.group([]), "unhashable type: 'list'")
raises(AttributeError, lambda: setattr(match, "pos", 1))
raises(TypeError, re.Match)
assert re.match("a", "a") and re.match("((a)|b)*", "ab").lastindex == 1


# --- What a pattern is. ---

pattern = re.compile("(?P<n>a)|b", re.I | re.M)
assert (pattern.pattern, pattern.groups, dict(pattern.groupindex)) == ("(?P<n>a)|b", 1, {"n": 1})
assert pattern.flags == re.I | re.M | re.U
assert repr(pattern) == "re.compile('(?P<n>a)|b', re.IGNORECASE|re.MULTILINE)"
assert repr(re.compile(b"a")) == "re.compile(b'a')" and repr(re.compile("a", re.A)).endswith("re.ASCII)")
assert len(repr(re.compile("a" * 300))) == 212
same = _sre.compile("a", 32, [1], 0, {}, ())
assert same == _sre.compile("a", 32, [1], 0, {}, ()) and hash(same) == hash(_sre.compile("a", 32, [1], 0, {}, ()))
assert same != _sre.compile("a", 0, [1], 0, {}, ()) and same != _sre.compile("b", 32, [1], 0, {}, ())
assert same != _sre.compile(b"a", 32, [1], 0, {}, ()) and same != "a"
assert copy.copy(pattern) is pattern and copy.deepcopy(pattern) is pattern
raises(TypeError, lambda: pattern < pattern)
raises(TypeError, re.Pattern)
raises(TypeError, lambda: pattern.match())
assert str(re.Pattern[str]) == "re.Pattern[str]" and re.Pattern.__module__ == "re"
raises(re.error, lambda: re.compile("(a"), "missing ), unterminated subpattern at position 0")
raises(re.error, lambda: re.compile("(?<=a*)b"), "look-behind requires fixed-width pattern")


# --- Characters. ---

assert [_sre.unicode_tolower(ord(c)) for c in "A\xc0\u0130\xdf"] == [97, 0xE0, 105, 0xDF]
assert [_sre.unicode_iscased(ord(c)) for c in "a1\xdf\u01c5"] == [True, False, True, True]
assert _sre.ascii_tolower(0xC0) == 0xC0 and _sre.ascii_tolower(65) == 97
assert _sre.ascii_iscased(65) and not _sre.ascii_iscased(0xC0)
assert (_sre.MAGIC, _sre.CODESIZE, _sre.getcodesize()) == (20220615, 4, 4)


# --- Bytes that can change are held as long as somebody looks at them. ---

held = bytearray(b"xax")
matches = re.finditer(b"a", held)
raises(BufferError, lambda: held.extend(b"more"))
assert [m.span() for m in matches] == [(1, 2)]
del matches
match = re.search(b"a", held)
held[1] = ord("b")
assert match[0] == b"b"


# --- Code that no compiler has made. ---

INVALID = [
    [], [0], [77], [2], [16, 97], [16], [11, 0, 1], [15, 1, 1], [13, 3, 16, 97, 0, 1],
    [13, 9, 0, 1], [24, 6, 2, 1, 16, 97, 1, 1], [23, 5, 0, 1, 16, 97, 1, 1], [4, 3, 0, 0, 1],
    [6, 12, 1], [8, 18, 1], [18, 1], [19, 1], [14, 4, 0, 0, 0], [12, 0, 2, 1],
    [13, 75, 10, 0] + [0] * 71 + [0, 1],
]
for code in INVALID:
    raises(RuntimeError, lambda: _sre.compile("x", 0, code, 0, {}, ()), "invalid SRE code")
# Refused, or harmless.
for code in [[1, 1], [17, 0, 1], [14, 5, 4, 0, 1, 0, 1], [14, 8, 1, 0, 1, 1, 1, 97, 0, 1]]:
    try:
        _sre.compile("x", 0, code, 0, {}, ()).match("a")
    except RuntimeError as error:
        assert str(error) == "invalid SRE code"
raises(TypeError, lambda: _sre.compile("x", 0, ["a"], 0, {}, ()))
raises(TypeError, lambda: _sre.compile("x", 0, (1,), 0, {}, ()))
raises(OverflowError, lambda: _sre.compile("x", 0, [1 << 33], 0, {}, ()),
       "regular expression code size limit exceeded")


# --- Threads share patterns, and what a scanner gives. ---

words = re.compile(r"(\w)(\w*)")
text = "some words of a text " * 50
expected = words.findall(text)
shared = words.finditer(text)
results, taken, ends = [], [], []


def work(end):
    try:
        results.append(words.findall(text) == expected and words.sub(r"\2\1", "ab cd") == "ba dc")
        taken.append([m.span() for m in shared])
    finally:
        end.release()


for _ in range(4):
    ends.append(_thread.allocate_lock())
    ends[-1].acquire()
    _thread.start_new_thread(work, (ends[-1],))
for end in ends:
    end.acquire()
assert results == [True] * 4
assert set(sum(taken, [])) <= {m.span() for m in words.finditer(text)}

print("ok")
