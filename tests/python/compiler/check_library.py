#!/usr/bin/env python3
"""Compares what compile_program says about programs with what python3 knows.

    check_library.py COMPILE_PROGRAM SCRATCH [--every N] [--folder FOLDER]... [--only WHAT]

SCRATCH is where it may write. Without a folder: the standard library. With --every N: each N-th
file. WHAT is one of
    check        the checker finds no flaw in any code object
    attributes   code objects have the names, flags, arguments and variables that CPython's have
    lines        the same lines of the source have instructions (not asked unless it is named:
                 CPython finds some more dead code, and copies jumps to returns)
    scopes       every name in every scope means what `symtable` says
Exits with 1 if anything differs; skipped are files in encodings that Orochi refuses.
"""
import argparse
import os
import re
import subprocess
import sys
import sysconfig
import types
import warnings

import symtable
from compare_trees import REFUSED, python_files, write_names

warnings.simplefilter("ignore")
RESOLUTIONS = {1: "l", 2: "G", 3: "g", 4: "f", 5: "c"}


def attributes_of(code):
    names = code.co_varnames
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & 4) + bool(code.co_flags & 8)
    # Flags that only tell how CPython runs it.
    flags = code.co_flags & ~0x40
    constants = code.co_consts
    is_function = bool(flags & 1) and code.co_name != "<lambda>" and code.co_name[0] != "<"
    documented = is_function and bool(constants) and isinstance(constants[0], str)
    yield [
        code.co_name, code.co_qualname, flags, code.co_argcount, code.co_posonlyargcount,
        code.co_kwonlyargcount, code.co_firstlineno, ",".join(names[:count]),
        ",".join(sorted(set(names[count:]) - set(code.co_cellvars))),
        ",".join(sorted(code.co_cellvars)), ",".join(code.co_freevars), int(documented),
    ]
    for constant in constants:
        if isinstance(constant, types.CodeType):
            yield from attributes_of(constant)


def attribute_lines(source, path):
    code = compile(source, path, "exec", dont_inherit=True)
    return ["|".join(map(str, row)) for row in attributes_of(code)]


def source_lines(source, path):
    lines = []

    def walk(code):
        found = sorted({line for _, _, line in code.co_lines() if line} - {code.co_firstlineno})
        lines.append(f"{code.co_qualname}|" + "".join(f"{line} " for line in found))
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                walk(constant)

    walk(compile(source, path, "exec", dont_inherit=True))
    return lines


def scope_lines(source, path):
    lines = []

    def walk(table):
        raw = table._table
        symbols = []
        for name, flags in raw.symbols.items():
            scope = RESOLUTIONS.get((flags >> 11) & 15, "?")
            symbols.append(f"{name}:{scope}{'p' if flags & 4 else ''}")
        kind = table.get_type()
        line = raw.lineno
        lines.append(f"{kind}|{raw.name}|{line}|" + "".join(s + " " for s in sorted(symbols)))
        for child in raw.children:
            walk(symtable._newSymbolTable(child, path))

    walk(symtable.symtable(source, path, "exec"))
    return lines


def comparable(what, line):
    """Without what is known to differ, for reasons that no program sees."""
    if what == "attributes":
        fields = line.split("|")
        if fields[0] == "<module>" or not int(fields[2]) & 1:
            fields[-1] = "-"
        # Variables that only dead code names are none of CPython's.
        fields[8] = "-"
        return fields
    return line


def read(run):
    lines = []
    for line in run.stdout:
        line = line.decode().rstrip("\n")
        if line == ".":
            return lines
        lines.append(line)
    return lines


def is_refused(source, path):
    try:
        compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return True
    return False


def differences(what, path, found):
    with open(path, "rb") as file:
        source = file.read()
    if what == "check":
        # Libraries have programs that are wrong on purpose.
        fine = found == ["fine"] or (found[:1] and found[0][0] == "!" and is_refused(source, path))
        return [] if fine else found[:1] or ["nothing"]
    try:
        wanted = EXPECTED[what](source, path)
    except (SyntaxError, ValueError) as error:
        return [] if found and found[0].startswith("!") else [f"wanted {error!r}"]
    if what == "scopes":
        # The line of a module is 0 there and nothing here.
        found = sorted(found[1:])
        wanted = sorted(wanted[1:])
    if len(found) != len(wanted):
        return [f"found {len(found)} lines, wanted {len(wanted)}", *found[:1]]
    pairs = zip(found, wanted)
    return [
        f"found  {f}\n  wanted {w}"
        for f, w in pairs
        if comparable(what, f) != comparable(what, w)
    ]


EXPECTED = {"attributes": attribute_lines, "lines": source_lines, "scopes": scope_lines}


def compare(what, options, paths, listing, environment):
    command = [options.program, f"--{what}", "--list", listing]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    different = skipped = 0
    for path in paths:
        found = read(run)
        if found and REFUSED.search(found[0]):
            skipped += 1
            continue
        wrong = differences(what, path, found)
        different += bool(wrong)
        for line in wrong[:3]:
            print(f"{path}:\n  {line}")
    run.wait()
    print(f"{what}: {len(paths)} files, {different} different, {skipped} refused")
    return different or run.returncode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("scratch")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--folder", action="append")
    parser.add_argument("--only", choices=["check", *EXPECTED], action="append")
    options = parser.parse_args()
    paths = list(python_files(options.folder or [sysconfig.get_path("stdlib")]))[:: options.every]
    os.makedirs(options.scratch, exist_ok=True)
    names = os.path.join(options.scratch, "names")
    listing = os.path.join(options.scratch, "list")
    write_names(paths, names)
    with open(listing, "w") as file:
        file.write("\n".join(paths) + "\n")
    environment = dict(os.environ, OROCHI_CHARACTER_NAMES=names)
    wrong = 0
    for what in options.only or ["check", "attributes", "scopes"]:
        wrong += bool(compare(what, options, paths, listing, environment))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
