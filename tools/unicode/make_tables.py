#!/usr/bin/env python3
"""Writes objects/text/unicode_tables.inc from the Unicode Character Database.

    tools/unicode/make_tables.py [--age 14.0] [--database /usr/share/unicode]

The database is Debian's package unicode-data. `--age` leaves out what came later: Python 3.11 has
Unicode 14.0, Debian 12 has 15.0. objects/text/unicode_tables.h says what the tables mean.
"""

import argparse
import bz2
import collections
import pathlib
import re

LAST = 0x110000
ROOT = pathlib.Path(__file__).resolve().parents[2]
NO_DIGIT = 0xFF

# As in objects/text/unicode.h and unicode_tables.h, in the same order.
CATEGORIES = ("Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So "
              "Zs Zl Zp Cc Cf Cs Co").split()
FLAGS = "decimal digit numeric space id_start id_continue lower upper case_ignorable".split()
CASES = "lower upper title fold".split()
# Properties that characters got later than they themselves came: version, flag, code points.
GAINED = [((15, 0), "lower", [0x10FC, 0xA7F2, 0xA7F3, 0xA7F4, 0xAB69])]
# A mapping at or above is not a difference but a place in the pool: kSpecialCase.
SPECIAL = 1 << 24


def lines(path):
    """The fields of each line that has some, without comments."""
    opened = bz2.open(path, "rt") if path.suffix == ".bz2" else open(path)
    with opened as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                yield [field.strip() for field in re.split(r"[;\t]", line)]


def code_points(field):
    """1F600..1F64F or one of them."""
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


class Character:
    def __init__(self):
        self.category = "Cn"
        self.flags = set()
        self.digit = NO_DIGIT
        self.case = {}  # name of a case: list of code points

    def kind(self):
        flags = sum(1 << FLAGS.index(flag) for flag in self.flags)
        return CATEGORIES.index(self.category), self.digit, flags


class Database:
    def __init__(self, folder, age):
        self.folder = folder
        self.characters = collections.defaultdict(Character)
        self.ages = {}
        for field, version in lines(folder / "DerivedAge.txt"):
            for point in code_points(field):
                self.ages[point] = tuple(map(int, version.split(".")))
        self.age = age
        self.read_characters()
        self.read_flags("DerivedCoreProperties.txt", {
            "XID_Start": "id_start", "XID_Continue": "id_continue", "Lowercase": "lower",
            "Uppercase": "upper", "Case_Ignorable": "case_ignorable"})
        for version, flag, points in GAINED:
            if version > age:
                for point in points:
                    self.characters[point].flags.discard(flag)
        for point, *_ in lines(folder / "Unihan_NumericValues.txt.bz2"):
            self.flag(int(point[2:], 16), "numeric")
        self.read_cases()

    def exists(self, point):
        return self.ages.get(point, (99,)) <= self.age

    def flag(self, point, flag):
        if self.exists(point):
            self.characters[point].flags.add(flag)

    def read_characters(self):
        first = 0
        for fields in lines(self.folder / "UnicodeData.txt"):
            point = int(fields[0], 16)
            if fields[1].endswith("First>"):
                first = point
                continue
            begin = first if fields[1].endswith("Last>") else point
            for each in range(begin, point + 1):
                if self.exists(each):
                    self.read_character(each, fields)

    def read_character(self, point, fields):
        character = self.characters[point]
        character.category = fields[2]
        for flag, field in (("decimal", 6), ("digit", 7), ("numeric", 8)):
            if fields[field]:
                character.flags.add(flag)
        if fields[7]:
            character.digit = int(fields[7])
        if fields[2] == "Zs" or fields[4] in ("WS", "B", "S"):
            character.flags.add("space")
        upper, lower, title = (int(f, 16) if f else None for f in fields[12:15])
        character.case = {"upper": [upper or point], "lower": [lower or point],
                          "title": [title or upper or point]}

    def read_flags(self, name, wanted):
        for field, property_name, *_ in lines(self.folder / name):
            if property_name in wanted:
                for point in code_points(field):
                    self.flag(point, wanted[property_name])

    def read_cases(self):
        for fields in lines(self.folder / "SpecialCasing.txt"):
            if fields[4]:  # on a condition, of which objects/text/case_mapping.cc knows one
                continue
            case = self.characters[int(fields[0], 16)].case
            for name, field in zip(("lower", "title", "upper"), fields[1:4]):
                case[name] = [int(point, 16) for point in field.split()]
        for field, status, mapping, *_ in lines(self.folder / "CaseFolding.txt"):
            if status in "CF" and self.exists(int(field, 16)):
                case = self.characters[int(field, 16)].case
                case["fold"] = [int(point, 16) for point in mapping.split()]


