#!/usr/bin/env python3
"""Writes or checks compile_errors.txt: programs that parse and yet are wrong, and what CPython 3.11
says about them when it compiles them.

    compile_errors.py FILE          writes the expectations anew, keeping the programs
    compile_errors.py FILE --check  exits with 1 if this python3 says something else

A line is a program with escapes, a tab, and `class|line|column|end line|end column|message`, or
`fine`; a column that CPython does not know is 0. Behind a fine program come its SyntaxWarnings.
"""
import sys
import warnings

from python3_says import escaped


def said_about(program):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            compile(program, "program", "exec", dont_inherit=True)
        except SyntaxError as error:
            places = (error.lineno, error.offset, error.end_lineno, error.end_offset)
            return "|".join([type(error).__name__, *(str(p or 0) for p in places), error.msg])
    return "|".join(["fine", *(f"{w.lineno}|{w.message}" for w in caught)])


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        programs = [line.rstrip("\n").split("\t")[0] for line in file]
        file.seek(0)
        before = file.read()
    rows = [
        f"{p}\t{escaped(said_about(p.encode().decode('unicode_escape')))}\n" for p in programs
    ]
    if "--check" in sys.argv:
        print(f"{len(rows)} programs")
        return 0 if "".join(rows) == before else 1
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
