#!/usr/bin/env python3
"""docs/promises.md names tests that are there: each by its folder, each fuzzer by its file."""
import fnmatch
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def tests_of_the_house():
    """(folder, "Suite.name") of every test of the C++."""
    out = set()
    for file in (ROOT / "tests").glob("*/*.cpp"):
        for m in re.finditer(r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\(\s*(\w+),\s*(\w+)", file.read_text(), re.M):
            out.add((file.parent.name, f"{m[1]}.{m[2]}"))
    return out


def rows(page):
    """Cells of every row that names a promise: promise, how, tests, limits."""
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[0] not in ("promise", "---"):
            yield cells


def named(cell):
    """(folder, name) of each test that a cell names; ("fuzz", name) of each fuzzer."""
    folder = None
    for piece in cell.split(";"):
        label = re.match(r"\s*(\w+):|\s*(fuzzers?)\b", piece)
        if label:
            folder = label[1] or "fuzz"
        for name in re.findall(r"`([^`]+)`", piece):
            if folder == "fuzz" or re.match(r"\w+\.[\w*]", name):
                yield folder, name


class Promises(unittest.TestCase):
    def setUp(self):
        self.page = (ROOT / "docs/promises.md").read_text()

    def test_every_test_that_is_named_is_there(self):
        known = tests_of_the_house()
        fuzzers = {file.stem for file in (ROOT / "fuzz").glob("*/*.cpp")}
        count = 0
        for promise, _, cell, _ in rows(self.page):
            for folder, name in named(cell):
                count += 1
                if folder == "fuzz":
                    self.assertIn(name, fuzzers, promise)
                    continue
                there = [one for where, one in known if where == folder and fnmatch.fnmatchcase(one, name)]
                elsewhere = sorted({where for where, one in known if fnmatch.fnmatchcase(one, name)})
                self.assertTrue(there, f"{promise}: no test {name} in tests/{folder}; there is one in {elsewhere}")
        self.assertGreater(count, 80)

    def test_every_promise_has_a_test_or_says_why_not(self):
        promises = list(rows(self.page))
        self.assertGreaterEqual(len(promises), 13)
        for promise, _, cell, limits in promises:
            self.assertTrue(list(named(cell)) or "no test" in limits, promise)

    def test_a_name_that_is_not_there_is_found_missing(self):
        names = list(named("room: `Room.nobody_wrote_this`, `Nobody.*`; fuzzers `nothing`"))
        self.assertEqual(names, [("room", "Room.nobody_wrote_this"), ("room", "Nobody.*"), ("fuzz", "nothing")])
        known = tests_of_the_house()
        self.assertFalse([one for one in known for _, name in names if fnmatch.fnmatchcase(one[1], name)])


if __name__ == "__main__":
    unittest.main()