class Pool:
    """What a code point becomes where that is several: kept once each."""

    def __init__(self):
        self.points = []
        self.places = {}

    def mapping(self, point, mapped):
        if len(mapped) == 1:
            return mapped[0] - point
        key = tuple(mapped)
        if key not in self.places:
            self.places[key] = len(self.points)
            self.points += mapped
        return SPECIAL | self.places[key] << 2 | len(mapped)


def two_levels(values):
    """The page of each block, and the pages: the size that makes the least of both."""
    best = None
    for bits in range(5, 10):
        pages, index = {}, []
        for begin in range(0, len(values), 1 << bits):
            page = tuple(values[begin:begin + (1 << bits)])
            index.append(pages.setdefault(page, len(pages)))
        flat = [value for page in pages for value in page]
        if best is None or len(index) + len(flat) < len(best[1]) + len(best[2]):
            best = bits, index, flat
    return best


def numbered(values):
    """Each value by its number, and the different ones in order."""
    numbers = {}
    return [numbers.setdefault(value, len(numbers)) for value in values], list(numbers)


def write_array(out, declaration, values):
    out.write(f"constexpr {declaration}[] = {{\n")
    line = ""
    for value in values:
        text = f"{value},"
        if len(line) + len(text) > 99:
            out.write(line + "\n")
            line = ""
        line += text
    out.write(line + "};\n\n")


def write_two_levels(out, name, values):
    bits, index, flat = two_levels(values)
    out.write(f"constexpr unsigned k{name}PageBits = {bits};\n")
    for part, entries in (("Pages", index), ("Numbers", flat)):
        unit = "std::uint8_t" if max(entries) < 256 else "std::uint16_t"
        write_array(out, f"{unit} k{name}{part}", entries)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--age", default="14.0")
    parser.add_argument("--database", type=pathlib.Path, default="/usr/share/unicode")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "objects/text/unicode_tables.inc")
    options = parser.parse_args()
    database = Database(options.database, tuple(map(int, options.age.split("."))))
    pool = Pool()
    nobody = Character()
    kinds, cases = [], []
    for point in range(LAST):
        character = database.characters.get(point, nobody)
        kinds.append(character.kind())
        cases.append(tuple(pool.mapping(point, character.case.get(case, [point])) for case in CASES))
    with open(options.out, "w") as out:
        out.write("// Made by tools/unicode/make_tables.py; change that.\n"
                  f"// From the Unicode Character Database, up to version {options.age}, which is\n"
                  "// Copyright (c) 1991-2022 Unicode, Inc. Terms: https://www.unicode.org/terms_of_use.html\n\n")
        kind_numbers, different_kinds = numbered(kinds)
        write_array(out, "CharacterKind kKinds", ["{%d,%d,%d}" % kind for kind in different_kinds])
        write_two_levels(out, "Kind", kind_numbers)
        case_numbers, different_cases = numbered(cases)
        write_array(out, "CaseMappings kCases", ["{%d,%d,%d,%d}" % case for case in different_cases])
        write_two_levels(out, "Case", case_numbers)
        write_array(out, "std::uint32_t kCasePool", pool.points)


if __name__ == "__main__":
    main()
