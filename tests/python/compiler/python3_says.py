#!/usr/bin/env python3
"""Writes or checks syntax_errors.txt and syntax_trees.txt: programs, and what CPython 3.11 makes
of them.

    python3_says.py FILE          writes the expectations anew, keeping the programs
    python3_says.py FILE --check  exits with 1 if this python3 says something else

A line is a program with escapes, a tab, and its tree, or of an error
`class|line|column|end line|end column|message`. Programs are parsed as text, so that columns are
characters; trees are written in ASCII, as Orochi's are.
"""
import ast
import sys
import warnings

warnings.simplefilter("ignore")


def printable(text):
    return "".join(c if c < "\x7f" else ascii(c)[1:-1] for c in text)


def said_about(program):
    try:
        return printable(ast.dump(ast.parse(program), include_attributes=True))
    except SyntaxError as error:
        places = (error.lineno, error.offset, error.end_lineno, error.end_offset)
        return "|".join(map(str, (type(error).__name__, *places, error.msg)))


def escaped(text):
    return text.encode("unicode_escape").decode()


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    wrong = 0
    for row in rows:
        said = escaped(said_about(row[0].encode().decode("unicode_escape")))
        wrong += said != row[1]
        row[1] = said
    if "--check" in sys.argv:
        print(f"{len(rows)} programs, {wrong} of which this python3 sees differently")
        return 1 if wrong else 0
    with open(path, "w", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
