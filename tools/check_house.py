#!/usr/bin/env python3
"""Rules of the house that no compiler checks.

A folder of src/varne includes itself, what the table below lets it name, and what those may name; CMakeLists.txt lets it
use no more. Its tests, benchmarks and fuzzers include what it may. A file that passes 400 lines wants to be two; one of
apps/varne that passes 320 holds something that belongs in a folder below. No script names a package host, or ends
processes by name. The command line prints through terminal.h alone. Every package of the console has its hash. Two
types of one name in one namespace are one to the linker, which takes either's functions for both: there are none.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST = 400
LONGEST_APP = 320

# What each room of the house stands on, highest first: a folder names only folders below it.
HOUSE = {
    "serve": "access desk report exchange days room record feed",
    "desk": "room record report exchange",
    "report": "room record people",
    "exchange": "room record feed",
    "days": "room",
    "room": "search fleet drift picture doctrine record people feed sea",
    "search": "drift fleet",
    "fleet": "picture sea",
    "drift": "sea",
    "picture": "feed",
    "doctrine": "core",
    "access": "record",
    "record": "core",
    "people": "core",
    "feed": "core",
    "sea": "core",
    "core": "",
}


def reach(folder):
    """The folder, what it names, what those name, and so on."""
    return {folder}.union(*(reach(below) for below in HOUSE[folder].split()))


MAY = {folder: reach(folder) | {"core"} for folder in HOUSE}
bad = []

order = list(HOUSE)
for folder, below in HOUSE.items():
    for name in below.split():
        if order.index(name) <= order.index(folder):
            bad.append(f"tools/check_house.py: {folder} names {name}, which is not below it")

for m in re.finditer(r"varne_folder\((\w+)\s*(?:USES ([a-z ]+))?", (ROOT / "CMakeLists.txt").read_text()):
    for name in (m[2] or "").split():
        if name not in MAY.get(m[1], ()):
            bad.append(f"CMakeLists.txt: {m[1]} may not use {name}")

for tree in ("src/varne", "tests", "bench", "fuzz"):
    for path in sorted((ROOT / tree).glob("*/*")):
        folder = path.parent.name
        if path.suffix not in (".cpp", ".h") or folder == "apps":
            continue
        if folder not in MAY:
            bad.append(f"{path.relative_to(ROOT)}: there is no folder {folder} in the house")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            m = re.match(r'#include "varne/(\w+)/', line)
            if m and m[1] not in MAY[folder]:
                bad.append(f"{path.relative_to(ROOT)}:{number}: {folder} may not include {m[1]}")


def types_of(path):
    """Types that a file defines for all to see, with their namespaces."""
    spaces = []
    for line in path.read_text().splitlines():
        if m := re.match(r"namespace ?([\w:]*) \{", line):
            spaces.append(m[1])
        elif line.startswith("}  // namespace") and spaces:
            spaces.pop()
        elif (m := re.match(r"(?:struct|class|enum(?: class)?) (\w+)(?: final)?(?: :.*)? \{", line)) and "" not in spaces:
            yield "::".join([*spaces, m[1]])


defined = {}
for path in sorted([*(ROOT / "src/varne").glob("*/*"), *(ROOT / "apps/varne").glob("*")]):
    if path.suffix in (".cpp", ".h"):
        for name in types_of(path):
            if other := defined.setdefault(name, path.relative_to(ROOT)):
                if other != path.relative_to(ROOT):
                    bad.append(f"{path.relative_to(ROOT)}: {name} is the name of another type in {other}")

listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
for name in listed:
    path = ROOT / name
    if not path.is_file():
        continue
    if path.suffix in (".cpp", ".h", ".ts", ".py"):
        most = LONGEST_APP if name.startswith("apps/") else LONGEST
        length = len(path.read_text().splitlines())
        if length > most:
            bad.append(f"{name}: {length} lines, at most {most}; cut it in two")
    if name.startswith("apps/") and not name.startswith("apps/varne/terminal."):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r"\bfmt::print\(|\bstd::(cout|cerr)\b|\bprintf\(", line):
                bad.append(f"{name}:{number}: prints past terminal.h, which makes what feeds and files hold safe to look at")
    if name.startswith(("scripts/", "tools/", ".ci/")) or name in ("Makefile", "CMakeLists.txt"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r"\b(pk" r"ill|kill" r"all)\b", line):
                bad.append(f"{name}:{number}: ends processes by name; end those you started, by their id")
            if re.search(r"https?://(?!127\.0\.0\.1|localhost|www\.w3\.org/)", line):
                bad.append(f"{name}:{number}: names a host; take it from the machine's own settings")

for name, package in json.loads((ROOT / "console/package-lock.json").read_text())["packages"].items():
    if name and "integrity" not in package:
        bad.append(f"console/package-lock.json: {name} has no integrity: what is installed could be anything")

print("\n".join(bad), end="\n" if bad else "")
sys.exit(1 if bad else 0)
