#!/usr/bin/env python3
"""Compares the trees of dump_program with python3's own.

    compare_trees.py DUMP_PROGRAM FILES [--every N] [--folder FOLDER]...

FILES is where it may write. Without a folder: the standard library. With --every N: each N-th file.
Exits with 1 if a tree or an error differs; skipped are files in encodings that Orochi refuses.
"""
import argparse
import ast
import os
import re
import subprocess
import sys
import sysconfig
import unicodedata
import warnings

warnings.simplefilter("ignore")
REFUSED = re.compile(r"unknown encoding: ")


def escaped(text):
    return "".join(c if c < "\x7f" else ascii(c)[1:-1] for c in text)


def expected(path):
    with open(path, "rb") as file:
        source = file.read()
    try:
        tree = ast.parse(source, path)
        return escaped(ast.dump(tree, include_attributes=True))
    except SyntaxError as error:
        return f"!{type(error).__name__}|{error.lineno}|"
    except ValueError as error:
        return f"!ValueError|"


def write_names(paths, to):
    names = set()
    for path in paths:
        with open(path, "rb") as file:
            names.update(re.findall(rb"\\N\{([^}]*)\}", file.read()))
    with open(to, "w") as file:
        for name in sorted(names):
            try:
                print(f"{ord(unicodedata.lookup(name.decode())):X} {name.decode()}", file=file)
            except (KeyError, UnicodeDecodeError, TypeError):
                pass


def python_files(folders):
    for folder in folders:
        for where, _, names in sorted(os.walk(folder)):
            yield from (os.path.join(where, n) for n in sorted(names) if n.endswith(".py"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("scratch")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--folder", action="append")
    options = parser.parse_args()
    paths = list(python_files(options.folder or [sysconfig.get_path("stdlib")]))[:: options.every]
    os.makedirs(options.scratch, exist_ok=True)
    names = os.path.join(options.scratch, "names")
    listing = os.path.join(options.scratch, "list")
    write_names(paths, names)
    with open(listing, "w") as file:
        file.write("\n".join(paths) + "\n")
    environment = dict(os.environ, OROCHI_CHARACTER_NAMES=names)
    command = [options.program, "--list", listing]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    different = skipped = 0
    for path in paths:
        found = run.stdout.readline().decode().rstrip("\n")
        if REFUSED.search(found):
            skipped += 1
            continue
        wanted = expected(path)
        if found == wanted or (wanted[0] == "!" and found.startswith(wanted)):
            continue
        different += 1
        at = next((i for i, (a, b) in enumerate(zip(found, wanted)) if a != b), 0)
        print(f"{path}:\n   found {found[max(0, at - 60) : at + 120]}")
        print(f"  wanted {wanted[max(0, at - 60) : at + 120]}")
    run.wait()
    print(f"{len(paths)} files, {different} different, {skipped} in encodings that are refused")
    return 1 if different or run.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
