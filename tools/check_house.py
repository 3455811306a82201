#!/usr/bin/env python3
"""Rules of the house that no compiler checks.

A folder of src/varne includes only itself and the folders that CMakeLists.txt lets it use; a file that passes 400 lines
wants to be two.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST = 400

uses = {}
for m in re.finditer(r"varne_folder\((\w+)\s*(?:USES ([a-z ]+))?", (ROOT / "CMakeLists.txt").read_text()):
    uses[m[1]] = {m[1], *(m[2] or "").split()}

bad = []
for path in sorted((ROOT / "src/varne").glob("*/*")):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        m = re.match(r'#include "varne/(\w+)/', line)
        if m and m[1] not in uses[path.parent.name]:
            bad.append(f"{path.relative_to(ROOT)}:{number}: {path.parent.name} may not include {m[1]}")

files = subprocess.run(["git", "ls-files", "*.cpp", "*.h", "*.ts", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
for name in files.stdout.split():
    length = len((ROOT / name).read_text().splitlines())
    if length > LONGEST:
        bad.append(f"{name}: {length} lines; cut it in two")

print("\n".join(bad), end="\n" if bad else "")
sys.exit(1 if bad else 0)
