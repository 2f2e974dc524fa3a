#!/usr/bin/env python3
"""Prints the rows of python/compiler/character_classes.cc, from the Unicode tables of the python3
that runs it:    tools/generate_character_classes.py > rows"""
import sys

OTHER, NONPRINTABLE, START, CONTINUE = range(4)


def class_of(code):
    c = chr(code)
    if c.isidentifier():
        return START
    if ("a" + c).isidentifier():
        return CONTINUE
    return OTHER if c.isprintable() else NONPRINTABLE


rows, last = [], None
for code in range(0x80, sys.maxunicode + 1):
    kind = class_of(code)
    if kind != last:
        rows.append(code << 2 | kind)
        last = kind

for i in range(0, len(rows), 9):
    print("    " + " ".join(f"0x{row:06X}," for row in rows[i : i + 9]))
